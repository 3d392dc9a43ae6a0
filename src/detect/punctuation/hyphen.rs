use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Shape, TokenKind};
use std::ops::Range;

/// Finds a hyphen with a space on one side only: "Covid- 19", "has -arrived".
pub(super) struct LooseHyphen;

impl Detector for LooseHyphen {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_puncts(context, found, |doc, block, at| {
            let inside = at > block.start && at + 1 < block.end;
            if inside && is_hyphen(doc.word(at)) { loose(doc, block, at) } else { None }
        });
    }
}

fn is_hyphen(form: &str) -> bool {
    matches!(form, "-" | "--" | "‐" | "‑")
}

fn loose(doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
    let (before, token, next) = (&doc.tokens[at - 1], &doc.tokens[at], &doc.tokens[at + 1]);
    if next.line_before || token.line_before || !marks::is_term(before) || !marks::is_term(next) {
        return None;
    }
    // "Ltd.- Anna": a list of contacts.
    if doc.word(at - 1).ends_with('.') {
        return None;
    }
    let grade = match (token.space_before, next.space_before) {
        (false, true) if suspends(doc, at, block) || breaks_off(doc, at) => return None,
        // Two hyphens are a dash, and how dashes are spaced is a style.
        (false, true) if token.span.len() == 2 => return None,
        (false, true) if next.kind == TokenKind::Number && before.kind == TokenKind::Number => return None,
        (false, true) => "after",
        // "-5" is a number; "-ing" after a stop or a conjunction an ending.
        (true, false) if next.kind == TokenKind::Number || token.span.len() == 2 || joins(doc.word(at - 1)) => return None,
        // "of the south -and of the north", "News -Capital Daily": a dash, not a hyphen.
        (true, false) if joins(doc.word(at + 1)) || next.shape == Shape::Capitalised => return None,
        (true, false) => "before",
        _ => return None,
    };
    let (left, right) = (doc.word(at - 1), doc.word(at + 1));
    // A number, or a prefix that is never a word, was tied to its word; else the hyphen is half a dash.
    let tied = next.kind == TokenKind::Number && marks::is_long(before, 2)
        || matches!(left.to_lowercase().as_str(), "non" | "anti" | "pre" | "co" | "ex" | "semi" | "multi" | "x" | "e");
    let repair = if tied { format!("{left}-{right}") } else { format!("{left} – {right}") };
    Some(marks::mended(doc.span(at - 1..at + 2), repair).graded(grade))
}

/// "first- and second-tier", "light- to medium-toned", "two-, three- or four-fold".
fn suspends(doc: &Annotated, at: usize, block: &Range<usize>) -> bool {
    joins(doc.word(at + 1))
        || (at + 1..block.end.min(at + 7)).any(|later| doc.word(later) == "-" && later + 1 < block.end && joins(doc.word(later + 1)))
}

fn joins(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "to"
            | "but"
            | "nor"
            | "versus"
            | "vs"
            | "vs."
            | "as"
            | "through"
            | "&"
            | "than"
            | "rather"
            | "und"
            | "y"
            | "et"
            | "into"
            | "over"
            | "not"
            | "if"
    )
}

/// Speech that breaks off and starts again: "wh- what", "I- I".
fn breaks_off(doc: &Annotated, at: usize) -> bool {
    let (left, right) = (doc.word(at - 1).to_lowercase(), doc.word(at + 1).to_lowercase());
    doc.tokens[at - 1].kind == TokenKind::Word && right.starts_with(&left)
}
