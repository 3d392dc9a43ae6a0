//! The parts of speech: seventeen universal ones, and finer ones that tell number, tense and case of use apart.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A part of speech of Universal Dependencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Tag {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// A name that is no tag.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no such part of speech: {name:?}; known are {known}", name = .0, known = Tag::NAMES.join(", "))]
pub struct UnknownTag(pub String);

impl Tag {
    const NAMES: [&'static str; 17] =
        ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"];

    /// All tags in alphabetical order.
    pub const ALL: [Tag; 17] = [
        Tag::Adj,
        Tag::Adp,
        Tag::Adv,
        Tag::Aux,
        Tag::Cconj,
        Tag::Det,
        Tag::Intj,
        Tag::Noun,
        Tag::Num,
        Tag::Part,
        Tag::Pron,
        Tag::Propn,
        Tag::Punct,
        Tag::Sconj,
        Tag::Sym,
        Tag::Verb,
        Tag::X,
    ];

    /// Its name in Universal Dependencies: "NOUN".
    pub fn name(self) -> &'static str {
        Tag::NAMES[self as usize]
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Tag {
    type Err = UnknownTag;

    fn from_str(name: &str) -> Result<Tag, UnknownTag> {
        Tag::ALL.into_iter().find(|tag| tag.name() == name).ok_or_else(|| UnknownTag(name.to_owned()))
    }
}

/// A set of parts of speech, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TagSet(pub u32);

impl TagSet {
    /// The set with one more.
    #[must_use]
    pub const fn with(self, tag: Tag) -> TagSet {
        TagSet(self.0 | 1 << tag as u32)
    }

    /// Whether a tag is in it.
    pub const fn contains(self, tag: Tag) -> bool {
        self.0 >> tag as u32 & 1 == 1
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The tags in it.
    pub fn iter(self) -> impl Iterator<Item = Tag> {
        Tag::ALL.into_iter().filter(move |&tag| self.contains(tag))
    }
}

impl FromIterator<Tag> for TagSet {
    fn from_iter<I: IntoIterator<Item = Tag>>(tags: I) -> TagSet {
        tags.into_iter().fold(TagSet::default(), TagSet::with)
    }
}

macro_rules! fine_tags {
    ($($name:ident $upos:ident $penn:literal $what:literal,)+) => {
        /// A part of speech and the form of the word: the pairs of universal and Penn tag that English treebanks use.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Fine {
            $(#[doc = $what] $name,)+
        }

        impl Fine {
            /// All fine tags, in the order of their numbers.
            pub const ALL: &'static [Fine] = &[$(Fine::$name),+];
            const UPOS: &'static [Tag] = &[$(Tag::$upos),+];
            const PENN: &'static [&'static str] = &[$($penn),+];
        }
    };
}

fine_tags! {
    Noun Noun "NN" "A noun in the singular: \"threat\".",
    Nouns Noun "NNS" "A noun in the plural: \"threats\".",
    Name Propn "NNP" "A name: \"Iran\".",
    Names Propn "NNPS" "A name in the plural: \"Olympics\".",
    Adj Adj "JJ" "An adjective: \"big\".",
    AdjMore Adj "JJR" "A comparative: \"bigger\".",
    AdjMost Adj "JJS" "A superlative: \"biggest\".",
    AdjName Adj "NNP" "An adjective inside a name: \"New\" York.",
    VerbBase Verb "VB" "A verb's base form, infinitive or imperative: to \"go\".",
    VerbPresent Verb "VBP" "A verb in the present, not the third person singular: they \"go\".",
    VerbThird Verb "VBZ" "A verb in the third person singular: she \"goes\".",
    VerbPast Verb "VBD" "A verb in the past: she \"went\".",
    VerbParticiple Verb "VBN" "A past participle: has \"gone\".",
    VerbIng Verb "VBG" "A gerund or present participle: \"going\".",
    VerbName Verb "NNP" "A verb's form inside a name: \"United\" Nations.",
    AuxBase Aux "VB" "An auxiliary's base form: will \"be\".",
    AuxPresent Aux "VBP" "An auxiliary in the present: they \"are\".",
    AuxThird Aux "VBZ" "An auxiliary in the third person singular: she \"is\".",
    AuxPast Aux "VBD" "An auxiliary in the past: she \"was\".",
    AuxParticiple Aux "VBN" "An auxiliary's past participle: has \"been\".",
    AuxIng Aux "VBG" "An auxiliary's present participle: \"being\".",
    Modal Aux "MD" "A modal: \"would\".",
    Adv Adv "RB" "An adverb: \"soon\".",
    AdvMore Adv "RBR" "A comparative adverb: \"sooner\".",
    AdvMost Adv "RBS" "A superlative adverb: \"most\".",
    AdvWh Adv "WRB" "An adverb that asks or joins: \"when\".",
    Adp Adp "IN" "A preposition: \"of\".",
    Particle Adp "RP" "A verb's particle: give \"up\".",
    Sconj Sconj "IN" "A subordinating conjunction: \"because\".",
    Cconj Cconj "CC" "A coordinating conjunction: \"and\".",
    To Part "TO" "The mark of an infinitive: \"to\" go.",
    Not Part "RB" "A negation: \"not\".",
    Genitive Part "POS" "The mark of a genitive: \"'s\".",
    Pron Pron "PRP" "A personal pronoun: \"they\".",
    PronOwn Pron "PRP$" "A possessive: \"their\".",
    PronThis Pron "DT" "A demonstrative or quantity on its own: \"this\".",
    PronNoun Pron "NN" "An indefinite pronoun: \"someone\".",
    PronWho Pron "WP" "A pronoun that asks or joins, for persons and things: \"who\".",
    PronWhose Pron "WP$" "\"whose\".",
    PronWhich Pron "WDT" "A relative pronoun: \"which\", \"that\".",
    There Pron "EX" "\"there\" as in \"there is\".",
    Det Det "DT" "A determiner: \"the\".",
    DetWh Det "WDT" "A determiner that asks: \"which\" one.",
    DetAll Det "PDT" "A determiner before another: \"all\" the.",
    Num Num "CD" "A number: \"five\".",
    Intj Intj "UH" "An interjection: \"yes\".",
    X X "FW" "A foreign word, or what is no word.",
    Symbol Sym "SYM" "A sign: \"%\", \"$\".",
    Stop Punct "." "What ends a sentence.",
    Comma Punct "," "A comma.",
    Colon Punct ":" "A colon, semicolon, dash or dots.",
    Open Punct "-LRB-" "An opening bracket.",
    Close Punct "-RRB-" "A closing bracket.",
    QuoteOpen Punct "``" "An opening quotation mark.",
    QuoteClose Punct "''" "A closing quotation mark.",
    Hyphen Punct "HYPH" "A hyphen that joins, standing alone.",
}

impl Fine {
    /// How many there are.
    pub const COUNT: usize = Fine::ALL.len();

    /// The fine tag of a number.
    pub fn from_number(number: u8) -> Option<Fine> {
        Fine::ALL.get(usize::from(number)).copied()
    }

    /// Its universal part of speech.
    pub fn upos(self) -> Tag {
        Fine::UPOS[self as usize]
    }

    /// Its Penn tag.
    pub fn penn(self) -> &'static str {
        Fine::PENN[self as usize]
    }

    /// The fine tag of a pair.
    pub fn from_pair(upos: Tag, penn: &str) -> Option<Fine> {
        Fine::ALL.iter().copied().find(|fine| fine.upos() == upos && fine.penn() == penn)
    }

    /// The fine tags of one part of speech.
    pub fn of(upos: Tag) -> FineSet {
        Fine::ALL.iter().copied().filter(|fine| fine.upos() == upos).collect()
    }

    /// The fine tags of one Penn tag.
    pub fn of_penn(penn: &str) -> FineSet {
        Fine::ALL.iter().copied().filter(|fine| fine.penn() == penn).collect()
    }

    /// The fine tags of an inflection, by its name in rule files: `singular`, `plural` (nouns and names), `finite`, `base`,
    /// `third`, `present`, `past`, `participle`, `ing` (verbs and auxiliaries), `modal`, `comparative`, `superlative`,
    /// `infinitive-mark`, `negation`.
    pub fn inflected(name: &str) -> Option<FineSet> {
        let tags: &[Fine] = match name {
            "singular" => &[Fine::Noun, Fine::Name, Fine::PronNoun],
            "plural" => &[Fine::Nouns, Fine::Names],
            "finite" => return Some(Fine::ALL.iter().copied().filter(|tag| tag.is_finite()).collect()),
            "base" => &[Fine::VerbBase, Fine::AuxBase],
            "third" => &[Fine::VerbThird, Fine::AuxThird],
            "present" => &[Fine::VerbPresent, Fine::AuxPresent],
            "past" => &[Fine::VerbPast, Fine::AuxPast],
            "participle" => &[Fine::VerbParticiple, Fine::AuxParticiple],
            "ing" => &[Fine::VerbIng, Fine::AuxIng],
            "modal" => &[Fine::Modal],
            "comparative" => &[Fine::AdjMore, Fine::AdvMore],
            "superlative" => &[Fine::AdjMost, Fine::AdvMost],
            "infinitive-mark" => &[Fine::To],
            "negation" => &[Fine::Not],
            _ => return None,
        };
        Some(tags.iter().copied().collect())
    }

    /// Whether it makes a clause finite: a verb in the present or past, or a modal.
    pub fn is_finite(self) -> bool {
        matches!(
            self,
            Fine::VerbPresent | Fine::VerbThird | Fine::VerbPast | Fine::AuxPresent | Fine::AuxThird | Fine::AuxPast | Fine::Modal
        )
    }

    /// Whether the word is a name or stands inside one.
    pub fn is_name(self) -> bool {
        matches!(self, Fine::Name | Fine::Names | Fine::AdjName | Fine::VerbName)
    }

    /// Whether it is a noun or name in the plural.
    pub fn is_plural(self) -> bool {
        matches!(self, Fine::Nouns | Fine::Names)
    }
}

impl fmt::Display for Fine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.upos(), self.penn())
    }
}

/// A set of fine tags, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FineSet(pub u64);

impl FineSet {
    /// All fine tags.
    pub const ALL: FineSet = FineSet((1 << Fine::COUNT) - 1);

    /// The set with one more.
    #[must_use]
    pub const fn with(self, tag: Fine) -> FineSet {
        FineSet(self.0 | 1 << tag as u64)
    }

    /// Whether a tag is in it.
    pub const fn contains(self, tag: Fine) -> bool {
        self.0 >> tag as u64 & 1 == 1
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many are in it.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: FineSet) -> FineSet {
        FineSet(self.0 & other.0)
    }

    /// What is in either.
    #[must_use]
    pub const fn or(self, other: FineSet) -> FineSet {
        FineSet(self.0 | other.0)
    }

    /// The tags in it.
    pub fn iter(self) -> impl Iterator<Item = Fine> {
        Fine::ALL.iter().copied().filter(move |&tag| self.contains(tag))
    }

    /// Their universal parts of speech.
    pub fn upos(self) -> TagSet {
        self.iter().map(Fine::upos).collect()
    }
}

impl FromIterator<Fine> for FineSet {
    fn from_iter<I: IntoIterator<Item = Fine>>(tags: I) -> FineSet {
        tags.into_iter().fold(FineSet::default(), FineSet::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tags_are_read_back() {
        for tag in Tag::ALL {
            assert_eq!(tag.name().parse(), Ok(tag));
            assert_eq!(format!("{tag:>6}").len(), 6);
        }
        let error = "noun".parse::<Tag>().unwrap_err();
        assert!(error.to_string().contains("\"noun\"") && error.to_string().contains("NOUN"), "{error}");
    }

    #[test]
    fn fine_tags_are_numbered_and_paired_once() {
        const { assert!(Fine::COUNT <= 64) };
        for (number, &fine) in Fine::ALL.iter().enumerate() {
            assert_eq!(fine as usize, number);
            assert_eq!(Fine::from_number(number as u8), Some(fine));
            assert_eq!(Fine::from_pair(fine.upos(), fine.penn()), Some(fine));
        }
        assert_eq!(Fine::from_number(Fine::COUNT as u8), None);
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let set: FineSet = [Fine::Noun, Fine::VerbBase, Fine::Hyphen].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Fine::Noun, Fine::VerbBase, Fine::Hyphen]);
        assert_eq!(set.upos().iter().collect::<Vec<_>>(), [Tag::Noun, Tag::Punct, Tag::Verb]);
        assert_eq!(FineSet::ALL.len(), Fine::COUNT);
        assert!(Fine::of_penn("NNP").contains(Fine::AdjName));
    }
}
