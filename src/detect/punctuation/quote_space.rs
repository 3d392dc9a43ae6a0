use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, QuoteRole, TokenKind};
use crate::text::Span;
use std::ops::Range;

/// Finds double quotation marks with a space on the wrong side: `the" camp"`, "“ We", "then ” he".
pub(super) struct QuoteSpace;

/// Tokens that a quotation with damaged marks may be long.
const REACH: usize = 40;

/// How a straight mark stands among spaces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Opening,
    Closing,
    Loose,
    Tight,
}

impl Detector for QuoteSpace {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        let mut straight = Vec::new();
        for block in doc.judged_blocks() {
            straight.clear();
            for &at in doc.puncts_of(block) {
                match marks::mark(doc, at) {
                    Some('"') => straight.push((at, form(doc, &block.tokens, at))),
                    Some('“') => found.extend(curly_open(doc, &block.tokens, at)),
                    Some('”') => found.extend(curly_close(doc, &block.tokens, at)),
                    _ => {}
                }
            }
            // Where characters were lost, quotation marks stand for them: nothing can be said.
            if !straight.iter().any(|&(at, _)| {
                marks::is_broken(doc, at, &block.tokens) && !doc.tokens[at + 1].is_word() || is_apostrophe(doc, at, &block.tokens)
            }) {
                walk(doc, &block.tokens, &straight, found);
            }
        }
        // One right mark with a space before it at a paragraph's end is a slip; two are the way the article was made.
        if found[from..].iter().filter(|candidate| candidate.grade == Some("apart")).count() > 1 {
            found[from..]
                .iter_mut()
                .filter(|candidate| candidate.grade == Some("apart"))
                .for_each(|candidate| candidate.grade = Some("closing"));
        }
        // A writer's or an engine's habit is one fault, the sooner the less it can be chance.
        for (grade, many) in [("closing", 2), ("curly", 4), ("straight", 12)] {
            let (same, others): (Vec<Candidate>, Vec<Candidate>) =
                found.drain(from..).partition(|candidate| candidate.grade == Some(grade));
            found.extend(others);
            let first = found.len();
            found.extend(same);
            marks::gather_many(found, first, many);
        }
    }
}

fn before(doc: &Annotated, at: usize) -> Span {
    Span { start: doc.tokens[at - 1].span.end, end: doc.tokens[at].span.end }
}

fn after(doc: &Annotated, at: usize) -> Span {
    Span { start: doc.tokens[at].span.start, end: doc.tokens[at + 1].span.start }
}

fn curly_open(doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
    let next = (at + 1 < block.end).then(|| &doc.tokens[at + 1]);
    let follows_tightly = marks::tight_before(doc, at, block);
    let low = doc
        .quotes
        .binary_search_by_key(&at, |quote| quote.token)
        .is_ok_and(|index| doc.quotes[index].partner.is_some_and(|partner| partner < at));
    if low {
        return None;
    }
    let spaced = next.is_none_or(|next| next.space_before);
    let marked = at > block.start && matches!(marks::mark(doc, at - 1), Some('.' | ',' | '?' | '!'));
    if follows_tightly && marked && spaced {
        return Some(marks::mended(doc.tokens[at].span, '”').graded("closing"));
    }
    if marked && next.is_none() {
        return Some(marks::mended(before(doc, at), '”').graded("closing"));
    }
    let next = next?;
    if spaced && !next.line_before && (marks::is_term(next)) {
        let word_before = follows_tightly && marks::is_term(&doc.tokens[at - 1]);
        if word_before && is_open(doc, block, at) {
            return Some(marks::mended(after(doc, at), "” ").or(" “").graded("curly"));
        }
        let gap = if word_before { " “" } else { "“" };
        return Some(marks::mended(after(doc, at), gap).graded("curly"));
    }
    // "once, “" at the end: a closing mark that was turned and moved.
    let glued = follows_tightly && doc.tokens[at - 1].is_word() && next.is_word() && !spaced;
    glued.then(|| marks::mended(doc.tokens[at].span, " “").graded("curly"))
}

/// Whether the double mark before `at` opens a quotation that nothing has closed.
fn is_open(doc: &Annotated, block: &Range<usize>, at: usize) -> bool {
    let before = doc.quotes.partition_point(|quote| quote.token < at);
    let near = doc.quotes[..before].iter().rev().take_while(|quote| quote.token >= at.saturating_sub(REACH).max(block.start));
    near.filter(|quote| quote.is_double()).map(|quote| quote.role == QuoteRole::Open && quote.partner.is_none_or(|close| close > at)).next()
        == Some(true)
}

fn curly_close(doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
    let token = &doc.tokens[at];
    let next_tight = marks::tight_after(doc, at, block);
    if at == block.start || token.line_before {
        return None;
    }
    let worded = next_tight && doc.tokens[at + 1].is_word();
    if token.space_before {
        // After an ellipsis or a dash a closing mark may stand apart; before a word it was turned.
        let nested = marks::mark(doc, at - 1).is_some_and(|c| matches!(c, '’' | '\''));
        return match worded {
            true => Some(marks::mended(token.span, '“').graded("closing")),
            false if !nested => Some(marks::mended(before(doc, at), '”').graded(if at + 1 == block.end { "apart" } else { "closing" })),
            false => None,
        };
    }
    (worded && doc.tokens[at - 1].is_word() && marks::is_long(&doc.tokens[at + 1], 2))
        .then(|| marks::mended(token.span, "” ").graded("curly"))
}

fn form(doc: &Annotated, block: &Range<usize>, at: usize) -> Form {
    let free_before = at == block.start
        || doc.tokens[at].space_before
        || marks::mark(doc, at - 1).is_some_and(|c| marks::opens(c) || matches!(c, '-' | '–' | '—' | '\''));
    let free_after = at + 1 >= block.end
        || doc.tokens[at + 1].space_before
        || doc.tokens[at + 1].kind == TokenKind::Punct && !marks::mark(doc, at + 1).is_some_and(marks::opens);
    match (free_before, free_after) {
        (true, false) => Form::Opening,
        (false, true) => Form::Closing,
        (true, true) => Form::Loose,
        (false, false) => Form::Tight,
    }
}

/// Follows the straight marks of a block in and out of quotations; judges only marks whose neighbours leave one reading.
fn walk(doc: &Annotated, block: &Range<usize>, straight: &[(usize, Form)], found: &mut Vec<Candidate>) {
    let mut inside = false;
    for (index, &(at, form)) in straight.iter().enumerate() {
        let next = straight.get(index + 1);
        let near = next.is_some_and(|&(next, _)| next - at <= REACH);
        let word_before = at > block.start && marks::is_term(&doc.tokens[at - 1]);
        let word_after =
            at + 1 < block.end && doc.tokens[at + 1].space_before && !doc.tokens[at + 1].line_before && marks::is_term(&doc.tokens[at + 1]);
        let previous_near = index > 0 && at - straight[index - 1].0 <= REACH;
        match (inside, form) {
            (false, Form::Closing) => {
                let closes_next = next.is_some_and(|&(_, form)| form == Form::Closing)
                    && near
                    && word_before
                    && word_after
                    && !doc.tokens[at].space_before;
                if closes_next {
                    let number = doc.tokens[at - 1].kind == TokenKind::Number;
                    if !number {
                        found.push(marks::mended(after(doc, at), " \"").graded("straight"));
                    }
                    inside = true;
                }
            }
            (false, Form::Loose) => {
                inside = next.is_some_and(|&(_, form)| matches!(form, Form::Closing | Form::Loose)) && near;
                if inside && word_after && doc.tokens[at].space_before {
                    found.push(marks::mended(after(doc, at), "\"").graded("straight"));
                }
            }
            (false, Form::Opening | Form::Tight) => inside = true,
            (true, Form::Closing | Form::Tight) => inside = false,
            (true, Form::Opening) => {
                // Where the next mark closes, this one opens, and a closing mark was lost before.
                let opens_next = next.is_none_or(|&(_, form)| form == Form::Opening);
                let loose = doc.tokens[at].space_before
                    && !doc.tokens[at].line_before
                    && at + 1 < block.end
                    && doc.tokens[at + 1].is_word()
                    && marks::is_lower(doc, at + 1);
                if opens_next && previous_near && loose {
                    let span = before(doc, at);
                    found.push(marks::mended(span, "\" ").graded("straight"));
                    inside = false;
                }
            }
            (true, Form::Loose) => {
                if previous_near && doc.tokens[at].space_before && !doc.tokens[at].line_before && at > block.start {
                    found.push(marks::mended(before(doc, at), "\"").graded(if at + 1 == block.end { "apart" } else { "straight" }));
                }
                inside = false;
            }
        }
    }
}

/// `dn"t`: a mark that took the place of an apostrophe.
fn is_apostrophe(doc: &Annotated, at: usize, block: &Range<usize>) -> bool {
    marks::is_broken(doc, at, block) && matches!(doc.word(at + 1), "t" | "s" | "re" | "ve" | "ll" | "m" | "d")
}
