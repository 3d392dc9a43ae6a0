//! The JSON answer: its schema is generated and committed, real answers are valid by it, and its form is recorded.

use std::path::Path;

use serde_json::{Value, json};
use ungarble::extract::{Document, RecordReader, TextFields};
use ungarble::policy::Selection;
use ungarble::report::{AnswerError, answer, schema};
use ungarble::rule::RuleSet;
use ungarble::{Checker, Config};

fn checker() -> Checker {
    let selection = Selection { preview: true, ..Selection::default() };
    Checker::new(RuleSet::embedded().unwrap(), Config { selection, min_confidence: 0.0, ..Config::default() }).unwrap()
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str::<Value>(&schema()).unwrap()).unwrap()
}

fn whole(documents: Vec<Value>) -> Value {
    let summary = json!({"documents": 1, "errors": 0, "words": 1, "findings": 0, "families": {}, "severities": {}, "verdicts": {}});
    json!({"tool": {"name": "ungarble", "version": "0", "rules": 1}, "documents": documents, "summary": summary})
}

#[test]
fn the_committed_schema_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/answer.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, schema()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), schema(), "stale: UPDATE=1 cargo test --test answers");
}

#[test]
fn real_answers_are_valid() {
    let (checker, validator) = (checker(), validator());
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/garbled")).unwrap() {
        let document = Document::from_text("x", std::fs::read_to_string(entry.unwrap().path()).unwrap());
        documents.push(serde_json::to_value(answer(&checker, &document, &checker.check(&document))).unwrap());
    }
    assert!(documents.iter().any(|document| !document["findings"].as_array().unwrap().is_empty()));
    documents
        .push(serde_json::to_value(AnswerError { schema_version: 1, id: "y".into(), path: "y".into(), error: "gone".into() }).unwrap());
    let errors: Vec<String> = validator.iter_errors(&whole(documents)).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_wrong_answer_is_not_valid() {
    let validator = validator();
    assert!(!validator.is_valid(&whole(vec![json!({"schema_version": 1, "id": "x"})])));
    assert!(!validator.is_valid(&json!({"documents": []})));
}

#[test]
fn the_answer_to_a_record() {
    let line = r#"{"id":"a1","title":"Bridge reopens","text":"Caf\u00e9 owners said the the bridge had reopened."}"#;
    let record = RecordReader::new("a.jsonl", line.as_bytes()).next_line().unwrap().unwrap();
    let document = record.parse(&TextFields::Usual).unwrap();
    let selection = Selection { select: vec!["repetition/doubled-word".into()], ..Selection::default() };
    let checker = Checker::new(RuleSet::embedded().unwrap(), Config { selection, min_confidence: 0.0, ..Config::default() }).unwrap();
    let answer = answer(&checker, &document, &checker.check(&document));
    let place = &answer.findings[0].source;
    assert_eq!(&line[place.start as usize..place.end as usize], "the the");
    insta::assert_json_snapshot!(answer, {".findings[].confidence" => "[0..1]", ".quality" => "[0..100]", ".scores.repetition" => "[0..100]"});
}
