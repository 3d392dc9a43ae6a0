use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, TokenKind};
use std::ops::Range;

/// Finds brackets that are opened and never closed, or closed and never opened.
pub(super) struct BracketBalance;

impl Detector for BracketBalance {
    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        // Brackets that their own block leaves open: a parenthesis may run over paragraphs.
        let mut pending: Vec<usize> = Vec::new();
        let mut odd: Vec<usize> = Vec::new();
        for block in doc.judged_blocks() {
            let first = pending.len();
            // Brackets drown with the characters around them, and an address may have swallowed one.
            let unsure = |at: usize| {
                doc.tokens[at.saturating_sub(8).max(block.tokens.start)..(at + 8).min(block.tokens.end)]
                    .iter()
                    .any(|token| token.kind == TokenKind::Opaque || token.span.of(doc.text).contains('\u{FFFD}'))
            };
            for &at in doc.puncts_of(block) {
                match marks::mark(doc, at) {
                    Some('(' | '[')
                        if !is_face(doc, &block.tokens, at) && !doc.text[doc.tokens[at].span.range().end..].starts_with('\u{FFFD}') =>
                    {
                        pending.push(at)
                    }
                    Some(close @ (')' | ']')) => match pending.last() {
                        Some(&open) if (open >= block.tokens.start || first > 0) && matches(doc, open, close) => {
                            pending.pop();
                        }
                        _ if is_face(doc, &block.tokens, at) || enumerates(doc, &block.tokens, at) || unsure(at) => {}
                        _ => odd.push(at),
                    },
                    _ => {}
                }
            }
        }
        odd.extend(pending);
        odd.sort_unstable();
        found.extend(odd.into_iter().map(|at| Candidate::at(doc.tokens[at].span)));
        marks::gather(found, from);
    }
}

fn matches(doc: &Annotated, open: usize, close: char) -> bool {
    marks::mark(doc, open) == Some(if close == ')' { '(' } else { '[' })
}

/// ":)", ":-(", ";)" and "=)" are faces.
fn is_face(doc: &Annotated, block: &Range<usize>, at: usize) -> bool {
    let before = |back: usize| (at >= block.start + back).then(|| doc.word(at - back));
    let eyes = |form: Option<&str>| matches!(form, Some(":" | ";" | "=" | "8" | "X"));
    let tight = at > block.start && !doc.tokens[at].space_before;
    let nose = tight && matches!(before(1), Some("-" | "'" | "^" | "o")) && eyes(before(2));
    let run = tight && matches!(before(1), Some(")" | "(")) && before(1) == Some(doc.word(at));
    tight && eyes(before(1))
        || nose
        || run
        || marks::tight_after(doc, at, block) && matches!(doc.word(at + 1), ":" | ";" | "-") && doc.is(at, "(") && at + 1 < block.end
}

/// "a)", "1)", "iv)" at the head of an item.
fn enumerates(doc: &Annotated, block: &Range<usize>, at: usize) -> bool {
    if at == block.start || doc.tokens[at].space_before || doc.is(at, "]") {
        return false;
    }
    let before = &doc.tokens[at - 1];
    let short = match before.kind {
        TokenKind::Number => before.span.len() <= 2,
        TokenKind::Word => {
            before.span.len() == 1
                || before.span.len() <= 4 && doc.word(at - 1).bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x'))
        }
        _ => doc.word(at - 1) == "*",
    };
    short && before.space_before
}
