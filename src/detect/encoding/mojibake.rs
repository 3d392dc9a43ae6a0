use super::codecs::{self, Codecs};
use super::places::{self, Place};
use super::unscramble;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::text::Span;

/// Finds UTF-8 that was read in another encoding: "KÃ¶ln", "â€œ".
pub(super) struct Mojibake {
    codecs: Codecs,
}

impl Mojibake {
    pub(super) fn new() -> Mojibake {
        Mojibake { codecs: Codecs::new() }
    }
}

impl Detector for Mojibake {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let text = context.doc.text;
        let runs = unscramble::scrambled(&self.codecs, text);
        let Some(deepest) = runs.iter().max_by_key(|run| run.readings.len()) else { return };
        let steps: Vec<&str> = deepest.readings.iter().map(|&codec| codecs::name(codec)).collect();
        let places = runs.iter().map(|run| Place { span: Span::new(run.start, run.end), repair: Some(run.original.clone()) });
        if let Some(mut candidate) = places::gathered(text, places.collect()) {
            candidate.evidence.insert(0, explained(&steps));
            found.push(candidate);
        }
    }
}

/// The wrong readings in words.
fn explained(steps: &[&str]) -> String {
    match steps {
        [only] => format!("Steps back: written as {only}, read as UTF-8."),
        more => format!("Steps back, {} times over: written as {}, each time read as UTF-8.", more.len(), more.join(", then as ")),
    }
}
