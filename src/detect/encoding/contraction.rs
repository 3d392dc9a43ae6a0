use memchr::memmem;
use serde::Deserialize;

use super::places::{self, Place};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Shape, Sym, TokenKind};

/// Finds contractions that a clean-up of characters cut ("They'r") or exchanged ("We're learned" for "We've learned").
struct Contraction {
    fault: Fault,
    /// Cut forms, as a table over the numbers of forms, which costs one look a token.
    cut: Vec<bool>,
    /// Participles that only "have" takes.
    participles: Vec<Sym>,
    pronouns: Vec<Sym>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    fault: Fault,
    /// A list of participles after which "are" is wrong.
    participles: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Cut,
    Exchanged,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { fault, participles } = parts.options()?;
    let participles = participles.map(|path| parts.entries(&path)).transpose()?.unwrap_or_default();
    let mut numbers = |words: &[&str]| words.iter().map(|word| parts.vocabulary.add(word)).collect::<Vec<Sym>>();
    let cut =
        numbers(&["they'r", "we'r", "you'r", "they'v", "we'v", "you'v", "i'v", "they'l", "we'l", "you'l", "i'l", "he'l", "she'l", "it'l"]);
    let pronouns = numbers(&["they're", "we're", "you're"]);
    let participles = participles.iter().map(|word| parts.vocabulary.add(word)).collect();
    let mut table = vec![false; cut.iter().map(|sym| sym.0 as usize + 1).max().unwrap_or(0)];
    cut.iter().for_each(|sym| table[sym.0 as usize] = true);
    Ok(Box::new(Contraction { fault, cut: table, participles, pronouns }))
}

impl Detector for Contraction {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        // Few texts hold what is looked for; one search over the bytes spares the others the tokens.
        let bytes = doc.text.as_bytes();
        if memmem::find(bytes, b"'").is_none() && memmem::find(bytes, "’".as_bytes()).is_none() {
            return;
        }
        let mut places = Vec::new();
        for block in doc.judged_blocks() {
            for at in block.tokens.clone() {
                let place = match self.fault {
                    Fault::Cut => self.cut(doc, at),
                    Fault::Exchanged => self.exchanged(doc, at, block.tokens.end),
                };
                places.extend(place);
            }
        }
        found.extend(places::gathered(doc.text, places));
    }
}

impl Contraction {
    fn cut(&self, doc: &Annotated, at: usize) -> Option<Place> {
        let token = &doc.tokens[at];
        if token.kind != TokenKind::Word || self.cut.get(token.lower.0 as usize) != Some(&true) {
            return None;
        }
        let word = doc.word(at);
        let end = if word.ends_with(['l', 'L']) { "l" } else { "e" };
        Some(Place { span: token.span, repair: Some(format!("{word}{end}")) })
    }

    /// "We're" before a participle that only "have" takes; any participle where a capital inside the sentence shows
    /// that a program wrote the word.
    fn exchanged(&self, doc: &Annotated, at: usize, end: usize) -> Option<Place> {
        let token = &doc.tokens[at];
        if token.clitic == 0 || !self.pronouns.contains(&token.lower) || at + 1 >= end {
            return None;
        }
        let next = &doc.tokens[at + 1];
        let program = token.shape == Shape::Capitalised
            && at > doc.sentence_of(at).tokens.start
            && doc.tokens[at - 1].shape == Shape::Lower
            && (doc.word(at + 1).ends_with("ed") || matches!(doc.word(at + 1), "seen" | "done" | "gone" | "made" | "taken"));
        (program || self.participles.contains(&next.lower)).then(|| {
            let word = doc.word(at);
            Place { span: token.span, repair: Some(format!("{}ve", &word[..word.len() - 2])) }
        })
    }
}
