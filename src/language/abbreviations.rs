use rustc_hash::{FxHashMap, FxHashSet};

use crate::data;

/// What a full stop after an abbreviation can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbbreviationKind {
    /// A name follows: "Mr.", "Gen."; never ends a sentence.
    Title,
    /// Abbreviated before a number only: "No. 2", "pp. 3"; elsewhere a plain word with a full stop.
    Number,
    /// A month or weekday: a number, or a sentence's end, follows.
    Date,
    /// May end a sentence: "U.S.", "a.m.", "Inc."; the next word decides.
    Any,
}

/// The abbreviations of the language, and the words that start a sentence when they stand capitalised after one.
#[derive(Debug)]
pub struct Abbreviations {
    kinds: FxHashMap<&'static str, AbbreviationKind>,
    starters: FxHashSet<&'static str>,
}

impl Abbreviations {
    /// The embedded lists `lists/abbreviations.tsv` and `lists/sentence-starters.tsv`.
    ///
    /// # Panics
    /// If a row of the list names no known kind; a test reads the whole list.
    pub fn embedded() -> Abbreviations {
        let list = data::embedded("lists/abbreviations.tsv").expect("the list is embedded");
        let kinds = data::rows(list)
            .map(|row| {
                let kind = match row.get(1).copied() {
                    Some("title") => AbbreviationKind::Title,
                    Some("number") => AbbreviationKind::Number,
                    Some("date") => AbbreviationKind::Date,
                    Some("any") => AbbreviationKind::Any,
                    other => panic!("lists/abbreviations.tsv: {}: no such kind: {other:?}", row[0]),
                };
                (row[0], kind)
            })
            .collect();
        let starters = data::embedded("lists/sentence-starters.tsv").expect("the list is embedded");
        Abbreviations { kinds, starters: data::rows(starters).map(|row| row[0]).collect() }
    }

    /// The kind of a word written before a full stop (without it), as written or in lower case.
    pub fn kind(&self, word: &str) -> Option<AbbreviationKind> {
        if word.len() > 8 {
            return None;
        }
        if let Some(kind) = self.kinds.get(word) {
            return Some(*kind);
        }
        let mut lower = [0; 8];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).ok().and_then(|lower| self.kinds.get(lower)).copied()
    }

    /// Whether a capitalised word after an abbreviation starts a new sentence ("The", "He", "But").
    pub fn starts_sentence(&self, lower: &str) -> bool {
        self.starters.contains(lower)
    }
}
