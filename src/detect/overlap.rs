//! Settles findings that claim the same text.

use std::cmp::Ordering;

use super::Finding;
use crate::rule::Rule;

/// Orders by place, and lets one finding stay where several of a family overlap: the more confident, then the longer,
/// then the one of the smaller id. Findings of different families both stay, but only one keeps a repair.
pub(super) fn settle(mut findings: Vec<Finding>, rules: &[Rule]) -> Vec<Finding> {
    findings.sort_by(|a, b| (a.span, &rules[a.rule].id).cmp(&(b.span, &rules[b.rule].id)));
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    // `kept` is ordered by start; an overlap lies within the stretch that still reaches past the new start.
    let mut reach: Vec<usize> = Vec::new();
    for finding in findings {
        reach.retain(|&at| kept[at].span.end > finding.span.start);
        let rivals: Vec<usize> =
            reach.iter().copied().filter(|&at| rules[kept[at].rule].family() == rules[finding.rule].family()).collect();
        if rivals.iter().any(|&at| prefer(&kept[at], &finding, rules) != Ordering::Less) {
            continue;
        }
        for &at in rivals.iter().rev() {
            kept.remove(at);
            reach.retain(|&r| r != at);
            reach.iter_mut().filter(|r| **r > at).for_each(|r| *r -= 1);
        }
        reach.push(kept.len());
        kept.push(finding);
    }
    one_repair_a_place(&mut kept, rules);
    kept
}

/// Greater is better.
fn prefer(a: &Finding, b: &Finding, rules: &[Rule]) -> Ordering {
    let by_confidence = a.confidence.total_cmp(&b.confidence);
    let by_length = a.span.len().cmp(&b.span.len());
    by_confidence.then(by_length).then_with(|| rules[b.rule].id.cmp(&rules[a.rule].id))
}

fn one_repair_a_place(kept: &mut [Finding], rules: &[Rule]) {
    let mut claims: Vec<(crate::text::Span, usize)> = Vec::new();
    for (at, finding) in kept.iter().enumerate() {
        if let Some(repair) = &finding.repair {
            claims.push((finding.span, at));
            claims.extend(repair.also.iter().map(|edit| (edit.span, at)));
        }
    }
    claims.sort_by_key(|&(span, at)| (span.start, span.end, at));
    let mut standing: Option<(crate::text::Span, usize)> = None;
    let mut lost = vec![false; kept.len()];
    for (span, at) in claims {
        if lost[at] {
            continue;
        }
        match standing {
            Some((before, owner)) if owner != at && (before.overlaps(span) || before == span) => {
                if prefer(&kept[owner], &kept[at], rules) == Ordering::Less {
                    lost[owner] = true;
                    standing = Some((span, at));
                } else {
                    lost[at] = true;
                }
            }
            _ => standing = Some((span, at)),
        }
    }
    for (finding, _) in kept.iter_mut().zip(lost).filter(|(_, lost)| *lost) {
        finding.repair = None;
        finding.alternatives.clear();
    }
}
