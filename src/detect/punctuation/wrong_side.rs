use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Shape, TokenKind};
use crate::text::Span;
use std::ops::Range;

/// Finds a space that stands before a mark instead of after it: "food ,and".
pub(super) struct WrongSide;

impl Detector for WrongSide {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_marks(context, found, |doc, block, at, mark| {
            if !matches!(mark, ',' | '.' | ';' | ':' | '!' | '?') || at == block.start || !marks::tight_after(doc, at, block) {
                return None;
            }
            let (token, before) = (&doc.tokens[at], &doc.tokens[at - 1]);
            let after_text = marks::is_term(before) || marks::mark(doc, at - 1).is_some_and(marks::closes);
            if !token.space_before || token.line_before || !after_text {
                return None;
            }
            let repair = moved(doc, block, at, mark)?;
            Some(marks::mended(Span { start: before.span.end, end: token.span.end }, repair))
        });
    }
}

/// What stands there once the space is on the right side.
fn moved(doc: &Annotated, block: &Range<usize>, at: usize, mark: char) -> Option<String> {
    let (before, next) = (&doc.tokens[at - 1], &doc.tokens[at + 1]);
    let after = |mark: char| Some(format!("{mark} "));
    if next.kind == TokenKind::Punct {
        return (mark == ',' && matches!(marks::mark(doc, at + 1), Some('“' | '‘')) && marks::tight_after(doc, at + 1, block))
            .then(|| ", ".to_owned());
    }
    if next.kind != TokenKind::Word || !doc.word(at + 1).starts_with(char::is_alphabetic) {
        return None;
    }
    match mark {
        ',' | ';' => after(mark),
        '?' | '!' if before.kind == TokenKind::Word && marks::is_long(next, 2) && !marks::is_lower(doc, at + 1) => after(mark),
        ':' if marks::is_long(next, 3) && before.kind == TokenKind::Word => after(':'),
        '.' if before.shape == Shape::Lower && next.shape == Shape::Capitalised && marks::is_long(next, 2) && marks::is_long(before, 3) => {
            after('.')
        }
        // ".com" and ".pdf" name endings; a function word shows that the stop tears the sentence.
        '.' if before.shape == Shape::Lower && marks::is_lower(doc, at + 1) && is_function_word(doc.word(at + 1)) => Some(" ".to_owned()),
        _ => None,
    }
}

fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "to" | "the"
            | "of"
            | "and"
            | "a"
            | "for"
            | "with"
            | "that"
            | "which"
            | "was"
            | "were"
            | "by"
            | "from"
            | "or"
            | "he"
            | "they"
            | "but"
    )
}
