//! The words of a language: how frequent, which tags, which lemma, how written, how sounded.

use fst::raw::Fst;
use zerocopy::byteorder::little_endian::{U16, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::classes::{Gram, class_of};
use super::format::{FormatError, Sections};
use super::ngrams::slice;
use super::tag::FineSet;

/// What is stored of a form.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Row {
    pub(crate) frequency: u8,
    pub(crate) habits: u8,
    pub(crate) flags: u8,
    pub(crate) tags: u8,
    pub(crate) lemma: U16,
    pub(crate) sound: U16,
    pub(crate) gram: U16,
}

/// A flag of a row: the form also has an entry of its own in capitals ("US" beside "us").
pub(crate) const HAS_CAPITAL_ENTRY: u8 = 1;
/// A flag of a row: dictionaries know the form.
pub(crate) const IN_DICTIONARY: u8 = 2;

/// The number of a form in the lexicon, in alphabetical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form(pub u32);

/// A form of the same sound as another.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct Sounded {
    pub(crate) sound: U16,
    pub(crate) form: [u8; 3],
}

/// What the lexicon knows of one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The form, where the lexicon has it.
    pub form: Option<Form>,
    /// How frequent it is: 25 steps for each power of ten, 75 = once in a million words, 0 = not counted.
    pub frequency: u8,
    /// In how many of 15 cases it starts with a capital in mid-sentence, capitals throughout included.
    pub capitalised: u8,
    /// In how many of 15 cases it is all capitals.
    pub upper: u8,
    /// Whether dictionaries know it in lower case or as a name.
    pub in_dictionary: bool,
    /// The fine tags that it can have; empty where that is unknown.
    pub tags: FineSet,
    /// A key that forms of like sound share; 0 where none is known.
    pub sound: u16,
    /// As the n-grams know it, written in lower case.
    pub gram: Gram,
    /// Whether it has facts of its own when written in capitals ("US", "May").
    pub has_capital_entry: bool,
}

/// The lexicon of a model, borrowed from its bytes.
#[derive(Clone)]
pub struct Lexicon<'m> {
    forms: Fst<&'m [u8]>,
    rows: &'m [Row],
    tag_sets: &'m [U64],
    lemma_endings: Vec<(u8, &'m str)>,
    sounds: &'m [Sounded],
    irregular: Pairs<'m>,
}

/// Lines "lemma, tab, form" in order.
#[derive(Clone, Copy)]
struct Pairs<'m>(&'m str);

impl<'m> Pairs<'m> {
    /// Where the first line stands whose lemma is not smaller.
    fn partition_point_lines(self, lemma: &str) -> usize {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = self.line_start((low + high) / 2);
            let Some((line, _)) = self.0[middle..].split_once('\n') else { break };
            if line.split('\t').next().unwrap_or(line) < lemma { low = middle + line.len() + 1 } else { high = middle }
        }
        low
    }

    fn line_start(self, mut at: usize) -> usize {
        while at > 0 && self.0.as_bytes()[at - 1] != b'\n' {
            at -= 1;
        }
        at
    }

    fn lines_from(self, start: usize) -> impl Iterator<Item = (&'m str, &'m str)> {
        self.0.get(start..).unwrap_or_default().lines().filter_map(|line| line.split_once('\t'))
    }
}

impl std::fmt::Debug for Lexicon<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(out, "Lexicon of {} forms", self.len())
    }
}

impl<'m> Lexicon<'m> {
    /// Opens the sections `LXFS` (forms), `LXRW` (rows), `LXTS` (sets of tags), `LXLM` (endings of lemmas), `LXSN` (sounds),
    /// `LXIR` (forms that follow no rule).
    ///
    /// # Errors
    /// If one is missing or they don't fit together.
    pub fn open(sections: &Sections<'m>) -> Result<Lexicon<'m>, FormatError> {
        let forms = Fst::new(sections.get("LXFS")?).map_err(|_| FormatError::Section("LXFS"))?;
        let rows: &[Row] = slice(sections, "LXRW")?;
        let tag_sets: &[U64] = slice(sections, "LXTS")?;
        let endings = std::str::from_utf8(sections.get("LXLM")?).map_err(|_| FormatError::Section("LXLM"))?;
        let lemma_endings = endings
            .lines()
            .map(|line| line.split_once('\t').and_then(|(cut, add)| Some((cut.parse().ok()?, add))))
            .collect::<Option<_>>()
            .ok_or(FormatError::Section("LXLM"))?;
        let irregular = Pairs(std::str::from_utf8(sections.get("LXIR")?).map_err(|_| FormatError::Section("LXIR"))?);
        if forms.len() != rows.len() {
            return Err(FormatError::Section("LXRW"));
        }
        Ok(Lexicon { forms, rows, tag_sets, lemma_endings, sounds: slice(sections, "LXSN")?, irregular })
    }

    /// How many forms there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no form at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of a form, folded to lower case, or written as it is where capitals have an entry of their own.
    pub fn find(&self, form: &str) -> Option<Form> {
        self.forms.get(form.as_bytes()).map(|output| Form(output.value() as u32))
    }

    /// What is known of a form, folded to lower case; of an unknown one its class.
    pub fn facts(&self, folded: &str) -> Facts {
        match self.find(folded) {
            Some(form) => self.facts_of(form, folded),
            None => Facts { gram: class_of(folded), ..Facts::default() },
        }
    }

    fn facts_of(&self, form: Form, folded: &str) -> Facts {
        let row = self.rows[form.0 as usize];
        Facts {
            form: Some(form),
            frequency: row.frequency,
            capitalised: row.habits & 15,
            upper: row.habits >> 4,
            in_dictionary: row.flags & IN_DICTIONARY != 0,
            tags: FineSet(self.tag_sets.get(usize::from(row.tags)).map_or(0, |set| set.get())),
            sound: row.sound.get(),
            gram: if row.gram.get() == 0 { class_of(folded) } else { row.gram.get() },
            has_capital_entry: row.flags & HAS_CAPITAL_ENTRY != 0,
        }
    }

    /// The text of a form.
    pub fn text(&self, form: Form) -> Option<String> {
        self.forms.get_key(u64::from(form.0)).and_then(|bytes| String::from_utf8(bytes).ok())
    }

    /// The lemma of a form ("strike" of "strikes"); of an unknown one itself.
    pub fn lemma(&self, folded: &str) -> String {
        let row = self.find(folded).map(|form| self.rows[form.0 as usize]).unwrap_or_default();
        let (cut, add) = self.lemma_endings.get(usize::from(row.lemma.get())).copied().unwrap_or((0, ""));
        let stem = folded.len().checked_sub(usize::from(cut)).and_then(|end| folded.get(..end));
        stem.map_or_else(|| folded.to_owned(), |stem| format!("{stem}{add}"))
    }

    /// The forms of a lemma, itself among them; those that follow no rule are listed in the model.
    pub fn inflections(&self, lemma: &str) -> Vec<String> {
        let mut forms = vec![lemma.to_owned()];
        let mut add = |form: String| {
            if !forms.contains(&form) && self.find(&form).is_some() && self.lemma(&form) == lemma {
                forms.push(form);
            }
        };
        let stem = lemma.strip_suffix('e').unwrap_or(lemma);
        ["s", "es", "d", "ed", "ing", "r", "er", "st", "est"].iter().for_each(|end| add(format!("{lemma}{end}")));
        ["ing", "ed", "er", "est"].iter().for_each(|end| add(format!("{stem}{end}")));
        if let Some(stem) = lemma.strip_suffix('y') {
            ["ies", "ied", "ier", "iest"].iter().for_each(|end| add(format!("{stem}{end}")));
        }
        if let Some(last) = lemma.chars().next_back().filter(|last| !"aeiouwy".contains(*last)) {
            ["ing", "ed", "er", "est"].iter().for_each(|end| add(format!("{lemma}{last}{end}")));
        }
        let start = self.irregular.partition_point_lines(lemma);
        self.irregular.lines_from(start).take_while(|(of, _)| *of == lemma).for_each(|(_, form)| add(form.to_owned()));
        forms
    }

    /// The forms that share a sound key, most of them of like sound.
    pub fn sounding_like(&self, sound: u16) -> impl Iterator<Item = Form> + use<'m> {
        let sounds = self.sounds;
        let first = sounds.partition_point(|entry| entry.sound.get() < sound);
        sounds[first..]
            .iter()
            .take_while(move |entry| sound != 0 && entry.sound.get() == sound)
            .map(|entry| Form(u32::from_le_bytes([entry.form[0], entry.form[1], entry.form[2], 0])))
    }
}
