//! Detectors of the family `repetition`.

mod coordinated;
mod doubled;
mod echo;
mod phrase;
mod words;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "doubled" => Some(doubled::build(parts)),
        "coordinated-word" => Some(coordinated::build(parts)),
        "repeated-phrase" => Some(phrase::build(parts)),
        "clause-echo" => Some(echo::build(parts)),
        _ => None,
    }
}
