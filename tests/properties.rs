//! What must hold for any input.

use std::sync::OnceLock;

use proptest::prelude::*;
use ungarble::extract::{Document, plain};
use ungarble::fix;
use ungarble::policy::Selection;
use ungarble::rule::{Applicability, RuleSet};
use ungarble::text::{Span, decode};
use ungarble::{Checker, Config, Report};

fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| {
        let selection = Selection { preview: true, ..Selection::default() };
        let config = Config { selection, min_confidence: 0.0, ..Config::default() };
        Checker::new(RuleSet::embedded().unwrap(), config).unwrap()
    })
}

fn check(text: &str) -> Report {
    checker().check(&Document::from_text("x", text))
}

/// Text made of what rules look for: words that repeat, marks, quotes, odd spaces, other scripts.
fn broken_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-d]{1,3}".prop_map(|word| word),
        prop::sample::select(vec![
            "the",
            "The",
            "THE",
            "and",
            "or",
            "US",
            "U.S.",
            "Mr.",
            "a.m.",
            "deal",
            "deal",
            "Trump",
            "I",
            "said",
            "per cent",
            "%",
            "3.5",
            "1,100",
            "Jan.",
            "No.",
            ".",
            ",",
            "?",
            "!",
            "...",
            "“",
            "”",
            "\"",
            "'",
            "‘",
            "’",
            "(",
            ")",
            "[",
            "]",
            "—",
            "-",
            ":",
            ";",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "\u{A0}",
            "\u{FEFF}",
            "😀",
            "👩‍🚒",
            "é",
            "e\u{301}",
            "東京",
            "שלום",
            "مرحبا",
            "\u{202E}",
            "\u{0}",
            "\u{FFFD}",
            "ǅ",
            "ß",
            "İ",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec((piece, prop::bool::weighted(0.6)), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| if space { piece + " " } else { piece }).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn findings_lie_in_the_text_in_order_and_cover_something(text in broken_text()) {
        let report = check(&text);
        let mut last = 0;
        for finding in &report.findings {
            prop_assert!(!finding.span.is_empty());
            prop_assert!(text.get(finding.span.range()).is_some(), "{:?} is no slice of {text:?}", finding.span);
            prop_assert!(finding.span.start >= last);
            last = finding.span.start;
            prop_assert!((0.0..=1.0).contains(&finding.confidence));
            for other in &finding.related {
                prop_assert!(text.get(other.range()).is_some());
            }
        }
        prop_assert!(report.quality.is_none_or(|quality| (0.0..=100.0).contains(&quality)));
    }

    #[test]
    fn within_a_family_findings_do_not_overlap(text in broken_text()) {
        let report = check(&text);
        let family = |rule: usize| checker().rules()[rule].family().to_owned();
        for (at, finding) in report.findings.iter().enumerate() {
            for other in &report.findings[at + 1..] {
                prop_assert!(!finding.span.overlaps(other.span) || family(finding.rule) != family(other.rule));
            }
        }
    }

    #[test]
    fn tokens_and_sentences_cover_the_text_in_order(text in broken_text()) {
        use ungarble::language::{Annotator, LanguageCode, Vocabulary};
        use ungarble::text::{Part, Role};
        let mut vocabulary = Vocabulary::default();
        let annotator = Annotator::new(&mut vocabulary, LanguageCode::ENGLISH);
        let doc = annotator.annotate(&text, &[Part { span: Span::new(0, text.len()), role: Role::Body }], &vocabulary);
        let mut at = 0;
        for token in &doc.tokens {
            prop_assert!(token.span.start as usize >= at && !token.span.is_empty());
            prop_assert!(text.get(token.span.range()).is_some());
            at = token.span.end as usize;
        }
        let tokens: Vec<usize> = doc.sentences.iter().flat_map(|sentence| sentence.tokens.clone()).collect();
        prop_assert_eq!(tokens, (0..doc.tokens.len()).collect::<Vec<_>>());
        let sentences: Vec<usize> = doc.blocks.iter().flat_map(|block| block.sentences.clone()).collect();
        prop_assert_eq!(sentences, (0..doc.sentences.len()).collect::<Vec<_>>());
    }

    #[test]
    fn safe_repairs_come_to_rest(text in broken_text()) {
        let mut text = text;
        for _ in 0..10 {
            let edits = fix::edits(&check(&text).findings, Applicability::Safe);
            if edits.is_empty() {
                return Ok(());
            }
            text = fix::apply(&text, &edits);
        }
        prop_assert!(false, "still repairing {:?}", text);
    }

    #[test]
    fn any_bytes_are_read_and_lead_back_to_the_file(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let document = plain("x", bytes.clone());
        for (start, c) in document.text.char_indices() {
            let place = document.places([Span::new(start, start + c.len_utf8())]).remove(0);
            prop_assert!(place.source.0 <= place.source.1 && place.source.1 as usize <= bytes.len());
        }
        checker().check(&document);
    }

    #[test]
    fn utf_16_and_latin_1_lead_back_to_their_own_bytes(text in "[a-zA-Zéüñß€😀 .,]{1,60}") {
        let mut utf_16 = vec![0xFF, 0xFE];
        utf_16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let document = plain("x", utf_16.clone());
        prop_assert_eq!(&document.text, &text);
        for (start, c) in text.char_indices() {
            let place = document.places([Span::new(start, start + c.len_utf8())]).remove(0);
            let mut units = [0; 2];
            let want: Vec<u8> = c.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_le_bytes()).collect();
            prop_assert_eq!(&utf_16[place.source.0 as usize..place.source.1 as usize], want.as_slice());
        }
        let latin = windows_1252(&text);
        let decoded = decode(latin.clone());
        prop_assert_eq!(decoded.map.source_of(0, decoded.text.len()), (0, latin.len() as u64));
    }
}

/// The text in windows-1252, without what that can't hold.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| if c == '€' { Some(0x80) } else { u8::try_from(c as u32).ok() }).collect()
}

#[test]
fn where_two_repairs_may_be_right_an_editor_chooses() {
    let report = check("He met a stuttering policeman an an old friend of the mayor on Monday.");
    let found = report.findings.iter().find(|finding| checker().rules()[finding.rule].id == "repetition/doubled-word").unwrap();
    assert_eq!(found.repair.as_ref().map(|repair| repair.applicability), Some(Applicability::Review));
    assert_eq!(found.alternatives.iter().map(|repair| repair.text.as_str()).collect::<Vec<_>>(), ["and an"]);
}
