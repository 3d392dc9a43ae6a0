//! What the detectors of this family ask of marks and of the spaces around them.

use std::ops::Range;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Edit};
use crate::language::{Annotated, Token, TokenKind};
use crate::text::Span;

/// The name under which every detector here gives the text that mends its finding.
pub(super) const REPAIR: &str = "repair";

/// From so many places on a fault runs through the article and is one finding.
const RUNS_THROUGH: usize = 12;

/// Other places of a fault that a finding names at most; its repair mends them all.
const SHOWN: usize = 99;

/// The mark at a token that is one mark of one character.
pub(super) fn mark(doc: &Annotated, at: usize) -> Option<char> {
    let token = &doc.tokens[at];
    if token.kind != TokenKind::Punct {
        return None;
    }
    let byte = doc.text.as_bytes()[token.span.start as usize];
    if byte.is_ascii() {
        return (token.span.len() == 1).then_some(byte as char);
    }
    token.span.of(doc.text).chars().next()
}

/// Calls `each` with the block's tokens and the place of every punctuation token in the blocks that can be judged.
pub(super) fn each_punct(doc: &Annotated, mut each: impl FnMut(&Range<usize>, usize)) {
    for block in doc.judged_blocks() {
        doc.puncts_of(block).iter().for_each(|&at| each(&block.tokens, at));
    }
}

/// The same for every single mark, with the mark.
pub(super) fn each_mark(doc: &Annotated, mut each: impl FnMut(&Range<usize>, usize, char)) {
    each_punct(doc, |block, at| {
        if let Some(mark) = mark(doc, at) {
            each(block, at, mark);
        }
    });
}

/// Judges every punctuation token on its own; a fault that runs through the article is one finding.
pub(super) fn judge_puncts(
    context: &Context,
    found: &mut Vec<Candidate>,
    mut judge: impl FnMut(&Annotated, &Range<usize>, usize) -> Option<Candidate>,
) {
    let from = found.len();
    each_punct(context.doc, |block, at| {
        if let Some(candidate) = judge(context.doc, block, at) {
            found.push(candidate);
        }
    });
    gather(found, from);
}

/// The same for every single mark, with the mark.
pub(super) fn judge_marks(
    context: &Context,
    found: &mut Vec<Candidate>,
    mut judge: impl FnMut(&Annotated, &Range<usize>, usize, char) -> Option<Candidate>,
) {
    judge_puncts(context, found, |doc, block, at| judge(doc, block, at, mark(doc, at)?));
}

/// The same for every token.
pub(super) fn judge_tokens(
    context: &Context,
    found: &mut Vec<Candidate>,
    mut judge: impl FnMut(&Annotated, &Range<usize>, usize) -> Option<Candidate>,
) {
    let from = found.len();
    for block in context.doc.judged_blocks() {
        for at in block.tokens.clone() {
            if let Some(candidate) = judge(context.doc, &block.tokens, at) {
                found.push(candidate);
            }
        }
    }
    gather(found, from);
}

/// Whether the next token of the block follows without a space.
pub(super) fn tight_after(doc: &Annotated, at: usize, block: &Range<usize>) -> bool {
    at + 1 < block.end && !doc.tokens[at + 1].space_before
}

/// Whether the token stands without a space after the token before it.
pub(super) fn tight_before(doc: &Annotated, at: usize, block: &Range<usize>) -> bool {
    at > block.start && !doc.tokens[at].space_before
}

/// The next token of the block, if it is a mark.
pub(super) fn next_mark(doc: &Annotated, at: usize, block: &Range<usize>) -> Option<char> {
    (at + 1 < block.end).then(|| mark(doc, at + 1)).flatten()
}

/// Whether a token is a word or a number.
pub(super) fn is_term(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word | TokenKind::Number)
}

/// Whether a word is written with a small first letter.
pub(super) fn is_lower(doc: &Annotated, at: usize) -> bool {
    doc.tokens[at].kind == TokenKind::Word && doc.word(at).starts_with(char::is_lowercase)
}

/// Whether a word has so many bytes at least.
pub(super) fn is_long(token: &Token, bytes: usize) -> bool {
    token.span.len() >= bytes
}

/// Whether a mark closes a quotation or a bracket, or may.
pub(super) fn closes(mark: char) -> bool {
    matches!(mark, '”' | '’' | '"' | '\'' | ')' | ']' | '»' | '}')
}

/// Whether a mark opens a bracket or, in its form, a quotation.
pub(super) fn opens(mark: char) -> bool {
    matches!(mark, '(' | '[' | '{' | '“' | '‘' | '«' | '„')
}

/// A finding with the text that mends it.
pub(super) fn mended(span: Span, repair: impl Into<String>) -> Candidate {
    Candidate::at(span).with(REPAIR, repair)
}

/// Makes one finding of those since `from` if the fault runs through the article.
pub(super) fn gather(found: &mut Vec<Candidate>, from: usize) {
    gather_many(found, from, RUNS_THROUGH);
}

/// Makes one finding of those since `from` if there are `many` at least.
pub(super) fn gather_many(found: &mut Vec<Candidate>, from: usize, many: usize) {
    if found.len() < from + many {
        return;
    }
    found[from..].sort_by_key(|candidate| candidate.span);
    let others = found.split_off(from + 1);
    let first = &mut found[from];
    first.evidence.push(format!("The fault runs through the article: it stands in {} other places too.", others.len()));
    for mut other in others {
        if first.related.len() < SHOWN {
            first.related.push(other.span);
        }
        if let Some((_, text)) = other.captures.iter_mut().find(|(name, _)| name == REPAIR) {
            first.also.push(Edit { span: other.span, text: std::mem::take(text) });
        }
        first.also.append(&mut other.also);
    }
}

/// Whether a straight mark at a token stands for a character that was lost: `"?and`, `said."?`, `dn"t`.
pub(super) fn is_broken(doc: &Annotated, at: usize, block: &Range<usize>) -> bool {
    if !doc.is(at, "\"") || !tight_after(doc, at, block) {
        return false;
    }
    let after_mark = tight_before(doc, at, block) && mark(doc, at - 1).is_some_and(|c| matches!(c, '.' | ',' | '?' | '!'));
    match doc.word(at + 1) {
        "?" => after_mark || tight_after(doc, at + 1, block),
        next => tight_before(doc, at, block) && is_term(&doc.tokens[at - 1]) && next.starts_with(char::is_alphabetic),
    }
}
