//! Writes answers in order.

use std::io::Write;

use anyhow::Result;

use super::args::Format;
use crate::checker::Checker;
use crate::report::{Answer, AnswerError, Summary, TextStyle, Tool, jsonl_line, render_text};

/// One document's answer, already in words.
pub(super) struct Written {
    pub(super) answer: Result<Answer, AnswerError>,
    pub(super) text: String,
}

/// Puts an answer into words; done by the threads that check.
pub(super) fn write_answer(format: Format, answer: &Answer, sentences: &[(String, std::ops::Range<usize>)]) -> String {
    match format {
        Format::Text => render_text(answer, sentences, TextStyle::default()),
        Format::Json => jsonl_line(answer).trim_end().to_owned(),
        Format::Jsonl => jsonl_line(answer),
    }
}

/// Writes the answers of one run, one after another.
pub(super) struct Output<W: Write> {
    out: W,
    format: Format,
    first: bool,
    pub(super) summary: Summary,
}

impl<W: Write> Output<W> {
    pub(super) fn start(mut out: W, format: Format, checker: &Checker) -> Result<Output<W>> {
        if format == Format::Json {
            let rules = checker.rules().iter().filter(|rule| checker.config().selection.runs(rule)).count();
            let tool = Tool { name: "ungarble".into(), version: env!("CARGO_PKG_VERSION").into(), rules };
            write!(out, "{{\"tool\":{},\"documents\":[", serde_json::to_string(&tool)?)?;
        }
        Ok(Output { out, format, first: true, summary: Summary::default() })
    }

    pub(super) fn write(&mut self, written: &Written) -> Result<()> {
        match &written.answer {
            Ok(answer) => self.summary.add(answer),
            Err(error) => {
                self.summary.errors += 1;
                super::complain(&format!("{}: {}", error.path, error.error));
            }
        }
        if self.format == Format::Json && !written.text.is_empty() {
            writeln!(self.out, "{}", if self.first { "" } else { "," })?;
            self.first = false;
        }
        self.out.write_all(written.text.as_bytes())?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Summary> {
        match self.format {
            Format::Json => writeln!(self.out, "\n],\"summary\":{}}}", serde_json::to_string(&self.summary)?)?,
            Format::Text if self.summary.documents + self.summary.errors > 1 => writeln!(self.out, "{}", overall(&self.summary))?,
            Format::Text | Format::Jsonl => {}
        }
        self.out.flush()?;
        Ok(self.summary)
    }
}

fn overall(summary: &Summary) -> String {
    let verdicts: Vec<String> = summary.verdicts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
    let families: Vec<String> = summary.families.iter().map(|(family, count)| format!("{family} {count}")).collect();
    let mut line =
        format!("{} articles, {} words: {}; {} findings", summary.documents, summary.words, verdicts.join(", "), summary.findings);
    if !families.is_empty() {
        line.push_str(&format!(" ({})", families.join(", ")));
    }
    if summary.errors > 0 {
        line.push_str(&format!("; {} could not be read", summary.errors));
    }
    line
}
