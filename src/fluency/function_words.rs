//! The words that hold sentences together, in classes within which machines confuse them.

const PREPOSITIONS: &[&str] = &[
    "of", "in", "to", "for", "on", "with", "at", "by", "from", "about", "into", "after", "over", "under", "between", "against", "during",
    "through", "before", "among", "without", "within", "towards", "upon",
];
const DETERMINERS: &[&str] = &["the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "some", "any", "each"];
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having", "do", "does", "did", "will", "would", "can",
    "could", "may", "might", "should", "must",
];
const PRONOUNS: &[&str] =
    &["he", "she", "it", "they", "we", "him", "them", "his", "her", "their", "its", "who", "whom", "which", "that", "what"];
const CONJUNCTIONS: &[&str] = &["and", "or", "but", "that", "because", "if", "when", "while", "although", "as", "than", "so", "where"];

pub(super) const CLASSES: &[&[&str]] = &[PREPOSITIONS, DETERMINERS, AUXILIARIES, CONJUNCTIONS, PRONOUNS];

/// Words that machines put where none belongs.
pub const EXTRA: &[&str] = &["the", "a", "of", "to", "in", "and", "is", "that", "for", "on", "it", "was", "with", "be", "has", "by", "as"];

/// Words that machines lose.
pub const LOST: &[&str] = &[
    "the", "a", "an", "of", "to", "in", "and", "that", "for", "on", "is", "was", "with", "by", "as", "at", "be", "are", "were", "been",
    "has", "have", "had", "will", "it", "he", "or", "from", "not", "who", "which", ",",
];

/// The words of like use, the word itself among them; `None` if it is none of these words.
pub fn alternatives(word: &str) -> Option<&'static [&'static str]> {
    CLASSES.iter().copied().find(|class| class.contains(&word))
}
