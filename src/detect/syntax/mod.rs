//! Detectors of broken sentences.

mod repair;

use super::finding::Detector;
use super::registry::Parts;

/// The detector of a name, if it is one of these.
pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    Some(match name {
        "repair" => repair::Repair::build(parts),
        _ => return None,
    })
}
