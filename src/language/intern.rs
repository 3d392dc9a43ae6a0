use std::hash::Hasher;

use rustc_hash::FxHasher;

/// A number that stands for one lower-case form. Equal forms of one document have equal numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(pub u32);

/// The forms that rules and lists speak of, numbered once when the rules are compiled.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    forms: Forms,
}

impl Vocabulary {
    /// The number of a form, given when it is new. The form is folded first: lower case, straight apostrophes, composed.
    pub fn add(&mut self, form: &str) -> Sym {
        let mut folded = String::new();
        let form = fold(form, &mut folded);
        let hash = hash(form.as_bytes());
        Sym(self.forms.find(hash, form).unwrap_or_else(|| self.forms.add(hash, form)))
    }

    /// The number of a form that is known already.
    pub fn get(&self, folded: &str) -> Option<Sym> {
        self.forms.find(hash(folded.as_bytes()), folded).map(Sym)
    }

    /// How many forms there are; their numbers are smaller than this.
    pub fn len(&self) -> usize {
        self.forms.places.len()
    }

    /// Whether no form was added.
    pub fn is_empty(&self) -> bool {
        self.forms.places.is_empty()
    }
}

/// Numbers the forms of one document: the vocabulary's keep their numbers, all others come after them.
#[derive(Debug)]
pub struct Interner<'v> {
    vocabulary: &'v Vocabulary,
    others: Forms,
    folded: String,
}

impl<'v> Interner<'v> {
    /// An interner for a new document.
    pub fn new(vocabulary: &'v Vocabulary) -> Interner<'v> {
        Interner {
            vocabulary,
            others: Forms { places: Vec::with_capacity(128), text: Vec::with_capacity(1024), ..Forms::default() },
            folded: String::new(),
        }
    }

    /// The number of a token's form, which is folded first.
    pub fn intern(&mut self, form: &str) -> Sym {
        let mut folded = std::mem::take(&mut self.folded);
        let sym = self.intern_folded(fold(form, &mut folded));
        self.folded = folded;
        sym
    }

    /// The number of a form that is folded already.
    pub(super) fn intern_folded(&mut self, form: &str) -> Sym {
        let hash = hash(form.as_bytes());
        if let Some(known) = self.vocabulary.forms.find(hash, form) {
            return Sym(known);
        }
        let other = self.others.find(hash, form).unwrap_or_else(|| self.others.add(hash, form));
        Sym(self.vocabulary.len() as u32 + other)
    }
}

/// Forms in one string, numbered in the order in which they came.
#[derive(Clone, Debug, Default)]
struct Forms {
    /// A hash table: half of a form's hash, and one more than its number; 0 is free. As many as a power of two, and at
    /// least twice as many as there are forms.
    slots: Vec<(u32, u32)>,
    /// By number: where the form stands.
    places: Vec<(u32, u32)>,
    text: Vec<u8>,
}

impl Forms {
    fn find(&self, hash: u64, form: &str) -> Option<u32> {
        let (mut slot, tag) = (hash as usize, (hash >> 32) as u32);
        let mask = self.slots.len().checked_sub(1)?;
        loop {
            let (other, next) = self.slots[slot & mask];
            let number = next.checked_sub(1)?;
            if other == tag && self.form(number) == form.as_bytes() {
                return Some(number);
            }
            slot += 1;
        }
    }

    fn form(&self, number: u32) -> &[u8] {
        let (start, end) = self.places[number as usize];
        &self.text[start as usize..end as usize]
    }

    /// Numbers a form that is not among them.
    fn add(&mut self, hash: u64, form: &str) -> u32 {
        const FEWEST: usize = 256;
        if self.places.len() * 2 >= self.slots.len() {
            self.slots = vec![(0, 0); (self.slots.len() * 4).max(FEWEST)];
            for number in 0..self.places.len() as u32 {
                self.put(self::hash(self.form(number)), number);
            }
        }
        let number = self.places.len() as u32;
        let start = self.text.len() as u32;
        self.text.extend_from_slice(form.as_bytes());
        self.places.push((start, self.text.len() as u32));
        self.put(hash, number);
        number
    }

    fn put(&mut self, hash: u64, number: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize;
        while self.slots[slot & mask].1 != 0 {
            slot += 1;
        }
        self.slots[slot & mask] = ((hash >> 32) as u32, number + 1);
    }
}

fn hash(form: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form);
    hasher.finish()
}

/// A set of the vocabulary's forms: a table, because rules ask it of every token.
#[derive(Clone, Debug, Default)]
pub struct SymSet(Vec<u64>);

impl SymSet {
    /// Whether a form is one of them.
    #[inline]
    pub fn contains(&self, form: &Sym) -> bool {
        self.0.get(form.0 as usize / 64).is_some_and(|word| word >> (form.0 % 64) & 1 == 1)
    }

    /// Adds a form.
    pub fn insert(&mut self, form: Sym) {
        let at = form.0 as usize / 64;
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (form.0 % 64);
    }

    /// The forms that are in both sets.
    #[must_use]
    pub fn intersection(&self, other: &SymSet) -> SymSet {
        SymSet(self.0.iter().zip(&other.0).map(|(mine, theirs)| mine & theirs).collect())
    }

    /// The forms, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = Sym> {
        let bits = |(at, &word): (usize, &u64)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| Sym(at as u32 * 64 + bit));
        self.0.iter().enumerate().flat_map(bits)
    }

    /// How many forms there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is no form.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

impl Extend<Sym> for SymSet {
    fn extend<I: IntoIterator<Item = Sym>>(&mut self, forms: I) {
        forms.into_iter().for_each(|form| self.insert(form));
    }
}

impl FromIterator<Sym> for SymSet {
    fn from_iter<I: IntoIterator<Item = Sym>>(forms: I) -> SymSet {
        let mut set = SymSet::default();
        set.extend(forms);
        set
    }
}

/// Lower case, straight apostrophes, composed normal form. Borrows `form` where it is so already.
pub(crate) fn fold<'a>(form: &'a str, scratch: &'a mut String) -> &'a str {
    if form.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return form;
    }
    scratch.clear();
    if form.is_ascii() {
        scratch.push_str(form);
        scratch.make_ascii_lowercase();
        return scratch;
    }
    let straight = |c| if matches!(c, '’' | '‘' | 'ʼ' | '`' | '´') { '\'' } else { c };
    scratch.extend(form.chars().map(straight).flat_map(char::to_lowercase));
    if !unicode_normalization::is_nfc(scratch) {
        use unicode_normalization::UnicodeNormalization as _;
        *scratch = scratch.nfc().collect();
    }
    scratch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_fold_to_one_number() {
        let vocabulary = Vocabulary::default();
        let mut interner = Interner::new(&vocabulary);
        let first = interner.intern("Don’t");
        assert_eq!(interner.intern("don't"), first);
        assert_eq!(interner.intern("CAFE\u{301}"), interner.intern("café"));
        assert_ne!(interner.intern("dont"), first);
    }

    #[test]
    fn many_forms_keep_their_numbers() {
        let mut vocabulary = Vocabulary::default();
        let numbers: Vec<Sym> = (0..5000).map(|number| vocabulary.add(&format!("w{number}"))).collect();
        assert!((0..5000).all(|number| vocabulary.add(&format!("W{number}")) == numbers[number]));
        assert_eq!(vocabulary.len(), 5000);
        let mut interner = Interner::new(&vocabulary);
        let others: Vec<Sym> = (0..5000).map(|number| interner.intern(&format!("v{number}"))).collect();
        assert!((0..5000).all(|number| interner.intern(&format!("v{number}")) == others[number] && others[number].0 >= 5000));
    }

    #[test]
    fn a_set_of_forms_holds_what_was_put_in() {
        let set: SymSet = [Sym(3), Sym(200), Sym(64)].into_iter().collect();
        assert_eq!((set.iter().map(|form| form.0).collect::<Vec<_>>(), set.len()), (vec![3, 64, 200], 3));
        assert!(!set.contains(&Sym(4)) && !set.contains(&Sym(100_000)));
        assert_eq!(set.intersection(&[Sym(64), Sym(65)].into_iter().collect()).iter().collect::<Vec<_>>(), [Sym(64)]);
        assert!(SymSet::default().is_empty() && !set.is_empty());
    }

    #[test]
    fn words_of_rules_keep_their_numbers() {
        let mut vocabulary = Vocabulary::default();
        let the = vocabulary.add("The");
        let mut interner = Interner::new(&vocabulary);
        assert_eq!(interner.intern("THE"), the);
        assert!(interner.intern("zebra").0 >= 1);
    }
}
