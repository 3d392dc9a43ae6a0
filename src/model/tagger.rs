//! Part-of-speech tagging: a linear model over the words around and the tags before, greedy from left to right.

use rustc_hash::FxHashMap;
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
    /// A lead that the context is not asked to confirm.
    sure: i16,
}

/// Where the words alone put a tag this far ahead of the others, the words in pairs and the tags before change nothing.
const SURE: i16 = 300;

static EDGE: Traits = Traits::EDGE;

type Scores = [i16; WIDTH];

/// A distinct word of a document, with the scores that it brings along wherever it stands.
#[derive(Clone, Debug)]
pub struct WordType {
    traits: Traits,
    scores: [Scores; ROLES.len()],
}

/// Words described before, to be kept from document to document: common words are described once.
#[derive(Clone, Debug, Default)]
pub struct WordTypes {
    numbers: FxHashMap<Box<str>, [u32; 5]>,
    types: Vec<WordType>,
}

impl WordTypes {
    /// Forgets all words when they are more than some megabytes hold. To be called between documents: numbers given before are void.
    pub fn start_document(&mut self) {
        if self.types.len() > 20_000 {
            self.numbers.clear();
            self.types.clear();
        }
    }

    /// The number of a word, described by `tagger` when it is new; `facts` must be the same for the same form.
    pub fn number(&mut self, tagger: &Tagger, folded: &str, casing: Casing, facts: impl FnOnce() -> WordFacts) -> u32 {
        let new = self.types.len() as u32;
        let number = match self.numbers.get_mut(folded) {
            Some(numbers) => &mut numbers[casing as usize],
            None => &mut self.numbers.entry(folded.into()).or_insert([u32::MAX; 5])[casing as usize],
        };
        if *number == u32::MAX {
            *number = new;
            self.types.push(tagger.describe(folded, casing, facts()));
        }
        *number
    }

    /// The words by their numbers.
    pub fn types(&self) -> &[WordType] {
        &self.types
    }
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
        Ok(Tagger { pairs: table.as_chunks().0, ends: ends.as_chunks().0, records, shift: 64 - bits, sure: SURE })
    }

    /// The tagger with another limit of certainty, to measure what the limit costs.
    #[doc(hidden)]
    #[must_use]
    pub fn sure_from(self, sure: i16) -> Tagger<'m> {
        Tagger { sure, ..self }
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
    pub fn tag<'t>(&self, types: &'t [WordType], sentence: &[u32], out: &mut Vec<Fine>) {
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
            let mut best = best(&scores);
            if lead(&scores, best) < self.sure {
                let traits = |word: Option<&'t WordType>| word.map_or(&EDGE, |word| &word.traits);
                let window = Window::new(traits(before), &word.traits, traits(after), style, any_before);
                window.keys(|key| self.add(key, &mut scores));
                window.history_keys(last, second_last, |key| self.add(key, &mut scores));
                let pair = &self.pairs[usize::from(last) * (Fine::COUNT + 1) + usize::from(second_last)];
                scores.iter_mut().zip(pair).for_each(|(score, &weight)| *score = score.wrapping_add(i16::from(weight as i8)));
                best = self::best(&scores);
            }
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
    let highest = scores[..Fine::COUNT].iter().copied().max().unwrap_or(0);
    scores.iter().position(|&score| score == highest).unwrap_or(0).min(Fine::COUNT - 1)
}

/// By how much the best score is above the second.
#[inline]
fn lead(scores: &Scores, best: usize) -> i16 {
    let mut others = *scores;
    others[best] = i16::MIN;
    scores[best].saturating_sub(others[..Fine::COUNT].iter().copied().max().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tagged_text::{TaggedSentence, read_penn};
    use crate::model::tagger_train::{Lesson, Training, train};

    fn lessons(sentence: &TaggedSentence) -> Vec<Lesson> {
        let lesson = |form: &str| Lesson {
            folded: form.to_lowercase(),
            casing: Casing::of(form),
            facts: WordFacts::default(),
            allowed: crate::model::FineSet::ALL,
        };
        sentence.words.iter().map(|word| Lesson { allowed: word.allowed, ..lesson(&word.form) }).collect()
    }

    fn trained() -> Vec<u8> {
        let rows = [
            "The/DT dog/NN barks/VBZ ./.",
            "A/DT cat/NN sleeps/VBZ ./.",
            "The/DT cats/NNS sleep/VBP ./.",
            "Dogs/NNS bark/VBP ./.",
            "Trump/NNP met/VBD Merkel/NNP ./.",
            "Merkel/NNP saw/VBD the/DT dog/NN ./.",
            "They/PRP saw/VBD a/DT cat/NN ./.",
            "They/PRP met/VBD the/DT cats/NNS ./.",
            "The/DT dog/NN met/VBD Trump/NNP ./.",
            "A/DT dog/NN saw/VBD them/PRP ./.",
        ];
        let text: String = rows.iter().map(|row| row.replace(' ', "\n").replace("./.", ".\t.").replace('/', "\t") + "\n\n").collect();
        let text: Vec<_> = read_penn(&text).iter().map(lessons).collect();
        train(&[text], Training { least: 1, dropped: 0, ..Training::default() }, |_| ()).to_bytes()
    }

    #[test]
    fn ten_sentences_teach_to_tag_an_eleventh() {
        let bytes = trained();
        assert_eq!(bytes, trained(), "training is repeatable");
        let tagger = Tagger::open(&bytes).unwrap();
        let mut types = WordTypes::default();
        let mut tagged = |text: &str| {
            let words: Vec<u32> =
                text.split(' ').map(|word| types.number(&tagger, &word.to_lowercase(), Casing::of(word), WordFacts::default)).collect();
            let mut out = Vec::new();
            tagger.tag(types.types(), &words, &mut out);
            out
        };
        let tags = tagged("The cat saw Trump .");
        assert_eq!(tags[..3], [Fine::Det, Fine::Noun, Fine::VerbPast]);
        assert!(tags[3].is_name() && tags[4] == Fine::Stop, "{tags:?}");
    }

    #[test]
    fn damaged_bytes_are_told_apart() {
        let bytes = trained();
        assert_eq!(Tagger::open(&bytes[..100]).unwrap_err(), TaggerError::Truncated { wanted: bytes.len(), found: 100 });
        assert!(matches!(Tagger::open(&bytes[..bytes.len() - 1]), Err(TaggerError::Truncated { .. })));
        assert_eq!(Tagger::open(b"no tagger at all").unwrap_err(), TaggerError::Foreign);
        assert_eq!(Tagger::open(&[bytes.as_slice(), &[0]].concat()).unwrap_err(), TaggerError::Foreign);
        assert_eq!(Tagger::open(&[]).unwrap_err(), TaggerError::Foreign);
    }
}
