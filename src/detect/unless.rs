//! Exceptions: what a rule found is let pass.

use super::matcher;
use crate::language::{Annotated, Sym};
use crate::rule::{Inside, Unless, UnlessTest};
use crate::text::{Role, Span};

/// The first of a rule's exceptions that covers a finding.
pub(super) fn excuse<'r>(doc: &Annotated, unless: &'r [Unless], span: Span) -> Option<&'r Unless> {
    unless.iter().find(|unless| holds(doc, &unless.test, span))
}

fn holds(doc: &Annotated, test: &UnlessTest, span: Span) -> bool {
    let tokens = doc.tokens_in(span);
    if tokens.is_empty() {
        return false;
    }
    let block = doc.block_of(tokens.start);
    match test {
        UnlessTest::Sequence(sequence) => matcher::covers(doc, sequence, &block.tokens, &tokens),
        UnlessTest::Phrases(phrases) => phrases.iter().any(|phrase| phrase_covers(doc, phrase, &block.tokens, &tokens)),
        UnlessTest::Inside(Inside::Quotation) => doc.tokens[tokens].iter().all(|token| token.quoted),
        UnlessTest::Inside(Inside::Heading) => doc.is_heading(block),
        UnlessTest::Inside(Inside::Headline) => block.role == Role::Headline,
        UnlessTest::Regex(regex) => {
            // Far enough around the finding for any exception, near enough to stay linear in long blocks.
            const AROUND: usize = 200;
            let text = doc.text;
            let from = floor(text, (span.start as usize).saturating_sub(AROUND).max(block.span.start as usize));
            let to = ceil(text, (span.end as usize + AROUND).min(block.span.end as usize));
            regex
                .get()
                .find_iter(&text[from..to])
                .any(|found| from + found.start() <= span.start as usize && from + found.end() >= span.end as usize)
        }
    }
}

fn phrase_covers(doc: &Annotated, phrase: &[Sym], block: &std::ops::Range<usize>, inner: &std::ops::Range<usize>) -> bool {
    if phrase.len() < inner.len() {
        return false;
    }
    let first = block.start.max(inner.end.saturating_sub(phrase.len()));
    (first..=inner.start).any(|start| {
        start + phrase.len() <= block.end
            && doc.tokens[start..start + phrase.len()].iter().map(|token| token.lower).eq(phrase.iter().copied())
    })
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
