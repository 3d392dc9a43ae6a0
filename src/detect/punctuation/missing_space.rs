use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, QuoteRole, Shape, TokenKind};
use std::ops::Range;

/// Finds a mark that is followed by a word without a space: "years ago.The", "question,but".
pub(super) struct MissingSpace;

impl Detector for MissingSpace {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        let mut broken = false;
        marks::each_mark(doc, |block, at, mark| {
            broken |= mark == '"' && marks::is_broken(doc, at, block);
            let tight = at > block.start && !doc.tokens[at].space_before && marks::tight_after(doc, at, block);
            if !tight || at + 1 == block.end {
                return;
            }
            match mark {
                ',' | ';' | ':' if joins_words(doc, block, at, mark) => found.push(spaced(doc, at - 1, at + 1, at)),
                '.' | '?' | '!' if joins_sentences(doc, block, at) => found.push(spaced(doc, at - 1, at + 1, at)),
                '"' | '”' => found.extend(after_quotation(doc, at, mark)),
                _ => {}
            }
        });
        if broken {
            // Where characters were lost, a straight mark may stand for any of them.
            let mut at = 0;
            found.retain(|candidate| {
                at += 1;
                at <= from || !candidate.span.of(doc.text).contains('"')
            });
        }
        marks::gather(found, from);
    }
}

/// The tokens `first..=last` with a space after the token `after`.
fn spaced(doc: &Annotated, first: usize, last: usize, after: usize) -> Candidate {
    let span = doc.span(first..last + 1);
    let cut = doc.tokens[after].span.end as usize;
    let repair = format!("{} {}", &doc.text[span.start as usize..cut], &doc.text[cut..span.end as usize]);
    marks::mended(span, repair)
}

fn joins_words(doc: &Annotated, block: &Range<usize>, at: usize, mark: char) -> bool {
    let (before, next) = (&doc.tokens[at - 1], &doc.tokens[at + 1]);
    let opening =
        mark == ',' && marks::mark(doc, at + 1) == Some('“') && before.kind == TokenKind::Word && marks::tight_after(doc, at + 1, block);
    if opening {
        return true;
    }
    let words = marks::is_term(before)
        && next.kind == TokenKind::Word
        && doc.word(at + 1).starts_with(char::is_alphabetic)
        && marks::is_long(next, 2)
        && marks::is_long(before, 2);
    // Initials of editors, a list of codes: "es,nm/tj".
    let initials = before.span.len() <= 3 && next.span.len() <= 3 && before.shape == Shape::Lower && next.shape == Shape::Lower;
    let code = initials
        || at + 2 < block.end && matches!(marks::mark(doc, at + 2), Some('/' | '\\'))
        || next.shape == Shape::Upper && before.shape == Shape::Upper;
    // A firm's name: "Co.,Ltd".
    let firm = doc.word(at - 1).ends_with('.');
    words
        && !code
        && !firm
        && match mark {
            ':' => before.shape == Shape::Lower && marks::is_long(before, 4) && marks::is_long(next, 3),
            _ => true,
        }
}

fn joins_sentences(doc: &Annotated, block: &Range<usize>, at: usize) -> bool {
    let (before, next) = (&doc.tokens[at - 1], &doc.tokens[at + 1]);
    // "Think.Eat.Save" and "first.Last@host" are names.
    let named = at + 2 < block.end
        && !doc.tokens[at + 2].space_before
        && (matches!(doc.word(at + 2), "." | "_" | "/") || doc.tokens[at + 2].kind == TokenKind::Opaque);
    let led = at >= block.start + 2 && !doc.tokens[at - 1].space_before && matches!(doc.word(at - 2), "." | "/" | "@" | "_");
    before.shape == Shape::Lower
        && before.kind == TokenKind::Word
        && marks::is_long(before, 2)
        && next.kind == TokenKind::Word
        && next.shape == Shape::Capitalised
        && !named
        && !led
}

/// `."He` and `,”he`, and `said,"We`.
fn after_quotation(doc: &Annotated, at: usize, mark: char) -> Option<Candidate> {
    let next = &doc.tokens[at + 1];
    if next.kind != TokenKind::Word || !matches!(marks::mark(doc, at - 1), Some('.' | ',' | '?' | '!')) || !marks::is_long(next, 2) {
        return None;
    }
    let index = doc.quotes.binary_search_by_key(&at, |quote| quote.token).ok();
    let quote = index.map(|index| &doc.quotes[index]);
    let opens = mark == '"' && quote.is_some_and(|quote| quote.role == QuoteRole::Open);
    if opens { (marks::mark(doc, at - 1) == Some(',')).then(|| spaced(doc, at - 1, at, at - 1)) } else { Some(spaced(doc, at, at + 1, at)) }
}
