use serde::Deserialize;

use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Shape, SymSet, Terminal};

/// Finds a full stop that tears a sentence: what follows goes on in lower case with a word that opens no sentence.
pub(super) struct FalseStop {
    go_on: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Words that carry a sentence on.
    go_on: String,
}

impl FalseStop {
    pub(super) fn new(parts: &mut Parts) -> Result<FalseStop, String> {
        let Options { go_on } = parts.options()?;
        let go_on = parts.entries(&go_on)?.iter().map(|form| parts.vocabulary.add(form)).collect();
        Ok(FalseStop { go_on })
    }
}

impl Detector for FalseStop {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR, "next"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.judged_blocks() {
            for pair in doc.sentences[block.sentences.clone()].windows(2) {
                let (torn, rest) = (&pair[0], &pair[1]);
                let stop = torn.tokens.end - 1;
                let next = rest.tokens.start;
                if torn.terminal != Terminal::Stop
                    || !rest.lower_start
                    || rest.glued
                    || stop <= torn.tokens.start
                    || doc.tokens[next].line_before
                {
                    continue;
                }
                let before = &doc.tokens[stop - 1];
                let ended = doc.is(stop, ".")
                    && !doc.tokens[stop].space_before
                    && before.is_word()
                    && before.shape == Shape::Lower
                    && marks::is_long(before, 4);
                let initials = rest.tokens.len() > 1 && doc.is(next + 1, "/");
                if ended && !initials && self.go_on.contains(&doc.tokens[next].lower) {
                    let repair = format!("{} {}", doc.word(stop - 1), doc.word(next));
                    found.push(marks::mended(doc.span(stop - 1..next + 1), repair).with("next", doc.word(next)));
                }
            }
        }
    }
}
