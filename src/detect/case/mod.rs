//! Detectors of the family `case`.

mod odd_case;
mod one_case;
mod sentence_start;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "odd-case" => Some(odd_case::build(parts)),
        "one-case" => Some(one_case::build(parts)),
        "sentence-start" => Some(sentence_start::build(parts)),
        _ => None,
    }
}

/// A word with its first letter in upper case.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
