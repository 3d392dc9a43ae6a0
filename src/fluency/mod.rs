//! How a text reads to a model: which words are unlikely where they stand, and which small repair would make them likely.

pub mod function_words;
mod repairs;
mod words;

pub use repairs::{Kind, Proposal, REPAIR_FEATURES, Searcher};
pub(crate) use words::WORD_SECTION;
pub use words::{WORD_FEATURES, WordJudge, word_features};

use crate::language::Annotated;
use crate::model::{self, Model};

/// What judges fluency with the embedded model.
#[derive(Debug)]
pub struct Fluency {
    searcher: Searcher<'static>,
    words: Option<WordJudge<'static>>,
}

impl Fluency {
    /// With a model that lives as long as the program.
    ///
    /// # Errors
    /// If a decision of the model is damaged.
    pub fn open(model: &'static Model<'static>) -> Result<Fluency, model::FormatError> {
        Ok(Fluency { searcher: Searcher::open(model)?, words: WordJudge::open(model)? })
    }

    /// With the embedded model; `None` where the program was built without one.
    pub fn embedded() -> Option<&'static Fluency> {
        static FLUENCY: std::sync::LazyLock<Option<Fluency>> =
            std::sync::LazyLock::new(|| model::embedded().and_then(|model| Fluency::open(model).ok()));
        FLUENCY.as_ref()
    }

    /// The repairs of these kinds that a document calls for, of overlapping ones the likeliest, in the order of the text. Nothing where the
    /// document was not read with a model.
    pub fn proposals(&self, doc: &Annotated, kinds: &[Kind]) -> Vec<Proposal> {
        let Some(reading) = &doc.reading else { return Vec::new() };
        let (mut all, mut kept) = (Vec::new(), Vec::new());
        for sentence in 0..reading.sentences.len() {
            self.searcher.proposals(doc, reading, sentence, kinds, &mut all);
            all.sort_by(|one, other| other.log_odds.total_cmp(&one.log_odds).then(one.tokens.start.cmp(&other.tokens.start)));
            let first = kept.len();
            for proposal in all.drain(..) {
                let apart = |other: &Proposal| other.tokens.end <= proposal.tokens.start || proposal.tokens.end <= other.tokens.start;
                if kept[first..].iter().all(apart) {
                    kept.push(proposal);
                }
            }
            kept[first..].sort_by_key(|proposal| proposal.tokens.start);
        }
        kept
    }

    /// For each token how likely an editor would change it, 0 to 1; nothing where the document was not read with a model.
    pub fn word_scores(&self, doc: &Annotated) -> Option<Vec<f32>> {
        Some(self.words.as_ref()?.scores(doc, doc.reading.as_ref()?))
    }
}
