//! Detectors of the family `repetition`.

mod again;
mod coordinated;
mod doubled;
mod echo;
mod oscillation;
mod phrase;
mod runs;
mod words;

pub(super) use self::runs::{Run, Words};
use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "clause-echo" => Some(echo::build(parts)),
        "coordinated-word" => Some(coordinated::build(parts)),
        "doubled" => Some(doubled::build(parts)),
        "oscillation" => Some(oscillation::build(parts)),
        "repeated-phrase" => Some(phrase::build(parts)),
        "said-again" => Some(again::build(parts)),
        _ => None,
    }
}
