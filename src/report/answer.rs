//! The JSON answer, version 1. Fields are added, never changed or taken away, within a version.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::checker::{Checker, Report};
use crate::detect::{Finding, Repair};
use crate::extract::{Document, Locator, Place};
use crate::rule::{Applicability, Severity};
use crate::score::Verdict;
use crate::text::{Span, StableHash};

/// Code points of a finding's text that are shown.
const SHOWN_TEXT: usize = 200;

/// What was found in one document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// 1.
    pub schema_version: u32,
    /// The record's own id, else the file's path.
    pub id: String,
    /// The file.
    pub path: String,
    /// The language that the rules were chosen by.
    pub language: AnswerLanguage,
    /// Words, numbers and addresses in the text.
    pub words: usize,
    /// 0 to 100; null where it can't be judged.
    pub quality: Option<f64>,
    /// The quality by family, for the families that found something.
    pub scores: BTreeMap<String, f64>,
    /// What to do with the article.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<String>,
    /// In the order of the text.
    pub findings: Vec<AnswerFinding>,
    /// Asked for by `--word-scores`: start and end of each word or mark in code points, and how likely an editor would change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word_scores: Option<Vec<(usize, usize, f64)>>,
}

/// A document that could not be read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerError {
    /// 1.
    pub schema_version: u32,
    /// The file, with the line where it is a record's.
    pub id: String,
    /// The file.
    pub path: String,
    /// What is wrong.
    pub error: String,
}

/// A language.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerLanguage {
    /// ISO 639-1.
    pub code: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// One finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerFinding {
    /// `family/kebab-name`.
    pub rule: String,
    /// How much it harms a reader.
    pub severity: Severity,
    /// The probability, 0 to 1, that an editor would act on it.
    pub confidence: f64,
    /// Start and end (exclusive) in UTF-8 bytes of the checked text.
    pub bytes: (usize, usize),
    /// The same in Unicode code points.
    pub chars: (usize, usize),
    /// Where that stands in the original file.
    pub source: AnswerSource,
    /// The faulty text, cut at 200 code points.
    pub text: String,
    /// Whether it was cut.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
    /// What is wrong.
    pub message: String,
    /// What backs it.
    pub evidence: Vec<String>,
    /// Other places of the same fault.
    pub related: Vec<AnswerRelated>,
    /// Repairs, the best first.
    pub suggestions: Vec<AnswerSuggestion>,
    /// 16 hexadecimal digits that stay the same when text is added elsewhere.
    pub fingerprint: String,
}

/// A place in the original file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerSource {
    /// First byte.
    pub start: u64,
    /// Byte after the last.
    pub end: u64,
    /// Line, from 1.
    pub line: u64,
    /// Column in code points, from 1.
    pub column: u64,
    /// Line of the end.
    pub end_line: u64,
    /// Column of the end, exclusive.
    pub end_column: u64,
    /// The field of a record, as a JSON Pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// Another place of the same fault.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerRelated {
    /// In UTF-8 bytes of the checked text.
    pub bytes: (usize, usize),
    /// In Unicode code points.
    pub chars: (usize, usize),
    /// Where that stands in the original file.
    pub source: AnswerSource,
    /// The text there, cut at 200 code points.
    pub text: String,
}

/// A repair: a text for the finding's place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerSuggestion {
    /// What replaces the faulty text.
    pub text: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// Edits at other places that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AnswerEdit>,
}

/// An edit at another place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerEdit {
    /// In UTF-8 bytes of the checked text.
    pub bytes: (usize, usize),
    /// In Unicode code points.
    pub chars: (usize, usize),
    /// What replaces the text there.
    pub text: String,
}

/// The answer to a document, with every place in every unit.
pub fn answer(checker: &Checker, document: &Document, report: &Report) -> Answer {
    let mut findings = Vec::with_capacity(report.findings.len());
    if !report.findings.is_empty() {
        // Two locators, because the other places of a fault may lie far from it.
        let (mut own, mut others) = (document.locator(), document.locator());
        for (finding, fingerprint) in report.findings.iter().zip(&report.fingerprints) {
            findings.push(answer_finding(checker, document, finding, *fingerprint, &mut own, &mut others));
        }
    }
    let word_scores = report.word_scores.as_ref().map(|scores| {
        let mut locator = document.locator();
        let scored = scores.iter().map(|(span, score)| {
            let (start, end) = locator.place(*span).chars;
            (start, end, rounded(f64::from(*score)))
        });
        scored.collect()
    });
    Answer {
        schema_version: 1,
        id: document.id.clone(),
        path: document.path.clone(),
        language: AnswerLanguage { code: report.language.code.0.to_owned(), confidence: rounded(report.language.confidence) },
        words: report.words,
        quality: report.quality,
        scores: report.scores.clone(),
        verdict: report.verdict,
        reasons: report.reasons.clone(),
        findings,
        word_scores,
    }
}

fn answer_finding(
    checker: &Checker,
    document: &Document,
    finding: &Finding,
    fingerprint: u64,
    own: &mut Locator,
    others: &mut Locator,
) -> AnswerFinding {
    let place = own.place(finding.span);
    let rule = &checker.rules()[finding.rule];
    let (text, truncated) = cut(finding.span.of(&document.text));
    let related = finding.related.iter().map(|span| {
        let place = others.place(*span);
        AnswerRelated { bytes: place.bytes, chars: place.chars, source: source(&place), text: cut(span.of(&document.text)).0 }
    });
    AnswerFinding {
        rule: rule.id.clone(),
        severity: finding.severity,
        confidence: rounded(f64::from(finding.confidence)),
        bytes: place.bytes,
        chars: place.chars,
        source: source(&place),
        text,
        truncated,
        message: finding.message.clone(),
        evidence: finding.evidence.clone(),
        related: related.collect(),
        suggestions: finding.repair.iter().chain(&finding.alternatives).map(|repair| suggestion(repair, others)).collect(),
        fingerprint: format!("{fingerprint:016x}"),
    }
}

fn suggestion(repair: &Repair, others: &mut Locator) -> AnswerSuggestion {
    let also = repair.also.iter().map(|edit| {
        let place = others.place(edit.span);
        AnswerEdit { bytes: place.bytes, chars: place.chars, text: edit.text.clone() }
    });
    AnswerSuggestion { text: repair.text.clone(), applicability: repair.applicability, also: also.collect() }
}

fn source(place: &Place) -> AnswerSource {
    AnswerSource {
        start: place.source.0,
        end: place.source.1,
        line: place.start.0,
        column: place.start.1,
        end_line: place.end.0,
        end_column: place.end.1,
        field: place.field.clone(),
    }
}

fn cut(text: &str) -> (String, bool) {
    match text.char_indices().nth(SHOWN_TEXT) {
        Some((at, _)) => (text[..at].to_owned(), true),
        None => (text.to_owned(), false),
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

impl AnswerFinding {
    /// A finding about a whole article, placed at one of its words: its verdict, and the reasons for it.
    pub fn of_article(document: &Document, span: Span, answer: &Answer) -> AnswerFinding {
        let place = document.places([span]).remove(0);
        let rule = format!("article/{}", answer.verdict.name());
        let mut hash = StableHash::default();
        hash.add(rule.as_bytes());
        hash.add(answer.id.as_bytes());
        AnswerFinding {
            severity: Severity::Major,
            confidence: 1.0,
            bytes: place.bytes,
            chars: place.chars,
            source: source(&place),
            text: cut(span.of(&document.text)).0,
            truncated: false,
            message: format!("the verdict on this article is “{}”", answer.verdict.name()),
            evidence: answer.reasons.clone(),
            related: Vec::new(),
            suggestions: Vec::new(),
            fingerprint: format!("{:016x}", hash.value()),
            rule,
        }
    }
}
