//! Detectors of the family `syntax`.

mod clause;
mod repair;
mod verbless;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "repair" => Some(repair::Repair::build(parts)),
        "verbless" => Some(verbless::build(parts)),
        _ => None,
    }
}
