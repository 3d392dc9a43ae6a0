use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, TokenKind};
use crate::text::Span;
use std::ops::Range;

/// Finds white space before a mark that belongs to the word before it: "paid ." and "km ,".
pub(super) struct SpaceBefore;

impl Detector for SpaceBefore {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_marks(context, found, |doc, block, at, mark| {
            let loose = matches!(mark, ',' | '.' | ';' | ':' | '!' | '?') && is_loose(doc, block, at, mark);
            loose.then(|| marks::mended(Span { start: doc.tokens[at - 1].span.end, end: doc.tokens[at].span.end }, mark))
        });
    }
}

fn is_loose(doc: &Annotated, block: &Range<usize>, at: usize, mark: char) -> bool {
    let token = &doc.tokens[at];
    if at == block.start || !token.space_before || token.line_before {
        return false;
    }
    let before = &doc.tokens[at - 1];
    let after_text = match before.kind {
        TokenKind::Word | TokenKind::Number => true,
        TokenKind::Symbol => doc.word(at - 1) == "%",
        TokenKind::Punct => marks::mark(doc, at - 1).is_some_and(marks::closes),
        // A space keeps a mark out of an address.
        TokenKind::Opaque => false,
    };
    after_text && fits_after(doc, block, at, mark)
}

/// Whether what follows the mark shows that it closes what stands before it.
fn fits_after(doc: &Annotated, block: &Range<usize>, at: usize, mark: char) -> bool {
    let next = at + 1;
    if next == block.end {
        return true;
    }
    let follower = &doc.tokens[next];
    let following = marks::mark(doc, next);
    if !follower.space_before {
        // A face such as ":)" is no stop, and "end .The" has its space on the wrong side: another rule's.
        return matches!(following, Some('.' | ',')) && mark != ':'
            || following.is_some_and(|c| marks::closes(c) && (c != ')' || !matches!(mark, ':' | ';')));
    }
    match mark {
        // Dots with spaces between them are one ellipsis.
        '.' => !doc.word(next).starts_with(['.', '…']),
        ':' => !(doc.tokens[at - 1].kind == TokenKind::Number && follower.kind == TokenKind::Number),
        // A lone question mark in a sentence stands for a character that was lost.
        '?' | '!' => !marks::is_lower(doc, next) && follower.kind != TokenKind::Number,
        _ => true,
    }
}
