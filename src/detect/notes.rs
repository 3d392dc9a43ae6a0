//! What several detectors ask of one document, worked out when it is first asked.

use std::cell::{OnceCell, RefCell};

use super::repetition::{Run, Words};
use crate::fluency::{Fluency, Kind, Proposal};
use crate::language::{Annotated, Shape, TokenKind};

/// Stands for no token.
const NOWHERE: u32 = u32::MAX;

/// The answers so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    words: OnceCell<Words>,
    runs: OnceCell<Vec<Run>>,
    next_same: OnceCell<NextSame>,
    has_capitals: OnceCell<bool>,
    /// The kinds of repairs that active rules ask for.
    pub(super) repairs: RefCell<Vec<Kind>>,
    proposals: OnceCell<Vec<Proposal>>,
}

impl Notes {
    /// The words without what stands between them.
    pub(super) fn words(&self, doc: &Annotated) -> &Words {
        self.words.get_or_init(|| Words::of(doc))
    }

    /// The runs of repeated words that may be part of a loop.
    pub(super) fn runs(&self, doc: &Annotated) -> &[Run] {
        self.runs.get_or_init(|| self.words(doc).runs())
    }

    /// The repairs that the model proposes.
    pub(super) fn proposals(&self, doc: &Annotated) -> &[Proposal] {
        self.proposals.get_or_init(|| Fluency::embedded().map(|fluency| fluency.proposals(doc, &self.repairs.borrow())).unwrap_or_default())
    }

    /// Where each token's form comes again.
    pub(super) fn next_same(&self, doc: &Annotated) -> &NextSame {
        self.next_same.get_or_init(|| NextSame::of(doc))
    }

    /// Whether the text uses capitals as running text does, so that a missing one means something.
    pub(super) fn has_capitals(&self, doc: &Annotated) -> bool {
        *self.has_capitals.get_or_init(|| {
            let (mut words, mut capitals) = (0usize, 0usize);
            for token in doc.tokens.iter().filter(|token| token.kind == TokenKind::Word) {
                words += 1;
                capitals += usize::from(matches!(token.shape, Shape::Capitalised | Shape::Mixed));
            }
            capitals * 25 >= words
        })
    }
}

/// For each token the next one of the same form.
#[derive(Debug)]
pub(super) struct NextSame(Vec<u32>);

impl NextSame {
    fn of(doc: &Annotated) -> NextSame {
        let forms = doc.tokens.iter().map(|token| token.lower.0 as usize + 1).max().unwrap_or(0);
        let mut later = vec![NOWHERE; forms];
        let mut next = vec![NOWHERE; doc.tokens.len()];
        for (at, token) in doc.tokens.iter().enumerate().rev() {
            next[at] = std::mem::replace(&mut later[token.lower.0 as usize], at as u32);
        }
        NextSame(next)
    }

    /// The first token of the form of `at` among those of a range that stand behind `at`.
    #[inline]
    pub(super) fn within(&self, at: usize, range: std::ops::RangeInclusive<usize>) -> Option<usize> {
        let mut next = self.0[at];
        while (next as usize) < *range.start() {
            next = self.0[next as usize];
        }
        (next as usize <= *range.end()).then_some(next as usize)
    }
}
