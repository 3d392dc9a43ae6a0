use serde::Deserialize;

use super::rarer;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, SymSet};
use crate::text::{Role, Span};

/// A report in the third person in which a sentence outside quotation marks says "I".
struct Narrator {
    first: SymSet,
    plural: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// The words by which a narrator speaks of himself.
    first: Vec<String>,
    /// Words that make the whole text a speaker's: a column, a speech.
    plural: Vec<String>,
}

/// Fewer sentences don't show who tells.
const SENTENCES: usize = 6;
/// More slips are a habit: an essay, an interview.
const SLIPS: usize = 2;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { first, plural } = parts.options()?;
    let mut symbols = |words: Vec<String>| words.iter().map(|word| parts.vocabulary.add(word)).collect();
    Ok(Box::new(Narrator { first: symbols(first), plural: symbols(plural) }))
}

impl Detector for Narrator {
    fn captures(&self) -> &'static [&'static str] {
        &["sentences"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let mut told = 0;
        let mut places: Vec<Span> = Vec::new();
        let mut quotes = 0;
        for block in doc.judged_blocks().filter(|block| block.role == Role::Body && !doc.is_heading(block)) {
            if doc.tokens[block.tokens.clone()].iter().any(|token| !token.quoted && self.plural.contains(&token.lower)) {
                return;
            }
            let sound = marks_pair(doc, block);
            quotes += usize::from(doc.tokens[block.tokens.clone()].iter().any(|token| token.quoted));
            for sentence in &doc.sentences[block.sentences.clone()] {
                told += 1;
                let slip = sentence.tokens.clone().find(|&at| {
                    !doc.tokens[at].quoted && self.first.contains(&doc.tokens[at].lower) && self.speaks(doc, sentence.tokens.start, at)
                });
                match slip {
                    Some(at) if sound => places.push(doc.tokens[at].span),
                    // Broken marks hide who speaks.
                    Some(_) => return,
                    None => {}
                }
            }
        }
        if told >= SENTENCES && quotes > 0 && (1..=SLIPS).contains(&places.len()) {
            found.extend(rarer(&places).map(|candidate| candidate.with("sentences", told.to_string())));
        }
    }
}

impl Narrator {
    /// "I" as a numeral, initial or letter ("World War I", "I. Newton", "Part I") speaks of nobody.
    fn speaks(&self, doc: &Annotated, start: usize, at: usize) -> bool {
        let word = doc.word(at);
        let after_name =
            at > start + 1 && doc.tokens[at].space_before && doc.word(at - 1).starts_with(char::is_uppercase) && !doc.is(at - 1, "I");
        let initial = doc.is(at + 1, ".") || word.ends_with('.') || doc.is(at + 1, "-");
        let tweet = at > 0 && matches!(doc.word(at - 1), "@" | "#");
        !(word == "I" && (after_name || initial)) && !tweet && word != "ME" && word != "MY"
    }
}

/// Whether every quotation mark of a block has its partner, or opens a quotation that goes on.
fn marks_pair(doc: &Annotated, block: &Block) -> bool {
    let from = doc.quotes.partition_point(|mark| mark.token < block.tokens.start);
    doc.quotes[from..].iter().take_while(|mark| mark.token < block.tokens.end).all(|mark| mark.partner.is_some())
}
