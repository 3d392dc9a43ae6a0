//! Detectors of the family `consistency`.

mod accents;
mod form_mix;
mod narrator;
mod quotation_style;

use super::finding::{Candidate, Detector};
use super::registry::Parts;
use crate::text::Span;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "accents" => Some(accents::build(parts)),
        "form-mix" => Some(form_mix::build(parts)),
        "narrator" => Some(narrator::build(parts)),
        "quotation-style" => Some(quotation_style::build(parts)),
        _ => None,
    }
}

/// Other places shown and mended with a finding; more help nobody, and a second round mends the rest.
const RELATED: usize = 99;

/// Names a number of places as an editor would.
fn times(count: usize) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{count} times"),
    }
}

/// A finding at the first of the places where the rarer form stands.
fn rarer(places: &[Span]) -> Option<Candidate> {
    let (first, others) = places.split_first()?;
    let mut candidate = Candidate::at(*first);
    candidate.related = others.iter().copied().take(RELATED).collect();
    Some(candidate)
}

/// Which of several forms is the odd one: the rarest, and of equally rare ones the one that comes last into the text.
fn odd_one(forms: &[Vec<Span>]) -> Option<usize> {
    let used = || forms.iter().enumerate().filter(|(_, places)| !places.is_empty());
    if used().count() < 2 {
        return None;
    }
    used().min_by_key(|(_, places)| (places.len(), std::cmp::Reverse(places[0].start))).map(|(at, _)| at)
}

/// The most frequent of several forms; of equally frequent ones the first in the text.
fn usual_one(forms: &[Vec<Span>], odd: usize) -> Option<usize> {
    let others = forms.iter().enumerate().filter(|(at, places)| *at != odd && !places.is_empty());
    others.min_by_key(|(_, places)| (std::cmp::Reverse(places.len()), places[0].start)).map(|(at, _)| at)
}
