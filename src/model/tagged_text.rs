//! Text with tags, to train and measure the tagger on: CoNLL-U, Penn tags, Brown tags.

use super::{Fine, FineSet, Tag};

/// A word of a tagged text: its form and the fine tags that the text allows it, one where it says all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedWord {
    /// As written.
    pub form: String,
    /// What it may be.
    pub allowed: FineSet,
}

/// A sentence of a tagged text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaggedSentence {
    /// Its words and marks.
    pub words: Vec<TaggedWord>,
}

/// Reads one "word, tab, Penn tag" a line, a blank line after each sentence. Lines that say nothing are left out.
pub fn read_penn(text: &str) -> Vec<TaggedSentence> {
    read(text, |form, tag, words| words.push(TaggedWord { form: form.to_owned(), allowed: of_penn(form, tag) }))
}

/// Reads one "word, tab, Brown tag" a line; words with a clitic are cut in two, as the Penn and universal tags want it.
pub fn read_brown(text: &str) -> Vec<TaggedSentence> {
    read(text, brown_word)
}

fn read(text: &str, word: impl Fn(&str, &str, &mut Vec<TaggedWord>)) -> Vec<TaggedSentence> {
    let mut sentences = Vec::new();
    let mut words = Vec::new();
    for line in text.lines().chain([""]) {
        match line.split_once('\t') {
            Some((form, tag)) if !form.trim().is_empty() => word(form.trim(), tag.trim(), &mut words),
            _ if !words.is_empty() => sentences.push(TaggedSentence { words: std::mem::take(&mut words) }),
            _ => {}
        }
    }
    sentences
}

/// A document of a treebank.
#[derive(Clone, Debug, Default)]
pub struct TaggedDocument {
    /// Its id: "GUM_news_crane".
    pub id: String,
    /// Which fifth of the treebank it is in, 0 to 4, by the hash of its id.
    pub part: u64,
    /// Its sentences.
    pub sentences: Vec<TaggedSentence>,
}

/// Reads CoNLL-U. Ranges of words and empty words are left out.
///
/// # Errors
/// The number of the first line whose universal tag is unknown.
pub fn read_conllu(text: &str) -> Result<Vec<TaggedDocument>, usize> {
    let mut documents: Vec<TaggedDocument> = Vec::new();
    let mut sentence = TaggedSentence::default();
    for (at, line) in text.lines().chain([""]).enumerate() {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            let mut hash = crate::text::StableHash::default();
            hash.add(id.as_bytes());
            documents.push(TaggedDocument { id: id.to_owned(), part: hash.value() % 5, sentences: Vec::new() });
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() >= 5 && cells[0].bytes().all(|byte| byte.is_ascii_digit()) {
            let upos: Tag = cells[3].parse().map_err(|_| at + 1)?;
            let pair = Fine::from_pair(upos, cells[4]).map(|fine| FineSet::default().with(fine));
            sentence.words.push(TaggedWord { form: cells[1].to_owned(), allowed: pair.unwrap_or(Fine::of(upos)) });
        } else if line.is_empty() && !sentence.words.is_empty() {
            if documents.is_empty() {
                documents.push(TaggedDocument::default());
            }
            if let Some(document) = documents.last_mut() {
                document.sentences.push(std::mem::take(&mut sentence));
            }
        }
    }
    Ok(documents)
}

/// The sentence with words joined over their hyphens, as running text has them ("US-led"), where treebanks cut them in three;
/// nothing where there is no such hyphen.
pub fn join_compounds(sentence: &TaggedSentence) -> Option<TaggedSentence> {
    let is_hyphen = |word: &TaggedWord| word.allowed == set(&[Fine::Hyphen]) && word.form.chars().count() == 1;
    if !sentence.words.iter().any(is_hyphen) {
        return None;
    }
    let mut joined = TaggedSentence::default();
    let mut parts: Vec<&TaggedWord> = Vec::new();
    let mut words = sentence.words.iter().peekable();
    while let Some(word) = words.next() {
        parts.push(word);
        let goes_on = is_hyphen(word) && parts.len() > 1 || words.peek().is_some_and(|next| is_hyphen(next) && !is_hyphen(word));
        if !goes_on || words.peek().is_none() {
            joined.words.push(TaggedWord { form: parts.iter().map(|part| part.form.as_str()).collect(), allowed: of_compound(&parts) });
            parts.clear();
        }
    }
    Some(joined)
}

/// What a word may be that a treebank gives in parts: what its last part may be, and where that is a participle or a noun that
/// stands for a quality, an adjective. Other text says which.
pub fn of_compound(parts: &[&TaggedWord]) -> FineSet {
    let [first, .., last] = parts else { return parts.first().map_or(FineSet::ALL, |part| part.allowed) };
    if !parts.iter().any(|part| part.allowed.contains(Fine::Hyphen)) {
        return first.allowed;
    }
    match last.allowed.iter().next() {
        Some(Fine::VerbParticiple | Fine::VerbPast) => last.allowed.with(Fine::Adj),
        Some(Fine::VerbIng) => last.allowed.with(Fine::Adj).with(Fine::Noun),
        Some(Fine::Noun | Fine::Nouns) => last.allowed.with(Fine::Adj),
        Some(Fine::Name) if !first.allowed.contains(Fine::Name) => last.allowed.with(Fine::Adj),
        Some(Fine::Particle | Fine::Adp | Fine::Adv | Fine::Num) => last.allowed.with(Fine::Adj).with(Fine::Noun),
        _ => last.allowed,
    }
}

fn set(tags: &[Fine]) -> FineSet {
    tags.iter().copied().collect()
}

fn is_auxiliary(lower: &str) -> bool {
    const FORMS: [&str; 33] = [
        "be", "am", "is", "are", "was", "were", "been", "being", "'m", "’m", "'s", "’s", "'re", "’re", "have", "has", "had", "having",
        "'ve", "’ve", "'d", "’d", "do", "does", "did", "doing", "done", "get", "got", "gets", "getting", "ai", "s",
    ];
    FORMS.contains(&lower)
}

/// What a Penn tag allows. The universal tag is left open where it hangs on the construction: auxiliary or verb, preposition or
/// conjunction, determiner or pronoun, an adjective inside a name.
pub fn of_penn(form: &str, tag: &str) -> FineSet {
    let lower = form.to_lowercase();
    let verb = |verb: Fine, auxiliary: Fine| if is_auxiliary(&lower) { set(&[verb, auxiliary]) } else { set(&[verb]) };
    match tag {
        "NN" => set(&[Fine::Noun, Fine::PronNoun]).and(if is_indefinite(&lower) { FineSet::ALL } else { set(&[Fine::Noun]) }),
        "NNS" => set(&[Fine::Nouns]),
        "NNP" => set(&[Fine::Name, Fine::AdjName, Fine::VerbName]),
        "NNPS" => set(&[Fine::Names]),
        "JJ" => set(&[Fine::Adj]),
        "JJR" => set(&[Fine::AdjMore]),
        "JJS" => set(&[Fine::AdjMost]),
        "VB" => verb(Fine::VerbBase, Fine::AuxBase),
        "VBP" => verb(Fine::VerbPresent, Fine::AuxPresent),
        "VBZ" => verb(Fine::VerbThird, Fine::AuxThird),
        "VBD" => verb(Fine::VerbPast, Fine::AuxPast),
        "VBN" => verb(Fine::VerbParticiple, Fine::AuxParticiple),
        "VBG" => verb(Fine::VerbIng, Fine::AuxIng),
        "MD" => set(&[Fine::Modal]),
        "RB" if matches!(lower.as_str(), "not" | "n't" | "n’t" | "nt") => set(&[Fine::Not]),
        "RB" => set(&[Fine::Adv]),
        "RBR" => set(&[Fine::AdvMore]),
        "RBS" => set(&[Fine::AdvMost]),
        "WRB" => set(&[Fine::AdvWh]),
        "IN" => set(&[Fine::Adp, Fine::Sconj]),
        "RP" => set(&[Fine::Particle]),
        "CC" => set(&[Fine::Cconj]),
        "TO" => set(&[Fine::To, Fine::Adp]),
        "POS" => set(&[Fine::Genitive]),
        "PRP" => set(&[Fine::Pron]),
        "PRP$" => set(&[Fine::PronOwn]),
        "WP" => set(&[Fine::PronWho]),
        "WP$" => set(&[Fine::PronWhose]),
        "WDT" => set(&[Fine::PronWhich, Fine::DetWh]),
        "EX" => set(&[Fine::There]),
        "DT" => match lower.as_str() {
            "the" | "a" | "an" | "every" | "no" => set(&[Fine::Det]),
            _ => set(&[Fine::Det, Fine::PronThis]),
        },
        "PDT" => set(&[Fine::DetAll]),
        "CD" => set(&[Fine::Num]),
        "UH" => set(&[Fine::Intj]),
        "FW" | "LS" => set(&[Fine::X]),
        "SYM" | "$" | "#" => set(&[Fine::Symbol]),
        "." => set(&[Fine::Stop]),
        "," => set(&[Fine::Comma]),
        ":" | "..." | "--" => set(&[Fine::Colon]),
        "-LRB-" | "(" => set(&[Fine::Open]),
        "-RRB-" | ")" => set(&[Fine::Close]),
        "``" => set(&[Fine::QuoteOpen]),
        "''" => set(&[Fine::QuoteOpen, Fine::QuoteClose]),
        "HYPH" => set(&[Fine::Hyphen]),
        "-" => set(&[Fine::Hyphen, Fine::Colon]),
        _ if !form.chars().any(char::is_alphanumeric) => Fine::of(Tag::Punct).with(Fine::Symbol),
        _ => FineSet::ALL,
    }
}

fn is_indefinite(lower: &str) -> bool {
    ["one", "body", "thing"].iter().any(|end| {
        lower.strip_suffix(end).is_some_and(|start| matches!(start.trim_end_matches(['-', ' ']), "some" | "any" | "every" | "no"))
    }) || matches!(lower, "none" | "one")
}

/// Cuts a Brown word where its tag has two parts, and gives each part what the tag allows.
fn brown_word(form: &str, tag: &str, words: &mut Vec<TaggedWord>) {
    let mut push = |form: &str, allowed: FineSet| words.push(TaggedWord { form: form.to_owned(), allowed });
    let (title, foreign) = (tag.contains("-tl"), tag.starts_with("fw-"));
    let base = tag.split('-').find(|part| !part.is_empty() && *part != "fw").unwrap_or(tag);
    if matches!(tag, "--" | "-") {
        return push(form, set(&[Fine::Colon]));
    }
    if foreign {
        return push(form, set(&[Fine::X, Fine::Name]));
    }
    let cut = form.rfind('\'').filter(|&at| at > 0 && at + 1 < form.len());
    match (base.strip_suffix('*').filter(|base| !base.is_empty()), base.split_once('+'), base.strip_suffix('$')) {
        (Some(verb), _, _) if form.to_lowercase().ends_with("n't") && form.len() > 3 => {
            let (host, negation) = form.split_at(form.len() - 3);
            push(host, of_brown(host, verb, title));
            push(negation, set(&[Fine::Not]));
        }
        (Some(_), _, _) => push(form, set(&[Fine::Modal])),
        (None, Some((first, second)), _) => match cut {
            Some(at) => {
                push(&form[..at], of_brown(&form[..at], first, title));
                push(&form[at..], of_brown(&form[at..], second, title));
            }
            None => push(form, FineSet::ALL),
        },
        (None, None, Some(noun)) if !matches!(noun, "pp" | "pp$" | "wp") => {
            let at = if form.ends_with('\'') { Some(form.len() - 1).filter(|&at| at > 0) } else { cut };
            match at {
                Some(at) => {
                    push(&form[..at], of_brown(&form[..at], noun, title));
                    push(&form[at..], set(&[Fine::Genitive]));
                }
                None => push(form, of_brown(form, noun, title)),
            }
        }
        _ => push(form, of_brown(form, base, title)),
    }
}

/// What a Brown tag, without its suffixes, allows. `title` is a word inside a title or name.
fn of_brown(form: &str, tag: &str, title: bool) -> FineSet {
    let lower = form.to_lowercase();
    let verb = |verb: Fine, auxiliary: Fine| set(&[verb, auxiliary]);
    let name = |tags: &[Fine], names: &[Fine]| {
        let capital = form.starts_with(char::is_uppercase);
        if title && capital && form.len() > 1 { set(names) } else { set(tags) }
    };
    match tag {
        "nn" => name(&[Fine::Noun], &[Fine::Name]),
        "nns" => name(&[Fine::Nouns], &[Fine::Names, Fine::Name]),
        "np" => set(&[Fine::Name, Fine::AdjName]),
        "nps" => set(&[Fine::Names, Fine::Name]),
        "nr" => set(&[Fine::Noun, Fine::Name, Fine::Adv]),
        "nrs" => set(&[Fine::Nouns, Fine::Names]),
        "jj" | "jjs" => name(&[Fine::Adj, Fine::AdjMost], &[Fine::AdjName, Fine::Name]),
        "jjr" => set(&[Fine::AdjMore]),
        "jjt" => set(&[Fine::AdjMost]),
        "od" => name(&[Fine::Adj], &[Fine::AdjName]),
        "vb" => set(&[Fine::VerbBase, Fine::VerbPresent]),
        "vbz" => set(&[Fine::VerbThird]),
        "vbd" => set(&[Fine::VerbPast]),
        "vbn" => name(&[Fine::VerbParticiple, Fine::Adj], &[Fine::VerbName]),
        "vbg" => name(&[Fine::VerbIng, Fine::Noun, Fine::Adj], &[Fine::VerbName, Fine::Name]),
        "be" => verb(Fine::VerbBase, Fine::AuxBase),
        "bem" | "ber" => verb(Fine::VerbPresent, Fine::AuxPresent),
        "bez" => verb(Fine::VerbThird, Fine::AuxThird),
        "bed" | "bedz" => verb(Fine::VerbPast, Fine::AuxPast),
        "ben" => verb(Fine::VerbParticiple, Fine::AuxParticiple),
        "beg" => verb(Fine::VerbIng, Fine::AuxIng),
        "hv" | "do" => set(&[Fine::VerbBase, Fine::AuxBase, Fine::VerbPresent, Fine::AuxPresent]),
        "hvz" | "doz" => verb(Fine::VerbThird, Fine::AuxThird),
        "hvd" | "dod" => verb(Fine::VerbPast, Fine::AuxPast),
        "hvg" => verb(Fine::VerbIng, Fine::AuxIng),
        "hvn" => set(&[Fine::VerbParticiple]),
        "md" => set(&[Fine::Modal]),
        "rb" | "rn" | "ql" | "qlp" => set(&[Fine::Adv, Fine::AdvMost, Fine::AdvMore, Fine::Sconj, Fine::Adp]),
        "rbr" => set(&[Fine::AdvMore, Fine::Adv]),
        "rbt" => set(&[Fine::AdvMost]),
        "wrb" | "wql" => set(&[Fine::AdvWh]),
        "in" => set(&[Fine::Adp, Fine::Sconj]),
        "cs" => set(&[Fine::Sconj, Fine::Adp]),
        "rp" => set(&[Fine::Particle, Fine::Adv]),
        "cc" => set(&[Fine::Cconj]),
        "to" => set(&[Fine::To]),
        "*" => set(&[Fine::Not]),
        "pp$" => set(&[Fine::PronOwn]),
        "pp$$" | "pps" | "ppss" | "ppo" | "ppl" | "ppls" => set(&[Fine::Pron]),
        "pn" => set(&[Fine::PronNoun, Fine::Noun]),
        "wps" | "wpo" => set(&[Fine::PronWho, Fine::PronWhich]),
        "wp$" => set(&[Fine::PronWhose]),
        "wdt" => set(&[Fine::DetWh, Fine::PronWhich, Fine::PronWho]),
        "ex" => set(&[Fine::There]),
        "at" => set(&[Fine::Det]),
        "dt" | "dti" | "dts" | "dtx" => set(&[Fine::Det, Fine::PronThis, Fine::Cconj]),
        "abl" | "abn" | "abx" => set(&[Fine::DetAll, Fine::Det, Fine::PronThis, Fine::Cconj, Fine::Noun, Fine::Adv]),
        "ap" => set(&[Fine::Adj, Fine::AdjMore, Fine::AdjMost, Fine::Noun]),
        "cd" => set(&[Fine::Num]),
        "uh" => set(&[Fine::Intj]),
        "." => set(&[Fine::Stop, Fine::Colon]),
        "," => set(&[Fine::Comma]),
        ":" => set(&[Fine::Colon]),
        "(" => set(&[Fine::Open]),
        ")" => set(&[Fine::Close]),
        "``" => set(&[Fine::QuoteOpen]),
        "''" | "'" => set(&[Fine::QuoteClose, Fine::QuoteOpen]),
        _ if !lower.chars().any(char::is_alphanumeric) => Fine::of(Tag::Punct),
        _ => FineSet::ALL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brown_words_with_clitics_are_cut_in_two() {
        let read = read_brown("Atlanta's\tnp$\ncan't\tmd*\nthey're\tppss+ber\nJones'\tnp$\n--\t--\n\n");
        let forms: Vec<&str> = read[0].words.iter().map(|word| word.form.as_str()).collect();
        assert_eq!(forms, ["Atlanta", "'s", "ca", "n't", "they", "'re", "Jones", "'", "--"]);
        assert!(read[0].words.iter().all(|word| !word.allowed.is_empty()));
        assert_eq!(read[0].words[2].allowed, set(&[Fine::Modal]));
    }

    #[test]
    fn compounds_are_joined_over_their_hyphens() {
        let read = read_penn("The\tDT\nUS\tNNP\n-\tHYPH\nled\tVBN\nforces\tNNS\n20\tCD\n-\tHYPH\nyear\tNN\n-\tHYPH\nold\tJJ\n");
        let joined = join_compounds(&read[0]).unwrap();
        let forms: Vec<&str> = joined.words.iter().map(|word| word.form.as_str()).collect();
        assert_eq!(forms, ["The", "US-led", "forces", "20-year-old"]);
        assert_eq!(joined.words[1].allowed, set(&[Fine::VerbParticiple, Fine::Adj]));
        assert_eq!(joined.words[3].allowed, set(&[Fine::Adj]));
        assert_eq!(join_compounds(&joined), None);
    }

    #[test]
    fn penn_tags_leave_open_what_the_construction_decides() {
        assert_eq!(of_penn("is", "VBZ"), set(&[Fine::VerbThird, Fine::AuxThird]));
        assert_eq!(of_penn("goes", "VBZ"), set(&[Fine::VerbThird]));
        assert_eq!(of_penn("that", "IN"), set(&[Fine::Adp, Fine::Sconj]));
        assert_eq!(of_penn("n't", "RB"), set(&[Fine::Not]));
        assert_eq!(of_penn("someone", "NN"), set(&[Fine::Noun, Fine::PronNoun]));
    }
}
