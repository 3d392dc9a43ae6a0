use super::{after, before, each_number};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block};

/// Finds a number in words and in figures that disagree: "three (4) people".
struct WordsAndFigures;

pub(super) fn build(_: &mut Parts) -> Result<Box<dyn Detector>, String> {
    Ok(Box::new(WordsAndFigures))
}

impl Detector for WordsAndFigures {
    fn captures(&self) -> &'static [&'static str] {
        &["words"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        each_number(doc, |block, at| found.extend(disagreeing(doc, block, at)));
    }
}

fn disagreeing(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    if at < block.tokens.start + 2 || before(doc, block, at) != "(" || after(doc, block, at, 1) != ")" {
        return None;
    }
    let figures: u32 = doc.word(at).replace(',', "").parse().ok()?;
    let word = doc.word(at - 2);
    // The word may be the tail of a longer number: "one hundred and three (103)".
    let led = if at >= block.tokens.start + 3 { doc.word(at - 3) } else { "" };
    let longer = matches!(led, "hundred" | "thousand" | "and" | "million" | "-") || value(led).is_some();
    let words = value(word)?;
    // "one (2)": the figures of a footnote or a list stand after any word, those of a count before a thing.
    let counts = doc.tokens.get(at + 2).is_some_and(|token| token.is_word() && token.space_before)
        && doc.word(at + 2).starts_with(char::is_lowercase);
    // "the one (1996)": a film and its year.
    let year = (1800..2100).contains(&figures);
    (words != figures && !year && !longer && counts && doc.tokens[at - 1].space_before)
        .then(|| Candidate::at(doc.span(at - 2..at + 2)).with("words", word))
}

/// The value of a number word up to ninety-nine.
pub(super) fn value(word: &str) -> Option<u32> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if !word.is_ascii() || word.len() > 15 || word.len() < 3 {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let place = |list: &[&str], word: &str| list.iter().position(|known| *known == word).map(|at| at as u32);
    match lower.split_once('-') {
        Some((tens, ones)) => Some(place(&TENS, tens)? * 10 + 20 + place(&ONES, ones).filter(|ones| (1..10).contains(ones))?),
        None => place(&ONES, &lower).or_else(|| place(&TENS, &lower).map(|tens| tens * 10 + 20)),
    }
}
