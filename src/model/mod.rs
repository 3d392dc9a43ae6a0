//! A statistical model of a language: its tagger. Knows words, knows no documents.

mod features;
mod tag;
pub mod tagged_text;
mod tagger;
pub mod tagger_train;

pub use features::{Casing, WordFacts};
pub use tag::{Fine, FineSet, Tag, TagSet, UnknownTag};
pub use tagger::{Tagger, TaggerError, WordType, WordTypes};
