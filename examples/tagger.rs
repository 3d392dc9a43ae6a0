//! Trains the tagger and measures it on documents of GUM that it did not learn from:
//! `cargo run --release --example tagger -- ../shared/data FACTS.tsv [--out WEIGHTS] [--silver FILE.tsv.gz] [--dev]`
//!
//! A document of GUM is held out for testing where the stable hash of its id is divisible by five, for choosing settings
//! (`--dev`) where the remainder is one. FACTS comes from `models/word_facts.py`, silver tags from `models/silver_tags.py`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a measurement prints its table")]

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::time::Instant;

use ungarble::language::{Annotated, Annotator, LanguageCode, Vocabulary};
use ungarble::model::tagged_text::{TaggedSentence, TaggedWord, join_compounds, of_compound, read_brown, read_penn};
use ungarble::model::tagger_train::{Lesson, Training, train};
use ungarble::model::{Casing, Fine, FineSet, Tag, Tagger, WordFacts, WordType, WordTypes};
use ungarble::text::{Part, Role, Span, StableHash};

struct Arguments {
    data: String,
    facts: String,
    out: Option<String>,
    open: Option<String>,
    silver: Vec<String>,
    values: HashMap<String, f64>,
}

fn arguments() -> Arguments {
    let mut plain = Vec::new();
    let mut found =
        Arguments { data: String::new(), facts: String::new(), out: None, open: None, silver: Vec::new(), values: HashMap::new() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--out" => found.out = words.next(),
            "--open" => found.open = words.next(),
            "--silver" => found.silver.extend(words.next()),
            "--dev" | "--show" => {
                found.values.insert(word, 1.0);
            }
            option if option.starts_with("--") => {
                found.values.insert(word, words.next().and_then(|value| value.parse().ok()).expect("a number"));
            }
            _ => plain.push(word),
        }
    }
    let mut plain = plain.into_iter();
    (found.data, found.facts) = (plain.next().expect("the data folder"), plain.next().expect("the facts"));
    found
}

fn unpack(path: &str) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).expect(path)).read_to_string(&mut text).expect(path);
    text
}

fn fold(form: &str) -> String {
    form.chars().map(|c| if matches!(c, '’' | '‘' | 'ʼ' | '`' | '´') { '\'' } else { c }).flat_map(char::to_lowercase).collect()
}

fn read_facts(path: &str) -> HashMap<String, WordFacts> {
    let text = std::fs::read_to_string(path).expect(path);
    let rows = text.lines().map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells[at].parse().expect("a number");
        let mut tags = cells[5].split(',').filter(|tag| !tag.is_empty()).flat_map(|tag| Fine::of_penn(tag).iter()).collect::<FineSet>();
        if tags.contains(Fine::VerbPast) {
            tags = tags.with(Fine::VerbParticiple);
        }
        (cells[0].to_owned(), WordFacts { tags, frequency: number(1), capitalised: number(2), upper: number(3) })
    });
    rows.collect()
}

struct Document {
    genre: String,
    remainder: u64,
    sentences: Vec<TaggedSentence>,
    /// For each word of each sentence, whether a space follows.
    spaces: Vec<Vec<bool>>,
}

fn read_gum(text: &str) -> Vec<Document> {
    let documents = text.split("# newdoc id = ").skip(1).map(|document| {
        let id = document.lines().next().unwrap_or("");
        let mut hash = StableHash::default();
        hash.add(id.as_bytes());
        let mut sentences = vec![TaggedSentence::default()];
        let mut spaces = vec![Vec::new()];
        for line in document.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            if line.is_empty() {
                sentences.push(TaggedSentence::default());
                spaces.push(Vec::new());
            } else if cells.len() >= 5 && cells[0].parse::<u32>().is_ok() {
                let upos: Tag = cells[3].parse().expect("a universal tag");
                let pair = Fine::from_pair(upos, cells[4]).map(|fine| FineSet::default().with(fine));
                spaces.last_mut().expect("one").push(!line.ends_with("SpaceAfter=No"));
                sentences
                    .last_mut()
                    .expect("one")
                    .words
                    .push(TaggedWord { form: cells[1].to_owned(), allowed: pair.unwrap_or(Fine::of(upos)) });
            }
        }
        sentences.retain(|sentence| !sentence.words.is_empty());
        spaces.retain(|spaces| !spaces.is_empty());
        let genre = id.split('_').nth(1).unwrap_or("?").to_owned();
        Document {
            genre: if id.starts_with("GENTLE") { format!("gentle-{genre}") } else { genre },
            remainder: hash.value() % 5,
            sentences,
            spaces,
        }
    });
    documents.collect()
}

fn main() {
    let arguments = arguments();
    let option = |name: &str, default: f64| arguments.values.get(name).copied().unwrap_or(default);
    let facts = read_facts(&arguments.facts);
    let lessons = |sentence: &TaggedSentence| -> Vec<Lesson> {
        let words = sentence.words.iter().map(|word| {
            let folded = fold(&word.form);
            let facts = facts.get(&folded).copied().unwrap_or_default();
            Lesson { casing: Casing::of(&word.form), facts, allowed: word.allowed, folded }
        });
        words.collect()
    };
    let gum = read_gum(&unpack(&format!("{}/gum.conllu.gz", arguments.data)));
    let held_out = u64::from(arguments.values.contains_key("--dev"));
    // Settings are chosen on the documents of remainder one, learnt without those of remainder zero as well.
    let learnt = |document: &&Document| document.remainder != 0 && document.remainder != held_out;
    let mut domains: Vec<Vec<Vec<Lesson>>> =
        vec![gum.iter().filter(learnt).flat_map(|document| &document.sentences).map(lessons).collect()];
    domains[0].extend(
        gum.iter().filter(learnt).flat_map(|document| &document.sentences).filter_map(join_compounds).map(|sentence| lessons(&sentence)),
    );
    if option("--masc", 1.0) > 0.0 {
        let masc = read_penn(&unpack(&format!("{}/tagged.masc.tsv.gz", arguments.data)));
        domains.push(masc.iter().map(lessons).collect());
    }
    if option("--brown", 1.0) > 0.0 {
        let brown = read_brown(&unpack(&format!("{}/tagged.brown.tsv.gz", arguments.data)));
        domains.push(brown.iter().map(lessons).collect());
    }
    for path in &arguments.silver {
        domains
            .push(read_penn(&unpack(path)).iter().map(|sentence| lessons(join_compounds(sentence).as_ref().unwrap_or(sentence))).collect());
    }
    let settings = Training {
        epochs: option("--epochs", 5.0) as usize,
        weight: option("--repeat", 3.0) as usize,
        least: option("--least", 3.0) as u32,
        dropped: option("--drop", 40.0) as u64,
        margin: option("--margin", 4.0) as i16,
    };
    let know = |form: &str| facts.get(form).copied().unwrap_or_default();
    if let Some(path) = &arguments.open {
        let bytes = std::fs::read(path).expect(path);
        for sure in [300, i16::MAX] {
            SURE.store(sure, std::sync::atomic::Ordering::Relaxed);
            let (table, _) = measure(&bytes, &gum, held_out, &lessons);
            println!("sure from {sure}: news {:?}, all {:?}", table["news"], table["all"]);
            speed(&bytes, &arguments.data, &know);
        }
        SURE.store(0, std::sync::atomic::Ordering::Relaxed);
        print_own(&measure_own(&bytes, &gum, held_out, &know));
        return speed(&bytes, &arguments.data, &know);
    }
    let start = Instant::now();
    let weights = train(&domains, settings, |line| eprintln!("{:6.1} s  {line}", start.elapsed().as_secs_f64()));
    let bytes = weights.to_bytes_within(option("--bytes", 1_000_000.0) as usize);
    if arguments.values.contains_key("--dev") {
        let whole = weights.to_bytes_within(usize::MAX);
        let (table, _) = measure(&whole, &gum, held_out, &lessons);
        println!("{} bytes: news {:?}, all {:?}", whole.len(), table["news"], table["all"]);
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, &bytes).expect("memory");
    println!("{} bytes, {} packed, {:.0} s", bytes.len(), packed.finish().expect("memory").len(), start.elapsed().as_secs_f64());
    if let Some(path) = &arguments.out {
        std::fs::write(path, &bytes).expect(path);
    }
    let (table, confusions) = measure(&bytes, &gum, held_out, &lessons);
    println!("{:<18} {:>7} {:>7} {:>7}", "genre", "tokens", "UPOS", "fine");
    for (genre, [tokens, universal, fine]) in &table {
        let share = |right: usize| 100.0 * right as f64 / *tokens as f64;
        println!("{genre:<18} {tokens:>7} {:>7.2} {:>7.2}", share(*universal), share(*fine));
    }
    print_own(&measure_own(&bytes, &gum, held_out, &know));
    let mut confusions: Vec<_> = confusions.into_iter().collect();
    confusions.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for ((gold, found), (count, examples)) in confusions.iter().take(if arguments.values.contains_key("--show") { 40 } else { 12 }) {
        println!("{count:>5} {gold} as {found}: {}", examples.iter().take(4).cloned().collect::<Vec<_>>().join("; "));
    }
}

/// Tokens, right universal tags and right fine tags of each genre.
type Table = BTreeMap<String, [usize; 3]>;
/// Counts and examples of wrong universal tags in the news.
type Confusions = BTreeMap<(Tag, Tag), (usize, Vec<String>)>;

/// Tags the gold tokens of the documents held out.
fn measure(bytes: &[u8], gum: &[Document], held_out: u64, lessons: &impl Fn(&TaggedSentence) -> Vec<Lesson>) -> (Table, Confusions) {
    let tagger = opened(bytes);
    let mut table = Table::new();
    let mut confusions = Confusions::new();
    for document in gum.iter().filter(|document| document.remainder == held_out) {
        for sentence in &document.sentences {
            let lessons = lessons(sentence);
            let types: Vec<_> = lessons.iter().map(|lesson| tagger.describe(&lesson.folded, lesson.casing, lesson.facts)).collect();
            let mut found = Vec::new();
            tagger.tag(&types, &(0..types.len() as u32).collect::<Vec<_>>(), &mut found);
            for (at, (lesson, tag)) in lessons.iter().zip(&found).enumerate() {
                let universal = lesson.allowed.upos().contains(tag.upos());
                for key in [document.genre.as_str(), "all"] {
                    let row = table.entry(key.to_owned()).or_default();
                    row[0] += 1;
                    row[1] += usize::from(universal);
                    row[2] += usize::from(lesson.allowed.contains(*tag));
                }
                if !universal && document.genre == "news" {
                    let entry = confusions.entry((lesson.allowed.iter().next().expect("a tag").upos(), tag.upos())).or_default();
                    entry.0 += 1;
                    let near: Vec<&str> =
                        sentence.words[at.saturating_sub(3)..(at + 3).min(found.len())].iter().map(|word| word.form.as_str()).collect();
                    entry.1.push(format!("{} | {}", sentence.words[at].form, near.join(" ")));
                }
            }
        }
    }
    (table, confusions)
}

/// The words of an annotated document as the tagger takes them: hosts and clitics apart, each with its span and type.
struct Units {
    types: Vec<WordType>,
    units: Vec<(Span, u32)>,
    /// Where each sentence ends among the units.
    ends: Vec<usize>,
}

fn units(doc: &Annotated, tagger: &Tagger, know: &impl Fn(&str) -> WordFacts) -> Units {
    let mut found = Units { types: Vec::new(), units: Vec::new(), ends: Vec::new() };
    let mut known: HashMap<&str, u32> = HashMap::new();
    for sentence in &doc.sentences {
        for token in &doc.tokens[sentence.tokens.clone()] {
            let host = token.host();
            let clitic = Span { start: host.end, end: token.span.end };
            for span in [host, clitic] {
                let text = span.of(doc.text);
                if !text.is_empty() {
                    let number = *known.entry(text).or_insert_with(|| {
                        let folded = fold(text);
                        found.types.push(tagger.describe(&folded, Casing::of(text), know(&folded)));
                        found.types.len() as u32 - 1
                    });
                    found.units.push((span, number));
                }
            }
        }
        found.ends.push(found.units.len());
    }
    found
}

fn tag_units(units: &Units, tagger: &Tagger, out: &mut Vec<Fine>) {
    let (mut start, mut line) = (0, Vec::new());
    for &end in &units.ends {
        line.clear();
        line.extend(units.units[start..end].iter().map(|(_, number)| *number));
        tagger.tag(&units.types, &line, out);
        start = end;
    }
}

fn annotate<'t>(text: &'t str, annotator: &Annotator, vocabulary: &Vocabulary) -> Annotated<'t> {
    annotator.annotate(text, &[Part { span: Span::new(0, text.len()), role: Role::Body }], vocabulary)
}

/// Tags documents with the tokens and sentences that the annotator finds in their text. For each genre: tokens, tokens that cover
/// whole gold tokens, right universal tags among them, tokens that are one gold token, right universal tags among them.
fn measure_own(bytes: &[u8], gum: &[Document], held_out: u64, know: &impl Fn(&str) -> WordFacts) -> BTreeMap<String, [usize; 5]> {
    let tagger = opened(bytes);
    let mut vocabulary = Vocabulary::default();
    let annotator = Annotator::new(&mut vocabulary, LanguageCode::ENGLISH);
    let mut table: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    for document in gum.iter().filter(|document| document.remainder == held_out) {
        let (mut text, mut gold) = (String::new(), Vec::new());
        for (sentence, spaces) in document.sentences.iter().zip(&document.spaces) {
            for (word, &space) in sentence.words.iter().zip(spaces) {
                gold.push((text.len(), text.len() + word.form.len(), word));
                text.push_str(&word.form);
                if space {
                    text.push(' ');
                }
            }
            if text.trim_end().ends_with(char::is_alphanumeric) {
                text.push_str("\n\n");
            } else if !text.ends_with(' ') {
                text.push(' ');
            }
        }
        let doc = annotate(&text, &annotator, &vocabulary);
        let units = units(&doc, &tagger, know);
        let mut tags = Vec::new();
        tag_units(&units, &tagger, &mut tags);
        for ((span, _), tag) in units.units.iter().zip(&tags) {
            let (start, end) = (span.start as usize, span.end as usize);
            let first = gold.partition_point(|(_, end, _)| *end <= start);
            let after = gold.partition_point(|(start, _, _)| *start < end);
            let parts = &gold[first..after];
            let whole = parts.first().is_some_and(|part| part.0 == start) && parts.last().is_some_and(|part| part.1 == end);
            let words: Vec<&TaggedWord> = parts.iter().map(|part| part.2).collect();
            let right = whole && of_compound(&words).upos().contains(tag.upos());
            for key in [document.genre.as_str(), "all"] {
                let row = table.entry(key.to_owned()).or_default();
                let one = whole && words.len() == 1;
                let more = [true, whole, right, one, one && right];
                row.iter_mut().zip(more).for_each(|(count, more)| *count += usize::from(more));
            }
        }
    }
    table
}

fn print_own(table: &BTreeMap<String, [usize; 5]>) {
    println!("{:<18} {:>7} {:>8} {:>7} {:>8} {:>7}", "own tokens", "tokens", "aligned", "UPOS", "1 to 1", "UPOS");
    for (genre, [tokens, aligned, right, one, one_right]) in table {
        let share = |right: usize, of: usize| 100.0 * right as f64 / of.max(1) as f64;
        println!("{genre:<18} {tokens:>7} {aligned:>8} {:>7.2} {one:>8} {:>7.2}", share(*right, *aligned), share(*one_right, *one));
    }
}

/// Prints how many tokens a second are tagged on one core, with and without describing each document's words.
fn speed(bytes: &[u8], data: &str, know: &impl Fn(&str) -> WordFacts) {
    let tagger = opened(bytes);
    let mut vocabulary = Vocabulary::default();
    let annotator = Annotator::new(&mut vocabulary, LanguageCode::ENGLISH);
    let raw = unpack(&format!("{data}/news.dev.jsonl.gz"));
    let texts: Vec<String> =
        raw.lines().filter_map(|line| Some(serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str()?.to_owned())).collect();
    let docs: Vec<Annotated> = texts.iter().map(|text| annotate(text, &annotator, &vocabulary)).collect();
    let (mut tags, mut tokens, mut types) = (Vec::new(), 0, 0);
    let (mut describing, mut tagging, mut cached) = (f64::MAX, f64::MAX, f64::MAX);
    for _ in 0..5 {
        (tokens, types) = (0, 0);
        let (mut first, mut second, mut third) = (0.0, 0.0, 0.0);
        let mut kept = WordTypes::default();
        for doc in &docs {
            let units = units(doc, &tagger, know);
            let mut distinct: Vec<(String, Casing, WordFacts)> =
                vec![(String::new(), Casing::None, WordFacts::default()); units.types.len()];
            for (span, number) in &units.units {
                let (text, folded) = (span.of(doc.text), fold(span.of(doc.text)));
                distinct[*number as usize] = (folded.clone(), Casing::of(text), know(&folded));
            }
            let start = on_core();
            let described: Vec<WordType> =
                distinct.iter().map(|(folded, casing, facts)| tagger.describe(folded, *casing, *facts)).collect();
            first += on_core() - start;
            let start = on_core();
            tags.clear();
            tag_units(&units, &tagger, &mut tags);
            second += on_core() - start;
            let start = on_core();
            kept.start_document();
            for (folded, casing, facts) in &distinct {
                std::hint::black_box(kept.number(&tagger, folded, *casing, || *facts));
            }
            third += on_core() - start;
            (tokens, types) = (tokens + tags.len(), types + described.len());
        }
        (describing, tagging, cached) = (describing.min(first), tagging.min(second), cached.min(third));
    }
    println!(
        "{tokens} tokens, {types} distinct in their documents: describing {:.3} s ({:.0} ns each), tagging {:.3} s ({:.0} ns each)",
        describing,
        1e9 * describing / types as f64,
        tagging,
        1e9 * tagging / tokens as f64
    );
    let rate = |seconds: f64| tokens as f64 / seconds / 1e6;
    println!("{:.2} M tokens a second; {:.2} where words are kept between documents", rate(describing + tagging), rate(cached + tagging));
}

static SURE: std::sync::atomic::AtomicI16 = std::sync::atomic::AtomicI16::new(0);

fn opened(bytes: &[u8]) -> Tagger<'_> {
    let tagger = Tagger::open(bytes).expect("weights");
    match SURE.load(std::sync::atomic::Ordering::Relaxed) {
        0 => tagger,
        sure => tagger.sure_from(sure),
    }
}

/// Seconds that this process has spent on a core; others on the machine don't count.
fn on_core() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").expect("Linux");
    text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).expect("a number") / 1e9
}
