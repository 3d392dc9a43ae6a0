//! `rules list|show|test|measure`.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::args::{Rules, RulesCommand};
use super::check::{rule_set, run};
use super::inputs::{Job, Jobs};
use super::{CLEAN, FAILED, FOUND};
use crate::checker::Checker;
use crate::examples::try_examples;
use crate::extract::TextFields;
use crate::policy::{Config, Selection};
use crate::report::{AnswerError, rule_page, rule_table};
use crate::rule::RuleSet;

pub(super) fn rules(arguments: &Rules) -> Result<u8> {
    match &arguments.command {
        RulesCommand::List { rules } => {
            let table = rule_table(rule_set(rules)?.rules.iter());
            io::stdout().write_all(table.as_bytes())?;
            Ok(CLEAN)
        }
        RulesCommand::Show { id, rules } => show(id, &rule_set(rules)?),
        RulesCommand::Test { dir } => test(dir.as_ref()),
        RulesCommand::Measure { ids, on, sample, rules } => measure(ids, on, *sample, rules),
    }
}

fn show(id: &str, set: &RuleSet) -> Result<u8> {
    match set.get(id) {
        Some(rule) => {
            io::stdout().write_all(rule_page(rule).as_bytes())?;
            Ok(CLEAN)
        }
        None => {
            Selection { select: vec![id.to_owned()], ..Selection::default() }.check(set)?;
            bail!("“{id}” is not one rule; see `ungarble rules list`")
        }
    }
}

fn test(dir: Option<&PathBuf>) -> Result<u8> {
    let folders: Vec<PathBuf> = dir.into_iter().cloned().collect();
    let embedded = RuleSet::embedded()?;
    // With a folder only its rules are tried; the embedded ones still have to be silent on its good examples.
    rule_set(&folders)?;
    let load = || rule_set(&folders).expect("they compiled a moment ago");
    let trials = try_examples(load, |rule| dir.is_none() || embedded.get(&rule.id).is_none())?;
    let mut out = BufWriter::new(io::stdout());
    let mut failed = 0;
    for trial in &trials {
        if let Some(failure) = &trial.failure {
            failed += 1;
            writeln!(out, "FAILED {}: {failure}", trial.name)?;
        }
    }
    writeln!(out, "{} examples hold, {failed} fail", trials.len() - failed)?;
    out.flush()?;
    if trials.is_empty() {
        bail!("there are no rules to test here");
    }
    Ok(if failed > 0 { FOUND } else { CLEAN })
}

/// One finding as `measure` prints it.
struct Line {
    rule: String,
    text: String,
}

fn measure(ids: &[String], on: &[PathBuf], sample: Option<usize>, folders: &[PathBuf]) -> Result<u8> {
    let selection = Selection { select: ids.to_vec(), ignore: Vec::new(), preview: true };
    let checker = Checker::new(rule_set(folders)?, Config { selection, min_confidence: 0.0, ..Config::default() })?;
    let fields = TextFields::Usual;
    let work = |job: Job| -> Result<(usize, Vec<Line>), AnswerError> {
        let document = job.read(&fields)?;
        let report = checker.check(&document);
        let places = document.places(report.findings.iter().map(|finding| finding.span));
        let lines = report.findings.iter().zip(places).map(|(finding, place)| {
            let rule = checker.rules()[finding.rule].id.clone();
            let (before, after) = around(&document.text, finding.span.range());
            let context = format!("{before}[[{}]]{after}", finding.span.of(&document.text)).replace(['\n', '\t', '\r'], "⏎");
            let text = format!("{}\t{}-{}\t{rule}\t{:.2}\t{context}", document.id, place.chars.0, place.chars.1, finding.confidence);
            Line { rule, text }
        });
        Ok((report.words, lines.collect()))
    };
    let (mut words, mut errors) = (0, 0);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    run(Jobs::of(on.to_vec(), None)?, None, work, |result| {
        match result {
            Ok((count, lines)) => {
                words += count;
                lines.iter().for_each(|line| found.entry(line.rule.clone()).or_default().push(line.text.clone()));
            }
            Err(error) => {
                errors += 1;
                super::complain(&format!("{}: {}", error.path, error.error));
            }
        }
        Ok(())
    })?;
    let mut out = BufWriter::new(io::stdout());
    for lines in found.values() {
        let shown = sample.unwrap_or(lines.len()).min(lines.len());
        for index in 0..shown {
            writeln!(out, "{}", lines[index * lines.len() / shown])?;
        }
    }
    for (rule, lines) in &found {
        writeln!(
            out,
            "# {rule}: {} findings, {:.3} per 1,000 of {words} words",
            lines.len(),
            1000.0 * lines.len() as f64 / words.max(1) as f64
        )?;
    }
    if found.is_empty() {
        writeln!(out, "# no findings in {words} words")?;
    }
    out.flush()?;
    Ok(if errors > 0 { FAILED } else { CLEAN })
}

/// Some characters of text on both sides of a range.
fn around(text: &str, range: std::ops::Range<usize>) -> (&str, &str) {
    const SHOWN: usize = 70;
    let before = &text[..range.start];
    let after = &text[range.end..];
    let from = before.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(SHOWN).map_or(after.len(), |(at, _)| at);
    (&before[from..], &after[..to])
}
