use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, TokenKind};
use std::ops::Range;

/// Finds a mark that is written twice: ",,", "..", ". .".
pub(super) struct DoubledMark;

impl Detector for DoubledMark {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_puncts(context, found, doubled);
    }
}

fn doubled(doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
    let next = marks::next_mark(doc, at, block);
    match marks::mark(doc, at) {
        None => two_dots(doc, block, at),
        Some('.') => {
            let abbreviated =
                marks::tight_before(doc, at, block) && doc.tokens[at - 1].kind == TokenKind::Word && doc.word(at - 1).ends_with('.');
            if abbreviated && !continues(doc, at + 1, block) {
                return Some(marks::mended(doc.tokens[at - 1].span.to(doc.tokens[at].span), doc.word(at - 1)));
            }
            let pair = next == Some('.') && doc.tokens[at + 1].space_before && !marks::tight_after(doc, at + 1, block);
            // Three dots with spaces between them are an ellipsis.
            let alone = !(continues(doc, at + 2, block) || at > block.start && doc.word(at - 1).starts_with('.'));
            (pair && alone).then(|| marks::mended(doc.span(at..at + 2), '.'))
        }
        Some(mark @ (',' | ';')) if next == Some(mark) => {
            // ",,So": low quotation marks made of commas.
            let low_quote = doc.tokens[at].space_before && marks::tight_after(doc, at, block) && marks::tight_after(doc, at + 1, block);
            let third = at > block.start && marks::mark(doc, at - 1) == Some(mark);
            (!low_quote && !third).then(|| marks::mended(doc.span(at..at + 2), mark))
        }
        Some(':') if next == Some(':') && !marks::tight_after(doc, at + 1, block) => Some(marks::mended(doc.span(at..at + 2), ':')),
        _ => None,
    }
}

/// ".." that is no part of an abbreviation's ellipsis ("etc...") and no path ("../").
fn two_dots(doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
    let abbreviated = marks::tight_before(doc, at, block) && doc.word(at - 1).ends_with('.');
    let path = marks::tight_after(doc, at, block) && matches!(doc.word(at + 1), "/" | "\\" | "?" | "!");
    let led = at == block.start || doc.word(at - 1).starts_with('.');
    (doc.is(at, "..") && !abbreviated && !path && !led && !continues(doc, at + 1, block)).then(|| marks::mended(doc.tokens[at].span, '.'))
}

/// Whether dots go on at a token.
fn continues(doc: &Annotated, at: usize, block: &Range<usize>) -> bool {
    at < block.end && doc.word(at).starts_with(['.', '…'])
}
