//! The corpus: what is found of the labelled faults, and what is found in clean articles.
//!
//! The table is committed as `corpus/RESULTS.md`. The test fails when a figure gets worse, and when the table is stale;
//! `UPDATE=1 cargo test --test corpus` writes it anew, so that a change for the worse shows in review.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use ungarble::detect::Finding;
use ungarble::extract::plain;
use ungarble::rule::RuleSet;
use ungarble::text::Span;
use ungarble::{Checker, Config};

#[derive(Deserialize)]
struct Manifest {
    article: Vec<Article>,
}

#[derive(Deserialize)]
struct Article {
    id: String,
    split: String,
    garbled: String,
}

/// A labelled fault.
struct Label {
    must: bool,
    families: Vec<String>,
    span: Span,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn manifest() -> Vec<Article> {
    toml::from_str::<Manifest>(&fs::read_to_string(root().join("MANIFEST.toml")).unwrap()).unwrap().article
}

fn labels(id: &str, text: &str) -> Vec<Label> {
    let table = fs::read_to_string(root().join(format!("labels/{id}.tsv"))).unwrap();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let rows = table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|cells| {
        assert_eq!(cells.len(), 8, "{id}: {cells:?}");
        let (start, end): (usize, usize) = (cells[3].parse().unwrap(), cells[4].parse().unwrap());
        let span = Span::new(bytes[start], bytes[end]);
        assert_eq!(span.of(text).replace('\n', "⏎"), cells[5], "{id} {}: the label and the text differ", cells[0]);
        Label { must: cells[1] == "must", families: cells[2].split(',').map(str::to_owned).collect(), span }
    })
    .collect()
}

/// The families that have rules.
const FAMILIES: [&str; 10] =
    ["repetition", "punctuation", "case", "consistency", "encoding", "number", "residue", "foreign", "syntax", "lexis"];

/// Whether a finding stands at a place, or names it as another place of the same fault.
fn touches(finding: &Finding, place: Span) -> bool {
    std::iter::once(&finding.span).chain(&finding.related).any(|span| span.overlaps(place))
}

#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Count {
    labelled: usize,
    found: usize,
    extra: usize,
    clean: usize,
}

fn measure() -> BTreeMap<(String, String), Count> {
    let checker = Checker::new(RuleSet::embedded().unwrap(), Config::default()).unwrap();
    let mut table: BTreeMap<(String, String), Count> = BTreeMap::new();
    for article in manifest() {
        let how = if article.garbled == "by hand" { "hand" } else { "round trip" };
        let row = |family: &str| (format!("{} {how}", article.split), family.to_owned());
        let read = |folder: &str| plain("x", fs::read(root().join(folder).join(format!("{}.txt", article.id))).unwrap());
        let garbled = read("garbled");
        let labels = labels(&article.id, &garbled.text);
        let report = checker.check(&garbled);
        let family_of = |rule: usize| checker.rules()[rule].family().to_owned();
        for family in FAMILIES {
            let count = table.entry(row(family)).or_default();
            for label in labels.iter().filter(|label| label.must && label.families.iter().any(|own| own == family)) {
                count.labelled += 1;
                count.found += usize::from(
                    report.findings.iter().any(|finding| touches(finding, label.span) && label.families.contains(&family_of(finding.rule))),
                );
            }
            let own = report.findings.iter().filter(|finding| family_of(finding.rule) == family);
            count.extra += own.filter(|finding| !labels.iter().any(|label| label.span.overlaps(finding.span))).count();
            count.clean += checker.check(&read("clean")).findings.iter().filter(|finding| family_of(finding.rule) == family).count();
        }
    }
    table
}

fn render(table: &BTreeMap<(String, String), Count>) -> String {
    let mut text = String::from(
        "# The corpus, measured\n\nWritten by `UPDATE=1 cargo test --test corpus`. Default level. *labelled*: faults marked “must” that the family may report;\n*found*: of these, with a finding of a family that the label names; *extra*: findings where no fault is labelled;\n*clean*: findings in the clean articles.\n\n| articles | family | labelled | found | extra | clean |\n|---|---|---|---|---|---|\n",
    );
    for ((split, family), count) in table {
        let _ = writeln!(text, "| {split} | {family} | {} | {} | {} | {} |", count.labelled, count.found, count.extra, count.clean);
    }
    text
}

fn parse(text: &str) -> BTreeMap<(String, String), Count> {
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.contains("family"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let number = |at: usize| cells[at].parse().unwrap();
        ((cells[0].to_owned(), cells[1].to_owned()), Count { labelled: number(2), found: number(3), extra: number(4), clean: number(5) })
    })
    .collect()
}

#[test]
fn nothing_gets_worse() {
    let path = root().join("RESULTS.md");
    let now = measure();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, render(&now)).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let mut worse = Vec::new();
    for (row, before) in parse(&committed) {
        let after = now.get(&row).copied().unwrap_or_default();
        if after.found < before.found || after.extra > before.extra || after.clean > before.clean {
            worse.push(format!(
                "{row:?}: found {} → {}, extra {} → {}, clean {} → {}",
                before.found, after.found, before.extra, after.extra, before.clean, after.clean
            ));
        }
    }
    assert!(worse.is_empty(), "worse than committed:\n{}", worse.join("\n"));
    assert_eq!(committed, render(&now), "corpus/RESULTS.md is stale: UPDATE=1 cargo test --test corpus");
}

#[test]
fn the_corpus_is_whole() {
    let articles = manifest();
    let listed: BTreeSet<String> = articles.iter().map(|article| article.id.clone()).collect();
    assert!(articles.len() >= 40 && listed.len() == articles.len());
    for folder in ["clean", "garbled", "labels"] {
        let files = fs::read_dir(root().join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned());
        assert_eq!(files.collect::<BTreeSet<_>>(), listed, "{folder}");
    }
    let tests = articles.iter().filter(|article| article.split == "test").count();
    assert!(tests * 3 + 3 >= articles.len(), "a third of the pairs is kept for testing: {tests}");
}
