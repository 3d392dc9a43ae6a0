//! Part-of-speech tagging: a linear model over the words around and the tags before, greedy from left to right.

use thiserror::Error;

use super::features::{ROLES, Role, Style, Traits, Window, counts_as_word, type_keys};
use super::{Casing, Fine, WordFacts};

/// Room for the scores of all fine tags, a width that compilers turn into vector instructions.
pub(super) const WIDTH: usize = 64;
pub(super) const MAGIC: [u8; 4] = *b"TAG1";
pub(super) const HEADER: usize = 16;
/// The number of tags, and that of the sentence's start as a tag before.
pub(super) const START: u8 = Fine::COUNT as u8;
/// Rows of the table of the two tags before.
pub(super) const PAIRS: usize = (Fine::COUNT + 1) * (Fine::COUNT + 1);

/// Why bytes are no tagger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TaggerError {
    /// They begin otherwise, or were written for other tags.
    #[error("these are no weights of this version's tagger")]
    Foreign,
    /// They end too early.
    #[error("the weights of the tagger are cut off: {found} of {wanted} bytes")]
    Truncated {
        /// How many there should be.
        wanted: usize,
        /// How many there are.
        found: usize,
    },
}

/// Weights of a tagger, read from the bytes as they are.
///
/// The bytes: a header (mark, number of tags, buckets as a power of two, bytes of records), a row of weights for each pair of
/// tags before, the ends of the buckets, the records. A record is two bytes that tell its key from others of the bucket, the
/// number of weights, and for each a tag and a signed weight.
#[derive(Clone, Copy, Debug)]
pub struct Tagger<'m> {
    pairs: &'m [[u8; WIDTH]],
    ends: &'m [[u8; 4]],
    records: &'m [u8],
    shift: u32,
}

type Scores = [i16; WIDTH];

/// A distinct word of a document, with the scores that it brings along wherever it stands.
#[derive(Clone, Debug)]
pub struct WordType {
    traits: Traits,
    scores: [Scores; ROLES.len()],
}

impl<'m> Tagger<'m> {
    /// Opens the bytes that training wrote.
    ///
    /// # Errors
    /// If they are foreign or cut off.
    pub fn open(bytes: &'m [u8]) -> Result<Tagger<'m>, TaggerError> {
        let number = |at: usize| bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
        if bytes.get(..4) != Some(&MAGIC) || number(4) != Some(Fine::COUNT as u32) {
            return Err(TaggerError::Foreign);
        }
        let truncated = |wanted| TaggerError::Truncated { wanted, found: bytes.len() };
        let (Some(bits), Some(records)) = (number(8), number(12)) else { return Err(truncated(HEADER)) };
        if !(1..=24).contains(&bits) {
            return Err(TaggerError::Foreign);
        }
        let (pairs, ends) = (PAIRS * WIDTH, 4usize << bits);
        let wanted = HEADER + pairs + ends + records as usize;
        if bytes.len() != wanted {
            return Err(if bytes.len() < wanted { truncated(wanted) } else { TaggerError::Foreign });
        }
        let (table, rest) = bytes[HEADER..].split_at(pairs);
        let (ends, records) = rest.split_at(ends);
        Ok(Tagger { pairs: table.as_chunks().0, ends: ends.as_chunks().0, records, shift: 64 - bits })
    }

    /// What a word brings along: its form in lower case with straight apostrophes, how it is written, what is known of it.
    pub fn describe(&self, folded: &str, casing: Casing, facts: WordFacts) -> WordType {
        let traits = Traits::new(folded, casing, facts);
        let mut scores = [[0; WIDTH]; ROLES.len()];
        for (role, scores) in ROLES.into_iter().zip(&mut scores) {
            type_keys(folded, facts, &traits, role, |key| self.add(key, scores));
        }
        WordType { traits, scores }
    }

    /// Tags a sentence, given as indices into `types`; `out` gets one tag a word after what it holds.
    pub fn tag(&self, types: &[WordType], sentence: &[u32], out: &mut Vec<Fine>) {
        let edge = Traits::default();
        let style = Style::of(sentence.iter().map(|&word| &types[word as usize].traits));
        let (mut last, mut second_last, mut any_before) = (START, START, false);
        let at = |index: usize| sentence.get(index).map(|&word| &types[word as usize]);
        for index in 0..sentence.len() {
            let Some(word) = at(index) else { break };
            let (before, after) = (index.checked_sub(1).and_then(at), at(index + 1));
            let mut scores = word.scores[Role::Here as usize];
            let near = [
                (before, Role::Before),
                (after, Role::After),
                (index.checked_sub(2).and_then(at), Role::SecondBefore),
                (at(index + 2), Role::SecondAfter),
            ];
            for (neighbour, role) in near {
                if let Some(neighbour) = neighbour {
                    add_all(&neighbour.scores[role as usize], &mut scores);
                }
            }
            let traits = |word: Option<&'_ WordType>| word.map_or(edge, |word| word.traits);
            let (before, after) = (traits(before), traits(after));
            let window = Window::new(&before, &word.traits, &after, style, any_before);
            window.keys(|key| self.add(key, &mut scores));
            window.history_keys(last, second_last, |key| self.add(key, &mut scores));
            let pair = &self.pairs[usize::from(last) * (Fine::COUNT + 1) + usize::from(second_last)];
            scores.iter_mut().zip(pair).for_each(|(score, &weight)| *score = score.wrapping_add(i16::from(weight as i8)));
            let best = best(&scores);
            out.push(Fine::ALL[best]);
            (second_last, last) = (last, best as u8);
            any_before |= counts_as_word(&word.traits);
        }
    }

    /// Adds the weights of a key, if it has any.
    #[inline]
    fn add(&self, key: u64, scores: &mut Scores) {
        let bucket = (key >> self.shift) as usize;
        let end = |bucket: usize| u32::from_le_bytes(self.ends[bucket]) as usize;
        let start = if bucket == 0 { 0 } else { end(bucket - 1) };
        let Some(mut rest) = self.records.get(start..end(bucket)) else { return };
        let mark = (key as u16).to_le_bytes();
        while let [first, second, count, after @ ..] = rest {
            let Some((weights, next)) = after.split_at_checked(usize::from(*count) * 2) else { return };
            if [*first, *second] == mark {
                for [tag, weight] in weights.as_chunks().0 {
                    let score = &mut scores[usize::from(*tag) % WIDTH];
                    *score = score.wrapping_add(i16::from(*weight as i8));
                }
                return;
            }
            rest = next;
        }
    }
}

#[inline]
fn add_all(from: &Scores, to: &mut Scores) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to = to.wrapping_add(*from));
}

/// The first of the highest scores.
#[inline]
fn best(scores: &Scores) -> usize {
    let mut best = 0;
    for tag in 1..Fine::COUNT {
        if scores[tag] > scores[best] {
            best = tag;
        }
    }
    best
}
