//! Detectors of the family `repetition`.

mod again;
mod oscillation;
mod runs;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "said-again" => Some(again::build(parts)),
        "oscillation" => Some(oscillation::build(parts)),
        _ => None,
    }
}
