//! The quality of an article: 0 to 100.
//!
//! `quality = 100 · exp(−(penalty + strangeness) / SOFTNESS)` with `penalty = Σ weight(severity) · confidence · (1 + extent / EXTENT) / (words + PRIOR) · 100`.
//! Every finding adds a positive term, so adding one never raises the quality; a spotless text has 100. The sum is a rate
//! per 100 words, so a long article of the same density has the same quality; [`PRIOR`] words of sound text are added to
//! each article, so that one blemish in a headline does not condemn it. The constants are this project's own choice.

//!
//! How strange the words are to the model ([`strangeness`]) moves it by three points at most: it orders an article's twins, it
//! condemns none.

use std::collections::BTreeMap;

use crate::rule::Severity;

/// The penalty, in weighted findings per 100 words, at which the quality has fallen to 100/e ≈ 37.
const SOFTNESS: f64 = 5.0;
/// Words of sound text that every article is granted.
const PRIOR: f64 = 60.0;

/// A fault that covers so many words weighs twice: a loop over a whole article condemns it, though it is one finding.
const EXTENT: f64 = 20.0;

/// What quality needs of a finding.
#[derive(Clone, Copy, Debug)]
pub struct Weighed<'r> {
    /// The family of its rule.
    pub family: &'r str,
    /// How much it harms a reader.
    pub severity: Severity,
    /// 0..1.
    pub confidence: f32,
    /// Words that the fault covers, at all its places.
    pub extent: usize,
}

fn weight(severity: Severity) -> f64 {
    match severity {
        Severity::Minor => 1.0,
        Severity::Major => 3.0,
        Severity::Critical => 9.0,
    }
}

/// Weighted findings per 100 words.
pub fn penalty<'r>(findings: impl IntoIterator<Item = Weighed<'r>>, words: usize) -> f64 {
    let weighed = |finding: Weighed| weight(finding.severity) * f64::from(finding.confidence) * (1.0 + finding.extent as f64 / EXTENT);
    let sum: f64 = findings.into_iter().map(weighed).sum();
    sum / (words as f64 + PRIOR) * 100.0
}

/// The quality of an article, and the same for each family that found something, as if it stood alone.
pub fn quality(findings: &[Weighed], words: usize, strangeness: f64) -> (f64, BTreeMap<String, f64>) {
    let of = |penalty: f64| 100.0 * (-penalty / SOFTNESS).exp();
    let mut families = BTreeMap::new();
    for finding in findings {
        if !families.contains_key(finding.family) {
            let own = findings.iter().copied().filter(|other| other.family == finding.family);
            families.insert(finding.family.to_owned(), of(penalty(own, words)));
        }
    }
    (of(penalty(findings.iter().copied(), words) + strangeness), families)
}

/// The most that strangeness adds to the penalty: three points of quality.
const STRANGEST: f64 = 0.15;
/// The mean excess of surprise, in quarter bits a word, at which half of that is reached, and how far from it a third more is:
/// set so that sound news (`human.dev`) lies around the middle, where differences show best.
const USUAL: (f64, f64) = (-3.0, 3.0);

/// What the model's surprise adds to the penalty, 0 to 0.15, by the mean excess of surprise over what the words alone
/// lead to expect, in quarter bits ([`crate::language::Reading::excess`]).
pub fn strangeness(excess: f64) -> f64 {
    STRANGEST / (1.0 + (-(excess - USUAL.0) / USUAL.1).exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finding() -> impl Strategy<Value = Weighed<'static>> {
        let severity = prop_oneof![Just(Severity::Minor), Just(Severity::Major), Just(Severity::Critical)];
        let family = prop_oneof![Just("repetition"), Just("case")];
        (family, severity, 0.0f32..=1.0, 0usize..50).prop_map(|(family, severity, confidence, extent)| Weighed {
            family,
            severity,
            confidence,
            extent,
        })
    }

    #[test]
    fn a_loop_over_a_whole_article_condemns_it() {
        let found = |extent| [Weighed { family: "repetition", severity: Severity::Critical, confidence: 0.9, extent }];
        assert!(quality(&found(300), 300, 0.0).0 < 1.0);
        assert!(quality(&found(4), 300, 0.0).0 > 30.0);
    }

    proptest! {
        #[test]
        fn adding_a_finding_never_raises_quality(findings in prop::collection::vec(finding(), 0..30), more in finding(), words in 0usize..5000) {
            let before = quality(&findings, words, 0.0).0;
            let mut all = findings;
            all.push(more);
            prop_assert!(quality(&all, words, 0.0).0 <= before);
        }

        #[test]
        fn quality_stays_in_its_range(findings in prop::collection::vec(finding(), 0..500), words in 0usize..5000) {
            let (all, families) = quality(&findings, words, 0.0);
            prop_assert!((0.0..=100.0).contains(&all));
            prop_assert!(families.values().all(|own| *own >= all));
        }

        #[test]
        fn the_same_density_gives_the_same_quality_at_any_length(findings in prop::collection::vec(finding(), 1..10), words in 200usize..400) {
            let ten: Vec<Weighed> = findings.iter().copied().cycle().take(findings.len() * 10).collect();
            let (short, long) = (penalty(findings, words), penalty(ten, words * 10));
            // Only the granted words part them: the longer text gains nothing by its length.
            prop_assert!(long >= short && long <= short * (words as f64 + PRIOR) / words as f64);
        }

        #[test]
        fn strangeness_orders_and_never_condemns(one in -50.0f64..50.0, more in 0.1f64..50.0, words in 1usize..5000) {
            let of = |excess: f64| quality(&[], words, strangeness(excess)).0;
            prop_assert!(of(one + more) < of(one) && of(one + more) >= 97.0);
        }

        #[test]
        fn a_spotless_text_has_full_quality(words in 0usize..100_000) {
            prop_assert_eq!(quality(&[], words, 0.0).0, 100.0);
        }
    }
}
