use super::{REPAIR, after, before, each_number, scale, value};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, TokenKind};
use serde::Deserialize;

/// Finds ranges that run backwards ("between 10 and 5 percent", "2015-2012") or are tied wrongly ("between 5 to 10").
struct Ranges {
    fault: Fault,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    fault: Fault,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Backward,
    Tie,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { fault } = parts.options()?;
    Ok(Box::new(Ranges { fault }))
}

impl Detector for Ranges {
    fn captures(&self) -> &'static [&'static str] {
        &[REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        each_number(doc, |block, at| {
            found.extend(match self.fault {
                Fault::Tie => wrong_tie(doc, block, at),
                Fault::Backward => backward_years(doc, at).or_else(|| backward(doc, block, at)),
            });
        });
    }
}

fn is_currency(word: &str) -> bool {
    matches!(word, "$" | "£" | "€" | "¥" | "US$" | "US" | "Rs" | "Rs.")
}

/// An amount from the token `at` on: its value, whether a scale word stands with it, the index after it, its unit.
struct Amount<'d> {
    value: f64,
    scaled: bool,
    end: usize,
    unit: &'d str,
}

fn amount<'d>(doc: &'d Annotated, block: &Block, mut at: usize) -> Option<Amount<'d>> {
    while at < block.tokens.end && is_currency(doc.word(at)) {
        at += 1;
    }
    if at >= block.tokens.end || doc.tokens[at].kind != TokenKind::Number {
        return None;
    }
    let form = doc.word(at);
    let figures = form.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let value = value(figures)?;
    let tail = &form[figures.len()..];
    let mut end = at + 1;
    let by = match scale(tail) {
        None if !tail.is_empty() => return None,
        Some(by) => Some(by),
        None => scale(after(doc, block, at, 1)).inspect(|_| end += 1),
    };
    let unit = if end < block.tokens.end && doc.tokens[end].kind != TokenKind::Punct { doc.word(end) } else { "" };
    Some(Amount { value: value * by.unwrap_or(1.0), scaled: by.is_some(), end, unit })
}

/// The index of "between" before an amount that begins at `at`, over a currency sign.
fn led_by_between(doc: &Annotated, block: &Block, at: usize) -> bool {
    let mut first = at;
    while first > block.tokens.start && is_currency(doc.word(first - 1)) {
        first -= 1;
    }
    first > block.tokens.start && matches!(doc.word(first - 1), "between" | "Between")
}

/// "between 5 to 10", "between 2010-2015": the finding is the word or mark that ties them.
fn wrong_tie(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    if !led_by_between(doc, block, at) {
        return None;
    }
    let first = amount(doc, block, at)?;
    // Over a unit of the first amount: "between 5 percent to 10 percent".
    let tie = (first.end..first.end + 3).find(|&tie| tie < block.tokens.end && doc.word(tie) == "to")?;
    if tie + 1 >= block.tokens.end || (first.end..tie).any(|at| doc.tokens[at].kind == TokenKind::Punct || doc.is(at, "and")) {
        return None;
    }
    let second = amount(doc, block, tie + 1)?;
    // "between 5 to 10 and 20 people": a range is one end.
    if doc.tokens[second.end..block.tokens.end.min(second.end + 4)].iter().any(|token| token.span.of(doc.text) == "and")
        && second.unit.is_empty()
    {
        return None;
    }
    let goes_on = (second.end..block.tokens.end.min(second.end + 4))
        .any(|next| doc.is(next, "and") && doc.tokens.get(next + 1).is_some_and(|token| token.kind == TokenKind::Number));
    (!goes_on).then(|| Candidate::at(doc.tokens[tie].span).with(REPAIR, "and"))
}

/// "between 10 and 5 percent".
fn backward(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    if !led_by_between(doc, block, at) {
        return None;
    }
    let first = amount(doc, block, at)?;
    let tie = (first.end..first.end + 2).find(|&tie| tie < block.tokens.end && doc.word(tie) == "and")?;
    if tie + 1 >= block.tokens.end {
        return None;
    }
    let second = amount(doc, block, tie + 1)?;
    // "between 800 and 1 million", "between 20 and 1.5 million": the first may be short for a scaled one.
    if first.value <= second.value || second.scaled && !first.scaled {
        return None;
    }
    let unit = if tie > first.end { doc.word(first.end) } else { second.unit };
    let clock = matches!(unit, "o'clock" | "o’clock" | "am" | "pm" | "a.m." | "p.m." | "AM" | "PM" | "GMT" | "hours")
        || doc.word(at).contains(':')
        || first.value <= 24.0 && second.value <= 12.0 && !is_measure(unit);
    let dated = super::calendar::month(unit).is_some() || super::calendar::month(before(doc, block, at)).is_some() || matches!(unit, "BC" | "BCE" | "st" | "th") || unit.is_empty() && first.value < 1800.0
        // Time before now is counted backwards.
        || (second.end..block.tokens.end.min(second.end + 3)).any(|at| doc.is(at, "ago") || doc.is(at, "BC"));
    let same_unit =
        tie == first.end || doc.word(first.end) == second.unit || is_measure(doc.word(first.end)) && doc.word(first.end) == second.unit;
    let span = doc.span(at..second.end);
    (!clock && !dated && same_unit).then(|| Candidate::at(span).with(REPAIR, span.of(doc.text)).graded("between"))
}

fn is_measure(unit: &str) -> bool {
    matches!(
        unit,
        "%" | "percent"
            | "per"
            | "km"
            | "kilometers"
            | "kilometres"
            | "miles"
            | "metres"
            | "meters"
            | "kg"
            | "tonnes"
            | "tons"
            | "euros"
            | "dollars"
            | "pounds"
            | "people"
            | "years"
            | "days"
            | "weeks"
            | "months"
            | "minutes"
            | "degrees"
            | "points"
            | "litres"
            | "million"
            | "billion"
    )
}

/// "2015-2012": both are years of our time.
fn backward_years(doc: &Annotated, at: usize) -> Option<Candidate> {
    let form = doc.word(at);
    let bytes = form.as_bytes();
    let year =
        |figures: &str| figures.len().eq(&4).then(|| figures.parse::<u32>().ok()).flatten().filter(|year| (1800..2100).contains(year));
    let (first, second, span) = if bytes.len() == 9 && bytes[4] == b'-' {
        (year(&form[..4])?, year(&form[5..])?, doc.tokens[at].span)
    } else {
        // With a dash the two are tokens of their own.
        let first = year(form)?;
        let tied = |next: usize| doc.tokens.get(next).is_some_and(|token| !token.space_before);
        if !(doc.is(at + 1, "–") && tied(at + 1) && tied(at + 2)) {
            return None;
        }
        (first, year(doc.word(at + 2))?, doc.span(at..at + 3))
    };
    // Part of a longer chain of figures, or a telephone number, or years before our era.
    let chained = at > 0 && !doc.tokens[at].space_before && !matches!(doc.word(at - 1), "(" | "[" | "“" | "\"");
    let era = doc.tokens_in(span).end;
    let old = doc.is(era, "BC") || doc.is(era, "BCE");
    let tail = doc.tokens.get(era).is_some_and(|token| !token.space_before && matches!(token.span.of(doc.text), "-" | "/" | ":"));
    (second < first && first - second <= 150 && !chained && !old && !tail).then(|| {
        let (head, tail) = (format!("{second}"), format!("{first}"));
        let mark = if bytes.len() == 9 { "-" } else { "–" };
        Candidate::at(span).with(REPAIR, format!("{head}{mark}{tail}"))
    })
}
