//! Pairs of a sound sentence and its damaged twin: `cargo run --release --example damage -- FILE.jsonl.gz N > pairs.jsonl`.
//! Writes up to N pairs a kind (and the sentences before and behind) as {"cls","good","bad","span","want"}, for
//! `garblebench.py pairs`. Same file, same pairs.

#![allow(clippy::print_stdout, reason = "the pairs go to standard output")]

use std::fs::File;
use std::io::{BufRead as _, BufReader};

use flate2::read::MultiGzDecoder;
use ungarble::language::{Annotator, LanguageCode, Reading, Vocabulary};
use ungarble::model;
use ungarble::text::{Part, Role, Span};
use ungarble::training::damage::{Chance, DamageKind, apply, damage};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, most] = &arguments[..] else { return Err("usage: damage FILE.jsonl.gz N".into()) };
    let most: usize = most.parse()?;
    let model = model::embedded().ok_or("needs the embedded model")?;
    let mut vocabulary = Vocabulary::default();
    let annotator = Annotator::new(&mut vocabulary, LanguageCode::ENGLISH);
    let mut chance = Chance::new(20_261_122);
    let mut made = [0usize; DamageKind::ALL.len()];
    for line in BufReader::new(MultiGzDecoder::new(File::open(data)?)).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        let mut doc = annotator.annotate(text, &[Part { span: Span::new(0, text.len()), role: Role::Body }], &vocabulary);
        doc.reading = Some(Reading::new(&doc, model));
        for (number, kind) in DamageKind::ALL.into_iter().enumerate() {
            let sentence = chance.below(doc.sentences.len().max(1));
            if made[number] >= most || sentence >= doc.sentences.len() {
                continue;
            }
            let Some(done) = damage(&doc, sentence, kind, &model.lexicon, &mut chance) else { continue };
            let first = doc.sentences[sentence.saturating_sub(1)].span.range().start;
            let last = doc.sentences[(sentence + 1).min(doc.sentences.len() - 1)].span.range().end;
            let (bad, places) = apply(text, std::slice::from_ref(&done));
            let bad = &bad[first..bad.len() - (text.len() - last)];
            let chars = |bytes: usize| bad[..bytes - first].chars().count();
            let span = [chars(places[0].start), chars(places[0].end)];
            let want = &text[done.was.clone()];
            made[number] += 1;
            println!("{}", serde_json::json!({"cls": kind.name(), "good": &text[first..last], "bad": bad, "span": span, "want": want}));
        }
    }
    Ok(())
}
