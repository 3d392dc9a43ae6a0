//! Detectors of the family `consistency`.

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, _parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        _ => None,
    }
}
