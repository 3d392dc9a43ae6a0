use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::Annotated;
use crate::text::Span;

/// Finds two spaces or more between words inside a sentence.
pub(super) struct DoubleSpace;

impl Detector for DoubleSpace {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        for block in doc.judged_blocks() {
            for sentence in &doc.sentences[block.sentences.clone()] {
                for at in sentence.tokens.start + 1..sentence.tokens.end {
                    if is_wide(doc, at) {
                        found.push(narrowed(doc, at));
                    }
                }
            }
        }
        // Two spaces after a stop are a habit of typists; beside others they are part of the same fault.
        if found.len() >= from + 2 && doc.blocks.len() > 3 {
            for sentence in &doc.sentences {
                let at = sentence.tokens.start;
                let wide = at > 0
                    && !doc.tokens[at].line_before
                    && marks::is_term(&doc.tokens[at])
                    && gap(doc, at).is_some_and(|gap| gap == "  " || gap == "   ");
                if wide && doc.block_of(at).tokens.start < at {
                    found.push(narrowed(doc, at));
                }
            }
        }
        marks::gather(found, from);
    }
}

/// The tokens before and at `at` with one space between them.
fn narrowed(doc: &Annotated, at: usize) -> Candidate {
    marks::mended(doc.span(at - 1..at + 1), format!("{} {}", doc.word(at - 1), doc.word(at)))
}

/// The white space before a token.
fn gap<'d>(doc: &Annotated<'d>, at: usize) -> Option<&'d str> {
    let (left, right) = (doc.tokens[at - 1].span.end, doc.tokens[at].span.start);
    (right >= left + 2).then(|| Span { start: left, end: right }.of(doc.text))
}

/// Whether two or three spaces stand before a token that goes on in its sentence.
fn is_wide(doc: &Annotated, at: usize) -> bool {
    let Some(gap) = gap(doc, at) else { return false };
    let (left, right) = (&doc.tokens[at - 1], &doc.tokens[at]);
    let before = marks::is_term(left) || matches!(doc.word(at - 1), "," | ";" | "”" | "’");
    let starts_small = doc.word(at).starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    let pronoun = matches!(doc.word(at), "I" | "*");
    gap.len() <= 3
        && !doc.word(at - 1).contains('\u{FFFD}')
        && gap.bytes().all(|byte| byte == b' ')
        && before
        && (marks::is_term(right) && starts_small || pronoun)
}
