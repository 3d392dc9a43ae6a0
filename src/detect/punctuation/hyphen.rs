use serde::Deserialize;

use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Shape, SymSet, TokenKind};
use std::ops::Range;

/// Finds a hyphen with a space on one side only: "Covid- 19", "has -arrived".
pub(super) struct LooseHyphen {
    /// Words to which the next one belongs: articles, auxiliary verbs.
    binding: SymSet,
    /// All words of closed classes.
    closed: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// The list of closed classes.
    closed: String,
}

impl Detector for LooseHyphen {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_puncts(context, found, |doc, block, at| {
            let inside = at > block.start && at + 1 < block.end;
            if inside && is_hyphen(doc.word(at)) { self.loose(doc, block, at) } else { None }
        });
    }
}

fn is_hyphen(form: &str) -> bool {
    matches!(form, "-" | "--" | "‐" | "‑")
}

impl LooseHyphen {
    pub(super) fn new(parts: &mut Parts) -> Result<LooseHyphen, String> {
        let Options { closed } = parts.options()?;
        let rows = parts.lists.rows(&closed)?;
        let mut forms = |classes: &[&str]| {
            let chosen = rows.iter().filter(|row| classes.is_empty() || classes.contains(&row[1]));
            chosen.map(|row| parts.vocabulary.add(row[0])).collect()
        };
        Ok(LooseHyphen { binding: forms(&["determiner", "auxiliary"]), closed: forms(&[]) })
    }

    fn loose(&self, doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
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
        Some(self.mend(doc, at, grade == "before").graded(grade))
    }

    /// Joined, parted or a dash: what surely is meant, or all that may be, the likeliest first.
    fn mend(&self, doc: &Annotated, at: usize, spaced_before: bool) -> Candidate {
        let (before, next) = (&doc.tokens[at - 1], &doc.tokens[at + 1]);
        let (left, right) = (doc.word(at - 1), doc.word(at + 1));
        let span = doc.span(at - 1..at + 2);
        let (joined, parted, dash) = (format!("{left}-{right}"), format!("{left} {right}"), format!("{left} – {right}"));
        // A number, a prefix that is never a word, or a chain of hyphens was tied to its word.
        let prefix = matches!(left.to_lowercase().as_str(), "non" | "anti" | "pre" | "co" | "ex" | "semi" | "multi" | "x" | "e");
        let chain = !spaced_before && before.is_word() && left.contains('-') && next.shape == Shape::Lower;
        if prefix || chain || next.kind == TokenKind::Number && marks::is_long(before, 2) {
            return marks::mended(span, joined);
        }
        // No dash stands between an article or an auxiliary verb and its word.
        if self.binding.contains(&before.lower) {
            return marks::mended(span, parted);
        }
        if self.closed.contains(&before.lower) {
            return marks::mended(span, parted).or(dash);
        }
        if spaced_before || self.closed.contains(&next.lower) || next.shape != Shape::Lower {
            return marks::mended(span, dash).or(parted);
        }
        marks::mended(span, joined).or(dash)
    }
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
