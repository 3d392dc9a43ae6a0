//! Any text is checked without a panic, and every finding lies in it.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use ungarble::extract::Document;
use ungarble::policy::Selection;
use ungarble::rule::RuleSet;
use ungarble::{Checker, Config};

fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| {
        let selection = Selection { preview: true, ..Selection::default() };
        let config = Config { selection, min_confidence: 0.0, ..Config::default() };
        Checker::new(RuleSet::embedded().expect("the embedded rules compile"), config).expect("a checker")
    })
}

fuzz_target!(|text: &str| {
    let document = Document::from_text("fuzz", text);
    let report = checker().check(&document);
    for finding in &report.findings {
        assert!(!finding.span.is_empty() && text.get(finding.span.range()).is_some());
    }
    document.places(report.findings.iter().map(|finding| finding.span));
});
