use super::{REPAIR, each_number};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::TokenKind;
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// Finds figures and letters that ought to stand apart or otherwise: "12people", "in2015", "21th", "the 20170s".
struct Glued {
    fault: Fault,
    /// Words that figures are glued to.
    words: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    fault: Fault,
    /// A list of words.
    words: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Word,
    Ordinal,
    Decade,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { fault, words } = parts.options()?;
    let words = words.map(|path| parts.entries(&path)).transpose()?.unwrap_or_default();
    Ok(Box::new(Glued { fault, words: words.into_iter().collect() }))
}

impl Detector for Glued {
    fn captures(&self) -> &'static [&'static str] {
        &[REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        each_number(doc, |_, at| {
            let form = doc.word(at);
            let figures = form.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
            let (number, tail) = form.split_at(figures);
            if tail.is_empty() || number.is_empty() || !tail.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'\'') {
                return;
            }
            let repair = match self.fault {
                Fault::Word => self.apart(number, tail),
                Fault::Ordinal => ordinal(number, tail),
                Fault::Decade => decade(number, tail),
            };
            if let Some(repair) = repair {
                found.push(Candidate::at(doc.tokens[at].span).with(REPAIR, repair));
            }
        });
        if self.fault == Fault::Word {
            self.words_before(context, found);
        }
    }
}

impl Glued {
    /// "12people".
    fn apart(&self, number: &str, tail: &str) -> Option<String> {
        // "4in" is a length.
        (tail.len() >= 3 && self.words.contains(tail)).then(|| format!("{number} {tail}"))
    }

    /// "in2015".
    fn words_before(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let bytes = doc.text.as_bytes();
        for block in doc.judged_blocks() {
            for token in doc.tokens[block.tokens.clone()].iter().filter(|token| token.kind == TokenKind::Word) {
                // Most words end in a letter: one look at the last byte spares them the rest.
                if !bytes[token.span.end as usize - 1].is_ascii_digit() {
                    continue;
                }
                let form = token.span.of(doc.text);
                let letters = form.bytes().take_while(u8::is_ascii_alphabetic).count();
                let (word, number) = form.split_at(letters);
                let figures = number.bytes().all(|byte| byte.is_ascii_digit()) && (1..=4).contains(&number.len());
                let known = self.words.contains(word) && word.len() >= 2 || is_month(word) && word.len() > 3;
                if figures && known && !matches!(word, "to" | "at" | "be" | "he" | "we" | "no" | "million" | "billion" | "percent") {
                    found.push(Candidate::at(token.span).with(REPAIR, format!("{word} {number}")));
                }
            }
        }
    }
}

/// "21th".
fn ordinal(number: &str, tail: &str) -> Option<String> {
    if !matches!(tail, "st" | "nd" | "rd" | "th") || number.ends_with([',', '.']) {
        return None;
    }
    let figures: Vec<u8> = number.bytes().filter(u8::is_ascii_digit).collect();
    let teen = figures.len() >= 2 && figures[figures.len() - 2] == b'1';
    let right = match figures.last()? {
        b'1' if !teen => "st",
        b'2' if !teen => "nd",
        b'3' if !teen => "rd",
        _ => "th",
    };
    (right != tail).then(|| format!("{number}{right}"))
}

/// "the 20170s", "the 199s"; the repair is not known.
fn decade(number: &str, tail: &str) -> Option<String> {
    let century = number.starts_with("19") || number.starts_with("20") || number.starts_with("18");
    let figures = number.bytes().all(|byte| byte.is_ascii_digit());
    (tail == "s" && figures && century && (number.len() == 5 && number.ends_with('0'))).then(|| format!("{number}{tail}"))
}

fn is_month(word: &str) -> bool {
    super::calendar::month(word).is_some()
}
