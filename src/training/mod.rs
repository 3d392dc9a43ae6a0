//! How a model is made out of word lists and running text. Needs no rules; `ungarble model build` calls it.

mod corpus;
pub mod damage;
mod decision;
mod lexicon;
mod ngrams;
mod prose;
pub mod recipe;
mod tagger;
mod trees;

use thiserror::Error;

pub use corpus::Corpus;
pub use decision::{Decided, Examples, Judged, decide};
pub use lexicon::WordLists;
pub use prose::Style;
pub use tagger::{HELD_OUT, TaggedTexts, lessons};
pub use trees::{Growth, Rows, grow};

use crate::model::format::{self, Sections};
use crate::model::{FormatError, Lexicon};

/// Why a model could not be made.
#[derive(Debug, Error)]
pub enum TrainingError {
    /// A list has a row that can't be read.
    #[error("{list}, line {line}: {message}")]
    Row {
        /// Which list.
        list: String,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// There is too little to learn from.
    #[error("there is too little text: {0} words, and a model needs 10,000 or more")]
    TooLittleText(usize),
    /// What was made can't be opened.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The forms could not be put in order.
    #[error("forms: {0}")]
    Forms(#[from] fst::Error),
}

/// How large a model may grow.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Forms of the lexicon.
    pub forms: usize,
    /// Words that n-grams know by name; others are classes.
    pub words: usize,
    /// Bigrams kept.
    pub bigrams: usize,
    /// Trigrams kept.
    pub trigrams: usize,
}

/// Figures of a model that was made.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Words of running text, each text as often as its weight says.
    pub running_words: u64,
    /// Forms of the lexicon.
    pub forms: usize,
    /// Words that the n-grams know.
    pub words: usize,
    /// Distinct bigrams and trigrams before pruning.
    pub seen: [usize; 2],
    /// Bigrams and trigrams kept.
    pub kept: [usize; 2],
}

/// Makes a model: lexicon, n-grams and, where there is tagged text, a tagger.
///
/// # Errors
/// If lists can't be read or there is too little text.
pub fn build(
    language: &str,
    lists: &WordLists,
    corpus: &Corpus,
    tagged: Option<&TaggedTexts>,
    limits: Limits,
) -> Result<(Vec<u8>, Figures), TrainingError> {
    let running = corpus.running_words();
    if running < 10_000 {
        return Err(TrainingError::TooLittleText(running as usize));
    }
    let counts = corpus.counts();
    let mut sections = lexicon::build(lists, &counts, limits)?;
    let so_far = format::write(language, &sections);
    let lexicon = Lexicon::open(&Sections::open(&so_far)?)?;
    let (grams, kept) = ngrams::build(&corpus.grams(&lexicon), limits);
    sections.extend(grams);
    if let Some(texts) = tagged {
        sections.push(("TAGR", tagger::build(texts, &lexicon)?));
    }
    let figures = Figures { running_words: running, forms: lexicon.len(), words: kept.words, seen: kept.seen, kept: kept.kept };
    Ok((format::write(language, &sections), figures))
}
