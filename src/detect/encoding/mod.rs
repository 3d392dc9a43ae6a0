//! Detectors of the family `encoding`.

mod alike;
mod codecs;
mod contraction;
mod decoding;
mod entities;
mod escapes;
mod forms;
mod lost;
mod mojibake;
mod places;
mod replacement;
mod unscramble;
mod unseen;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "contraction" => Some(contraction::build(parts)),
        "decoding" => Some(decoding::build(parts)),
        "entities" => Some(entities::build(parts)),
        "escapes" => Some(Ok(Box::new(escapes::Escapes))),
        "letter-form" => Some(forms::build(parts)),
        "look-alike" => Some(alike::build(parts)),
        "lost-character" => Some(lost::build(parts)),
        "mojibake" => Some(Ok(Box::new(mojibake::Mojibake::new()))),
        "replacement-character" => Some(Ok(Box::new(replacement::Replacement))),
        "unseen" => Some(unseen::build(parts)),
        _ => None,
    }
}
