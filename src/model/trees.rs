//! Boosted decision trees over whole-number features, summed to the logarithm of the odds.

use zerocopy::byteorder::little_endian::I16;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::format::FormatError;

/// Questions on the way from a tree's root to a leaf.
pub(crate) const DEPTH: usize = 6;
const INNER: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;

/// Leaves hold log-odds times this.
pub(crate) const SCALE: f32 = 2048.0;

/// One question: is this feature greater than this bound?
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Question {
    pub(crate) feature: u8,
    pub(crate) bound: I16,
}

/// A complete tree: the questions level by level, then the leaves.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Tree {
    pub(crate) questions: [Question; INNER],
    pub(crate) leaves: [I16; LEAVES],
}

impl Default for Tree {
    fn default() -> Tree {
        Tree { questions: [Question::default(); INNER], leaves: [I16::ZERO; LEAVES] }
    }
}

/// Trees that decide together, borrowed from a model's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Forest<'m> {
    trees: &'m [Tree],
}

impl<'m> Forest<'m> {
    /// Opens the bytes of a forest over so many features.
    ///
    /// # Errors
    /// If they hold no whole number of trees, or ask for features beyond these.
    pub fn open(bytes: &'m [u8], features: usize, tag: &'static str) -> Result<Forest<'m>, FormatError> {
        let trees = <[Tree]>::ref_from_bytes(bytes).map_err(|_| FormatError::Section(tag))?;
        let fits = trees.iter().flat_map(|tree| &tree.questions).all(|question| usize::from(question.feature) < features);
        if fits { Ok(Forest { trees }) } else { Err(FormatError::Section(tag)) }
    }

    /// The logarithm of the odds, by the features.
    pub fn log_odds(&self, features: &[i16]) -> f32 {
        let sum: i32 = self.trees.iter().map(|tree| i32::from(tree.leaf(features))).sum();
        sum as f32 / SCALE
    }

    /// The probability, 0 to 1, by the features.
    pub fn probability(&self, features: &[i16]) -> f32 {
        1.0 / (1.0 + (-self.log_odds(features)).exp())
    }

    /// How many trees there are.
    pub fn len(&self) -> usize {
        self.trees.len()
    }

    /// Whether there is no tree.
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }
}

impl Tree {
    pub(crate) fn leaf(&self, features: &[i16]) -> i16 {
        let mut at = 0;
        for _ in 0..DEPTH {
            let question = &self.questions[at];
            at = 2 * at + 1 + usize::from(features[usize::from(question.feature)] > question.bound.get());
        }
        self.leaves[at - INNER].get()
    }
}
