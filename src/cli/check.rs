//! `check` and `score`: documents in parallel, answers in order.

use std::io::{self, BufWriter};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use rayon::prelude::*;

use super::args::{Check, Format, Inputs, Judging, Score, ScoreFormat};
use super::inputs::{Job, Jobs};
use super::output::{Output, Written, write_answer};
use super::{CLEAN, FAILED, FOUND};
use crate::checker::{Checker, Report};
use crate::extract::{Document, TextFields};
use crate::language::LanguageCode;
use crate::policy::{Config, FailOn, Selection};
use crate::report::{Answer, AnswerError, AnswerFinding, Summary, answer, jsonl_line};
use crate::rule::{Lists, RuleSet, RuleSource};
use crate::score::Verdict;

/// Documents are read and checked in batches of about this many bytes, so that memory does not grow with the input.
const BATCH_BYTES: usize = 2 << 20;
const BATCH_JOBS: usize = 512;

pub(super) fn check(arguments: &Check) -> Result<u8> {
    let checker = checker(&arguments.judging, arguments.min_confidence, arguments.word_scores)?;
    let jobs = Jobs::new(&arguments.inputs)?;
    let fields = fields(&arguments.inputs);
    let out = anstream::AutoStream::auto(io::stdout());
    let mut output = Output::start(BufWriter::with_capacity(1 << 16, out), arguments.format, &checker)?;
    let work = |job: Job| -> Written {
        let document = match job.read(&fields) {
            Ok(document) => document,
            Err(error) => return failed(error, arguments.format),
        };
        let report = checker.check(&document);
        let mut answer = answer(&checker, &document, &report);
        let mut sentences = if arguments.format == Format::Text { sentences(&document, &report) } else { Vec::new() };
        place_verdict(&mut answer, arguments.fail_on, &document, &mut sentences);
        let text = write_answer(arguments.format, &answer, &sentences);
        Written { answer: Ok(answer), text }
    };
    run(jobs, arguments.inputs.threads, work, |written| output.write(written))?;
    let summary = output.finish()?;
    Ok(exit_code(&summary, arguments.fail_on, arguments.exit_zero))
}

pub(super) fn score(arguments: &Score) -> Result<u8> {
    use std::io::Write as _;
    let checker = checker(&arguments.judging, 0.8, false)?;
    let jobs = Jobs::new(&arguments.inputs)?;
    let fields = fields(&arguments.inputs);
    let mut out = BufWriter::new(io::stdout());
    let mut errors = 0;
    let work = |job: Job| -> Result<String, AnswerError> {
        let document = job.read(&fields)?;
        let answer = answer(&checker, &document, &checker.check(&document));
        Ok(match arguments.format {
            ScoreFormat::Text => {
                let quality = answer.quality.map_or("-".to_owned(), |quality| format!("{quality:.2}"));
                let scores: Vec<String> = answer.scores.iter().map(|(family, score)| format!("{family}={score:.2}")).collect();
                format!("{quality}\t{}\t{}\t{}\n", answer.verdict.name(), answer.id, scores.join(" "))
            }
            ScoreFormat::Jsonl => jsonl_line(
                &serde_json::json!({"id": answer.id, "quality": answer.quality, "verdict": answer.verdict, "scores": answer.scores}),
            ),
        })
    };
    run(jobs, arguments.inputs.threads, work, |line| {
        match line {
            Ok(line) => out.write_all(line.as_bytes())?,
            Err(error) => {
                errors += 1;
                super::complain(&format!("{}: {}", error.path, error.error));
            }
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(if errors > 0 { FAILED } else { CLEAN })
}

/// Runs `work` over all jobs, on several threads, and `write` over the results in the order of the jobs.
pub(super) fn run<T: Send>(
    jobs: Jobs,
    threads: Option<u16>,
    work: impl Fn(Job) -> T + Sync,
    mut write: impl FnMut(&T) -> Result<()>,
) -> Result<()> {
    if threads == Some(1) {
        for job in jobs {
            write(&work(job))?;
        }
        return Ok(());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0).into()).build().context("threads could not be started")?;
    let mut jobs = jobs.peekable();
    while jobs.peek().is_some() {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while bytes < BATCH_BYTES && batch.len() < BATCH_JOBS {
            let Some(job) = jobs.next() else { break };
            bytes += job.weight();
            batch.push(job);
        }
        let results: Vec<T> = pool.install(|| batch.into_par_iter().map(&work).collect());
        for result in &results {
            write(result)?;
        }
    }
    Ok(())
}

/// The checker that the arguments ask for.
pub(super) fn checker(judging: &Judging, min_confidence: f32, word_scores: bool) -> Result<Checker> {
    let expected_language = LanguageCode::parse(&judging.expect_lang)
        .with_context(|| format!("--expect-lang {}: no language of that code is known", judging.expect_lang))?;
    let selection = Selection { select: judging.select.clone(), ignore: judging.ignore.clone(), preview: judging.preview };
    let config = Config { selection, min_confidence, expected_language, word_scores, ..Config::default() };
    Ok(Checker::new(rule_set(&judging.rules)?, config)?)
}

/// The embedded rules with those of the user's folders: `*.toml` are rules, `lists/*.tsv` their lists.
pub(super) fn rule_set(folders: &[PathBuf]) -> Result<RuleSet> {
    let mut own = Vec::new();
    let mut lists = Lists::default();
    for folder in folders {
        if !folder.is_dir() {
            anyhow::bail!("{}: no such folder of rules", folder.display());
        }
        for entry in ignore::WalkBuilder::new(folder).standard_filters(false).sort_by_file_name(std::ffi::OsStr::cmp).build() {
            let path = entry?.into_path();
            let read = || std::fs::read_to_string(&path).with_context(|| path.display().to_string());
            match path.extension().and_then(|end| end.to_str()) {
                Some("toml") => own.push(RuleSource { path: path.display().to_string(), content: read()? }),
                Some("tsv") => {
                    let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    lists.add(name, read()?);
                }
                _ => {}
            }
        }
    }
    Ok(RuleSet::embedded_with(own, lists)?)
}

pub(super) fn fields(inputs: &Inputs) -> TextFields {
    if inputs.text_field.is_empty() { TextFields::Usual } else { TextFields::named(&inputs.text_field) }
}

fn failed(error: AnswerError, format: Format) -> Written {
    let text = match format {
        Format::Text => String::new(),
        Format::Json => jsonl_line(&error).trim_end().to_owned(),
        Format::Jsonl => jsonl_line(&error),
    };
    Written { answer: Err(error), text }
}

/// For each finding the sentence around it, or what is shown of it, and the place of the fault in that.
fn sentences(document: &Document, report: &Report) -> Vec<(String, std::ops::Range<usize>)> {
    report
        .findings
        .iter()
        .zip(&report.contexts)
        .map(|(finding, context)| {
            let start = (finding.span.start - context.start) as usize;
            (context.of(&document.text).to_owned(), start..start + finding.span.len())
        })
        .collect()
}

/// Gives a failing verdict a place: an article-level finding at its first word, where no other finding is shown.
fn place_verdict(answer: &mut Answer, fail_on: FailOn, document: &Document, sentences: &mut Vec<(String, std::ops::Range<usize>)>) {
    let FailOn::Verdict(level) = fail_on else { return };
    let fails = matches!(answer.verdict, Verdict::Review | Verdict::Reject) && answer.verdict >= level;
    if !fails || !answer.findings.is_empty() {
        return;
    }
    let start = document.text.len() - document.text.trim_start().len();
    let end = document.text[start..].find(char::is_whitespace).map_or(document.text.len(), |at| start + at);
    answer.findings.push(AnswerFinding::of_article(document, crate::text::Span::new(start, end), answer));
    sentences.push((document.text[start..].lines().next().unwrap_or("").to_owned(), 0..end - start));
}

fn exit_code(summary: &Summary, fail_on: FailOn, exit_zero: bool) -> u8 {
    let fails = match fail_on {
        FailOn::Any => summary.findings > 0,
        FailOn::Severity(severity) => summary.at_least(severity) > 0,
        FailOn::Verdict(Verdict::Reject) => summary.with_verdict(Verdict::Reject) > 0,
        FailOn::Verdict(_) => summary.with_verdict(Verdict::Reject) + summary.with_verdict(Verdict::Review) > 0,
        FailOn::Count(most) => summary.findings > most,
    };
    match (summary.errors > 0, fails && !exit_zero) {
        (true, _) => FAILED,
        (false, true) => FOUND,
        (false, false) => CLEAN,
    }
}
