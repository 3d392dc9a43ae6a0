//! The answer for a person at a terminal: the sentence, the fault underlined, what is wrong and how to mend it.
//! Styles are always written; a stream that is no terminal takes them out.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar as _;

use super::{Answer, AnswerFinding};
use crate::rule::{Applicability, Severity};
use crate::score::Verdict;

/// Columns of text shown of a sentence, at most.
const WIDTH: usize = 96;
/// Columns of text shown before a fault that stands far inside its sentence.
const BEFORE: usize = 36;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

fn colour(severity: Severity) -> Style {
    match severity {
        Severity::Minor => AnsiColor::Yellow.on_default(),
        Severity::Major => AnsiColor::Red.on_default(),
        Severity::Critical => AnsiColor::Red.on_default().bold(),
    }
}

/// What of an answer is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextStyle {
    /// Only the summary line.
    pub summary_only: bool,
}

/// A document's findings and its summary line. `sentences` are the sentences around the findings, one for each: the
/// text, and the byte range of the fault in it.
pub fn render_text(answer: &Answer, sentences: &[(String, std::ops::Range<usize>)], style: TextStyle) -> String {
    let mut out = String::new();
    if !style.summary_only {
        for (finding, (sentence, fault)) in answer.findings.iter().zip(sentences) {
            render_finding(&mut out, &answer.path, finding, sentence, fault.clone());
        }
    }
    let quality = answer.quality.map_or("–".to_owned(), |quality| format!("{quality:.1}"));
    let verdict = match answer.verdict {
        Verdict::Publish => AnsiColor::Green.on_default(),
        Verdict::Review => AnsiColor::Yellow.on_default(),
        Verdict::Reject => AnsiColor::Red.on_default(),
        Verdict::Unsupported | Verdict::Empty => DIM,
    };
    let name = answer.verdict.name();
    let count = answer.findings.len();
    let _ = write!(
        out,
        "{BOLD}{}{BOLD:#}: {verdict}{name}{verdict:#}, quality {quality}, {count} finding{} in {} words",
        visible(&answer.id),
        plural(count),
        answer.words
    );
    if !answer.reasons.is_empty() {
        let _ = write!(out, " ({})", answer.reasons.join("; "));
    }
    out.push('\n');
    out
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn render_finding(out: &mut String, path: &str, finding: &AnswerFinding, sentence: &str, fault: std::ops::Range<usize>) {
    let hue = colour(finding.severity);
    let place = &finding.source;
    let field = place.field.as_deref().map_or(String::new(), |field| format!(" {field}"));
    let (severity, confidence, rule) = (finding.severity.name(), finding.confidence, &finding.rule);
    let _ = writeln!(
        out,
        "{BOLD}{}:{}:{}{BOLD:#}{field}: {hue}{severity}{hue:#} {rule} {DIM}({confidence:.2}){DIM:#}",
        visible(path),
        place.line,
        place.column
    );
    let window = Window::around(sentence, fault);
    let _ = writeln!(out, "    {}", window.text);
    let _ = writeln!(out, "    {}{hue}{}{hue:#}", " ".repeat(window.indent), "^".repeat(window.underline.max(1)));
    let _ = writeln!(out, "    {}", visible(&finding.message));
    for evidence in &finding.evidence {
        let _ = writeln!(out, "    {DIM}because{DIM:#} {}", visible(evidence));
    }
    if !finding.related.is_empty() {
        let lines: Vec<String> =
            finding.related.iter().take(8).map(|other| format!("{}:{}", other.source.line, other.source.column)).collect();
        let more = if finding.related.len() > 8 { format!(" and {} more", finding.related.len() - 8) } else { String::new() };
        let _ = writeln!(out, "    {DIM}also at{DIM:#} {}{more}", lines.join(", "));
    }
    for suggestion in &finding.suggestions {
        let how = match suggestion.applicability {
            Applicability::Safe => "fix",
            Applicability::Review => "fix, to be reviewed",
            Applicability::Display => "perhaps",
        };
        let text = if suggestion.text.is_empty() { "delete".to_owned() } else { format!("“{}”", visible(&suggestion.text)) };
        let elsewhere = match suggestion.also.len() {
            0 => String::new(),
            1 => " and one edit elsewhere".to_owned(),
            many => format!(" and {many} edits elsewhere"),
        };
        let _ = writeln!(out, "    {DIM}{how}:{DIM:#} {text}{elsewhere}");
    }
    out.push('\n');
}

/// The part of a sentence that fits, with the columns of the fault in it.
struct Window {
    text: String,
    indent: usize,
    underline: usize,
}

impl Window {
    fn around(sentence: &str, fault: std::ops::Range<usize>) -> Window {
        let before = columns(&sentence[..fault.start]);
        let mut start = 0;
        let mut text = String::new();
        if before + columns(&sentence[fault.clone()]).min(WIDTH / 2) > WIDTH - 8 {
            start = sentence[..fault.start]
                .char_indices()
                .rev()
                .scan(0, |sum, (at, c)| {
                    *sum += width(c);
                    (*sum <= BEFORE).then_some(at)
                })
                .last()
                .unwrap_or(fault.start);
            text.push('…');
        }
        let mut used = columns(&text);
        let (mut indent, mut underline) = (used, 0);
        for (at, c) in sentence[start..].char_indices() {
            let at = start + at;
            if used + width(c) > WIDTH {
                text.push('…');
                break;
            }
            if at < fault.start {
                indent += width(c);
            } else if at < fault.end {
                underline += width(c);
            }
            used += width(c);
            text.push(shown(c));
        }
        Window { text, indent, underline }
    }
}

/// A character as it can be shown on one line: controls, line ends and marks that reorder text become visible.
fn shown(c: char) -> char {
    match c {
        '\n' => '⏎',
        '\t' | '\r' | '\u{A0}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}' => '·',
        c if c.is_control() => '·',
        c => c,
    }
}

fn width(c: char) -> usize {
    shown(c).width().unwrap_or(0)
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn visible(text: &str) -> String {
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(sentence: &str, fault: &str) -> (String, usize, usize) {
        let start = sentence.find(fault).unwrap();
        let window = Window::around(sentence, start..start + fault.len());
        (window.text, window.indent, window.underline)
    }

    #[test]
    fn wide_and_combining_characters_are_underlined_at_their_columns() {
        assert_eq!(window("東京で the the", "the the"), ("東京で the the".into(), 7, 7));
        assert_eq!(window("Cafe\u{301} a a", "a a"), ("Cafe\u{301} a a".into(), 5, 3));
    }

    #[test]
    fn long_sentences_are_cut_around_the_fault() {
        let sentence = format!("{}the the{}", "word ".repeat(60), " more".repeat(60));
        let (text, indent, underline) = window(&sentence, "the the");
        assert!(text.starts_with('…') && text.ends_with('…'), "{text}");
        assert_eq!(&text.chars().collect::<Vec<_>>()[indent..indent + underline].iter().collect::<String>(), "the the");
    }

    #[test]
    fn what_would_break_the_line_is_made_visible() {
        assert_eq!(window("a\nb\u{202E}c\u{1B}[31m x", "x").0, "a⏎b·c·[31m x");
    }
}
