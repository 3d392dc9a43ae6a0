use serde::{Deserialize, Serialize};

use super::quality::Weighed;
use crate::rule::Severity;

/// What to do with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "formats", derive(schemars::JsonSchema))]
pub enum Verdict {
    /// Nothing stands in the way.
    Publish,
    /// An editor should read it first.
    Review,
    /// Too broken to mend.
    Reject,
    /// In a language without rules that can judge it.
    Unsupported,
    /// Without words.
    Empty,
}

impl Verdict {
    /// "publish", "review" and so on.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Publish => "publish",
            Verdict::Review => "review",
            Verdict::Reject => "reject",
            Verdict::Unsupported => "unsupported",
            Verdict::Empty => "empty",
        }
    }
}

/// Where the verdicts part, as quality 0..100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Below this an article is rejected.
    pub reject: f64,
    /// Below this an article is to be reviewed.
    pub review: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { reject: 50.0, review: 90.0 }
    }
}

/// Fewer words than this are too little to reject.
const TOO_SHORT: usize = 20;

/// The verdict on an article, and why.
pub fn judge(quality: f64, shown: &[Weighed], words: usize, limits: Limits) -> (Verdict, Vec<String>) {
    let mut reasons = Vec::new();
    let critical = shown.iter().filter(|finding| finding.severity == Severity::Critical).count();
    if critical > 0 {
        reasons.push(format!("{} that must not be published", counted(critical, "finding")));
    }
    let major = shown.iter().filter(|finding| finding.severity == Severity::Major).count();
    if major > 0 {
        reasons.push(format!("{} at which a reader stumbles", counted(major, "finding")));
    }
    let by_quality = if quality < limits.reject {
        reasons.push(format!("quality {quality:.0} is below {:.0}", limits.reject));
        Verdict::Reject
    } else if quality < limits.review {
        reasons.push(format!("quality {quality:.0} is below {:.0}", limits.review));
        Verdict::Review
    } else {
        Verdict::Publish
    };
    let by_findings = match (critical, major) {
        (0, 0) => Verdict::Publish,
        (0, _) => Verdict::Review,
        _ => Verdict::Reject,
    };
    let verdict = by_quality.max(by_findings);
    if verdict == Verdict::Reject && words < TOO_SHORT {
        reasons.push(format!("too short to reject ({})", counted(words, "word")));
        return (Verdict::Review, reasons);
    }
    (verdict, reasons)
}

fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(severity: Severity) -> Weighed<'static> {
        Weighed { family: "case", severity, confidence: 0.9, extent: 2 }
    }

    #[test]
    fn verdicts_follow_quality_and_the_worst_finding() {
        let limits = Limits::default();
        assert_eq!(judge(100.0, &[], 300, limits), (Verdict::Publish, vec![]));
        assert_eq!(judge(98.0, &[found(Severity::Minor)], 300, limits).0, Verdict::Publish);
        assert_eq!(judge(98.0, &[found(Severity::Major)], 300, limits).0, Verdict::Review);
        assert_eq!(judge(98.0, &[found(Severity::Critical)], 300, limits).0, Verdict::Reject);
        assert_eq!(judge(40.0, &[], 300, limits).0, Verdict::Reject);
    }

    #[test]
    fn a_short_text_is_never_rejected() {
        let (verdict, reasons) = judge(10.0, &[found(Severity::Critical)], 19, Limits::default());
        assert_eq!(verdict, Verdict::Review);
        assert!(reasons.last().unwrap().contains("19 words"));
    }
}
