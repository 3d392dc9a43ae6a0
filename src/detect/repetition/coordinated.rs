//! "injuries or injuries": a word coordinated with itself, where nothing on either side tells the two apart.

use std::ops::Range;

use super::words::{Class, ClosedClasses, after, before, is_capitalised};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Sym, Token, TokenKind};

struct Coordinated {
    closed: ClosedClasses,
    and: Sym,
    or: [Sym; 2],
    not: Sym,
    whether: [Sym; 3],
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    parts.options::<toml::Table>()?;
    let closed = ClosedClasses::load(parts)?;
    let mut add = |form: &str| parts.vocabulary.add(form);
    Ok(Box::new(Coordinated {
        closed,
        and: add("and"),
        or: [add("or"), add("nor")],
        not: add("not"),
        whether: [add("whether"), add("which"), add("where")],
    }))
}

impl Detector for Coordinated {
    fn captures(&self) -> &'static [&'static str] {
        &["w", "link"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.judged_blocks() {
            let range = &block.tokens;
            for (offset, three) in doc.tokens[range.clone()].windows(3).enumerate() {
                let (first, link, second) = (&three[0], &three[1], &three[2]);
                if first.lower == second.lower && first.kind == TokenKind::Word && (link.lower == self.and || self.or.contains(&link.lower))
                {
                    found.extend(self.judge(doc, range, range.start + offset));
                }
            }
        }
    }
}

impl Coordinated {
    fn judge(&self, doc: &Annotated, block: &Range<usize>, at: usize) -> Option<Candidate> {
        let (first, link, second) = (&doc.tokens[at], &doc.tokens[at + 1], &doc.tokens[at + 2]);
        let chained = at >= block.start + 2 && doc.tokens[at - 1].lower == link.lower && doc.tokens[at - 2].lower == first.lower
            || after(doc, block, at + 4).is_some_and(|later| later.lower == first.lower && doc.tokens[at + 3].lower == link.lower);
        if chained || is_capitalised(first) != is_capitalised(second) && first.span.start > doc.sentence_of(at).span.start {
            return None;
        }
        let next = after(doc, block, at + 3);
        let previous = before(doc, block, at);
        let or = link.lower != self.and;
        let candidate = Candidate::at(doc.span(at..at + 3)).with("w", first.span.of(doc.text)).with("link", link.span.of(doc.text));
        if self.whether.contains(&first.lower) {
            return or.then_some(candidate);
        }
        if !self.closed.is_content(first) || next.is_some_and(|next| next.lower == self.not || !self.is_bare_after(next)) {
            return None;
        }
        let closed = next.is_none_or(|next| next.kind == TokenKind::Punct || self.closed.of(next.lower) == Some(Class::Auxiliary));
        let bare = previous.is_none_or(|previous| self.is_bare_before(previous));
        let subject = previous.is_some_and(|previous| self.closed.of(previous.lower) == Some(Class::Pronoun));
        let grade = match (or, bare) {
            (true, false) if !closed => return None,
            (false, false) => return None,
            _ if first.quoted => "speech",
            (true, _) => return Some(candidate),
            // "They waited and waited": a verb that goes on.
            (false, true) if subject => "going on",
            (false, true) if is_capitalised(first) => "name",
            (false, true) => {
                let form = first.span.of(doc.text);
                if form.ends_with("ed") || form.ends_with("ing") { "going on" } else { "and" }
            }
        };
        Some(candidate.graded(grade))
    }

    /// Whether what follows adds nothing to the second word: no noun that it could modify.
    fn is_bare_after(&self, token: &Token) -> bool {
        match token.kind {
            TokenKind::Punct => true,
            TokenKind::Word => self.closed.of(token.lower).is_some(),
            _ => false,
        }
    }

    /// Whether what stands before the first word does not modify it alone.
    fn is_bare_before(&self, token: &Token) -> bool {
        match token.kind {
            TokenKind::Punct => token.lower != self.and,
            TokenKind::Word => self.closed.of(token.lower).is_some(),
            _ => false,
        }
    }
}
