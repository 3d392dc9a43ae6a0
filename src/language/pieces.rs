//! What the n-grams see of a sentence: words without their clitics, clitics, marks; no quotation marks.

use std::ops::Range;

use super::{Annotated, Shape, Token, TokenKind};
use crate::model::{CLASSES, Facts, Gram, Lexicon, class_of};

/// One item of a sentence as the n-grams see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The token that it comes from.
    pub token: usize,
    /// Its text; marks are made uniform, clitics have a straight apostrophe.
    pub text: &'t str,
    /// Whether it is a word or number, no clitic and no mark.
    pub is_word: bool,
}

/// The pieces of a run of tokens.
pub fn pieces<'t>(doc: &'t Annotated, tokens: Range<usize>, mut visit: impl FnMut(Piece<'t>)) {
    for token in tokens {
        let it = &doc.tokens[token];
        let text = it.span.of(doc.text);
        match it.kind {
            TokenKind::Punct | TokenKind::Symbol => {
                if let Some(text) = uniform(text) {
                    visit(Piece { token, text, is_word: false });
                }
            }
            TokenKind::Word => match clitic(it, text) {
                Some(clitic) => {
                    visit(Piece { token, text: it.host().of(doc.text), is_word: true });
                    visit(Piece { token, text: clitic, is_word: false });
                }
                None => visit(Piece { token, text, is_word: true }),
            },
            TokenKind::Number | TokenKind::Opaque => visit(Piece { token, text, is_word: true }),
        }
    }
}

/// A mark in the form that the n-grams know; `None` for quotation marks.
fn uniform(mark: &str) -> Option<&str> {
    Some(match mark {
        "\"" | "“" | "”" | "„" | "«" | "»" | "'" | "‘" | "’" | "`" | "‹" | "›" | "*" | "_" => return None,
        "-" | "--" | "---" | "–" | "—" | "―" => "–",
        "..." | ".." | "…" => "…",
        other => other,
    })
}

/// The clitic that is split off: all but "n’t", which changes its host.
pub(crate) fn clitic(token: &Token, text: &str) -> Option<&'static str> {
    if token.clitic == 0 {
        return None;
    }
    let end = &text[text.len() - usize::from(token.clitic)..];
    let letters = end.trim_start_matches(['\'', '’', '‘', 'ʼ', '`', '´']);
    Some(match letters {
        "" => "'",
        "s" | "S" => "'s",
        "ll" => "'ll",
        "re" => "'re",
        "ve" => "'ve",
        "d" => "'d",
        "m" => "'m",
        _ => return None,
    })
}

/// The number by which the n-grams know a piece, given what the lexicon knows of its text in lower case.
pub fn gram(lexicon: &Lexicon, facts: &Facts, text: &str, starts_sentence: bool) -> Gram {
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        return class_of(text);
    }
    let (mut capitals, mut capital_first) = (0, false);
    if facts.has_capital_entry || facts.gram < CLASSES {
        capitals = text.chars().filter(|c| c.is_uppercase()).count();
        capital_first = text.chars().next().is_some_and(char::is_uppercase);
    }
    if facts.has_capital_entry && (capitals > 1 || capital_first && !starts_sentence) {
        let own = lexicon.facts(text);
        if own.form.is_some() {
            return own.gram;
        }
    }
    if facts.gram >= CLASSES {
        return facts.gram;
    }
    let usually_lower = facts.form.is_some() && facts.capitalised < 8;
    if capitals == 0 || !(starts_sentence && capitals == 1 && usually_lower) { class_of(text) } else { facts.gram }
}

/// How a piece's text is written.
pub fn shape(text: &str) -> Shape {
    let (mut upper, mut lower) = (0, 0);
    text.chars().for_each(|c| {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    });
    let capital_first = text.chars().next().is_some_and(char::is_uppercase);
    match (upper, lower) {
        (0, 0) => Shape::Other,
        (0, _) => Shape::Lower,
        (2.., 0) => Shape::Upper,
        (1, _) if capital_first => Shape::Capitalised,
        _ => Shape::Mixed,
    }
}
