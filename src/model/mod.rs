//! A statistical model of a language: its tagger. Knows words, knows no documents.

mod tag;

pub use tag::{Fine, FineSet, Tag, TagSet, UnknownTag};
