//! What the tagger sees of a word and its neighbours, as keys of weights. Training and tagging share this code.

use super::FineSet;

/// How a word is written, as far as the tagger cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Casing {
    /// No letter that has a case: digits, marks.
    #[default]
    None,
    /// "threat"
    Lower,
    /// "Threat", "A"
    Capitalised,
    /// "NATO"
    Upper,
    /// "iPhone", "McCain"
    Mixed,
}

impl Casing {
    /// The casing of a form as it is written.
    pub fn of(form: &str) -> Casing {
        let (mut upper, mut lower, mut first_upper, mut odd, mut start) = (0, 0, false, false, true);
        for c in form.chars() {
            if c.is_lowercase() {
                lower += 1;
            } else if c.is_uppercase() {
                first_upper |= upper + lower == 0;
                odd |= !start || !first_upper;
                upper += 1;
            }
            start = matches!(c, '-' | '\'' | '’' | '\u{2010}' | '\u{2011}');
        }
        match (upper, lower) {
            (0, 0) => Casing::None,
            (0, _) => Casing::Lower,
            (1, 0) => Casing::Capitalised,
            (_, 0) => Casing::Upper,
            _ if first_upper && !odd => Casing::Capitalised,
            _ => Casing::Mixed,
        }
    }

    fn has_letters(self) -> bool {
        self != Casing::None
    }
}

/// What a lexicon knows of a form without its context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFacts {
    /// The fine tags that it can have; empty where that is unknown.
    pub tags: FineSet,
    /// How frequent it is: 25 steps for each power of ten, 75 = once in a million words, 0 = not counted.
    pub frequency: u8,
    /// In how many of 15 cases it starts with a capital in mid-sentence.
    pub capitalised: u8,
    /// In how many of 15 cases it is all capitals.
    pub upper: u8,
}

impl From<&super::Facts> for WordFacts {
    fn from(facts: &super::Facts) -> WordFacts {
        WordFacts { tags: facts.tags, frequency: facts.frequency, capitalised: facts.capitalised, upper: facts.upper }
    }
}

/// Where a word stands seen from the word that is tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Here,
    Before,
    After,
    SecondBefore,
    SecondAfter,
}

/// How many roles there are.
pub(super) const ROLES: [Role; 5] = [Role::Here, Role::Before, Role::After, Role::SecondBefore, Role::SecondAfter];

/// A word type, reduced to the hashes that keys are made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Traits {
    pub(super) casing: Casing,
    opens: bool,
    word: u64,
    ending: u64,
    tags: u64,
    capital: u64,
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Mixes a value into a hash; the same on every machine.
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash ^ value).wrapping_mul(STEP);
    mixed ^ mixed >> 29
}

fn text(seed: u64, form: &[u8]) -> u64 {
    let mut hash = mix(STEP, seed ^ (form.len() as u64) << 8);
    for chunk in form.chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        hash = mix(hash, u64::from_le_bytes(bytes));
    }
    hash
}

/// The last `chars` characters.
fn ending(form: &str, chars: usize) -> &str {
    form.char_indices().rev().nth(chars - 1).map_or(form, |(at, _)| &form[at..])
}

fn beginning(form: &str, chars: usize) -> &str {
    form.char_indices().nth(chars).map_or(form, |(at, _)| &form[..at])
}

/// Digits as one class, runs shortened; what is left tells letters from marks.
fn pattern(form: &str) -> u64 {
    let (mut hash, mut last) = (0, ' ');
    for c in form.chars() {
        let class = match c {
            _ if c.is_numeric() => '0',
            _ if c.is_alphabetic() => 'a',
            other => other,
        };
        if class != last {
            hash = mix(hash, u64::from(class));
            last = class;
        }
    }
    hash
}

impl Traits {
    /// What stands before and after a sentence.
    pub(super) const EDGE: Traits = Traits { casing: Casing::None, opens: false, word: 0, ending: 0, tags: 0, capital: 0 };

    pub(super) fn new(folded: &str, casing: Casing, facts: WordFacts) -> Traits {
        let rest = facts.capitalised.div_ceil(3).min(5);
        let upper = u8::from(facts.upper >= 8);
        let capital = u64::from(if facts.frequency == 0 { 15 } else { rest + upper * 6 });
        let digits = folded.bytes().any(|byte| byte.is_ascii_digit());
        Traits {
            casing,
            opens: matches!(folded, "\"" | "“" | "``" | "'" | "‘" | "(" | "[" | ":" | "-" | "--" | "–" | "—" | "*" | "•" | "..." | "…"),
            word: if digits { mix(7, pattern(folded)) } else { text(1, folded.as_bytes()) },
            ending: text(2, ending(folded, 3).as_bytes()),
            tags: mix(3, facts.tags.0),
            capital,
        }
    }
}

/// The keys that a word type has by itself in a role.
pub(super) fn type_keys(folded: &str, facts: WordFacts, traits: &Traits, role: Role, mut emit: impl FnMut(u64)) {
    let role_number = role as u64;
    let mut add = |template: u64, value: u64| emit(mix(mix(STEP, template << 8 | role_number), value));
    let casing = traits.casing as u64;
    add(1, traits.word);
    match role {
        Role::Here => {
            add(2, text(0, ending(folded, 1).as_bytes()));
            add(3, text(0, ending(folded, 2).as_bytes()));
            add(4, traits.ending);
            add(5, text(0, ending(folded, 4).as_bytes()));
            add(6, text(0, ending(folded, 5).as_bytes()));
            add(7, text(0, beginning(folded, 1).as_bytes()));
            add(8, text(0, beginning(folded, 2).as_bytes()));
            add(9, text(0, beginning(folded, 3).as_bytes()));
            add(10, mix(casing, pattern(folded)));
            add(11, mix(casing, traits.tags));
            add(12, mix(casing, traits.capital));
            add(13, mix(casing, mix(traits.capital, traits.tags)));
            add(14, mix(traits.tags, traits.ending));
            add(15, mix(casing, traits.word));
            add(16, mix(casing, traits.ending));
            add(17, u64::from(facts.frequency / 16));
            add(18, facts.tags.upos().0.into());
            if let Some((before, last)) = folded.rsplit_once('-') {
                add(19, text(0, last.as_bytes()));
                add(20, text(0, ending(last, 3).as_bytes()));
                add(21, text(0, before.as_bytes()));
            }
        }
        Role::Before | Role::After => {
            add(4, traits.ending);
            add(11, mix(casing, traits.tags));
            add(12, mix(casing, traits.capital));
        }
        Role::SecondBefore | Role::SecondAfter => add(11, mix(casing, traits.tags)),
    }
}

/// What a whole sentence tells: whether it is written as a title or in capitals.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    caps: u8,
}

impl Style {
    pub(super) fn of<'t>(words: impl Iterator<Item = &'t Traits>) -> Style {
        let (mut lower, mut capitalised, mut upper) = (0, 0, 0);
        for traits in words {
            match traits.casing {
                Casing::Lower => lower += 1,
                Casing::Capitalised | Casing::Mixed => capitalised += 1,
                Casing::Upper => upper += 1,
                Casing::None => {}
            }
        }
        let caps = match () {
            () if lower + capitalised == 0 && upper > 1 => 1,
            () if lower == 0 && capitalised > 0 => 2,
            () if capitalised > 2 && capitalised * 3 >= (capitalised + lower) * 2 => 3,
            () => 0,
        };
        Style { caps }
    }
}

/// A word with its neighbours.
pub(super) struct Window<'t> {
    pub(super) before: &'t Traits,
    pub(super) here: &'t Traits,
    pub(super) after: &'t Traits,
    pub(super) style: Style,
    /// 0 in mid-sentence, 1 before any word of the sentence, 2 after a mark that may open one.
    pub(super) start: u8,
}

impl<'t> Window<'t> {
    /// The window at a word; `any_before` tells whether a word with letters stands before it.
    pub(super) fn new(before: &'t Traits, here: &'t Traits, after: &'t Traits, style: Style, any_before: bool) -> Window<'t> {
        let start = if !any_before { 1 } else { u8::from(before.opens) * 2 };
        Window { before, here, after, style, start }
    }

    /// The keys that don't depend on tags.
    pub(super) fn keys(&self, mut emit: impl FnMut(u64)) {
        let mut add = |template: u64, value: u64| emit(mix(mix(STEP, template << 8), value));
        let (before, here, after) = (self.before, self.here, self.after);
        let place = u64::from(self.start) << 6 | u64::from(self.style.caps) << 3 | here.casing as u64;
        add(30, place << 6 | (before.casing as u64) << 3 | after.casing as u64);
        add(31, mix(place, here.capital));
        add(32, mix(place, mix(here.capital, here.tags)));
        add(33, mix(here.word, before.word));
        add(34, mix(here.word, after.word));
        add(35, mix(after.word, before.word));
        add(36, mix(place, mix(here.capital, after.casing as u64 | after.capital << 4)));
        add(37, mix(here.tags, after.tags));
    }

    /// The keys that depend on the tags of the two words before.
    pub(super) fn history_keys(&self, last: u8, second_last: u8, mut emit: impl FnMut(u64)) {
        let mut add = |template: u64, value: u64| emit(mix(mix(STEP, template << 8 | u64::from(last)), value));
        add(40, self.here.word);
        add(41, self.after.word);
        add(42, mix(self.here.tags, self.here.casing as u64));
        add(43, mix(self.after.tags, self.after.casing as u64));
        add(44, self.here.ending);
        add(45, mix(u64::from(second_last), self.here.tags));
    }
}

/// The key of the two tags before.
pub(super) fn tags_key(last: u8, second_last: u8) -> u64 {
    mix(mix(STEP, 50 << 8 | u64::from(last)), u64::from(second_last))
}

/// Whether a later word of the sentence is no longer at its start.
pub(super) fn counts_as_word(traits: &Traits) -> bool {
    traits.casing.has_letters()
}
