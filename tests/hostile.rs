//! Inputs that are made to be slow: each gives a right answer in time linear in its length. A quadratic step would take
//! minutes here, so it shows without a clock.

use ungarble::extract::{Document, plain};
use ungarble::policy::Selection;
use ungarble::report::answer;
use ungarble::rule::RuleSet;
use ungarble::score::Verdict;
use ungarble::{Checker, Config};

/// Checks with every rule, and derives every place, as the command line would.
fn check(text: &str) -> (Verdict, usize) {
    let selection = Selection { preview: true, ..Selection::default() };
    let checker = Checker::new(RuleSet::embedded().unwrap(), Config { selection, min_confidence: 0.0, ..Config::default() }).unwrap();
    let document = Document::from_text("x", text);
    let answer = answer(&checker, &document, &checker.check(&document));
    for finding in &answer.findings {
        assert!(text.is_char_boundary(finding.bytes.0) && text.is_char_boundary(finding.bytes.1));
    }
    (answer.verdict, answer.findings.len())
}

#[test]
fn one_word_over_and_over() {
    let (verdict, findings) = check(&"the ".repeat(300_000));
    assert_eq!(verdict, Verdict::Reject);
    assert!(findings >= 1);
}

#[test]
fn one_sentence_over_and_over() {
    assert_eq!(check(&"The man went home to the house. ".repeat(20_000)).0, Verdict::Reject);
    check(&"The man went home to the house.\n\n".repeat(20_000));
}

#[test]
fn open_marks_that_never_close() {
    for mark in ["[", "( ", "“", "\" ", "‘", "'", "{ ", "«", "“ a "] {
        check(&mark.repeat(200_000));
        check(&format!("{}\n\n{}", mark.repeat(50_000), mark.repeat(50_000)));
    }
}

#[test]
fn marks_and_joins_without_end() {
    for piece in [
        ". ",
        ".",
        "a'",
        "a-",
        "a.",
        "- ",
        ", ",
        "a.B",
        "1,",
        "1, ",
        "A. ",
        "?",
        "!?",
        "US U.S. ",
        "\u{301}",
        "👩‍",
        "a\u{AD}",
        "\n",
        "\r\n",
        "a\n",
        "%",
        "…",
        "a_",
        "@a",
        "x@",
        "I ",
        "mr. ",
        "\"?",
        "?a",
        "a?",
        "n\"t ",
        "a.- B",
        "the-a",
        "Ã",
        "Ã©",
        "â€",
        "\u{FFFD}",
        "&amp;",
        "&",
        "\\u2019",
        "\\n",
        "%E2",
        "=E2=80",
        "\u{200B}",
        "\u{7}",
        "a\u{A0}b",
        "\u{202E}",
        "aа",
        "а",
        "ﬁ",
        "ａ",
        "we're had ",
        "1,",
        "1.000.",
        "2020-",
        "between 1 and ",
        "three (4) men ",
        "aged 1, ",
        "5 euros equal ",
        "Feb. 30 ",
        "9:72 am ",
        "20. May ",
        "Рџ",
        "Ð",
        "э »",
        "é » ",
    ] {
        check(&piece.repeat(100_000));
    }
}

#[test]
fn a_line_of_many_megabytes() {
    let text = "The council voted on the plan and the mayor of the town said that it was ready. ".repeat(100_000);
    check(&text);
}

#[test]
fn many_paragraphs_with_a_fault_each() {
    check(&"The the man said . that it was was done,done.\n\n".repeat(20_000));
}

#[test]
fn bytes_that_are_no_text() {
    let bytes: Vec<u8> = (0..400_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    check(&plain("x", bytes).text);
}

#[test]
fn residue_without_end() {
    for piece in [
        "READ MORE: ",
        "Read more ",
        "{{",
        "{% ",
        "<",
        "<a href=\"",
        "<!-- ",
        "[caption ",
        "Share Facebook ",
        "— A (@b) ",
        "(@a) Mar ",
        "Source: A ",
        "Published 3 March ",
        "date: ",
        "Home > ",
        "Click here ",
        "This video ",
        "Image caption ",
        "function (",
        "{\"a\": ",
        "und der ",
        "правда ",
        "▁",
        "@@",
        "<unk>",
        " *a",
        "ráð ",
        "A long But she ",
        "AB – ",
        "I am sure. ",
        "== ",
        "t.co/abcd ",
    ] {
        check(&piece.repeat(60_000));
        check(&format!("{piece}the\n\n").repeat(10_000));
    }
}
