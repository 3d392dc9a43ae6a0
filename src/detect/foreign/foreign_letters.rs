use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Shape, SymSet, TokenKind};

/// Finds common words, written small, with letters that English does not have, and that are no loans.
pub(super) struct ForeignLetters {
    loans: SymSet,
    /// Words that announce a foreign word: "called", "known", "means".
    announcers: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Words at home in English.
    loans: String,
    /// Words that announce a foreign word.
    announcers: String,
}

/// How far back an announcement or a bracket is looked for.
const BACK: usize = 6;

impl ForeignLetters {
    pub(super) fn new(parts: &mut Parts) -> Result<ForeignLetters, String> {
        let Options { loans, announcers } = parts.options()?;
        let (loans, announcers) = (parts.entries(&loans)?, parts.entries(&announcers)?);
        let mut add = |forms: &[String]| forms.iter().map(|form| parts.vocabulary.add(form)).collect();
        Ok(ForeignLetters { loans: add(&loans), announcers: add(&announcers) })
    }

    fn explained(&self, doc: &Annotated, at: usize, first: usize, end: usize) -> bool {
        let before = (first.max(at.saturating_sub(BACK))..at).rev();
        for back in before {
            match doc.word(back) {
                "(" | "[" | "\"" | "“" | "‘" | "'" | "«" => return true,
                _ if self.announcers.contains(&doc.tokens[back].lower) => return true,
                _ => {}
            }
        }
        // "þing, or parliament", "the þing (parliament)"
        let glossed = at + 1 < end && matches!(doc.word(at + 1), "(" | "–" | "—" | "=")
            || at + 2 < end && doc.is(at + 1, ",") && matches!(doc.word(at + 2), "a" | "an" | "the" | "or" | "which" | "meaning");
        glossed || neighbour_is_name(doc, at, first, end)
    }
}

fn neighbour_is_name(doc: &Annotated, at: usize, first: usize, end: usize) -> bool {
    let name = |at: usize| doc.tokens[at].is_word() && doc.tokens[at].shape != Shape::Lower;
    at > first + 1 && name(at - 1) || at + 1 < end && name(at + 1)
}

impl Detector for ForeignLetters {
    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        if doc.text.is_ascii() {
            return;
        }
        for block in doc.judged_blocks().filter(|block| !block.span.of(doc.text).is_ascii()) {
            for at in block.tokens.clone() {
                let token = &doc.tokens[at];
                let fits = token.kind == TokenKind::Word && token.shape == Shape::Lower && !token.quoted && token.span.len() > 3;
                if fits
                    && has_foreign_letter(doc.word(at))
                    && !self.loans.contains(&token.lower)
                    && !self.explained(doc, at, block.tokens.start, block.tokens.end)
                {
                    found.push(Candidate::at(token.span));
                }
            }
        }
    }
}

/// Whether a word has a Latin letter that no English word has, hyphens and clitics aside.
fn has_foreign_letter(word: &str) -> bool {
    !word.is_ascii() && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c as u32, 0xDF..=0xFF | 0x100..=0x24F | 0x1E00..=0x1EFF))
}
