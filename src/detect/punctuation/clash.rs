use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Shape};
use std::ops::Range;

/// Finds two different marks of which one must go: ".,", "?.", ", .".
pub(super) struct Clash;

impl Detector for Clash {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_marks(context, found, |doc, block, at, mark| {
            if !matches!(mark, ',' | '.' | ';' | ':' | '?' | '!') || at == block.start {
                return None;
            }
            let next = marks::next_mark(doc, at, block)?;
            let grade = clash(doc, block, at, mark, next)?;
            let mut candidate = marks::mended(doc.span(at..at + 2), stronger(doc, block, at, mark, next));
            candidate.grade = grade;
            Some(candidate)
        });
    }
}

/// Whether two marks clash, and how surely.
fn clash(doc: &Annotated, block: &Range<usize>, at: usize, mark: char, next: char) -> Option<Option<&'static str>> {
    let before = &doc.tokens[at - 1];
    let loose = doc.tokens[at + 1].space_before;
    if loose && marks::tight_after(doc, at + 1, block) {
        return None;
    }
    match (mark, next) {
        (',', '.' | ';' | ':') | (';', '.' | ',') | (':', ',' | '.') => {
            (!marks::tight_after(doc, at + 1, block) || next == ',').then_some(None)
        }
        (',' | ';', '?' | '!') if !loose && !marks::tight_after(doc, at + 1, block) => Some(None),
        ('.', ',' | ';') if before.is_word() && !doc.tokens[at].space_before => match before.shape {
            Shape::Lower if marks::is_long(before, 4) => Some(None),
            // An abbreviation that the list does not know looks like this too.
            Shape::Capitalised if marks::is_long(before, 6) && !doc.word(at - 1).contains('-') => Some(Some("name")),
            _ => None,
        },
        ('.', ',') if before.span.len() == 4 && before.shape == Shape::Digits => Some(None),
        ('?' | '!', '.') if !loose && !marks::tight_after(doc, at + 1, block) && before.shape == Shape::Lower => Some(None),
        _ => None,
    }
}

fn stronger(doc: &Annotated, block: &Range<usize>, at: usize, mark: char, next: char) -> char {
    let goes_on = at + 2 < block.end && marks::is_lower(doc, at + 2);
    match (mark, next) {
        ('.', ',' | ';') => {
            if goes_on {
                next
            } else {
                '.'
            }
        }
        ('?' | '!', _) => mark,
        (_, '?' | '!' | '.') => next,
        _ => mark,
    }
}
