//! What the detectors of near repetitions know about single words.

use crate::detect::registry::Parts;
use crate::language::{Annotated, Shape, Sym, SymSet, Token, TokenKind};

/// The class of a word that binds others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Preposition,
    Determiner,
    Pronoun,
    Auxiliary,
    Conjunction,
    Adverb,
    Reporting,
}

/// The closed word classes of English, by the number of the lower-case form.
pub(super) struct ClosedClasses(Vec<Option<Class>>);

impl ClosedClasses {
    pub(super) fn load(parts: &mut Parts) -> Result<ClosedClasses, String> {
        const LIST: &str = "lists/closed-class.tsv";
        let mut classes: Vec<Option<Class>> = Vec::new();
        for row in parts.lists.rows(LIST)? {
            let class = match row[1] {
                "preposition" => Class::Preposition,
                "determiner" => Class::Determiner,
                "pronoun" => Class::Pronoun,
                "auxiliary" => Class::Auxiliary,
                "conjunction" => Class::Conjunction,
                "adverb" => Class::Adverb,
                "reporting verb" => Class::Reporting,
                other => return Err(format!("{LIST}: \"{other}\" is no class")),
            };
            let form = parts.vocabulary.add(row[0]).0 as usize;
            classes.resize(classes.len().max(form + 1), None);
            classes[form] = Some(class);
        }
        Ok(ClosedClasses(classes))
    }

    /// The class of a form, `None` for the words that carry matter of their own.
    pub(super) fn of(&self, form: Sym) -> Option<Class> {
        self.0.get(form.0 as usize).copied().flatten()
    }

    /// Whether a token is a word with matter of its own.
    pub(super) fn is_content(&self, token: &Token) -> bool {
        token.kind == TokenKind::Word && token.span.len() > 1 && self.of(token.lower).is_none()
    }
}

/// The lower-case forms of a list's entries.
pub(super) fn forms(parts: &mut Parts, list: &str) -> Result<SymSet, String> {
    let entries = parts.entries(list)?;
    Ok(entries.iter().map(|entry| parts.vocabulary.add(entry)).collect())
}

/// Whether a token starts with a capital, as names do.
pub(super) fn is_capitalised(token: &Token) -> bool {
    matches!(token.shape, Shape::Capitalised | Shape::Upper | Shape::Mixed)
}

/// The token before `at` in its block.
pub(super) fn before<'d>(doc: &'d Annotated, block: &std::ops::Range<usize>, at: usize) -> Option<&'d Token> {
    (at > block.start).then(|| &doc.tokens[at - 1])
}

/// The token `at`, if the block still holds it.
pub(super) fn after<'d>(doc: &'d Annotated, block: &std::ops::Range<usize>, at: usize) -> Option<&'d Token> {
    (at < block.end).then(|| &doc.tokens[at])
}
