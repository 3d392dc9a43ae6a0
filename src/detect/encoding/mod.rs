//! Detectors of the family `encoding`.

mod decoding;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "decoding" => Some(decoding::build(parts)),
        _ => None,
    }
}
