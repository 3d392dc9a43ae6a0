//! Trains the tagger and measures it on documents of GUM that it did not learn from:
//! `cargo run --release --example tagger -- ../shared/data FACTS.tsv [--out WEIGHTS] [--silver FILE.tsv.gz] [--dev]`
//!
//! A document of GUM is held out for testing where the stable hash of its id is divisible by five, for choosing settings
//! (`--dev`) where the remainder is one. FACTS comes from `models/word_facts.py`, silver tags from `models/silver_tags.py`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a measurement prints its table")]

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::time::Instant;

use ungarble::model::tagged_text::{TaggedSentence, TaggedWord, read_brown, read_penn};
use ungarble::model::tagger_train::{Lesson, Training, train};
use ungarble::model::{Casing, Fine, FineSet, Tag, Tagger, WordFacts};
use ungarble::text::StableHash;

struct Arguments {
    data: String,
    facts: String,
    out: Option<String>,
    silver: Vec<String>,
    values: HashMap<String, f64>,
}

fn arguments() -> Arguments {
    let mut plain = Vec::new();
    let mut found = Arguments { data: String::new(), facts: String::new(), out: None, silver: Vec::new(), values: HashMap::new() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--out" => found.out = words.next(),
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
}

fn read_gum(text: &str) -> Vec<Document> {
    let documents = text.split("# newdoc id = ").skip(1).map(|document| {
        let id = document.lines().next().unwrap_or("");
        let mut hash = StableHash::default();
        hash.add(id.as_bytes());
        let mut sentences = vec![TaggedSentence::default()];
        for line in document.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            if line.is_empty() {
                sentences.push(TaggedSentence::default());
            } else if cells.len() >= 5 && cells[0].parse::<u32>().is_ok() {
                let upos: Tag = cells[3].parse().expect("a universal tag");
                let pair = Fine::from_pair(upos, cells[4]).map(|fine| FineSet::default().with(fine));
                sentences
                    .last_mut()
                    .expect("one")
                    .words
                    .push(TaggedWord { form: cells[1].to_owned(), allowed: pair.unwrap_or(Fine::of(upos)) });
            }
        }
        sentences.retain(|sentence| !sentence.words.is_empty());
        let genre = id.split('_').nth(1).unwrap_or("?").to_owned();
        Document { genre: if id.starts_with("GENTLE") { format!("gentle-{genre}") } else { genre }, remainder: hash.value() % 5, sentences }
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
    let repeat = option("--repeat", 1.0) as usize;
    domains[0] = (0..repeat).flat_map(|_| domains[0].clone()).collect();
    if option("--masc", 1.0) > 0.0 {
        let masc = read_penn(&unpack(&format!("{}/tagged.masc.tsv.gz", arguments.data)));
        domains.push(masc.iter().map(lessons).collect());
    }
    if option("--brown", 1.0) > 0.0 {
        let brown = read_brown(&unpack(&format!("{}/tagged.brown.tsv.gz", arguments.data)));
        domains.push(brown.iter().map(lessons).collect());
    }
    for path in &arguments.silver {
        domains.push(read_penn(&unpack(path)).iter().map(lessons).collect());
    }
    let settings = Training {
        epochs: option("--epochs", 8.0) as usize,
        least: option("--least", 3.0) as u32,
        bytes: option("--bytes", 1_000_000.0) as usize,
        margin: option("--margin", 0.0) as f32,
    };
    let start = Instant::now();
    let weights = train(&domains, settings, |line| eprintln!("{:6.1} s  {line}", start.elapsed().as_secs_f64()));
    let bytes = weights.to_bytes();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, &bytes).expect("memory");
    println!("{} bytes, {} packed, {:.0} s", bytes.len(), packed.finish().expect("memory").len(), start.elapsed().as_secs_f64());
    if let Some(path) = &arguments.out {
        std::fs::write(path, &bytes).expect(path);
    }
    let tagger = Tagger::open(&bytes).expect("own bytes");
    let mut table: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut confusions: BTreeMap<(Tag, Tag), (usize, Vec<String>)> = BTreeMap::new();
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
                if !universal && (document.genre == "news" || !arguments.values.contains_key("--show")) {
                    let entry = confusions.entry((lesson.allowed.iter().next().expect("a tag").upos(), tag.upos())).or_default();
                    entry.0 += 1;
                    let near: Vec<&str> =
                        sentence.words[at.saturating_sub(3)..(at + 3).min(found.len())].iter().map(|word| word.form.as_str()).collect();
                    entry.1.push(format!("{} | {}", sentence.words[at].form, near.join(" ")));
                }
            }
        }
    }
    println!("{:<18} {:>7} {:>7} {:>7}", "genre", "tokens", "UPOS", "fine");
    for (genre, [tokens, universal, fine]) in &table {
        let share = |right: usize| 100.0 * right as f64 / *tokens as f64;
        println!("{genre:<18} {tokens:>7} {:>7.2} {:>7.2}", share(*universal), share(*fine));
    }
    let mut confusions: Vec<_> = confusions.into_iter().collect();
    confusions.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for ((gold, found), (count, examples)) in confusions.iter().take(if arguments.values.contains_key("--show") { 40 } else { 12 }) {
        println!("{count:>5} {gold} as {found}: {}", examples.iter().take(4).cloned().collect::<Vec<_>>().join("; "));
    }
}
