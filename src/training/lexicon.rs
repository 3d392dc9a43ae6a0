//! Puts the lexicon's sections together out of word lists and what the corpus tells.

use std::collections::{BTreeMap, BTreeSet};

use zerocopy::IntoBytes as _;
use zerocopy::byteorder::little_endian::{U16, U64};

use super::corpus::{self, Habits, SurfaceCount};
use super::{Limits, TrainingError};
use crate::language::fold;
use crate::model::{CLASSES, Fine, FineSet, Gram, HAS_CAPITAL_ENTRY, IN_DICTIONARY, Row, Sounded};

/// Forms longer than this (in bytes) are no words.
const LONGEST: usize = 40;
/// A form of running text must occur so often to be taken up without a word list's word.
const OFTEN_ENOUGH: u64 = 3;
/// A capitalised form gets an entry of its own if it is seen so often in mid-sentence …
const CAPITAL_COUNT: u64 = 10;
/// … and makes up a share of all uses between these.
const CAPITAL_SHARE: (f64, f64) = (0.02, 0.9);
/// Forms as frequent as this are listed under their lemma if no rule of spelling leads to them.
const IRREGULAR_FREQUENCY: u8 = 40;
/// Ways from a form to its lemma that are kept; a form with a rarer one is its own lemma.
const ENDINGS: usize = 4096;
/// Only forms as frequent as this (in steps of 1/25 of a power of ten) stand in for others that sound alike.
const SOUNDED_FREQUENCY: u8 = 62;

/// Lists of words from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct WordLists {
    frequencies: Vec<(String, u8)>,
    lemmas: Vec<(String, String, String)>,
    sounds: Vec<(String, u16)>,
    tags: BTreeMap<String, u64>,
}

impl WordLists {
    /// Adds rows "form, Zipf frequency × 100" (Zipf: log10 of occurrences in a thousand million words; 0 = known, not counted).
    ///
    /// # Errors
    /// If a row has fewer cells or no number.
    pub fn add_frequencies(&mut self, list: &str, rows: &str) -> Result<(), TrainingError> {
        for (line, cells) in numbered(rows) {
            let frequency = cells.get(1).and_then(|cell| cell.parse::<u32>().ok());
            let frequency = frequency.ok_or_else(|| bad_row(list, line, "expected a form and its Zipf frequency × 100"))?;
            self.frequencies.push((cells[0].to_owned(), (frequency / 4).min(255) as u8));
        }
        Ok(())
    }

    /// Adds rows "form, lemma, universal tag, Penn tag".
    ///
    /// # Errors
    /// If a row has fewer cells.
    pub fn add_lemmas(&mut self, list: &str, rows: &str) -> Result<(), TrainingError> {
        for (line, cells) in numbered(rows) {
            let [form, lemma, _, penn, ..] = cells[..] else {
                return Err(bad_row(list, line, "expected a form, its lemma, a universal tag and a Penn tag"));
            };
            self.lemmas.push((form.to_owned(), lemma.to_owned(), penn.to_owned()));
        }
        Ok(())
    }

    /// Adds rows "form, sounds in ARPAbet".
    ///
    /// # Errors
    /// If a row has fewer cells.
    pub fn add_pronunciations(&mut self, list: &str, rows: &str) -> Result<(), TrainingError> {
        for (line, cells) in numbered(rows) {
            let [form, sounds, ..] = cells[..] else { return Err(bad_row(list, line, "expected a form and its sounds")) };
            self.sounds.push((form.to_owned(), sound_key(sounds)));
        }
        Ok(())
    }

    /// States which fine tags a form can have, as the bits of a [`crate::model::FineSet`].
    pub fn add_tags(&mut self, form: &str, tags: u64) {
        let mut folded = String::new();
        *self.tags.entry(fold(form, &mut folded).to_owned()).or_default() |= tags;
    }
}

fn numbered(rows: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    rows.lines().enumerate().filter(|(_, row)| !row.is_empty()).map(|(at, row)| (at + 1, row.split('\t').collect()))
}

fn bad_row(list: &str, line: usize, message: &str) -> TrainingError {
    TrainingError::Row { list: list.to_owned(), line, message: message.to_owned() }
}

/// A key that words of like sound share: their consonants, voiced and voiceless as one, with a mark for each vowel between.
/// It serves to find candidates, which are then compared letter by letter.
fn sound_key(arpabet: &str) -> u16 {
    let mut key: u32 = 0x811c;
    let mut vowel = false;
    for sound in arpabet.split_whitespace() {
        let code = match sound.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "P" | "B" => 1,
            "T" | "D" | "TH" | "DH" => 2,
            "K" | "G" => 3,
            "F" | "V" => 4,
            "S" | "Z" | "SH" | "ZH" => 5,
            "CH" | "JH" => 6,
            "M" => 7,
            "N" | "NG" => 8,
            "L" => 9,
            "R" | "ER" => 10,
            "W" => 11,
            "Y" | "HH" => continue,
            _ => 12,
        };
        if code == 12 && std::mem::replace(&mut vowel, true) {
            continue;
        }
        vowel = code == 12;
        key = (key ^ code).wrapping_mul(0x0100_0193);
    }
    ((key ^ key >> 16) as u16).max(1)
}

#[derive(Default)]
struct Entry {
    frequency: u8,
    habits: Habits,
    lemma: Option<String>,
    sound: u16,
    in_dictionary: bool,
    gram: Gram,
    capital_entry: bool,
    tags: u64,
}

/// The sections of the lexicon.
pub(super) fn build(lists: &WordLists, counts: &[SurfaceCount], limits: Limits) -> Result<Vec<(&'static str, Vec<u8>)>, TrainingError> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let mut folded = String::new();
    let running: u64 = counts.iter().map(|count| count.all).sum();
    for (form, frequency) in lists.frequencies.iter().filter(|(form, _)| is_word(form)) {
        let entry = entries.entry(fold(form, &mut folded).to_owned()).or_default();
        entry.frequency = entry.frequency.max(*frequency);
        entry.in_dictionary |= *frequency == 0;
    }
    let habits = corpus::habits(counts);
    for (form, habits) in habits.iter().filter(|(form, _)| is_word(form)) {
        if let Some(entry) = entries.get_mut(form) {
            entry.habits = *habits;
        } else if habits.all >= OFTEN_ENOUGH {
            let zipf = (habits.all as f64 / running as f64 * 1e9).log10();
            entries.insert(form.clone(), Entry { frequency: (zipf * 25.0) as u8, habits: *habits, ..Entry::default() });
        }
    }
    add_capital_entries(&mut entries, counts);
    for count in counts.iter().filter(|count| !count.is_word && count.all >= OFTEN_ENOUGH) {
        entries.entry(count.text.to_owned()).or_default().habits.all += count.all;
    }
    for (form, sound) in &lists.sounds {
        if let Some(entry) = entries.get_mut(fold(form, &mut folded)) {
            entry.sound = *sound;
            entry.in_dictionary = true;
        }
    }
    for (form, lemma, _) in &lists.lemmas {
        if let Some(entry) = entries.get_mut(fold(form, &mut folded)) {
            entry.in_dictionary = true;
            let better = entry.lemma.as_ref().is_none_or(|known| known == form || lemma != form && lemma.len() < known.len());
            if better {
                entry.lemma = Some(lemma.clone());
            }
        }
    }
    for (form, _, penn) in &lists.lemmas {
        if let Some(entry) = entries.get_mut(fold(form, &mut folded)) {
            entry.tags |= tags_of(penn).0;
        }
    }
    for (form, tags) in &lists.tags {
        if let Some(entry) = entries.get_mut(form) {
            entry.tags |= tags;
        }
    }
    keep_most_frequent(&mut entries, limits.forms);
    number_words(&mut entries, limits.words);
    sections(&entries)
}

/// The fine tags that a word list's Penn tag stands for: what is a base form is one of the present, too, and a form of the past
/// may be a participle.
fn tags_of(penn: &str) -> FineSet {
    let tags = Fine::of_penn(penn);
    match () {
        () if tags.contains(Fine::VerbBase) => tags.or(Fine::of_penn("VBP")),
        () if tags.contains(Fine::VerbPast) => tags.or(Fine::of_penn("VBN")),
        () => tags,
    }
}

fn is_word(form: &str) -> bool {
    form.len() <= LONGEST && form.chars().any(char::is_alphabetic) && !form.chars().any(|c| c.is_whitespace() || c.is_ascii_digit())
}

/// "US" beside "us", "May" beside "may".
fn add_capital_entries(entries: &mut BTreeMap<String, Entry>, counts: &[SurfaceCount]) {
    let mut folded = String::new();
    for count in counts.iter().filter(|count| count.is_word && count.inside >= CAPITAL_COUNT && is_word(count.text)) {
        let Some(entry) = entries.get_mut(fold(count.text, &mut folded)).filter(|_| count.text != folded) else { continue };
        let habits = entry.habits;
        let share = count.inside as f64 / (habits.lower + habits.capitalised + habits.upper).max(1) as f64;
        if (CAPITAL_SHARE.0..CAPITAL_SHARE.1).contains(&share) && habits.lower > 0 {
            entry.capital_entry = true;
            let own = Habits { all: count.inside, capitalised: count.inside, ..Habits::default() };
            let (frequency, in_dictionary) = (entry.frequency.saturating_sub((-share.log10() * 25.0) as u8), entry.in_dictionary);
            entries.insert(count.text.to_owned(), Entry { frequency, habits: own, in_dictionary, ..Entry::default() });
        }
    }
}

/// Drops the rarest forms of the word lists until the limit holds; those as rare as the first one dropped go with it.
fn keep_most_frequent(entries: &mut BTreeMap<String, Entry>, most: usize) {
    let seen = |entry: &Entry| entry.habits.all >= OFTEN_ENOUGH || entry.capital_entry;
    let mut of_frequency = [0usize; 256];
    entries.values().filter(|entry| !seen(entry)).for_each(|entry| of_frequency[usize::from(entry.frequency)] += 1);
    let mut room = most.saturating_sub(entries.values().filter(|entry| seen(entry)).count());
    let mut lowest = 256;
    while lowest > 0 && of_frequency[lowest - 1] <= room {
        lowest -= 1;
        room -= of_frequency[lowest];
    }
    entries.retain(|_, entry| seen(entry) || usize::from(entry.frequency) >= lowest);
}

fn number_words(entries: &mut BTreeMap<String, Entry>, most: usize) {
    let mut by_count: Vec<(u64, &String)> =
        entries.iter().map(|(form, entry)| (entry.habits.all, form)).filter(|(all, _)| *all >= 2).collect();
    by_count.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let chosen: Vec<String> = by_count.iter().take(most.min(usize::from(Gram::MAX - CLASSES))).map(|(_, form)| (*form).clone()).collect();
    for (at, form) in chosen.iter().enumerate() {
        if let Some(entry) = entries.get_mut(form) {
            entry.gram = CLASSES + at as Gram;
        }
    }
}

fn sections(entries: &BTreeMap<String, Entry>) -> Result<Vec<(&'static str, Vec<u8>)>, TrainingError> {
    let mut forms = fst::MapBuilder::memory();
    for (number, form) in entries.keys().enumerate() {
        forms.insert(form, number as u64)?;
    }
    let tag_sets = most_frequent(entries.values().map(|entry| entry.tags), 256);
    let endings = most_frequent(entries.iter().map(|(form, entry)| ending(form, entry.lemma.as_deref().unwrap_or(form))), ENDINGS);
    let mut rows = Vec::with_capacity(entries.len());
    let mut sounds = Vec::new();
    for (number, (form, entry)) in entries.iter().enumerate() {
        let flags = if entry.capital_entry { HAS_CAPITAL_ENTRY } else { 0 } | if entry.in_dictionary { IN_DICTIONARY } else { 0 };
        let ending = ending(form, entry.lemma.as_deref().unwrap_or(form));
        rows.push(Row {
            frequency: entry.frequency,
            habits: fifteenths(entry.habits),
            flags,
            tags: tag_sets.iter().position(|set| *set == entry.tags).unwrap_or(0) as u8,
            lemma: U16::new(endings.iter().position(|known| *known == ending).unwrap_or(0) as u16),
            sound: U16::new(entry.sound),
            gram: U16::new(entry.gram),
        });
        if entry.sound != 0 && entry.frequency >= SOUNDED_FREQUENCY {
            sounds.push((entry.sound, number as u32));
        }
    }
    sounds.sort_unstable();
    let sounded: Vec<Sounded> = sounds
        .iter()
        .map(|(sound, form)| {
            let [a, b, c, _] = form.to_le_bytes();
            Sounded { sound: U16::new(*sound), form: [a, b, c] }
        })
        .collect();
    let endings: String = endings.iter().map(|(cut, add)| format!("{cut}\t{add}\n")).collect();
    let tag_sets: Vec<U64> = tag_sets.into_iter().map(U64::new).collect();
    Ok(vec![
        ("LXFS", forms.into_inner()?),
        ("LXRW", rows.as_bytes().to_vec()),
        ("LXTS", tag_sets.as_bytes().to_vec()),
        ("LXLM", endings.into_bytes()),
        ("LXSN", sounded.as_bytes().to_vec()),
        ("LXIR", irregular(entries).into_bytes()),
    ])
}

/// Lines "lemma, tab, form" for the frequent forms that no rule of spelling makes out of their lemmas.
fn irregular(entries: &BTreeMap<String, Entry>) -> String {
    let mut lines = BTreeSet::new();
    for (form, entry) in entries.iter().filter(|(_, entry)| entry.frequency >= IRREGULAR_FREQUENCY) {
        let Some(lemma) = entry.lemma.as_ref().filter(|lemma| *lemma != form) else { continue };
        let shared = form.chars().zip(lemma.chars()).take_while(|(one, other)| one == other).count();
        let (form_rest, lemma_rest) = (form.chars().skip(shared).count(), lemma.chars().skip(shared).count());
        let regular =
            ["s", "d", "ed", "ing", "r", "er", "t", "st", "est"].iter().any(|end| form.ends_with(end)) && lemma_rest <= 1 && form_rest <= 5;
        if !regular {
            lines.insert(format!("{lemma}\t{form}\n"));
        }
    }
    lines.into_iter().collect()
}

/// The distinct values, the most frequent first, with the default value at the head.
fn most_frequent<T: Ord + Clone + Default>(values: impl Iterator<Item = T>, most: usize) -> Vec<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts.remove(&T::default());
    let ordered: BTreeSet<(std::cmp::Reverse<usize>, T)> =
        counts.into_iter().map(|(value, count)| (std::cmp::Reverse(count), value)).collect();
    std::iter::once(T::default()).chain(ordered.into_iter().map(|(_, value)| value)).take(most).collect()
}

/// How many bytes to cut from a form and what to add for its lemma.
fn ending(form: &str, lemma: &str) -> (u8, String) {
    let shared: usize = form.chars().zip(lemma.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum();
    ((form.len() - shared) as u8, lemma[shared..].to_owned())
}

fn fifteenths(habits: Habits) -> u8 {
    let all = (habits.lower + habits.capitalised + habits.upper).max(1);
    let share = |count: u64| (count * 15 + all / 2) / all;
    share(habits.capitalised + habits.upper) as u8 | (share(habits.upper) as u8) << 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_like_sound_share_a_key() {
        assert_eq!(sound_key("S IY1 N"), sound_key("S IH0 NG"));
        assert_ne!(sound_key("S IY1 N"), sound_key("S IY1 M"));
    }

    #[test]
    fn an_ending_leads_from_form_to_lemma() {
        assert_eq!(ending("strikes", "strike"), (1, String::new()));
        assert_eq!(ending("went", "go"), (4, "go".to_owned()));
        assert_eq!(ending("is", "be"), (2, "be".to_owned()));
    }
}
