//! Tries the examples of rule files: each is a named test.

use crate::checker::{Checker, CheckerError};
use crate::detect::Finding;
use crate::extract::{DecodedPart, Document, plain};
use crate::fix;
use crate::policy::{Config, Selection};
use crate::rule::{Applicability, Body, Example, ExampleKind, Rule, RuleSet, Status};
use crate::text::{OffsetMap, Part, Role, Span};

/// One example, and what came of it.
#[derive(Clone, Debug)]
pub struct Trial {
    /// `family/rule bad 1`.
    pub name: String,
    /// What went against the promise; `None` if it held.
    pub failure: Option<String>,
}

/// Rounds in which repairs must come to rest.
const ROUNDS: usize = 10;

/// Tries the examples of all rules that `chosen` names.
///
/// # Errors
/// If the rules don't make a checker.
pub fn try_examples(set: impl Fn() -> RuleSet, chosen: impl Fn(&Rule) -> bool) -> Result<Vec<Trial>, CheckerError> {
    let checker = |select: Vec<String>| {
        let selection = Selection { select, ignore: Vec::new(), preview: true };
        Checker::new(set(), Config { selection, min_confidence: 0.0, ..Config::default() })
    };
    let all = checker(Vec::new())?;
    let mut trials = Vec::new();
    for (at, rule) in all.rules().iter().enumerate().filter(|(_, rule)| chosen(rule)) {
        // What the rule finds is tried alone, so that no other rule's claim on the same words hides it.
        let checkers = Checkers { alone: checker(vec![rule.id.clone()])?, all: &all };
        let mut counts = [0; 3];
        for example in &rule.examples {
            let (kind, slot) = match example.kind {
                ExampleKind::Bad { .. } => ("bad", 0),
                ExampleKind::Good => ("good", 1),
                ExampleKind::KnownBad | ExampleKind::KnownGood => ("known", 2),
            };
            counts[slot] += 1;
            let failure = try_example(&checkers, at, example).err();
            trials.push(Trial { name: format!("{} {kind} {}", rule.id, counts[slot]), failure });
        }
    }
    Ok(trials)
}

struct Checkers<'c> {
    alone: Checker,
    all: &'c Checker,
}

fn try_example(checkers: &Checkers, rule: usize, example: &Example) -> Result<(), String> {
    let (findings, text) = findings(&checkers.alone, example, &example.text.text);
    let own: Vec<&Finding> = findings.iter().filter(|finding| finding.rule == rule).collect();
    // The marks are counted in the example's text, which is the document's last part.
    let shift = (text.len() - example.text.text.len()) as u32;
    match &example.kind {
        ExampleKind::Bad { fixed } => {
            let mark = example.text.marked[0];
            let mark = Span { start: mark.start + shift, end: mark.end + shift };
            match own.as_slice() {
                [only] if only.span == mark => check_repair(checkers, rule, example, only, fixed.as_deref(), shift),
                [only] => Err(format!("found “{}”, marked is “{}”", only.span.of(&text), mark.of(&text))),
                [] => Err(format!("nothing found in {text:?}")),
                more => {
                    Err(format!("found {} things: {:?}", more.len(), more.iter().map(|finding| finding.span.of(&text)).collect::<Vec<_>>()))
                }
            }
        }
        ExampleKind::Good => silent(checkers, rule, example, &example.text.text),
        ExampleKind::KnownGood if own.is_empty() => Err("works now: make it a good example".into()),
        ExampleKind::KnownBad
            if own.len() == 1
                && example
                    .text
                    .marked
                    .first()
                    .is_some_and(|mark| own[0].span.start == mark.start + shift && own[0].span.end == mark.end + shift) =>
        {
            Err("works now: make it a bad example".into())
        }
        ExampleKind::KnownGood | ExampleKind::KnownBad => Ok(()),
    }
}

fn check_repair(
    checkers: &Checkers,
    rule: usize,
    example: &Example,
    finding: &Finding,
    fixed: Option<&str>,
    shift: u32,
) -> Result<(), String> {
    let Some(repair) = &finding.repair else {
        return fixed.map_or(Ok(()), |_| Err("there is no repair that gives `fixed`".into()));
    };
    let Some(fixed) = fixed else { return Err(format!("the rule repairs this to “{}”: give `fixed`", repair.text)) };
    let mut text = example.text.text.clone();
    for round in 0.. {
        let (findings, _) = findings(&checkers.alone, example, &text);
        let own: Vec<Finding> =
            findings.iter().filter(|finding| finding.rule == rule).cloned().map(|finding| shifted(finding, shift)).collect();
        let edits = fix::edits(&own, Applicability::Display);
        if edits.is_empty() {
            return match text == fixed {
                true => silent(checkers, rule, example, fixed),
                false => Err(format!("the repair gives {text:?}, and not {fixed:?}")),
            };
        }
        if round == ROUNDS {
            return Err(format!("the repairs don't come to rest: {text:?}"));
        }
        text = fix::apply(&text, &edits);
    }
    Ok(())
}

fn shifted(mut finding: Finding, shift: u32) -> Finding {
    let back = |span: Span| Span { start: span.start - shift, end: span.end - shift };
    finding.span = back(finding.span);
    if let Some(repair) = &mut finding.repair {
        repair.also.iter_mut().for_each(|edit| edit.span = back(edit.span));
    }
    finding
}

/// This rule, and every stable rule with a data body, finds nothing.
fn silent(checkers: &Checkers, rule: usize, example: &Example, text: &str) -> Result<(), String> {
    let rules = checkers.all.rules();
    let binding = |at: usize| rules[at].status == Status::Stable && !matches!(rules[at].body, Body::Detector(..));
    let (own, _) = findings(&checkers.alone, example, text);
    let (others, whole) = findings(checkers.all, example, text);
    match own
        .iter()
        .chain(others.iter().filter(|finding| binding(finding.rule)))
        .find(|finding| finding.rule == rule || binding(finding.rule))
    {
        Some(finding) => Err(format!("{} finds “{}” in {whole:?}", rules[finding.rule].id, finding.span.of(&whole))),
        None => Ok(()),
    }
}

/// What the checker finds in an example's text, and the whole text that was checked.
fn findings(checker: &Checker, example: &Example, text: &str) -> (Vec<Finding>, String) {
    let mut document = match &example.encoding {
        Some(encoding) => plain("example", encoded(text, encoding)),
        None => Document::from_text("example", text),
    };
    if let Some(headline) = &example.headline {
        let start = headline.len() + 2;
        document.text = format!("{headline}\n\n{}", document.text);
        let part = |start: usize, end: usize, role: Role| DecodedPart {
            part: Part { span: Span::new(start, end), role },
            field: None,
            map: OffsetMap::unchanged(start, end - start),
        };
        document.parts = vec![part(0, headline.len(), Role::Headline), part(start, document.text.len(), Role::Body)];
    }
    (checker.check(&document).findings, document.text)
}

/// The bytes of a text in an encoding; in "broken-utf-8" every U+FFFD is a byte that stands for nothing.
fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    if encoding == "broken-utf-8" {
        return text.split('\u{FFFD}').map(str::as_bytes).collect::<Vec<_>>().join(&0xFF);
    }
    let known = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    known.encode(text).0.into_owned()
}
