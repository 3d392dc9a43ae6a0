//! Word trigrams, read forwards and backwards: modified Kneser-Ney (Chen and Goodman 1999), pruned, in quarter bits.
//!
//! A surprise is −log2 of a probability, counted in quarter bits: 4 means one half. Bigrams and trigrams stand in open hash
//! tables with a 16-bit fingerprint a slot, so that about one lookup in 20,000 of an unknown n-gram answers as if it were known.

use zerocopy::byteorder::little_endian::U16;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::classes::Gram;
use super::format::{FormatError, Sections};

/// −log2 of a probability in quarter bits.
pub type Surprise = i32;

/// What is stored of a back-off weight is shifted by this, since pruning makes some weights larger than 1.
const BACKOFF_SHIFT: i32 = 40;

/// One word: how surprising it is by itself, and the weights of its contexts, by direction.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Unigram {
    pub(crate) forward: u8,
    pub(crate) forward_backoff: u8,
    pub(crate) backward: u8,
    pub(crate) backward_backoff: u8,
}

/// Two words: the second after the first (forward), the first before the second (backward).
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Bigram {
    pub(crate) print: U16,
    pub(crate) forward: u8,
    pub(crate) forward_backoff: u8,
    pub(crate) backward: u8,
    pub(crate) backward_backoff: u8,
}

/// Three words: the third after the first two (forward), the first before the last two (backward).
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Trigram {
    pub(crate) print: U16,
    pub(crate) forward: u8,
    pub(crate) backward: u8,
}

/// A slot of an open hash table.
pub(crate) trait Slot: FromBytes + IntoBytes + Immutable + KnownLayout + Unaligned + Copy + Default {
    fn print(&self) -> u16;
    fn set_print(&mut self, print: u16);
}

impl Slot for Bigram {
    fn print(&self) -> u16 {
        self.print.get()
    }

    fn set_print(&mut self, print: u16) {
        self.print.set(print);
    }
}

impl Slot for Trigram {
    fn print(&self) -> u16 {
        self.print.get()
    }

    fn set_print(&mut self, print: u16) {
        self.print.set(print);
    }
}

/// The grams of a key, side by side.
pub(crate) fn pack(grams: &[Gram]) -> u64 {
    grams.iter().fold(0, |key, &gram| key << 16 | u64::from(gram))
}

/// Where the search for a key starts in a table of so many slots, and the key's fingerprint, which is never 0.
fn home(key: u64, slots: usize) -> (usize, u16) {
    let mut mixed = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    let place = (((mixed >> 32) * slots as u64) >> 32) as usize;
    (place, (mixed as u16).max(1))
}

fn find<S: Slot>(slots: &[S], key: u64) -> Option<&S> {
    if slots.is_empty() {
        return None;
    }
    let (mut place, print) = home(key, slots.len());
    // Full tables are never written, so the search ends; the bound guards against damaged ones.
    for _ in 0..slots.len() {
        let slot = &slots[place];
        match slot.print() {
            0 => return None,
            found if found == print => return Some(slot),
            _ => place = if place + 1 == slots.len() { 0 } else { place + 1 },
        }
    }
    None
}

/// A hash table of slots, with one slot in eight left empty.
pub(crate) fn table<S: Slot>(entries: &[(u64, S)]) -> Vec<u8> {
    let mut slots = vec![S::default(); entries.len() + entries.len() / 7 + 1];
    for (key, slot) in entries {
        let (mut place, print) = home(*key, slots.len());
        while slots[place].print() != 0 {
            place = if place + 1 == slots.len() { 0 } else { place + 1 };
        }
        slots[place] = *slot;
        slots[place].set_print(print);
    }
    slots.as_bytes().to_vec()
}

/// A probability as it is stored.
pub(crate) fn store_probability(log2: f64) -> u8 {
    (-log2 * 4.0).round().clamp(0.0, 255.0) as u8
}

/// A back-off weight as it is stored.
pub(crate) fn store_backoff(log2: f64) -> u8 {
    (-log2 * 4.0 + f64::from(BACKOFF_SHIFT)).round().clamp(0.0, 255.0) as u8
}

fn backoff(stored: u8) -> Surprise {
    Surprise::from(stored) - BACKOFF_SHIFT
}

/// The n-grams of a model, borrowed from its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Ngrams<'m> {
    unigrams: &'m [Unigram],
    bigrams: &'m [Bigram],
    trigrams: &'m [Trigram],
}

impl<'m> Ngrams<'m> {
    /// Opens the sections `NGR1`, `NGR2`, `NGR3`.
    ///
    /// # Errors
    /// If one is missing or its length is no whole number of entries.
    pub fn open(sections: &Sections<'m>) -> Result<Ngrams<'m>, FormatError> {
        Ok(Ngrams { unigrams: slice(sections, "NGR1")?, bigrams: slice(sections, "NGR2")?, trigrams: slice(sections, "NGR3")? })
    }

    /// How many words and classes, slots of bigrams, slots of trigrams there are.
    pub fn sizes(&self) -> [usize; 3] {
        [self.unigrams.len(), self.bigrams.len(), self.trigrams.len()]
    }

    /// How surprising `word` is by itself.
    pub fn alone(&self, word: Gram) -> Surprise {
        self.unigram(word).forward.into()
    }

    /// How surprising `word` is after `before`, the nearer word last.
    pub fn forward(&self, before: [Gram; 2], word: Gram) -> Surprise {
        if let Some(trigram) = find(self.trigrams, pack(&[before[0], before[1], word])) {
            return trigram.forward.into();
        }
        let context = find(self.bigrams, pack(&before)).map_or(0, |bigram| backoff(bigram.forward_backoff));
        context + self.forward_short(before[1], word)
    }

    /// How surprising `word` is before `after`, the nearer word first.
    pub fn backward(&self, word: Gram, after: [Gram; 2]) -> Surprise {
        if let Some(trigram) = find(self.trigrams, pack(&[word, after[0], after[1]])) {
            return trigram.backward.into();
        }
        let context = find(self.bigrams, pack(&after)).map_or(0, |bigram| backoff(bigram.backward_backoff));
        context + self.backward_short(word, after[0])
    }

    /// How surprising `word` is after one word.
    pub fn forward_short(&self, before: Gram, word: Gram) -> Surprise {
        match find(self.bigrams, pack(&[before, word])) {
            Some(bigram) => bigram.forward.into(),
            None => backoff(self.unigram(before).forward_backoff) + Surprise::from(self.unigram(word).forward),
        }
    }

    /// How surprising `word` is before one word.
    pub fn backward_short(&self, word: Gram, after: Gram) -> Surprise {
        match find(self.bigrams, pack(&[word, after])) {
            Some(bigram) => bigram.backward.into(),
            None => backoff(self.unigram(after).backward_backoff) + Surprise::from(self.unigram(word).backward),
        }
    }

    /// Whether the model kept these two words side by side.
    pub fn knows_pair(&self, first: Gram, second: Gram) -> bool {
        find(self.bigrams, pack(&[first, second])).is_some()
    }

    /// Whether the model kept these three words side by side.
    pub fn knows_triple(&self, words: [Gram; 3]) -> bool {
        find(self.trigrams, pack(&words)).is_some()
    }

    /// The surprise of a stretch within its context, forwards: `words` holds two words of context, the stretch, and one or two
    /// words behind it, whose surprise depends on the stretch and is counted too.
    pub fn stretch(&self, words: &[Gram]) -> Surprise {
        words.windows(3).map(|three| self.forward([three[0], three[1]], three[2])).sum()
    }

    fn unigram(&self, word: Gram) -> Unigram {
        self.unigrams.get(usize::from(word)).copied().unwrap_or_default()
    }
}

/// The entries of a section.
pub(crate) fn slice<'m, T: FromBytes + Immutable + KnownLayout + Unaligned>(
    sections: &Sections<'m>,
    tag: &'static str,
) -> Result<&'m [T], FormatError> {
    <[T]>::ref_from_bytes(sections.get(tag)?).map_err(|_| FormatError::Section(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_finds_what_it_holds() {
        let entries: Vec<(u64, Trigram)> =
            (0..1000u16).map(|at| (pack(&[at, at + 1, at + 2]), Trigram { forward: (at % 200) as u8, ..Trigram::default() })).collect();
        let bytes = table(&entries);
        let slots = <[Trigram]>::ref_from_bytes(&bytes).unwrap();
        assert!(entries.iter().all(|(key, _)| find(slots, *key).is_some()));
        let wrong = (0..1000u16).filter(|&at| find(slots, pack(&[at, at, at])).is_some()).count();
        assert!(wrong <= 2, "{wrong} strangers were found");
        assert_eq!(find(&[] as &[Trigram], 7).map(|slot| slot.forward), None);
    }

    #[test]
    fn weights_survive_storing() {
        assert_eq!(backoff(store_backoff(-1.5)), 6);
        assert_eq!(backoff(store_backoff(0.5)), -2);
        assert_eq!(Surprise::from(store_probability(-3.0)), 12);
    }
}
