//! A statistical model of a language: lexicon, n-grams, tagger, decision. Knows words, knows no documents.

mod classes;
mod features;
pub mod format;
mod lexicon;
mod ngrams;
mod tag;
pub mod tagged_text;
mod tagger;
pub mod tagger_train;
mod trees;

use thiserror::Error;

pub use classes::{BOUNDARY, CLASSES, Gram, class_of};
pub use features::{Casing, WordFacts};
pub use format::FormatError;
pub use lexicon::{Facts, Form, Lexicon};
pub use ngrams::{Ngrams, Surprise};
pub use tag::{Fine, FineSet, Tag, TagSet, UnknownTag};
pub use tagger::{Tagger, TaggerError, WordType, WordTypes};
pub use trees::Forest;

pub(crate) use format::Sections;
pub(crate) use lexicon::{HAS_CAPITAL_ENTRY, IN_DICTIONARY, Row, Sounded};
pub(crate) use ngrams::{Bigram, Trigram, Unigram, pack, store_backoff, store_probability, table};
pub(crate) use trees::{DEPTH, Question, SCALE, Tree};

/// Why a model can't be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// Its bytes are not what they should be.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// Its tagger is not what it should be.
    #[error(transparent)]
    Tagger(#[from] TaggerError),
}

/// The embedded model of English; `None` where the program was built without one.
#[cfg(feature = "embedded-model")]
pub fn embedded() -> Option<&'static Model<'static>> {
    static MODEL: std::sync::LazyLock<Option<Model<'static>>> =
        std::sync::LazyLock::new(|| Model::open(include_bytes!("../../models/en.model")).ok());
    MODEL.as_ref()
}

/// The embedded model of English; `None` where the program was built without one.
#[cfg(not(feature = "embedded-model"))]
pub fn embedded() -> Option<&'static Model<'static>> {
    None
}

/// A model of one language. Opened in no time: it reads from the bytes as they are.
#[derive(Clone, Debug)]
pub struct Model<'m> {
    /// The words.
    pub lexicon: Lexicon<'m>,
    /// What stands beside what.
    pub ngrams: Ngrams<'m>,
    /// Parts of speech; a model may come without.
    pub tagger: Option<Tagger<'m>>,
    sections: Sections<'m>,
}

impl<'m> Model<'m> {
    /// Opens a model from the bytes of its file; every byte is checked against the file's check sum.
    ///
    /// # Errors
    /// If it is no model, of another version, cut off or damaged.
    pub fn from_bytes(bytes: &'m [u8]) -> Result<Model<'m>, ModelError> {
        Sections::open(bytes)?.verify()?;
        Model::open(bytes)
    }

    /// Opens a model whose bytes were checked before.
    fn open(bytes: &'m [u8]) -> Result<Model<'m>, ModelError> {
        let sections = Sections::open(bytes)?;
        let tagger = sections.get("TAGR").ok().map(Tagger::open).transpose()?;
        Ok(Model { lexicon: Lexicon::open(&sections)?, ngrams: Ngrams::open(&sections)?, tagger, sections })
    }

    /// A decision over so many features; `None` if the model has none of this name.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn forest(&self, tag: &'static str, features: usize) -> Result<Option<Forest<'m>>, FormatError> {
        self.sections.get(tag).ok().map(|bytes| Forest::open(bytes, features, tag)).transpose()
    }

    /// The language, as ISO 639-1.
    pub fn language(&self) -> &'m str {
        self.sections.language()
    }

    /// A number that names this very model.
    pub fn stamp(&self) -> u64 {
        self.sections.stamp()
    }

    /// Tag and length in bytes of each section.
    pub fn sections(&self) -> impl Iterator<Item = (&'m str, usize)> {
        self.sections.iter()
    }
}
