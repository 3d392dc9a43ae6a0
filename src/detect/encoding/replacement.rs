use super::places::{self, Place};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::text::{DecodeStep, Span};

/// Finds U+FFFD that stands in the file itself: a character that was lost before the file was written.
pub(super) struct Replacement;

const LOST: &str = "\u{FFFD}";

impl Detector for Replacement {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        // What decoding put there is reported as such.
        if context.decoding.iter().any(|step| matches!(step, DecodeStep::Replaced { .. })) {
            return;
        }
        let text = context.doc.text;
        let mut places: Vec<Place> = Vec::new();
        for at in memchr::memmem::find_iter(text.as_bytes(), LOST) {
            let end = at + LOST.len();
            match places.last_mut() {
                Some(last) if last.span.end as usize == at => last.span.end = end as u32,
                _ => places.push(Place { span: Span::new(at, end), repair: None }),
            }
        }
        for place in &mut places {
            place.repair = apostrophe(text, place.span).then(|| "’".to_owned());
        }
        found.extend(places::gathered(text, places));
    }
}

/// Whether only an apostrophe fits: "don�t", "Iran�s".
fn apostrophe(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    let ending = &after[..end];
    // A mark of one lost letter; "Sinn F��in" has two.
    span.len() == LOST.len()
        && before.ends_with(char::is_alphabetic)
        && (ending == "t" && before.ends_with('n') || matches!(ending, "s" | "re" | "ve" | "ll"))
}
