use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::text::{DecodeStep, Span};

/// Reports what decoding had to do to the bytes of a file.
struct Decoding {
    step: Step,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    step: Step,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Step {
    Guessed,
    Replaced,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { step } = parts.options()?;
    Ok(Box::new(Decoding { step }))
}

impl Detector for Decoding {
    fn captures(&self) -> &'static [&'static str] {
        &["encoding", "count"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let text = context.doc.text;
        for step in context.decoding {
            match (self.step, step) {
                (Step::Guessed, DecodeStep::Guessed(encoding)) => {
                    // The first letter that the guess decided; where all is ASCII after all, the first character.
                    let first = text.char_indices().find(|(_, c)| !c.is_ascii()).or_else(|| text.char_indices().next());
                    if let Some((at, c)) = first {
                        found.push(Candidate::at(Span::new(at, at + c.len_utf8())).with("encoding", *encoding));
                    }
                }
                (Step::Replaced, DecodeStep::Replaced { count, first }) => {
                    let marks = text[*first..].match_indices('\u{FFFD}').map(|(at, mark)| Span::new(first + at, first + at + mark.len()));
                    let mut candidate = Candidate::at(Span::new(*first, first + '\u{FFFD}'.len_utf8())).with("count", count.to_string());
                    candidate.related = marks.skip(1).take(99).collect();
                    found.push(candidate);
                }
                _ => {}
            }
        }
    }
}
