use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;
use crate::rule::Severity;
use crate::score::Verdict;

/// Counts over all documents of a run.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Documents read.
    pub documents: u64,
    /// Documents or files that could not be read.
    pub errors: u64,
    /// Words in the documents.
    pub words: u64,
    /// Findings shown.
    pub findings: u64,
    /// Findings shown, by family.
    pub families: BTreeMap<String, u64>,
    /// Findings shown, by severity.
    pub severities: BTreeMap<String, u64>,
    /// Documents by verdict.
    pub verdicts: BTreeMap<String, u64>,
}

impl Summary {
    /// Counts a document.
    pub fn add(&mut self, answer: &Answer) {
        self.documents += 1;
        self.words += answer.words as u64;
        self.findings += answer.findings.len() as u64;
        for finding in &answer.findings {
            let family = finding.rule.split('/').next().unwrap_or(&finding.rule);
            *self.families.entry(family.to_owned()).or_default() += 1;
            *self.severities.entry(finding.severity.name().to_owned()).or_default() += 1;
        }
        *self.verdicts.entry(answer.verdict.name().to_owned()).or_default() += 1;
    }

    /// Findings of a severity or worse.
    pub fn at_least(&self, severity: Severity) -> u64 {
        let worse = [Severity::Minor, Severity::Major, Severity::Critical].into_iter().filter(|other| *other >= severity);
        worse.filter_map(|severity| self.severities.get(severity.name())).sum()
    }

    /// Documents with a verdict, of those that judge: publish, review, reject.
    pub fn with_verdict(&self, verdict: Verdict) -> u64 {
        self.verdicts.get(verdict.name()).copied().unwrap_or(0)
    }
}
