use std::collections::BTreeMap;

use thiserror::Error;

use crate::detect::{Context, Engine, EngineError, Finding};
use crate::extract::Document;
use crate::fluency::Fluency;
use crate::language::{Annotated, Identified};
use crate::policy::{Config, SelectError};
use crate::rule::{Rule, RuleSet};
use crate::score::{self, Verdict, Weighed};
use crate::text::{Span, StableHash};

/// Why a checker could not be built.
#[derive(Debug, Error)]
pub enum CheckerError {
    /// The configuration selects what does not exist.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// A rule names a detector wrongly.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Checks documents. Built once; shared by threads.
pub struct Checker {
    engine: Engine,
    config: Config,
}

/// The answer to one document.
#[derive(Clone, Debug)]
pub struct Report {
    /// The language that the rules were chosen by.
    pub language: Identified,
    /// Words, numbers and addresses in the text.
    pub words: usize,
    /// 0..100; `None` where the language can't be judged or there are no words.
    pub quality: Option<f64>,
    /// The quality by family, for the families that found something.
    pub scores: BTreeMap<String, f64>,
    /// What to do with the article.
    pub verdict: Verdict,
    /// Why, in sentences.
    pub reasons: Vec<String>,
    /// The findings at or above the confidence asked for, in the order of the text.
    pub findings: Vec<Finding>,
    /// One number a finding that does not change when text is added elsewhere.
    pub fingerprints: Vec<u64>,
    /// Asked for by [`Config::word_scores`]: words and marks in order, and how likely an editor would change each, 0 to 1; `None`
    /// where the text was not read with a model.
    pub word_scores: Option<Vec<(Span, f32)>>,
    /// For each finding the sentence or sentences that it stands in, cut at 400 bytes on each side.
    pub contexts: Vec<Span>,
}

impl Checker {
    /// A checker with a set of rules and a configuration.
    ///
    /// # Errors
    /// If the configuration selects what does not exist, or a rule names a detector wrongly.
    pub fn new(set: RuleSet, config: Config) -> Result<Checker, CheckerError> {
        config.selection.check(&set)?;
        let engine = Engine::new(set, config.expected_language, config.word_scores, |rule| config.selection.runs(rule))?;
        Ok(Checker { engine, config })
    }

    /// All rules that the checker knows; [`Finding::rule`] is an index into them.
    pub fn rules(&self) -> &[Rule] {
        self.engine.rules()
    }

    /// The configuration that it was built with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Reads a document and judges it. Depends on nothing but the document, the rules and the configuration.
    pub fn check(&self, document: &Document) -> Report {
        let layout = document.layout();
        let doc = self.engine.annotate(&document.text, &layout);
        let all = self.engine.run(&Context::new(&doc, &document.decoding));
        let rules = self.engine.rules();
        let weighed: Vec<Weighed> = all.iter().map(|finding| weigh(finding, rules, &doc)).collect();
        let (quality, scores) =
            score::quality(&weighed, doc.words, doc.reading.as_ref().map_or(0.0, |reading| score::strangeness(reading.excess())));
        let findings: Vec<Finding> = all.into_iter().filter(|finding| finding.confidence >= self.config.min_confidence).collect();
        let shown: Vec<Weighed> = findings.iter().map(|finding| weigh(finding, rules, &doc)).collect();
        let language = doc.language;
        let judged = self.engine.active().any(|rule| rule.languages.iter().any(|known| known == language.code.0))
            || self.engine.active().next().is_none();
        let (quality, verdict, reasons) = if doc.words == 0 {
            (None, Verdict::Empty, vec!["there are no words".to_owned()])
        } else if !judged && language.code != self.config.expected_language {
            (None, Verdict::Unsupported, vec![format!("no rules can judge a text in the language \"{}\"", language.code.0)])
        } else {
            let (verdict, reasons) = score::judge(quality, &shown, doc.words, self.config.limits);
            (Some(quality), verdict, reasons)
        };
        let fingerprints = fingerprints(&findings, rules, &doc);
        let contexts = findings.iter().map(|finding| context(finding, &doc)).collect();
        let word_scores = if self.config.word_scores { word_scores(&doc) } else { None };
        Report { word_scores, language, words: doc.words, quality, scores, verdict, reasons, findings, fingerprints, contexts }
    }
}

fn word_scores(doc: &Annotated) -> Option<Vec<(Span, f32)>> {
    let scores = Fluency::embedded()?.word_scores(doc)?;
    Some(doc.tokens.iter().map(|token| token.span).zip(scores).collect())
}

fn weigh<'r>(finding: &Finding, rules: &'r [Rule], doc: &Annotated) -> Weighed<'r> {
    let extent = std::iter::once(&finding.span).chain(&finding.related).map(|span| doc.tokens_in(*span).len()).sum();
    Weighed { family: rules[finding.rule].family(), severity: finding.severity, confidence: finding.confidence, extent }
}

/// The rule, the faulty text and the words around it; equal findings are told apart by their order.
fn fingerprints(findings: &[Finding], rules: &[Rule], doc: &Annotated) -> Vec<u64> {
    const WORDS_AROUND: usize = 3;
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let tokens = doc.tokens_in(finding.span);
            let mut hash = StableHash::default();
            hash.add(rules[finding.rule].id.as_bytes());
            hash.add(finding.span.of(doc.text).as_bytes());
            let around = tokens.start.saturating_sub(WORDS_AROUND)..(tokens.end + WORDS_AROUND).min(doc.tokens.len());
            around.for_each(|at| hash.add(doc.word(at).as_bytes()));
            let order = seen.entry(hash.value()).and_modify(|count| *count += 1).or_insert(0);
            hash.add(&order.to_le_bytes());
            hash.value()
        })
        .collect()
}

/// Bytes of a sentence that are kept on each side of a fault, so that a text without sentences stays linear.
const AROUND: usize = 400;

fn context(finding: &Finding, doc: &Annotated) -> Span {
    let whole = match doc.tokens_in(finding.span) {
        tokens if tokens.is_empty() => finding.span,
        tokens => finding.span.to(doc.sentence_of(tokens.start).span).to(doc.sentence_of(tokens.end - 1).span),
    };
    let (mut start, mut end) = (
        whole.range().start.max(finding.span.range().start.saturating_sub(AROUND)),
        whole.range().end.min(finding.span.range().end + AROUND),
    );
    while !doc.text.is_char_boundary(start) {
        start += 1;
    }
    while !doc.text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end)
}
