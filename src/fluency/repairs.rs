//! Searches for the small edit that would make an unlikely place likely.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::function_words;
use crate::language::{Annotated, Read, Reading, Shape, TokenKind};
use crate::model::{CLASSES, Forest, FormatError, Gram, Model, Surprise, Tag};

/// How many features a proposal has.
pub const REPAIR_FEATURES: usize = 36;

/// A way of repairing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Two neighbours change places.
    Swap,
    /// A word goes.
    Delete,
    /// A function word gives way to another of its class.
    Function,
    /// A word takes another inflection.
    Inflect,
    /// A function word comes in.
    Insert,
}

impl Kind {
    /// All ways.
    pub const ALL: [Kind; 5] = [Kind::Swap, Kind::Delete, Kind::Function, Kind::Inflect, Kind::Insert];

    /// Its name in rule files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Swap => "swap",
            Kind::Delete => "delete",
            Kind::Function => "function",
            Kind::Inflect => "inflect",
            Kind::Insert => "insert",
        }
    }

    /// The section of the model that decides about it.
    pub fn section(self) -> &'static str {
        match self {
            Kind::Swap => "FSWP",
            Kind::Delete => "FDEL",
            Kind::Function => "FFUN",
            Kind::Inflect => "FINF",
            Kind::Insert => "FINS",
        }
    }
}

/// An edit that would make a place likelier.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What it does.
    pub kind: Kind,
    /// The tokens that it replaces.
    pub tokens: Range<usize>,
    /// What replaces them.
    pub text: String,
    /// The word that goes, where one goes.
    pub removed: Option<String>,
    /// What the decision looks at.
    pub features: [i16; REPAIR_FEATURES],
    /// The logarithm of the odds that the place is broken so, as decided; 0 where the model has no decision.
    pub log_odds: f32,
}

/// Both directions of a stretch of words within its context.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    forward: Surprise,
    backward: Surprise,
    worst_forward: Surprise,
    worst_backward: Surprise,
    strange_pairs: i16,
    known_triples: i16,
}

/// Proposes repairs with a model.
#[derive(Clone, Debug)]
pub struct Searcher<'m> {
    model: &'m Model<'m>,
    alternatives: FxHashMap<Gram, Vec<(Gram, &'static str)>>,
    lost: Vec<(Gram, &'static str)>,
    forests: [Option<Forest<'m>>; 5],
}

/// Quarter bits that both directions together must gain before the decision is asked.
const LEAST_GAIN: [Surprise; 5] = [40, 24, 44, 44, 12];
/// The same for the forward direction alone.
const LEAST_FORWARD: [Surprise; 5] = [14, 6, 14, 14, 0];

impl<'m> Searcher<'m> {
    /// A searcher with a model's n-grams and decisions.
    ///
    /// # Errors
    /// If a decision is damaged.
    pub fn open(model: &'m Model<'m>) -> Result<Searcher<'m>, FormatError> {
        let gram = |word: &'static str| (model.lexicon.facts(word).gram, word);
        let mut alternatives = FxHashMap::default();
        for class in function_words::CLASSES {
            for word in *class {
                alternatives.entry(gram(word).0).or_insert_with(|| class.iter().map(|other| gram(other)).collect());
            }
        }
        let mut forests = [None; 5];
        for kind in Kind::ALL {
            forests[kind as usize] = model.forest(kind.section(), REPAIR_FEATURES)?;
        }
        Ok(Searcher { model, alternatives, lost: function_words::LOST.iter().map(|word| gram(word)).collect(), forests })
    }

    /// The repairs of a sentence, of these kinds, that gain enough to be asked about, in the order of the text, decided upon.
    pub fn proposals(&self, doc: &Annotated, reading: &Reading, sentence: usize, kinds: &[Kind], out: &mut Vec<Proposal>) {
        let range = reading.sentences[sentence].clone();
        if !(4..=120).contains(&range.len()) {
            return;
        }
        let first_new = out.len();
        let asked = Kind::ALL.map(|kind| kinds.contains(&kind));
        let search = Search { of: self, doc, reading, pieces: &reading.pieces, range: range.clone() };
        for at in range.start..range.end {
            let (here, next) = (search.is_odd(at), search.is_odd(at + 1));
            if here || next {
                if asked[Kind::Delete as usize] {
                    search.delete(at, out);
                }
                if asked[Kind::Function as usize] {
                    search.function(at, out);
                }
                if asked[Kind::Inflect as usize] {
                    search.inflect(at, out);
                }
            }
            if asked[Kind::Swap as usize] && at + 1 < range.end && i32::from(here) + i32::from(next) + i32::from(search.is_odd(at + 2)) >= 2
            {
                search.swap(at, out);
            }
            if asked[Kind::Insert as usize] && here && at > range.start {
                search.insert(at, out);
            }
        }
        for proposal in &mut out[first_new..] {
            if let Some(forest) = &self.forests[proposal.kind as usize] {
                proposal.log_odds = forest.log_odds(&proposal.features);
            }
        }
    }

    fn weigh(&self, grams: &[Gram]) -> Weight {
        let ngrams = &self.model.ngrams;
        let mut weight = Weight::default();
        for three in grams.windows(3) {
            let forward = ngrams.forward([three[0], three[1]], three[2]);
            let backward = ngrams.backward(three[0], [three[1], three[2]]);
            weight.forward += forward;
            weight.backward += backward;
            weight.worst_forward = weight.worst_forward.max(forward);
            weight.worst_backward = weight.worst_backward.max(backward);
            weight.known_triples += i16::from(ngrams.knows_triple([three[0], three[1], three[2]]));
        }
        weight.strange_pairs = grams.windows(2).filter(|two| !ngrams.knows_pair(two[0], two[1])).count() as i16;
        weight
    }
}

struct Search<'s, 'm> {
    of: &'s Searcher<'m>,
    doc: &'s Annotated<'s>,
    reading: &'s Reading,
    pieces: &'s [Read],
    range: Range<usize>,
}

impl Search<'_, '_> {
    /// Whether a piece and the one before it are strangers, or it is less likely there than anywhere.
    fn is_odd(&self, at: usize) -> bool {
        let ngrams = &self.of.model.ngrams;
        let piece = &self.pieces[at];
        i32::from(piece.forward) >= ngrams.alone(piece.gram) || !ngrams.knows_pair(self.pieces[at - 1].gram, piece.gram)
    }

    fn gram(&self, at: usize) -> Gram {
        self.pieces[at].gram
    }

    /// The token of a piece, if it is a plain word of its own.
    fn word(&self, at: usize) -> Option<usize> {
        let token = self.pieces[at].token as usize;
        let it = self.doc.tokens.get(token)?;
        (it.kind == TokenKind::Word && it.clitic == 0).then_some(token)
    }

    /// The same for a word in lower case that does not start the sentence.
    fn lower_word(&self, at: usize) -> Option<usize> {
        self.word(at).filter(|&token| self.doc.tokens[token].shape == Shape::Lower && at > self.range.start)
    }

    /// Whether a token stands a plain space behind the one before it.
    fn follows(&self, before: usize, token: usize) -> bool {
        token == before + 1 && self.doc.tokens[token].space_before && !self.doc.tokens[token].line_before
    }

    /// Proposes to put `middle` in the place of the pieces `places`, if that gains enough.
    fn propose(
        &self,
        kind: Kind,
        places: Range<usize>,
        middle: &[Gram],
        tokens: Range<usize>,
        text: impl FnOnce() -> String,
        out: &mut Vec<Proposal>,
    ) {
        let (head, tail) = ([self.gram(places.start - 2), self.gram(places.start - 1)], [self.gram(places.end), self.gram(places.end + 1)]);
        let mut after = [0; 8];
        let length = 4 + middle.len();
        after[..2].copy_from_slice(&head);
        after[2..2 + middle.len()].copy_from_slice(middle);
        after[2 + middle.len()..length].copy_from_slice(&tail);
        let now: Surprise = self.pieces[places.start..places.end + 2].iter().map(|read| i32::from(read.forward)).sum();
        if now - self.of.model.ngrams.stretch(&after[..length]) < LEAST_FORWARD[kind as usize] {
            return;
        }
        let mut before = [0; 8];
        let was = places.len() + 4;
        (places.start - 2..places.end + 2).zip(&mut before).for_each(|(at, slot)| *slot = self.gram(at));
        let (old, new) = (self.of.weigh(&before[..was]), self.of.weigh(&after[..length]));
        let (gain_forward, gain_backward) = (old.forward - new.forward, old.backward - new.backward);
        if gain_forward + gain_backward < LEAST_GAIN[kind as usize] {
            return;
        }
        let features = self.features(&places, middle, &before[..was], old, new);
        let removed = (kind == Kind::Delete).then(|| self.doc.word(tokens.end - 1).to_owned());
        out.push(Proposal { kind, tokens, text: text(), removed, features, log_odds: 0.0 });
    }

    fn features(&self, places: &Range<usize>, middle: &[Gram], before: &[Gram], old: Weight, new: Weight) -> [i16; REPAIR_FEATURES] {
        let ngrams = &self.of.model.ngrams;
        let tag = |at: usize| {
            let token = if self.range.contains(&at) { self.pieces[at].token as usize } else { usize::MAX };
            self.doc.tag(token).map_or(-1, |tag| tag as i16)
        };
        let facts = |at: usize| self.reading.facts(self.pieces[at].token as usize);
        let small = |value: Surprise| value.clamp(-2000, 2000) as i16;
        let alone = |gram: Option<&Gram>| gram.map_or(0, |gram| ngrams.alone(*gram) as i16);
        let first = places.start;
        let last = places.end - 1;
        let sentence = &self.pieces[self.range.clone()];
        let mean = sentence.iter().map(|read| i32::from(read.forward)).sum::<i32>() / sentence.len() as i32;
        let capitals = places
            .clone()
            .filter(|&at| self.pieces[at].token != u32::MAX && self.doc.tokens[self.pieces[at].token as usize].shape != Shape::Lower);
        let (gain_forward, gain_backward) = (old.forward - new.forward, old.backward - new.backward);
        let classes = before.iter().filter(|gram| **gram < CLASSES).count() as i16;
        [
            small(gain_forward),
            small(gain_backward),
            small(gain_forward + gain_backward),
            small(gain_forward.min(gain_backward)),
            small(old.worst_forward),
            small(new.worst_forward),
            small(old.worst_backward),
            small(new.worst_backward),
            old.strange_pairs,
            new.strange_pairs,
            old.known_triples,
            new.known_triples,
            small(new.forward),
            small(new.backward),
            small(old.forward),
            alone(Some(&self.pieces[first].gram)),
            alone(Some(&self.pieces[last].gram)),
            alone(middle.first()),
            middle.first().map_or(0, |gram| (*gram).min(2000) as i16),
            self.pieces[first].gram.min(2000) as i16,
            tag(first.saturating_sub(2)),
            tag(first - 1),
            tag(first),
            tag(last),
            tag(last + 1),
            tag(last + 2),
            sentence.len() as i16,
            mean as i16,
            (first - self.range.start).min(20) as i16,
            (self.range.end - first).min(20) as i16,
            i16::from(self.doc.tokens[self.pieces[first].token as usize].quoted),
            capitals.count() as i16,
            i16::from(facts(first).frequency),
            i16::from(facts(last).frequency),
            classes,
            i16::from(self.reading.tags.is_empty()),
        ]
    }

    fn swap(&self, at: usize, out: &mut Vec<Proposal>) {
        let (Some(first), Some(second)) = (self.lower_word(at), self.word(at + 1)) else { return };
        if self.follows(first, second) && self.gram(at) != self.gram(at + 1) {
            let text = || format!("{} {}", self.doc.word(second), self.doc.word(first));
            self.propose(Kind::Swap, at..at + 2, &[self.gram(at + 1), self.gram(at)], first..second + 1, text, out);
        }
    }

    fn delete(&self, at: usize, out: &mut Vec<Proposal>) {
        let Some(token) = self.lower_word(at) else { return };
        let Some(before) = token.checked_sub(1).filter(|&before| self.follows(before, token) && self.range.start < at) else { return };
        // What costs much by itself is always gained by leaving it out; more than that must be gained.
        let alone = self.of.model.ngrams.alone(self.gram(at));
        let now: Surprise = self.pieces[at..at + 3].iter().map(|read| i32::from(read.forward)).sum();
        let without = [self.gram(at - 2), self.gram(at - 1), self.gram(at + 1), self.gram(at + 2)];
        if now - self.of.model.ngrams.stretch(&without) >= alone + LEAST_FORWARD[Kind::Delete as usize] {
            self.propose(Kind::Delete, at..at + 1, &[], before..token + 1, || self.doc.word(before).to_owned(), out);
        }
    }

    fn function(&self, at: usize, out: &mut Vec<Proposal>) {
        let Some(token) = self.lower_word(at) else { return };
        let Some(others) = self.of.alternatives.get(&self.gram(at)) else { return };
        let best = others
            .iter()
            .filter(|(gram, _)| *gram != self.gram(at))
            .map(|other| (self.cost_with(at, other.0), other))
            .min_by_key(|(cost, other)| (*cost, other.0));
        if let Some((_, (gram, word))) = best {
            self.propose(Kind::Function, at..at + 1, &[*gram], token..token + 1, || (*word).to_owned(), out);
        }
    }

    fn inflect(&self, at: usize, out: &mut Vec<Proposal>) {
        let Some(token) = self.lower_word(at) else { return };
        let content = self.doc.tag(token).is_some_and(|tag| matches!(tag.upos(), Tag::Noun | Tag::Verb | Tag::Adj));
        let read = &self.pieces[at];
        if !content || i32::from(read.forward) + i32::from(read.backward) < 80 || read.gram < CLASSES {
            return;
        }
        let lexicon = &self.of.model.lexicon;
        let word = self.doc.word(token);
        let forms = lexicon.inflections(&lexicon.lemma(word)).into_iter().filter(|form| form != word);
        let known = forms.map(|form| (lexicon.facts(&form).gram, form)).filter(|(gram, _)| *gram >= CLASSES);
        let best = known.map(|(gram, form)| (self.cost_with(at, gram), gram, form)).min();
        if let Some((_, gram, form)) = best {
            self.propose(Kind::Inflect, at..at + 1, &[gram], token..token + 1, || form, out);
        }
    }

    fn insert(&self, at: usize, out: &mut Vec<Proposal>) {
        let (Some(before), Some(token)) = (self.word(at - 1), self.word(at)) else { return };
        if !self.follows(before, token) || i32::from(self.pieces[at].forward) < self.of.model.ngrams.alone(self.gram(at)) + 4 {
            return;
        }
        let ngrams = &self.of.model.ngrams;
        let (left, right) = (self.gram(at - 1), self.gram(at));
        let best =
            self.of.lost.iter().min_by_key(|(gram, _)| (ngrams.forward_short(left, *gram) + ngrams.forward_short(*gram, right), *gram));
        if let Some((gram, word)) = best {
            let space = if *word == "," { "" } else { " " };
            let text = || format!("{}{space}{word} {}", self.doc.word(before), self.doc.word(token));
            self.propose(Kind::Insert, at..at, &[*gram], before..token + 1, text, out);
        }
    }

    /// What a place would cost with another word, forwards.
    fn cost_with(&self, at: usize, gram: Gram) -> Surprise {
        self.of.model.ngrams.stretch(&[self.gram(at - 2), self.gram(at - 1), gram, self.gram(at + 1), self.gram(at + 2)])
    }
}
