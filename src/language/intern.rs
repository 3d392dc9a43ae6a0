use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

/// A number that stands for one lower-case form. Equal forms of one document have equal numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(pub u32);

/// The forms that rules and lists speak of, numbered once when the rules are compiled.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    numbers: FxHashMap<Box<str>, Sym>,
}

impl Vocabulary {
    /// The number of a form, given when it is new. The form is folded first: lower case, straight apostrophes, composed.
    pub fn add(&mut self, form: &str) -> Sym {
        let next = Sym(self.numbers.len() as u32);
        let mut folded = String::new();
        *self.numbers.entry(fold(form, &mut folded).into()).or_insert(next)
    }

    /// The number of a form that is known already.
    pub fn get(&self, folded: &str) -> Option<Sym> {
        self.numbers.get(folded).copied()
    }

    /// How many forms there are; their numbers are smaller than this.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether no form was added.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

/// Numbers the forms of one document, starting after the vocabulary's.
#[derive(Debug)]
pub struct Interner<'v> {
    vocabulary: &'v Vocabulary,
    /// Hash of the form to the first form with that hash; the next one with the same hash is `Entry::next`.
    heads: FxHashMap<u64, u32>,
    entries: Vec<Entry>,
    forms: String,
    folded: String,
}

#[derive(Debug)]
struct Entry {
    sym: Sym,
    start: u32,
    end: u32,
    next: u32,
}

const NONE: u32 = u32::MAX;

impl<'v> Interner<'v> {
    /// An interner for a new document.
    pub fn new(vocabulary: &'v Vocabulary) -> Interner<'v> {
        Interner { vocabulary, heads: FxHashMap::default(), entries: Vec::new(), forms: String::new(), folded: String::new() }
    }

    /// The number of a token's form, which is folded first.
    pub fn intern(&mut self, form: &str) -> Sym {
        let mut folded = std::mem::take(&mut self.folded);
        let sym = self.intern_folded(fold(form, &mut folded));
        self.folded = folded;
        sym
    }

    fn intern_folded(&mut self, form: &str) -> Sym {
        let mut hasher = FxHasher::default();
        form.hash(&mut hasher);
        let hash = hasher.finish();
        let head = self.heads.get(&hash).copied().unwrap_or(NONE);
        let mut at = head;
        while at != NONE {
            let entry = &self.entries[at as usize];
            if &self.forms[entry.start as usize..entry.end as usize] == form {
                return entry.sym;
            }
            at = entry.next;
        }
        let sym = self.vocabulary.get(form).unwrap_or(Sym((self.vocabulary.len() + self.entries.len()) as u32));
        let start = self.forms.len() as u32;
        self.forms.push_str(form);
        self.heads.insert(hash, self.entries.len() as u32);
        self.entries.push(Entry { sym, start, end: self.forms.len() as u32, next: head });
        sym
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
    fn words_of_rules_keep_their_numbers() {
        let mut vocabulary = Vocabulary::default();
        let the = vocabulary.add("The");
        let mut interner = Interner::new(&vocabulary);
        assert_eq!(interner.intern("THE"), the);
        assert!(interner.intern("zebra").0 >= 1);
    }
}
