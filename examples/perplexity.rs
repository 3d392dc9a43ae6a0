//! Perplexity of a model's n-grams on articles: `cargo run --release --example perplexity -- MODEL FILE.jsonl.gz`.
//! Leaves out articles whose `flaws` are not 0. Prints bits a word, forwards and backwards, and the share of known n-grams.

#![allow(clippy::print_stdout, reason = "a measurement prints its figures")]

use std::fs::File;
use std::io::{BufRead as _, BufReader};

use flate2::read::MultiGzDecoder;
use ungarble::language::{Annotator, LanguageCode, Vocabulary, pieces};
use ungarble::model::{BOUNDARY, CLASSES, Model};
use ungarble::text::{Part, Role, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, data] = &arguments[..] else { return Err("usage: perplexity MODEL FILE.jsonl.gz".into()) };
    let bytes = std::fs::read(model)?;
    let model = Model::from_bytes(&bytes)?;
    let mut vocabulary = Vocabulary::default();
    let annotator = Annotator::new(&mut vocabulary, LanguageCode::ENGLISH);
    let (mut words, mut classes, mut forward, mut backward, mut pairs, mut triples) = (0u64, 0u64, 0i64, 0i64, 0u64, 0u64);
    for line in BufReader::new(MultiGzDecoder::new(File::open(data)?)).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        if record["flaws"].as_i64().unwrap_or(0) != 0 {
            continue;
        }
        let text = record["text"].as_str().unwrap_or_default();
        let doc = annotator.annotate(text, &[Part { span: Span::new(0, text.len()), role: Role::Body }], &vocabulary);
        for sentence in &doc.sentences {
            let mut grams = vec![BOUNDARY; 2];
            pieces::pieces(&doc, sentence.tokens.clone(), |piece| {
                let folded = piece.text.to_lowercase().replace('’', "'");
                grams.push(pieces::gram(&model.lexicon, &model.lexicon.facts(&folded), piece.text, grams.len() == 2));
            });
            grams.extend([BOUNDARY; 2]);
            for four in grams.windows(3) {
                words += u64::from(four[2] != BOUNDARY);
                classes += u64::from(four[2] < CLASSES && four[2] != BOUNDARY);
                if !(four[1] == BOUNDARY && four[2] == BOUNDARY) {
                    forward += i64::from(model.ngrams.forward([four[0], four[1]], four[2]));
                    pairs += u64::from(model.ngrams.knows_pair(four[1], four[2]));
                    triples += u64::from(model.ngrams.knows_triple([four[0], four[1], four[2]]));
                }
                if !(four[1] == BOUNDARY && four[0] == BOUNDARY) {
                    backward += i64::from(model.ngrams.backward(four[0], [four[1], four[2]]));
                }
            }
        }
    }
    let share = |count: u64| count as f64 / words as f64;
    println!("words {words}, classes {:.3}, known pairs {:.3}, known triples {:.3}", share(classes), share(pairs), share(triples));
    println!("bits a word: forwards {:.3}, backwards {:.3}", forward as f64 / 4.0 / words as f64, backward as f64 / 4.0 / words as f64);
    Ok(())
}
