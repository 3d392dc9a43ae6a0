//! Sentences and paragraphs that stand in an article twice, or nearly twice.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};
use serde::Deserialize;

use super::runs::{Word, Words};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Shape, Terminal, TokenKind};
use crate::text::Role;

/// Finds what is said again: single sentences, or stretches of several.
struct Again {
    unit: Unit,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    unit: Unit,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Sentence,
    Paragraph,
}

/// Word for word, right after the first or one sentence later.
const ADJACENT: &str = "adjacent";
/// Word for word, further on.
const LATER: &str = "later";
/// In nearly the same words, close by.
const NEAR: &str = "near";

/// Shorter sentences are said twice by right.
const FEWEST_CLOSE: usize = 5;
const FEWEST_FAR: usize = 8;
/// So many repeated words in two sentences or more are a paragraph.
const PARAGRAPH: usize = 20;
/// Longer sentences are not compared word by word.
const LONGEST_COMPARED: usize = 80;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { unit } = parts.options()?;
    Ok(Box::new(Again { unit }))
}

/// A sentence as its words.
struct Said {
    /// Its index among the document's sentences.
    sentence: usize,
    words: std::ops::Range<usize>,
    hash: u64,
    role: Role,
    heading: bool,
}

/// A stretch of sentences that stands there again.
struct Repeat {
    first: usize,
    again: usize,
    sentences: usize,
    words: usize,
    grade: &'static str,
}

impl Detector for Again {
    fn captures(&self) -> &'static [&'static str] {
        &["how"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let words = context.words();
        let said = said(doc, words);
        let mut repeats = exact(doc, words, &said);
        if self.unit == Unit::Sentence {
            near(doc, words, &said, &mut repeats);
        }
        for repeat in repeats {
            let paragraph = repeat.sentences > 1 && repeat.words >= PARAGRAPH;
            if paragraph != (self.unit == Unit::Paragraph) {
                continue;
            }
            let span = |at: usize| {
                let last = &doc.sentences[said[at + repeat.sentences - 1].sentence];
                doc.sentences[said[at].sentence].span.to(last.span)
            };
            let how = if repeat.grade == NEAR { "in nearly the same words" } else { "word for word" };
            let mut candidate = Candidate::at(span(repeat.again)).with("how", how).graded(repeat.grade);
            candidate.related = vec![span(repeat.first)];
            found.push(candidate);
        }
    }
}

fn said(doc: &Annotated, words: &Words) -> Vec<Said> {
    let mut all = Vec::with_capacity(doc.sentences.len());
    let mut next = 0;
    for block in &doc.blocks {
        for sentence in block.sentences.clone() {
            let start = next;
            let mut hasher = FxHasher::default();
            while words.all.get(next).is_some_and(|word| word.token < doc.sentences[sentence].tokens.end) {
                hasher.write_u32(words.all[next].form.0);
                next += 1;
            }
            all.push(Said { sentence, words: start..next, hash: hasher.finish(), role: block.role, heading: doc.is_heading(block) });
        }
    }
    all
}

/// Whether two sentences could be one said twice: not a headline, a heading or a quotation that returns as a cross-head.
fn comparable(doc: &Annotated, words: &Words, first: &Said, again: &Said) -> bool {
    let quoted = |said: &Said| words.all[said.words.clone()].iter().all(|word| doc.tokens[word.token].quoted);
    first.role == again.role && !first.heading && !again.heading && !quoted(again) && !quoted(first)
}

fn exact(doc: &Annotated, words: &Words, said: &[Said]) -> Vec<Repeat> {
    let forms = |at: usize| words.all[said[at].words.clone()].iter().map(|word| word.form);
    let same = |a: usize, b: usize| said[a].hash == said[b].hash && forms(a).eq(forms(b));
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    let mut repeats = Vec::new();
    let mut at = 0;
    while at < said.len() {
        if said[at].words.len() < FEWEST_CLOSE {
            at += 1;
            continue;
        }
        let first = known.insert(said[at].hash, at).filter(|&first| same(first, at));
        let Some(first) = first.filter(|&first| comparable(doc, words, &said[first], &said[at])) else {
            at += 1;
            continue;
        };
        let mut length = 1;
        while at + length < said.len() && first + length < at && same(first + length, at + length) {
            known.insert(said[at + length].hash, at + length);
            length += 1;
        }
        let count: usize = said[at..at + length].iter().map(|said| said.words.len()).sum();
        let close = at <= first + length + 1;
        let whole = doc.sentences[said[at].sentence].terminal == Terminal::Stop;
        if close || count >= FEWEST_FAR && whole {
            repeats.push(Repeat { first, again: at, sentences: length, words: count, grade: if close { ADJACENT } else { LATER } });
        }
        at += length;
    }
    repeats
}

/// Adds sentences that repeat one of the three before in nearly the same words.
fn near(doc: &Annotated, words: &Words, said: &[Said], repeats: &mut Vec<Repeat>) {
    const BACK: usize = 3;
    const ALIKE: f64 = 0.75;
    let forms = words.all.iter().map(|word| word.form.0 as usize + 1).max().unwrap_or(0);
    // By form: the number of the last sentence that holds it, counted from 1.
    let mut last_in = vec![0u32; forms];
    let mut taken = repeats.iter().flat_map(|repeat| repeat.again..repeat.again + repeat.sentences).collect::<Vec<_>>();
    taken.sort_unstable();
    for (at, here) in said.iter().enumerate() {
        let own = &words.all[here.words.clone()];
        let recent = |word: &&Word| (last_in[word.form.0 as usize] as usize + BACK) > at && last_in[word.form.0 as usize] > 0;
        let shared = own.iter().filter(recent).count();
        let fits = |length: usize| (FEWEST_FAR..=LONGEST_COMPARED).contains(&length);
        if fits(own.len()) && shared * 4 >= own.len() * 3 && taken.binary_search(&at).is_err() {
            let twin = (at.saturating_sub(BACK)..at).rev().find(|&first| {
                let other = &words.all[said[first].words.clone()];
                fits(other.len())
                    && comparable(doc, words, &said[first], here)
                    && same_facts(doc, own, other)
                    && likeness(own, other) >= ALIKE
                    && likeness(own, other) < 1.0
            });
            repeats.extend(twin.map(|first| Repeat { first, again: at, sentences: 1, words: own.len(), grade: NEAR }));
        }
        own.iter().for_each(|word| last_in[word.form.0 as usize] = at as u32 + 1);
    }
}

fn likeness(a: &[Word], b: &[Word]) -> f64 {
    let forms = |words: &[Word]| words.iter().map(|word| word.form.0).collect::<Vec<_>>();
    let (a, b) = (forms(a), forms(b));
    1.0 - strsim::generic_levenshtein(&a, &b) as f64 / a.len().max(b.len()) as f64
}

/// Whether two sentences name the same names and numbers: lists of results differ in nothing else.
fn same_facts(doc: &Annotated, a: &[Word], b: &[Word]) -> bool {
    let facts = |words: &[Word]| {
        let named = words.iter().skip(1).filter(|word| {
            let token = &doc.tokens[word.token];
            token.kind != TokenKind::Word || token.shape != Shape::Lower
        });
        let mut facts: Vec<u32> = named.map(|word| word.form.0).collect();
        facts.sort_unstable();
        facts
    };
    facts(a) == facts(b)
}
