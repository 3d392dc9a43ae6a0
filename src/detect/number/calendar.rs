use super::{REPAIR, after, before, each_number};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, Shape, TokenKind};
use serde::Deserialize;

/// Finds dates that no calendar has, and dates in the manner of the source language.
struct Calendar {
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
    /// "Feb. 30"
    Day,
    /// "Monday, March 3, 2021", which was a Wednesday
    Weekday,
    /// "20. January 2017"
    Stop,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { fault } = parts.options()?;
    Ok(Box::new(Calendar { fault }))
}

impl Detector for Calendar {
    fn captures(&self) -> &'static [&'static str] {
        &[REPAIR, "weekday", "days", "month"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        each_number(doc, |block, at| {
            found.extend(match self.fault {
                Fault::Day => impossible_day(doc, block, at),
                Fault::Weekday => wrong_weekday(doc, block, at),
                Fault::Stop => stop_after_day(doc, block, at),
            });
        });
    }
}

const MONTHS: [(&str, u8); 12] = [
    ("January", 31),
    ("February", 29),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

/// The number of a month, 1 to 12, by its name or abbreviation.
pub(super) fn month(word: &str) -> Option<usize> {
    let stem = word.strip_suffix('.').unwrap_or(word);
    if !stem.starts_with(|c: char| c.is_ascii_uppercase()) || stem.len() < 3 || !stem.is_ascii() {
        return None;
    }
    let same = |name: &str| name == stem || (matches!(stem.len(), 3) || stem == "Sept") && name.starts_with(stem);
    MONTHS.iter().position(|(name, _)| same(name)).map(|at| at + 1)
}

/// The days of a month, and its name.
fn days_of(month: usize) -> (u8, &'static str) {
    (MONTHS[month - 1].1, MONTHS[month - 1].0)
}

/// The day of a month: "3", "3rd".
fn day(form: &str) -> Option<u32> {
    let figures = form.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = &form[figures.len()..];
    let fits = figures.len() <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th");
    fits.then(|| figures.parse().ok()).flatten().filter(|&day| day > 0)
}

fn year(form: &str) -> Option<i64> {
    (form.len() == 4 && form.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| form.parse().ok())
        .flatten()
        .filter(|year| (1600..2200).contains(year))
}

fn impossible_day(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    let form = doc.word(at);
    let day = day(form)?;
    let candidate = |span, month: usize| {
        let (days, name) = days_of(month);
        Candidate::at(span).with("days", days.to_string()).with("month", name)
    };
    // "31 April": after a word that a date follows, so that "31 May Day marchers" is none.
    if let Some(month) = month(after(doc, block, at, 1)) {
        let dated = matches!(
            before(doc, block, at),
            "on" | "of" | "since" | "until" | "from" | "to" | "by" | "till" | "before" | "after" | "and" | "the" | "," | "("
        ) || weekday(before(doc, block, at)).is_some();
        if day > u32::from(days_of(month).0) && day <= 39 && dated && (before(doc, block, at) == "on" || ends_date(doc, block, at + 1)) {
            return Some(candidate(doc.span(at..at + 2), month));
        }
    }
    let month = month(before(doc, block, at))?;
    // "In June 31 people died."
    let led = if at >= block.tokens.start + 2 { doc.word(at - 2) } else { "" };
    let dated = !matches!(
        led,
        "in" | "In" | "during" | "During" | "last" | "this" | "next" | "early" | "late" | "mid" | "Since" | "since" | "by" | "By"
    );
    if day <= u32::from(days_of(month).0)
        || day > 39
        || !dated
        || !doc.tokens[at].space_before
        || before(doc, block, at) == "May" && led.is_empty()
    {
        return None;
    }
    (matches!(led, "on" | "On") || ends_date(doc, block, at)).then(|| candidate(doc.span(at - 1..at + 1), month))
}

/// Whether what follows is no counted thing: a mark, a year, a function word, the end.
fn ends_date(doc: &Annotated, block: &Block, at: usize) -> bool {
    let next = after(doc, block, at, 1);
    if next.is_empty() || year(next).is_some() || doc.tokens[at + 1].kind == TokenKind::Punct && !matches!(next, "-" | "–" | "/") {
        return true;
    }
    matches!(
        next,
        "at" | "in"
            | "to"
            | "and"
            | "when"
            | "after"
            | "before"
            | "the"
            | "a"
            | "for"
            | "with"
            | "by"
            | "that"
            | "was"
            | "is"
            | "as"
            | "until"
            | "or"
            | "he"
            | "she"
            | "they"
            | "it"
            | "but"
            | "near"
            | "because"
    )
}

/// Monday is 0.
fn weekday(word: &str) -> Option<usize> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    DAYS.iter().position(|day| *day == word)
}

fn wrong_weekday(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    let day = day(doc.word(at))?;
    let skip_comma = |by: usize| if after(doc, block, at, by) == "," { by + 1 } else { by };
    // The number's own neighbours: "3 March, 2021" or "March 3, 2021".
    let (month, year_at, first) = match month(after(doc, block, at, 1)) {
        Some(month) => (month, skip_comma(2), at),
        None => (month(before(doc, block, at))?, skip_comma(1), at - 1),
    };
    let year = year(after(doc, block, at, year_at))?;
    let mut lead = first.checked_sub(1).filter(|&lead| lead >= block.tokens.start)?;
    if matches!(doc.word(lead), "," | "the") && lead > block.tokens.start {
        lead -= 1;
        if doc.is(lead, ",") && lead > block.tokens.start {
            lead -= 1;
        }
    }
    let named = weekday(doc.word(lead))?;
    if day > u32::from(days_of(month).0) || year < 1800 {
        return None;
    }
    let right = (days_before(year, month, i64::from(day)) + 3).rem_euclid(7) as usize;
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    (right != named).then(|| {
        let repair = DAYS[right];
        Candidate::at(doc.tokens[lead].span).with(REPAIR, repair).with("weekday", repair)
    })
}

/// Days from 1 January 1970 in the Gregorian calendar.
fn days_before(year: i64, month: usize, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let shifted = (month as i64 + 9) % 12;
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// "on 20. January 2017".
fn stop_after_day(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    let form = doc.word(at);
    let fits = form.len() <= 2 && form.bytes().all(|byte| byte.is_ascii_digit()) && (1..=31).contains(&form.parse::<u8>().ok()?);
    if !fits || after(doc, block, at, 1) != "." || doc.tokens[at + 1].space_before {
        return None;
    }
    let name = after(doc, block, at, 2);
    month(name)?;
    let led = matches!(
        before(doc, block, at),
        "on" | "of"
            | "since"
            | "until"
            | "till"
            | "from"
            | "to"
            | "by"
            | "the"
            | "On"
            | "Since"
            | "From"
            | "before"
            | "after"
            | "("
            | "and"
    ) || weekday(before(doc, block, at)).is_some()
        || before(doc, block, at) == "," && at >= block.tokens.start + 2 && weekday(doc.word(at - 2)).is_some();
    let dated = year(after(doc, block, at, 3)).is_some();
    // "It rose from 19 to 20. January was cold."
    let clear = dated || doc.tokens.get(at + 3).is_none_or(|token| token.kind == TokenKind::Punct || token.shape != Shape::Lower);
    let opens = at == block.tokens.start && dated;
    (led && clear || opens).then(|| Candidate::at(doc.span(at..at + 2)).with(REPAIR, form))
}
