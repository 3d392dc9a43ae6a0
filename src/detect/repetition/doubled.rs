//! One word twice in a row, in the ways that need a confidence of their own.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::words::{ClosedClasses, after, before, forms, is_capitalised};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Shape, Sym, SymSet, Token, TokenKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    across: Across,
}

/// What stands between the two, or what they are.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Across {
    /// Nothing but space; words that are no names.
    Space,
    /// Nothing but space; names.
    Name,
    /// A comma.
    Comma,
    /// A full stop, and the second in lower case.
    Stop,
    /// A hyphen.
    Hyphen,
}

struct Doubled {
    across: Across,
    closed: ClosedClasses,
    never_doubled: SymSet,
    never_across_comma: SymSet,
    /// What may have been meant instead of one copy.
    meant: FxHashMap<Sym, String>,
    /// Words that the list of legitimate doublings names alone: "many, many" is as right as "many many".
    emphatic: SymSet,
    single_names: SymSet,
    titles: SymSet,
    /// "the-the" and its like: the forms of words that never double, joined to themselves.
    joined: SymSet,
    comma: Sym,
    stop: Sym,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { across } = parts.options()?;
    const NEVER: &str = "lists/never-doubled.tsv";
    let rows = parts.lists.rows(NEVER)?;
    let (mut never_doubled, mut never_across_comma) = (SymSet::default(), SymSet::default());
    let mut joined = SymSet::default();
    let mut meant = FxHashMap::default();
    for row in rows {
        let form = parts.vocabulary.add(row[0]);
        never_doubled.insert(form);
        joined.insert(parts.vocabulary.add(&format!("{0}-{0}", row[0])));
        if row.get(2).is_some_and(|cell| *cell == "comma") {
            never_across_comma.insert(form);
        }
        if let Some(text) = row.get(3) {
            meant.insert(form, (*text).to_owned());
        }
    }
    let doublings = parts.entries("lists/legitimate-doublings.tsv")?;
    let emphatic = doublings.iter().filter_map(|entry| entry.split_once(' ')).filter(|(first, second)| first == second);
    let emphatic = emphatic.map(|(word, _)| parts.vocabulary.add(word)).collect();
    Ok(Box::new(Doubled {
        across,
        emphatic,
        closed: ClosedClasses::load(parts)?,
        never_doubled,
        never_across_comma,
        meant,
        single_names: forms(parts, "lists/single-names.tsv")?,
        titles: forms(parts, "lists/person-titles.tsv")?,
        joined,
        comma: parts.vocabulary.add(","),
        stop: parts.vocabulary.add("."),
    }))
}

impl Detector for Doubled {
    fn captures(&self) -> &'static [&'static str] {
        &["w"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let names = OnceCell::new();
        for block in doc.judged_blocks() {
            let range = &block.tokens;
            match self.across {
                Across::Hyphen => {
                    found.extend(doc.tokens[range.clone()].iter().filter_map(|token| self.hyphen(doc, token)));
                }
                Across::Space | Across::Name => {
                    for (offset, pair) in doc.tokens[range.clone()].windows(2).enumerate() {
                        if twice(doc, &pair[0], &pair[1]) {
                            found.extend(self.adjacent(doc, range, range.start + offset, &names));
                        }
                    }
                }
                Across::Comma | Across::Stop => {
                    let mark = if self.across == Across::Comma { self.comma } else { self.stop };
                    for (offset, three) in doc.tokens[range.clone()].windows(3).enumerate() {
                        if three[1].lower == mark && three[0].lower == three[2].lower && three[0].is_word() {
                            found.extend(self.across_mark(doc, range, range.start + offset));
                        }
                    }
                }
            }
        }
    }
}

/// What a document says elsewhere about the words that it doubles.
#[derive(Clone, Copy, Default)]
struct Use {
    /// Also in lower case, so no name.
    common: bool,
    /// Also after another capitalised word, so a surname or the end of a longer name.
    surname: bool,
    /// How often it stands doubled.
    doubled: u32,
}

impl Doubled {
    fn adjacent(&self, doc: &Annotated, block: &Range<usize>, at: usize, names: &OnceCell<FxHashMap<Sym, Use>>) -> Option<Candidate> {
        let (first, second) = (&doc.tokens[at], &doc.tokens[at + 1]);
        let run = before(doc, block, at).is_some_and(|token| token.lower == first.lower)
            || after(doc, block, at + 2).is_some_and(|token| token.lower == second.lower);
        // Three or more in a row are an oscillation; "I" or "a" apart, single letters are initials.
        if run || first.shape == Shape::Other || first.span.len() == 1 && !self.never_doubled.contains(&first.lower) {
            return None;
        }
        let acronym = |token: &Token| token.shape == Shape::Upper && token.span.len() > 1;
        let function = self.never_doubled.contains(&first.lower) && !acronym(first) && !acronym(second);
        let name = !function && is_capitalised(second);
        let possessive = second.clitic > first.clitic;
        let kept = if possessive { second } else { first };
        let mut candidate = Candidate::at(doc.span(at..at + 2)).with("w", kept.span.of(doc.text));
        if let Some(text) = self.meant.get(&first.lower).filter(|_| first.shape == Shape::Lower && second.shape == Shape::Lower) {
            candidate = candidate.or(text);
        }
        match self.across {
            Across::Space if name || acronym(first) && !function => None,
            Across::Space if first.quoted && !function => Some(candidate.graded("speech")),
            Across::Space if first.quoted => Some(candidate.graded("function word in speech")),
            Across::Space if function => Some(candidate),
            Across::Space => Some(candidate.graded("content")),
            _ if !name => None,
            _ => {
                let uses = names.get_or_init(|| uses(doc, &self.titles)).get(&first.lower).copied().unwrap_or_default();
                let after_name = before(doc, block, at)
                    .is_some_and(|token| token.kind == TokenKind::Word && is_capitalised(token) && !self.titles.contains(&token.lower))
                    && doc.sentence_of(at).tokens.start + 1 < at;
                if uses.doubled > 1 {
                    return None;
                }
                Some(match (is_capitalised(first), self.single_names.contains(&first.lower)) {
                    (true, true) => candidate,
                    (true, false) if uses.surname => candidate.graded("surname"),
                    (true, false) if uses.common => candidate.graded("common word"),
                    (true, false) if after_name => candidate.graded("after a name"),
                    (true, false) => candidate.graded("name"),
                    (false, _) => candidate.graded("glued"),
                })
            }
        }
    }

    fn across_mark(&self, doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
        let (first, second) = (&doc.tokens[at], &doc.tokens[at + 2]);
        let chain = |mark: usize, word: usize| {
            word < block.end && doc.tokens[mark].lower == doc.tokens[at + 1].lower && doc.tokens[word].lower == first.lower
        };
        if at >= block.start + 2 && chain(at - 1, at - 2)
            || chain(at + 3, at + 4)
            || first.shape == Shape::Other
            || doc.tokens[at + 1].space_before
            || !second.space_before
        {
            return None;
        }
        let candidate = Candidate::at(doc.span(at..at + 3)).with("w", first.span.of(doc.text));
        if self.across == Across::Stop {
            return (second.shape == Shape::Lower && first.shape == Shape::Lower).then_some(candidate);
        }
        if self.never_across_comma.contains(&first.lower) {
            return Some(candidate.graded(if first.quoted { "speech" } else { "function word" }));
        }
        // "MOSCOW, Moscow" is a dateline.
        if first.quoted
            || first.shape != second.shape
            || self.emphatic.contains(&first.lower)
            || !self.closed.is_content(first)
            || self.never_doubled.contains(&first.lower)
        {
            return None;
        }
        let closed = after(doc, block, at + 3).is_none_or(|next| next.kind == TokenKind::Punct);
        Some(match (is_capitalised(second), closed) {
            (true, true) => candidate.graded("name"),
            (true, false) => candidate.graded("open name"),
            (false, true) => candidate,
            (false, false) => candidate.graded("open content"),
        })
    }

    /// "the-the": one token made of a word and its copy.
    fn hyphen(&self, doc: &Annotated, token: &Token) -> Option<Candidate> {
        if token.shape != Shape::Lower || !self.joined.contains(&token.lower) {
            return None;
        }
        let (word, _) = token.span.of(doc.text).split_once('-')?;
        Some(Candidate::at(token.span).with("w", word))
    }
}

/// Whether two neighbours are one word twice; the second may carry "’s".
fn twice(doc: &Annotated, first: &Token, second: &Token) -> bool {
    if first.lower != second.lower && second.clitic == 0
        || first.kind != TokenKind::Word
        || second.kind != TokenKind::Word
        || !second.space_before
    {
        return false;
    }
    first.lower == second.lower || second.clitic > 0 && first.clitic == 0 && first.span.len() > 2 && same_host(doc, first, second)
}

fn same_host(doc: &Annotated, first: &Token, second: &Token) -> bool {
    let clitic = &doc.text[second.host().end as usize..second.span.end as usize];
    first.span.len() == second.host().len()
        && matches!(clitic, "’s" | "'s")
        && first.span.of(doc.text).eq_ignore_ascii_case(second.host().of(doc.text))
}

/// Reads the document once for what it says about each capitalised or common word.
fn uses(doc: &Annotated, titles: &SymSet) -> FxHashMap<Sym, Use> {
    let mut uses: FxHashMap<Sym, Use> = FxHashMap::default();
    for (at, token) in doc.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
        let known = uses.entry(token.lower).or_default();
        known.common |= token.shape == Shape::Lower;
        let Some(previous) = at.checked_sub(1).map(|before| &doc.tokens[before]) else { continue };
        if previous.kind != TokenKind::Word || !is_capitalised(previous) || !is_capitalised(token) {
            continue;
        }
        if previous.lower == token.lower {
            known.doubled += 1;
        } else {
            let starts = at < 2 || doc.tokens[at - 2].kind == TokenKind::Punct;
            known.surname |= !starts && !titles.contains(&previous.lower);
        }
    }
    uses
}
