use std::str::FromStr;

use crate::rule::Severity;
use crate::score::Verdict;

/// What makes a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Any shown finding.
    #[default]
    Any,
    /// A shown finding of this severity or worse.
    Severity(Severity),
    /// A verdict of this kind or worse.
    Verdict(Verdict),
    /// More shown findings than this, over all documents.
    Count(u64),
}

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<FailOn, String> {
        Ok(match text {
            "any" => FailOn::Any,
            "minor" => FailOn::Severity(Severity::Minor),
            "major" => FailOn::Severity(Severity::Major),
            "critical" => FailOn::Severity(Severity::Critical),
            "review" => FailOn::Verdict(Verdict::Review),
            "reject" => FailOn::Verdict(Verdict::Reject),
            _ => {
                let count = text.strip_prefix("count>").and_then(|number| number.parse().ok());
                FailOn::Count(count.ok_or("expected any, minor, major, critical, review, reject or count>N")?)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_are_read() {
        assert_eq!("count>12".parse(), Ok(FailOn::Count(12)));
        assert_eq!("reject".parse(), Ok(FailOn::Verdict(Verdict::Reject)));
        assert!("count>".parse::<FailOn>().is_err());
        assert!("all".parse::<FailOn>().is_err());
    }
}
