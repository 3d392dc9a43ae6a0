//! Edits, and how they are applied to a text.

use std::collections::BTreeMap;

use crate::detect::{Edit, Finding};
use crate::rule::Applicability;
use crate::text::Span;

/// The edits of all repairs that may be applied, in order, without overlap: where two collide the earlier one stays, and
/// a repair goes whole or not at all.
pub fn edits(findings: &[Finding], least: Applicability) -> Vec<Edit> {
    let mut taken: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for finding in findings {
        let Some(repair) = finding.repair.as_ref().filter(|repair| repair.applicability >= least) else { continue };
        let own: Vec<Edit> =
            std::iter::once(Edit { span: finding.span, text: repair.text.clone() }).chain(repair.also.iter().cloned()).collect();
        if !own.iter().any(|edit| collides(&taken, edit.span)) {
            taken.extend(own.into_iter().map(|edit| ((edit.span.start, edit.span.end), edit.text)));
        }
    }
    taken.into_iter().map(|((start, end), text)| Edit { span: Span { start, end }, text }).collect()
}

/// Whether a span overlaps one that is taken already, or is the same. Those taken don't overlap each other.
fn collides(taken: &BTreeMap<(u32, u32), String>, span: Span) -> bool {
    let before = taken.range(..=(span.start, u32::MAX)).next_back();
    let after = taken.range((span.start, 0)..).next();
    let hits = |&(start, end): &(u32, u32)| (start, end) == (span.start, span.end) || (start < span.end && span.start < end);
    before.is_some_and(|(place, _)| hits(place)) || after.is_some_and(|(place, _)| hits(place))
}

/// The text after the edits, which are in order and don't overlap; everything outside them stays as it was.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut fixed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        fixed.push_str(&text[at..edit.span.start as usize]);
        fixed.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    fixed.push_str(&text[at..]);
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_outside_edits_stay(text in "[a-zé ]{0,60}", cuts in prop::collection::vec((0usize..70, 0usize..70, "[xÿ]{0,5}"), 0..8)) {
            let boundary = |at: usize| { let mut at = at.min(text.len()); while !text.is_char_boundary(at) { at -= 1 } at };
            let mut edits: Vec<Edit> = Vec::new();
            for (a, b, new) in cuts {
                let (start, end) = (boundary(a.min(b)), boundary(a.max(b)));
                if edits.last().is_none_or(|last| last.span.end as usize <= start) {
                    edits.push(Edit { span: Span::new(start, end), text: new });
                }
            }
            let fixed = apply(&text, &edits);
            let removed: usize = edits.iter().map(|edit| edit.span.len()).sum();
            let added: usize = edits.iter().map(|edit| edit.text.len()).sum();
            prop_assert_eq!(fixed.len(), text.len() - removed + added);
            let head = edits.first().map_or(text.len(), |edit| edit.span.start as usize);
            prop_assert_eq!(&fixed[..head], &text[..head]);
            let tail = edits.last().map_or(0, |edit| edit.span.end as usize);
            prop_assert!(fixed.ends_with(&text[tail..]));
        }
    }
}
