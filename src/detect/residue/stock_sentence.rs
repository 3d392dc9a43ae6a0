use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Sentence, Terminal, TokenKind};

/// Finds a short sentence that stands in an article many times: what a translation program says when it has nothing to
/// say ("I'm not sure."). Longer ones are repetitions.
pub(super) struct StockSentence;

const FEWEST_WORDS: usize = 3;
const MOST_WORDS: usize = 7;
/// A refrain is said three times by right.
const ENOUGH: usize = 4;

impl Detector for StockSentence {
    fn captures(&self) -> &'static [&'static str] {
        &["count"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let mut short: Vec<(u64, usize)> = Vec::new();
        for block in doc.judged_blocks().filter(|block| !doc.is_heading(block)) {
            for at in block.sentences.clone() {
                if let Some(hash) = fingerprint(doc, &doc.sentences[at]) {
                    short.push((hash, at));
                }
            }
        }
        short.sort_unstable();
        for all in short.chunk_by(|a, b| a.0 == b.0).filter(|all| all.len() >= ENOUGH) {
            let span = |&(_, at): &(u64, usize)| doc.sentences[at].span;
            let mut candidate = Candidate::at(span(&all[0])).with("count", all.len().to_string());
            candidate.related = all[1..].iter().take(99).map(span).collect();
            found.push(candidate);
        }
    }
}

/// A number for the words of a short closed sentence that nobody is quoted with.
fn fingerprint(doc: &Annotated, sentence: &Sentence) -> Option<u64> {
    let asks = doc.is(sentence.tokens.end - 1, "?");
    if sentence.tokens.len() > 2 * MOST_WORDS || sentence.terminal == Terminal::None || asks {
        return None;
    }
    let mut hasher = FxHasher::default();
    let mut words = 0;
    for token in &doc.tokens[sentence.tokens.clone()] {
        if token.quoted {
            return None;
        }
        if token.is_word() {
            words += 1;
            hasher.write_u32(token.lower.0);
        } else if token.kind != TokenKind::Punct {
            return None;
        }
    }
    (FEWEST_WORDS..=MOST_WORDS).contains(&words).then(|| hasher.finish())
}
