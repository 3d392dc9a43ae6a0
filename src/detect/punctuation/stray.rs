use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::TokenKind;

/// Finds a mark that nothing stands before: alone in its line, or at the head of a paragraph.
pub(super) struct StrayMark;

impl Detector for StrayMark {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        for block in doc.judged_blocks() {
            let first = block.tokens.start;
            let Some(mark) = marks::mark(doc, first) else { continue };
            if !matches!(mark, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '”') {
                continue;
            }
            let alone = doc.tokens[block.tokens.clone()].iter().all(|token| token.kind == TokenKind::Punct);
            if alone && block.tokens.len() <= 2 {
                found.push(marks::mended(doc.span(block.tokens.clone()), ""));
            } else if !alone && mark != '”' && doc.tokens[first + 1].space_before {
                found.push(marks::mended(doc.tokens[first].span, ""));
            }
        }
        marks::gather(found, from);
    }
}
