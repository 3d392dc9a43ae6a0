//! How a text reads to a model: which words are unlikely where they stand, and which small repair would make them likely.

pub mod function_words;
mod repairs;
mod words;

pub use repairs::{Kind, Proposal, REPAIR_FEATURES, Searcher};
pub use words::{WORD_FEATURES, WordJudge, word_features};
