use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Shape, TokenKind};
use crate::text::Span;
use std::ops::Range;

/// Finds brackets with the space on the wrong side or none: "Nigeria( Femi)", "( the )", "end)Start".
pub(super) struct BracketSpace;

/// Tokens within which the partner of a bracket is looked for.
const REACH: usize = 60;

impl Detector for BracketSpace {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        let mut open = None;
        marks::each_mark(doc, |block, at, mark| match mark {
            '(' | '[' => {
                open = Some(at);
                found.extend(opening(doc, block, at));
            }
            ')' | ']' => {
                let partner = open.take().filter(|&open: &usize| open >= block.start && at - open <= REACH);
                found.extend(partner.and_then(|partner| closing(doc, block, partner, at)));
            }
            _ => {}
        });
        marks::gather(found, from);
    }
}

fn opening(doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
    let token = &doc.tokens[at];
    let next = (at + 1 < block.end).then(|| &doc.tokens[at + 1])?;
    if !marks::is_term(next) || next.line_before {
        return None;
    }
    let mark = doc.word(at);
    let before = (at > block.start).then(|| &doc.tokens[at - 1]);
    let worded = before.is_some_and(|before| marks::is_term(before) || marks::mark(doc, at - 1).is_some_and(|c| matches!(c, '”' | '"')));
    match (token.space_before, next.space_before) {
        (false, true) if worded => {
            Some(marks::mended(Span { start: token.span.start, end: next.span.start }, format!(" {mark}")).graded("wrong-side"))
        }
        (true, true) if before.is_none_or(|_| marks::is_term(next)) => {
            // A face, or a bracket that is left alone.
            let closed = (at + 1..block.end.min(at + REACH)).any(|later| matches!(marks::mark(doc, later), Some(')' | ']')));
            closed.then(|| marks::mended(Span { start: token.span.start, end: next.span.start }, mark).graded("inside"))
        }
        (false, false) if glued_before(doc, block, at) => Some(marks::mended(token.span, format!(" {mark}")).graded("glued")),
        _ => None,
    }
}

/// "school(which": not "501(c)", "A(H3N2)", "employee(s)".
fn glued_before(doc: &Annotated, block: &Range<usize>, at: usize) -> bool {
    if at == block.start || doc.is(at, "[") {
        return false;
    }
    let (before, next) = (&doc.tokens[at - 1], &doc.tokens[at + 1]);
    let more = at + 2 < block.end && doc.tokens[at + 2].space_before && doc.tokens[at + 2].is_word();
    let word = before.is_word()
        && (before.shape == Shape::Lower && marks::is_long(before, 3) || before.shape == Shape::Capitalised && marks::is_long(before, 4));
    word && next.is_word()
        && (more && marks::is_long(next, 2) || before.shape == Shape::Lower && next.shape == Shape::Upper && marks::is_long(next, 3))
}

fn closing(doc: &Annotated, block: &Range<usize>, partner: usize, at: usize) -> Option<Candidate> {
    let (token, before) = (&doc.tokens[at], &doc.tokens[at - 1]);
    let mark = doc.word(at);
    if token.space_before
        && !token.line_before
        && at > partner + 1
        && (marks::is_term(before) || before.kind == TokenKind::Punct && !matches!(doc.word(at - 1), ":" | ";" | "-"))
    {
        return Some(marks::mended(Span { start: before.span.end, end: token.span.end }, mark).graded("inside"));
    }
    let glued = mark == ")" && marks::tight_after(doc, at, block) && at + 1 < block.end;
    let next = glued.then(|| &doc.tokens[at + 1])?;
    // "(re)build" and "(s)he" hold a part of a word; a phrase does not.
    let phrase = at - partner > 2 && doc.tokens[partner + 2..at].iter().any(|inner| inner.space_before);
    let apart =
        doc.tokens[partner].space_before && (phrase || next.shape == Shape::Capitalised && doc.tokens[partner + 1].shape == Shape::Upper);
    (apart && next.is_word() && marks::is_long(next, 2)).then(|| marks::mended(token.span, format!("{mark} ")).graded("glued"))
}
