use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Sym, SymSet, TokenKind};
use std::ops::Range;

/// Finds contractions and possessives torn apart as a tokeniser does: "do n't", "Iran 's".
pub(super) struct TornContraction {
    negation: Sym,
    clitics: SymSet,
    quotes: [&'static str; 2],
}

impl TornContraction {
    pub(super) fn new(parts: &mut Parts) -> TornContraction {
        let mut add = |form: &str| parts.vocabulary.add(form);
        TornContraction {
            negation: add("n't"),
            clitics: ["s", "re", "ll", "ve", "d", "m"].into_iter().map(add).collect(),
            quotes: ["'", "’"],
        }
    }

    /// The index of the last token of a torn ending that starts at `at`, and whether it is a negation.
    fn ending(&self, doc: &Annotated, block: &Range<usize>, at: usize) -> Option<(usize, bool)> {
        let token = &doc.tokens[at];
        if token.kind != TokenKind::Punct && token.lower != self.negation {
            return None;
        }
        if at == block.start || !token.space_before || token.line_before || !marks::is_term(&doc.tokens[at - 1]) {
            return None;
        }
        if token.lower == self.negation {
            return Some((at, true));
        }
        let clitic = self.quotes.contains(&doc.word(at))
            && at + 1 < block.end
            && !doc.tokens[at + 1].space_before
            && self.clitics.contains(&doc.tokens[at + 1].lower)
            && marks::is_lower(doc, at + 1)
            && (at + 2 >= block.end || doc.tokens[at + 2].space_before || !self.quotes.contains(&doc.word(at + 2)));
        clitic.then_some((at + 1, false))
    }
}

impl Detector for TornContraction {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_tokens(context, found, |doc, block, at| {
            let (last, negation) = self.ending(doc, block, at)?;
            let (head, tail) = (doc.word(at - 1), doc.span(at..last + 1).of(doc.text));
            let stem = if negation && head.to_lowercase().ends_with("can") { &head[..head.len() - 1] } else { head };
            Some(marks::mended(doc.span(at - 1..last + 1), format!("{stem}{tail}")))
        });
    }
}
