//! The documentation of rules, made from their files.

use std::fmt::Write as _;

use crate::rule::{ExampleKind, MarkedText, Rule, Status, UnlessTest};

/// One line a rule: id, status, severity, confidence, summary.
pub fn rule_table<'r>(rules: impl Iterator<Item = &'r Rule>) -> String {
    let rules: Vec<&Rule> = rules.collect();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut table = String::new();
    for rule in rules {
        let _ = writeln!(
            table,
            "{:width$}  {:10}  {:8}  {:.2}  {}",
            rule.id,
            status(rule.status),
            rule.severity.name(),
            rule.confidence(None),
            rule.summary
        );
    }
    table
}

/// A rule's page in Markdown.
pub fn rule_page(rule: &Rule) -> String {
    let mut page = format!("# {}\n\n{}\n\n{}\n\n", rule.id, rule.summary, rule.why);
    let languages = if rule.languages.iter().any(|known| known == "*") { "every language".to_owned() } else { rule.languages.join(", ") };
    let _ = writeln!(page, "- status: {}, since {}", status(rule.status), rule.since);
    let _ = writeln!(page, "- severity: {}", rule.severity.name());
    let _ = writeln!(page, "- languages: {languages}");
    match &rule.measured {
        Some((on, read, real)) => {
            let _ = writeln!(page, "- confidence: {:.2} ({real} of {read} findings read were real; {on})", rule.confidence(None));
        }
        None => {
            let _ = writeln!(page, "- confidence: {:.2} (not measured yet)", rule.confidence(None));
        }
    }
    for (grade, confidence) in &rule.grades {
        let _ = writeln!(page, "  - {grade}: {confidence:.2}");
    }
    if !rule.aliases.is_empty() {
        let _ = writeln!(page, "- also called: {}", rule.aliases.join(", "));
    }
    if let Some((_, applicability)) = &rule.repair {
        let _ = writeln!(page, "- repair: {}", applicability.name());
    }
    let of = |bad: bool| {
        rule.examples.iter().filter(move |example| {
            matches!(example.kind, ExampleKind::Bad { .. }) == bad
                && !matches!(example.kind, ExampleKind::KnownBad | ExampleKind::KnownGood)
        })
    };
    page.push_str("\n## Found\n\n");
    for example in of(true) {
        let _ = writeln!(page, "- {}", shown(&example.text));
        if let ExampleKind::Bad { fixed: Some(fixed) } = &example.kind {
            let _ = writeln!(page, "  → {}", fixed.replace('\n', " ⏎ "));
        }
    }
    page.push_str("\n## Left alone\n\n");
    for example in of(false) {
        let _ = writeln!(page, "- {}", shown(&example.text));
    }
    if !rule.unless.is_empty() {
        page.push_str("\n## Exceptions\n\n");
        for unless in &rule.unless {
            let extent = match &unless.test {
                UnlessTest::Phrases(phrases) => format!(" ({} entries)", phrases.len()),
                _ => String::new(),
            };
            let _ = writeln!(page, "- {}{extent}", unless.reason);
        }
    }
    let known: Vec<_> =
        rule.examples.iter().filter(|example| matches!(example.kind, ExampleKind::KnownBad | ExampleKind::KnownGood)).collect();
    if !known.is_empty() {
        page.push_str("\n## Known to be wrong today\n\n");
        for example in known {
            let what = if example.kind == ExampleKind::KnownBad { "missed" } else { "found without cause" };
            let _ = writeln!(page, "- {what}: {} ({})", shown(&example.text), example.note.as_deref().unwrap_or(""));
        }
    }
    page
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Preview => "preview",
        Status::Stable => "stable",
        Status::Deprecated => "deprecated",
    }
}

/// The example's text on one line, what is marked between guillemets.
fn shown(text: &MarkedText) -> String {
    let mut shown = text.text.clone();
    for span in text.marked.iter().rev() {
        shown.insert(span.end as usize, '»');
        shown.insert(span.start as usize, '«');
    }
    shown.replace('\n', " ⏎ ")
}
