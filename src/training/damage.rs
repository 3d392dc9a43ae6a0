//! Damages sound text in the ways of machines, and says where: to learn from and to measure by.

use std::ops::Range;

use crate::fluency::function_words;
use crate::language::{Annotated, Shape, Terminal, TokenKind};
use crate::model::{Fine, Lexicon, Tag};

/// A way of damaging a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DamageKind {
    /// Two neighbouring words change places.
    Swap,
    /// All words change places.
    Shuffle,
    /// A function word becomes another one of its class.
    Function,
    /// A word takes another inflection.
    Inflect,
    /// A function word too much.
    Extra,
    /// A preposition, article or auxiliary is lost.
    DropFunction,
    /// A conjunction is lost.
    DropConjunction,
    /// A verb is lost.
    DropVerb,
    /// A noun is lost.
    DropNoun,
    /// The subject of a sentence is lost.
    DropSubject,
    /// A full stop too much, in mid-sentence.
    FalseStop,
    /// The article is singular, the noun plural.
    NumberClash,
}

impl DamageKind {
    /// All ways.
    pub const ALL: [DamageKind; 12] = [
        DamageKind::Swap,
        DamageKind::Shuffle,
        DamageKind::Function,
        DamageKind::Inflect,
        DamageKind::Extra,
        DamageKind::DropFunction,
        DamageKind::DropConjunction,
        DamageKind::DropVerb,
        DamageKind::DropNoun,
        DamageKind::DropSubject,
        DamageKind::FalseStop,
        DamageKind::NumberClash,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            DamageKind::Swap => "swap",
            DamageKind::Shuffle => "shuffle",
            DamageKind::Function => "function-word",
            DamageKind::Inflect => "word-form",
            DamageKind::Extra => "extra-word",
            DamageKind::DropFunction => "dropped-function-word",
            DamageKind::DropConjunction => "dropped-conjunction",
            DamageKind::DropVerb => "dropped-verb",
            DamageKind::DropNoun => "dropped-noun",
            DamageKind::DropSubject => "dropped-subject",
            DamageKind::FalseStop => "false-stop",
            DamageKind::NumberClash => "number-clash",
        }
    }
}

/// Numbers that look random and are the same every time (SplitMix64, Steele, Lea and Flood 2014).
#[derive(Clone, Copy, Debug)]
pub struct Chance(u64);

impl Chance {
    /// A row of numbers of its own for each seed.
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ mixed >> 31) >> 11) as usize % bound
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        if of.is_empty() { None } else { Some(of[self.below(of.len())].clone()) }
    }
}

/// One change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What was done.
    pub kind: DamageKind,
    /// The bytes of the sound text that were replaced.
    pub was: Range<usize>,
    /// What replaces them.
    pub text: String,
}

/// Damages one sentence, if it can be damaged so.
pub fn damage(doc: &Annotated, sentence: usize, kind: DamageKind, lexicon: &Lexicon, chance: &mut Chance) -> Option<Damage> {
    let sentence = &doc.sentences[sentence];
    let tokens = sentence.tokens.clone();
    if sentence.terminal != Terminal::Stop
        || !(8..=60).contains(&tokens.len())
        || doc.tokens[tokens.clone()].iter().any(|token| token.quoted)
    {
        return None;
    }
    let plain = |at: usize| doc.tokens[at].kind == TokenKind::Word && doc.tokens[at].clitic == 0 && doc.tokens[at].shape == Shape::Lower;
    let tagged = |at: usize, tags: &[Tag]| doc.tag(at).is_some_and(|tag| tags.contains(&tag.upos()));
    let inner: Vec<usize> = (tokens.start + 1..tokens.end - 1).collect();
    let of = |test: &dyn Fn(usize) -> bool| inner.iter().copied().filter(|&at| test(at)).collect::<Vec<usize>>();
    let spaced = |at: usize| doc.tokens[at].space_before && !doc.tokens[at].line_before;
    let done = |from: usize, to: usize, text: String| {
        let was = doc.tokens[from].span.range().start..doc.tokens[to].span.range().end;
        (doc.text[was.clone()] != text).then_some(Damage { kind, was, text })
    };
    let drop =
        |at: usize| (spaced(at) && spaced(at + 1)).then(|| done(at - 1, at + 1, format!("{} {}", doc.word(at - 1), doc.word(at + 1))))?;
    match kind {
        DamageKind::Swap => {
            let at =
                chance.pick(&of(&|at| plain(at) && plain(at + 1) && spaced(at + 1) && doc.tokens[at].lower != doc.tokens[at + 1].lower))?;
            done(at, at + 1, format!("{} {}", doc.word(at + 1), doc.word(at)))
        }
        DamageKind::Shuffle => {
            let mut words: Vec<&str> = inner.iter().filter(|&&at| doc.tokens[at].kind == TokenKind::Word).map(|&at| doc.word(at)).collect();
            for at in (1..words.len()).rev() {
                words.swap(at, chance.below(at + 1));
            }
            done(tokens.start + 1, tokens.end - 2, words.join(" "))
        }
        DamageKind::Function => {
            let at = chance.pick(&of(&|at| plain(at) && function_words::alternatives(doc.word(at)).is_some()))?;
            let others: Vec<&str> =
                function_words::alternatives(doc.word(at))?.iter().copied().filter(|other| *other != doc.word(at)).collect();
            done(at, at, chance.pick(&others)?.to_owned())
        }
        DamageKind::Inflect => {
            let at = chance.pick(&of(&|at| plain(at) && tagged(at, &[Tag::Noun, Tag::Verb, Tag::Adj])))?;
            let forms: Vec<String> =
                lexicon.inflections(&lexicon.lemma(doc.word(at))).into_iter().filter(|form| form != doc.word(at)).collect();
            done(at, at, chance.pick(&forms)?)
        }
        DamageKind::Extra => {
            let at = chance.pick(&of(&|at| plain(at) && spaced(at)))?;
            let word = chance.pick(function_words::EXTRA)?;
            if word == doc.word(at) || word == doc.word(at - 1) {
                return None;
            }
            done(at, at, format!("{word} {}", doc.word(at)))
        }
        DamageKind::DropFunction => drop(chance.pick(&of(&|at| plain(at) && tagged(at, &[Tag::Adp, Tag::Det, Tag::Aux, Tag::Part])))?),
        DamageKind::DropConjunction => drop(chance.pick(&of(&|at| plain(at) && tagged(at, &[Tag::Cconj, Tag::Sconj])))?),
        DamageKind::DropVerb => drop(chance.pick(&of(&|at| plain(at) && tagged(at, &[Tag::Verb])))?),
        DamageKind::DropNoun => drop(chance.pick(&of(&|at| plain(at) && tagged(at, &[Tag::Noun])))?),
        DamageKind::DropSubject => {
            let finite = |at: usize| doc.tag(at).is_some_and(Fine::is_finite);
            drop(chance.pick(&of(&|at| {
                tagged(at, &[Tag::Noun, Tag::Pron, Tag::Propn]) && finite(at + 1) && doc.tokens[at].kind == TokenKind::Word
            }))?)
        }
        DamageKind::FalseStop => {
            let at = chance.pick(&of(&|at| plain(at) && plain(at - 1) && spaced(at) && at > tokens.start + 3 && at + 4 < tokens.end))?;
            let mut capital = doc.word(at).to_owned();
            capital[..1].make_ascii_uppercase();
            done(at - 1, at, format!("{}. {capital}", doc.word(at - 1)))
        }
        DamageKind::NumberClash => {
            let article = |at: usize| matches!(doc.word(at), "a" | "an");
            let head = |from: usize| {
                (from + 1..(from + 5).min(tokens.end - 1)).find(|&at| {
                    doc.tag(at) == Some(Fine::Noun)
                        && plain(at)
                        && doc.tag(at + 1).is_none_or(|tag| !matches!(tag.upos(), Tag::Noun | Tag::Propn | Tag::Adj))
                })
            };
            let at = chance.pick(&of(&|at| article(at) && head(at).is_some()))?;
            let noun = head(at)?;
            if (at + 1..noun).any(|between| !tagged(between, &[Tag::Adj, Tag::Noun, Tag::Propn, Tag::Num])) {
                return None;
            }
            let form = doc.word(noun);
            let plural =
                lexicon.inflections(form).into_iter().find(|other| other != form && lexicon.facts(other).tags.contains(Fine::Nouns))?;
            done(noun, noun, plural)
        }
    }
}

/// A text with all damages done, and where they stand in it.
pub fn apply(text: &str, damages: &[Damage]) -> (String, Vec<Range<usize>>) {
    let (mut out, mut last, mut places) = (String::with_capacity(text.len()), 0, Vec::new());
    for damage in damages {
        out.push_str(&text[last..damage.was.start]);
        let start = out.len();
        out.push_str(&damage.text);
        places.push(start..out.len());
        last = damage.was.end;
    }
    out.push_str(&text[last..]);
    (out, places)
}
