//! A fault of characters runs through an article: its places are gathered into one finding.

use crate::detect::finding::{Candidate, Edit};
use crate::text::Span;

/// The name under which the detectors here give the text that mends the finding's own place.
pub(super) const REPAIR: &str = "repair";

/// Other places that a finding names at most; its repair mends them all.
const SHOWN: usize = 99;

/// One place of a fault.
pub(super) struct Place {
    /// Where it stands.
    pub(super) span: Span,
    /// The text that belongs there, where that is certain.
    pub(super) repair: Option<String>,
}

/// One finding for all places, which are in the order of the text; `None` if there are none.
pub(super) fn gathered(text: &str, places: Vec<Place>) -> Option<Candidate> {
    let others = places.len().saturating_sub(1);
    let mut places = places.into_iter();
    let first = places.next()?;
    let repair = first.repair.unwrap_or_else(|| first.span.of(text).to_owned());
    let mut candidate = Candidate::at(first.span).with(REPAIR, repair);
    if others > 0 {
        let times = if others == 1 { "in 1 other place".to_owned() } else { format!("in {others} other places") };
        candidate.evidence.push(format!("The fault runs through the article: it stands {times} too."));
    }
    for place in places {
        if candidate.related.len() < SHOWN {
            candidate.related.push(place.span);
        }
        candidate.also.extend(place.repair.map(|text| Edit { span: place.span, text }));
    }
    Some(candidate)
}
