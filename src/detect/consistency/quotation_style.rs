use serde::Deserialize;

use super::{rarer, times};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, QuoteMark, QuoteRole, TokenKind};
use crate::text::Span;

/// Two styles of quotation marks in one article.
struct QuotationStyle {
    style: Style,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Style {
    /// Curly and straight marks.
    Curl,
    /// Single marks where phrases elsewhere stand in double ones.
    Single,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    style: Style,
}

/// A quoted phrase of at most so many tokens is a term or a scare quote, not a speech.
const PHRASE: usize = 6;

/// So many pairs in one style, and four times as many as in the other, are a habit.
const HABIT: usize = 4;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { style } = parts.options()?;
    Ok(Box::new(QuotationStyle { style }))
}

impl Detector for QuotationStyle {
    fn captures(&self) -> &'static [&'static str] {
        &["rare", "rare_times", "common", "common_times", "inner"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        if doc.quotes.is_empty() {
            return;
        }
        found.extend(match self.style {
            Style::Curl => curl(doc),
            Style::Single => single(doc),
        });
    }
}

/// Whole pairs are counted; a pair that opens in one style and closes in the other is a fault of punctuation. An article
/// without a settled habit has no usual style, so none of its pairs is the odd one.
fn curl(doc: &Annotated) -> Option<Candidate> {
    let (mut straight, mut curly): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    for mark in doc.quotes.iter().filter(|mark| mark.is_double() && mark.role == QuoteRole::Open) {
        let Some(close) = mark.partner.filter(|&close| same_curl(doc, mark.token, close)) else { continue };
        // A long quotation is marked where it opens.
        let end = if close - mark.token <= 40 { close } else { mark.token };
        match mark.mark {
            '"' => straight.push(doc.span(mark.token..end + 1)),
            '“' => curly.push(doc.span(mark.token..end + 1)),
            _ => {}
        }
    }
    let (rare, common, names) =
        if straight.len() < curly.len() { (straight, curly, ("straight", "curly")) } else { (curly, straight, ("curly", "straight")) };
    if common.len() < HABIT.max(4 * rare.len()) {
        return None;
    }
    Some(
        rarer(&rare)?
            .with("rare", names.0)
            .with("common", names.1)
            .with("rare_times", times(rare.len()))
            .with("common_times", times(common.len())),
    )
}

fn same_curl(doc: &Annotated, open: usize, close: usize) -> bool {
    (doc.word(open) == "\"") == (doc.word(close) == "\"")
}

/// Phrases in single marks, outside double ones, where the article puts its phrases in double ones.
fn single(doc: &Annotated) -> Option<Candidate> {
    let (mut singles, mut doubles, mut speeches) = (Vec::new(), 0usize, 0usize);
    // The last block asked about, by its first token, and the answer.
    let mut judged = (usize::MAX, false);
    for mark in doc.quotes.iter().filter(|mark| mark.role == QuoteRole::Open) {
        let Some(close) = mark.partner else { continue };
        let inner = close - mark.token - 1;
        let phrase = (1..=PHRASE).contains(&inner) && is_phrase(doc, mark, close);
        match (mark.is_double(), phrase) {
            (true, true) => doubles += 1,
            (true, false) => speeches += 1,
            (false, _) if doc.tokens[mark.token].quoted => {}
            (false, true) => {
                let block = doc.block_of(mark.token);
                if judged.0 != block.tokens.start {
                    judged = (block.tokens.start, sound(doc, block));
                }
                if judged.1 {
                    singles.push(doc.span(mark.token..close + 1));
                }
            }
            // The article quotes speech in single marks: that is its style.
            (false, false) => return None,
        }
    }
    if singles.len() > 2 || singles.len() >= doubles || doubles + speeches < 3 {
        return None;
    }
    let candidate = rarer(&singles)?;
    let inner: String = candidate.span.of(doc.text).chars().skip(1).collect();
    let inner = inner.trim_end_matches(['’', '\'']).to_owned();
    Some(
        candidate
            .with("rare_times", times(singles.len()))
            .with("common_times", times(doubles))
            .with("rare", "single")
            .with("common", "double")
            .with("inner", inner),
    )
}

/// Whether every double mark of the block has its partner, so that what is nested is known; and whether the block is a
/// paragraph, and not an article that lost its line breaks and with them its cross-heads, which stand in single marks.
fn sound(doc: &Annotated, block: &Block) -> bool {
    const SENTENCES: usize = 10;
    let from = doc.quotes.partition_point(|mark| mark.token < block.tokens.start);
    let marks = doc.quotes[from..].iter().take_while(|mark| mark.token < block.tokens.end);
    block.sentences.len() <= SENTENCES && !doc.is_heading(block) && marks.filter(|mark| mark.is_double()).all(|mark| mark.partner.is_some())
}

/// Whether what a pair of marks holds is a phrase within a sentence: no mark inside that ends a sentence or a speech.
fn is_phrase(doc: &Annotated, mark: &QuoteMark, close: usize) -> bool {
    (mark.token + 1..close).all(|at| doc.tokens[at].is_word() || doc.tokens[at].kind == TokenKind::Number)
}
