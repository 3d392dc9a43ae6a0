//! Detectors of the family `number`.

mod ages;
mod amounts;
mod calendar;
mod clock;
mod digits;
mod glued;
mod ranges;
mod words;

use super::finding::Detector;
use super::registry::Parts;
use crate::language::{Annotated, Block, TokenKind};

/// The name under which the detectors here give the text that mends a finding.
const REPAIR: &str = "repair";

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    match name {
        "age-count" => Some(ages::build(parts)),
        "broken-grouping" => Some(digits::build(parts)),
        "impossible-date" => Some(calendar::build(parts)),
        "impossible-time" => Some(clock::build(parts)),
        "glued-number" => Some(glued::build(parts)),
        "number-range" => Some(ranges::build(parts)),
        "unequal-amounts" => Some(amounts::build(parts)),
        "words-and-figures" => Some(words::build(parts)),
        _ => None,
    }
}

/// Calls `each` with every number of the blocks that can be judged.
fn each_number(doc: &Annotated, mut each: impl FnMut(&Block, usize)) {
    for block in doc.judged_blocks() {
        for at in block.tokens.clone().filter(|&at| doc.tokens[at].kind == TokenKind::Number) {
            each(block, at);
        }
    }
}

/// The token before, inside the block, as it is written; empty where there is none.
fn before<'d>(doc: &'d Annotated, block: &Block, at: usize) -> &'d str {
    if at > block.tokens.start { doc.word(at - 1) } else { "" }
}

/// The token `by` places further, inside the block; empty where there is none.
fn after<'d>(doc: &'d Annotated, block: &Block, at: usize, by: usize) -> &'d str {
    if at + by < block.tokens.end { doc.word(at + by) } else { "" }
}

/// The value of a number written in figures, with commas between groups of three.
fn value(form: &str) -> Option<f64> {
    let plain: String = form.chars().filter(|&c| c != ',').collect();
    plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| plain.parse().ok()).flatten()
}

/// What a scale word multiplies by.
fn scale(word: &str) -> Option<f64> {
    match word {
        "thousand" | "k" => Some(1e3),
        "million" | "m" | "mn" => Some(1e6),
        "billion" | "bn" => Some(1e9),
        "trillion" | "tn" => Some(1e12),
        _ => None,
    }
}
