use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Shape, SymSet, Terminal};
use crate::text::Role;

/// Finds an article whose last sentence breaks off in the middle.
pub(super) struct BrokenOff {
    never_last: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Words in which no sentence ends.
    never_last: String,
}

/// After a word in which no sentence ends.
const MIDDLE: &str = "in the middle";
/// After dots, in an article that has none elsewhere.
const DOTS: &str = "dots";

impl BrokenOff {
    pub(super) fn new(parts: &mut Parts) -> Result<BrokenOff, String> {
        let Options { never_last } = parts.options()?;
        let forms = parts.entries(&never_last)?;
        Ok(BrokenOff { never_last: forms.iter().map(|form| parts.vocabulary.add(form)).collect() })
    }
}

impl Detector for BrokenOff {
    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let Some(block) = doc.judged_blocks().last() else { return };
        if block.tokens.len() < 6 || block.role != Role::Body || doc.sentences.len() < 4 {
            return;
        }
        let sentence = &doc.sentences[block.sentences.end - 1];
        let last = sentence.tokens.end - 1;
        let token = &doc.tokens[last];
        let grade = match sentence.terminal {
            Terminal::None if token.is_word() && token.shape == Shape::Lower && self.never_last.contains(&token.lower) => MIDDLE,
            Terminal::Ellipsis
                if sentence.tokens.len() > 3
                    && doc.tokens[last - 1].is_word()
                    && self.never_last.contains(&doc.tokens[last - 1].lower)
                    && !token.quoted =>
            {
                DOTS
            }
            _ => return,
        };
        let from = if grade == DOTS { last - 1 } else { last };
        found.push(Candidate::at(doc.span(from..last + 1)).graded(grade));
    }
}
