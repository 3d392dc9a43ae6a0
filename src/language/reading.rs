//! What a model makes of an annotated document: facts of each word, tags, and how surprising each word is where it stands.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Annotated, Token, TokenKind, fold, pieces};
use crate::model::{BOUNDARY, Casing, Facts, Fine, Gram, Lexicon, Model, Ngrams, Surprise, Tagger, WordFacts, WordType};

/// A document as a model reads it.
#[derive(Debug)]
pub struct Reading {
    facts: Vec<Facts>,
    facts_of: Vec<u32>,
    /// The fine tag of each token; empty where the model has no tagger.
    pub tags: Vec<Fine>,
    /// The pieces of all sentences; two boundaries stand before the first, between any two, and behind the last.
    pub pieces: Vec<Read>,
    /// For each sentence its pieces, without boundaries.
    pub sentences: Vec<Range<usize>>,
    /// Sum of surprises above what the words alone lead to expect, in quarter bits; see [`Reading::excess`].
    total_excess: f64,
}

/// One piece as the n-grams read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The number or class of its text.
    pub gram: Gram,
    /// Its token; `u32::MAX` for a boundary.
    pub token: u32,
    /// How surprising it is after the two before it, in quarter bits.
    pub forward: u8,
    /// How surprising it is before the two behind it, in quarter bits.
    pub backward: u8,
}

const EDGE: Read = Read { gram: BOUNDARY, token: u32::MAX, forward: 0, backward: 0 };
const UNKNOWN: u32 = u32::MAX;

impl Reading {
    /// Reads a document with a model. Linear in its tokens.
    pub fn new(doc: &Annotated, model: &Model) -> Reading {
        let symbols = doc.tokens.iter().map(|token| token.lower.0 as usize + 1).max().unwrap_or(0);
        let mut number_of = vec![UNKNOWN; symbols];
        let mut facts = Vec::new();
        let mut folded = String::new();
        let facts_of = doc
            .tokens
            .iter()
            .map(|token| {
                let number = &mut number_of[token.lower.0 as usize];
                if *number == UNKNOWN {
                    *number = facts.len() as u32;
                    facts.push(facts_of_token(doc, token, model, &mut folded));
                }
                *number
            })
            .collect();
        let mut reading = Reading {
            facts,
            facts_of,
            tags: Vec::new(),
            pieces: vec![EDGE, EDGE],
            sentences: Vec::with_capacity(doc.sentences.len()),
            total_excess: 0.0,
        };
        for sentence in &doc.sentences {
            reading.add_sentence(doc, sentence.tokens.clone(), model);
        }
        if let Some(tagger) = &model.tagger {
            reading.tags = tag(doc, &reading, tagger, &model.lexicon);
        }
        reading
    }

    /// How much more surprising the words are where they stand than their frequency leads to expect: the mean over all pieces, in
    /// quarter bits. Around -3 in sound news. A frequent word in a strange place raises it, a rare word in its place does not; a
    /// word lost leaves its neighbours strangers. 0 for a text without words.
    pub fn excess(&self) -> f64 {
        let pieces: usize = self.sentences.iter().map(|sentence| sentence.len()).sum();
        self.total_excess / (pieces as f64 + GRANTED)
    }

    /// What the lexicon knows of a token's form, without a clitic.
    pub fn facts(&self, token: usize) -> &Facts {
        &self.facts[self.facts_of[token] as usize]
    }

    fn add_sentence(&mut self, doc: &Annotated, tokens: Range<usize>, model: &Model) {
        let first = self.pieces.len();
        let mut added = std::mem::take(&mut self.pieces);
        pieces::pieces(doc, tokens, |piece| {
            let starts = added.len() == first;
            let facts = if piece.is_word { *self.facts(piece.token) } else { model.lexicon.facts(piece.text) };
            let gram = pieces::gram(&model.lexicon, &facts, piece.text, starts);
            added.push(Read { gram, token: piece.token as u32, ..EDGE });
        });
        let range = first..added.len();
        added.extend([EDGE, EDGE]);
        measure(&mut added[first - 2..], &model.ngrams);
        self.total_excess += added[range.clone()].iter().map(|read| excess(read, &model.ngrams)).sum::<f64>();
        self.pieces = added;
        self.sentences.push(range);
    }
}

/// The share of a word's own surprise that its context is expected to leave, so that the excess is around 0 in sound text.
const EXPECTED: f64 = 0.9;
/// So many pieces without excess are granted to each text, so that a word more or less in a short one does not decide.
const GRANTED: f64 = 60.0;

fn excess(read: &Read, ngrams: &Ngrams) -> f64 {
    (f64::from(read.forward) + f64::from(read.backward)) / 2.0 - EXPECTED * f64::from(ngrams.alone(read.gram))
}

/// Sets the surprises of a sentence that stands between two boundaries on each side.
fn measure(reads: &mut [Read], ngrams: &Ngrams) {
    for at in 2..reads.len() - 1 {
        let forward = ngrams.forward([reads[at - 2].gram, reads[at - 1].gram], reads[at].gram);
        reads[at].forward = forward.clamp(0, Surprise::from(u8::MAX)) as u8;
    }
    for at in 1..reads.len() - 2 {
        let backward = ngrams.backward(reads[at].gram, [reads[at + 1].gram, reads[at + 2].gram]);
        reads[at].backward = backward.clamp(0, Surprise::from(u8::MAX)) as u8;
    }
}

fn facts_of_token(doc: &Annotated, token: &Token, model: &Model, folded: &mut String) -> Facts {
    match token.kind {
        TokenKind::Word => {
            let whole = token.span.of(doc.text);
            let text = if pieces::clitic(token, whole).is_some() { token.host().of(doc.text) } else { whole };
            model.lexicon.facts(fold(text, folded))
        }
        _ => Facts { gram: crate::model::class_of(token.span.of(doc.text)), ..Facts::default() },
    }
}

/// The fine tag of each token; of a token with a clitic, its host's.
fn tag(doc: &Annotated, reading: &Reading, tagger: &Tagger, lexicon: &Lexicon) -> Vec<Fine> {
    let mut types: Vec<WordType> = Vec::new();
    let mut of_words: Vec<[u32; 5]> = vec![[UNKNOWN; 5]; reading.facts.len()];
    let mut of_others: FxHashMap<&str, u32> = FxHashMap::default();
    let mut tags = vec![Fine::X; doc.tokens.len()];
    let (mut folded, mut line, mut owners, mut found) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    for sentence in &doc.sentences {
        line.clear();
        owners.clear();
        found.clear();
        for at in sentence.tokens.clone() {
            let token = &doc.tokens[at];
            let whole = token.span.of(doc.text);
            let host = if token.clitic == 0 { whole } else { token.host().of(doc.text) };
            let clitic = &whole[host.len()..];
            let mut other = |text: &'_ str, facts: WordFacts, types: &mut Vec<WordType>| {
                types.push(tagger.describe(fold(text, &mut folded), Casing::of(text), facts));
                types.len() as u32 - 1
            };
            owners.push(at);
            if token.kind == TokenKind::Word {
                let casing = Casing::of(host);
                let number = &mut of_words[reading.facts_of[at] as usize][casing as usize];
                if *number == UNKNOWN {
                    *number = other(host, WordFacts::from(reading.facts(at)), &mut types);
                }
                line.push(*number);
            } else {
                line.push(*of_others.entry(whole).or_insert_with(|| other(whole, WordFacts::from(&lexicon.facts(whole)), &mut types)));
            }
            if !clitic.is_empty() {
                owners.push(usize::MAX);
                line.push(
                    *of_others
                        .entry(clitic)
                        .or_insert_with(|| other(clitic, WordFacts::from(&lexicon.facts(&clitic.replace('’', "'"))), &mut types)),
                );
            }
        }
        tagger.tag(&types, &line, &mut found);
        for (owner, tag) in owners.iter().zip(&found) {
            if let Some(slot) = tags.get_mut(*owner) {
                *slot = *tag;
            }
        }
    }
    tags
}
