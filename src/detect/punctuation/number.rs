use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Token, TokenKind};
use std::ops::Range;

/// Finds a space inside a number, a date or a score: "1,100, 000", "24. 6", "27/08/ 2020", "7- 6".
pub(super) struct BrokenNumber;

/// Numbers that one finding joins at most.
const PIECES: usize = 8;

impl Detector for BrokenNumber {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        // The first token that no number has taken yet.
        let mut free = 0;
        marks::judge_puncts(context, found, |doc, block, mark| {
            let at = mark.checked_sub(1).filter(|&at| at >= block.start.max(free))?;
            let (mut last, mut grade) = (at, None);
            while last < at + 2 * PIECES
                && ends_in_digit(doc, last)
                && let Some(sure) = join(doc, block, last, at)
            {
                last += 2;
                grade = grade.or(sure);
            }
            free = last + 1;
            let span = (last > at).then(|| doc.span(at..last + 1))?;
            let mut candidate = marks::mended(span, span.of(doc.text).split_whitespace().collect::<String>());
            candidate.grade = grade;
            Some(candidate)
        });
    }
}

fn ends_in_digit(doc: &Annotated, at: usize) -> bool {
    marks::is_term(&doc.tokens[at]) && doc.text.as_bytes()[doc.tokens[at].span.end as usize - 1].is_ascii_digit()
}

/// Whether a mark and a number after the token `at` belong to one number with it, and how surely.
fn join(doc: &Annotated, block: &Range<usize>, at: usize, first: usize) -> Option<Option<&'static str>> {
    if at + 2 >= block.end || doc.tokens[at + 2].kind != TokenKind::Number {
        return None;
    }
    let (mark, next) = (&doc.tokens[at + 1], &doc.tokens[at + 2]);
    let sign = marks::mark(doc, at + 1)?;
    if mark.line_before || next.line_before || mark.space_before == next.space_before {
        return None;
    }
    let (left, right) = (doc.word(at), doc.word(at + 2));
    let plain = right.bytes().all(|byte| byte.is_ascii_digit());
    match sign {
        // "8 ,3", "1 .5": no mark of the sentence stands so.
        ',' | '.' if mark.space_before => (plain && doc.tokens[at].kind == TokenKind::Number && left.len() <= 9).then_some(None),
        ',' => thousands(doc, block, at, first, left, right),
        '.' => (plain && right.len() <= 3 && decimal_left(left) && measures(doc, block, at + 2)).then_some(None),
        '/' => (left.contains('/') || right.contains('/') || right.len() == 4).then_some(None),
        '-' if doc.tokens[at].kind == TokenKind::Number => {
            (plain && left.bytes().all(|byte| byte.is_ascii_digit()) && next.space_before && left.len() <= 4 && right.len() <= 4)
                .then_some(Some("range"))
        }
        ':' => clock(doc, block, at, left, right).then_some(None),
        _ => None,
    }
}

/// "1,100, 000": the rest of a number with groups of three digits.
fn thousands(doc: &Annotated, block: &Range<usize>, at: usize, first: usize, left: &str, right: &str) -> Option<Option<&'static str>> {
    let group = right.split(',').all(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let digits = left.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut parts = digits.split(',');
    let head =
        parts.next().is_some_and(|part| (1..=3).contains(&part.len())) && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    if !group {
        return None;
    }
    if right.starts_with("000") && (digits.len() <= 4 || digits.contains(',')) && !digits.is_empty() {
        return Some(None);
    }
    if !head {
        return None;
    }
    let before = (first > block.start).then(|| &doc.tokens[first - 1]);
    let money =
        before.is_some_and(|token| token.kind == TokenKind::Symbol && matches!(token.span.of(doc.text), "$" | "£" | "€" | "¥" | "₦"));
    let grouped = digits.contains(',') && parts.all(|part| part.len() == 3);
    let listed = at + 3 < block.end && matches!(doc.word(at + 3), "," | "and" | "or" | "&" | ";" | "-" | "–" | ")")
        || before.is_some_and(|token| is_list(doc, token, first));
    let sum = money || digits.len() < left.len();
    let sums = at + 4 < block.end && doc.is(at + 3, ",") && !doc.tokens[at + 4].is_word();
    match (sum, listed) {
        (true, false) => Some(None),
        (true, true) if at + 3 < block.end && doc.is(at + 3, ",") && !sums && !before.is_some_and(|token| is_list(doc, token, first)) => {
            Some(None)
        }
        (_, false) if grouped => Some(None),
        (_, false) if before.is_some_and(|token| token.is_word() && !is_dated(token.span.of(doc.text))) && counts(doc, block, at + 2) => {
            Some(Some("bare"))
        }
        (_, false)
            if before.is_some_and(|token| matches!(token.span.of(doc.text), "at" | "to" | "by" | "with" | "about" | "than"))
                && ends(doc, block, at + 2) =>
        {
            Some(Some("bare"))
        }
        _ => None,
    }
}

/// Whether the sentence ends after the token.
fn ends(doc: &Annotated, block: &Range<usize>, at: usize) -> bool {
    at + 2 < block.end
        && doc.is(at + 1, ".")
        && doc.tokens[at + 2].space_before
        && !marks::is_lower(doc, at + 2)
        && doc.tokens[at + 2].is_word()
}

fn is_list(doc: &Annotated, before: &Token, first: usize) -> bool {
    matches!(before.span.of(doc.text), "," | "-" | "–" | ":") || before.kind == TokenKind::Number || doc.tokens[first].line_before
}

/// After a month or a word of age, a number is complete: "on May 5, 800 people".
fn is_dated(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = word.to_lowercase();
    MONTHS.iter().any(|month| lower.starts_with(month))
        || matches!(
            lower.as_str(),
            "aged" | "chapter" | "page" | "no." | "article" | "section" | "in" | "on" | "of" | "verse" | "at" | "age" | "group"
        )
}

/// Whether a counted thing follows, and not the place of a count in a list: "Edo 29, 126 in Osun".
fn counts(doc: &Annotated, block: &Range<usize>, at: usize) -> bool {
    at + 1 < block.end
        && doc.tokens[at + 1].space_before
        && marks::is_lower(doc, at + 1)
        && !matches!(doc.word(at + 1), "in" | "on" | "at" | "from" | "for" | "by" | "to" | "with")
}

fn decimal_left(left: &str) -> bool {
    let digits = left.trim_start_matches(|c: char| !c.is_ascii_digit());
    (1..=3).contains(&digits.len()) && left.len() - digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a unit follows that a decimal number takes.
fn measures(doc: &Annotated, block: &Range<usize>, at: usize) -> bool {
    const UNITS: [&str; 26] = [
        "%",
        "percent",
        "per",
        "million",
        "billion",
        "trillion",
        "m",
        "bn",
        "km",
        "kg",
        "kilometres",
        "kilometers",
        "metres",
        "meters",
        "miles",
        "degrees",
        "points",
        "tonnes",
        "tons",
        "cm",
        "mm",
        "litres",
        "liters",
        "times",
        "million-euro",
        "seconds",
    ];
    at + 1 < block.end && UNITS.contains(&doc.word(at + 1))
}

/// "at 10: 30".
fn clock(doc: &Annotated, block: &Range<usize>, at: usize, left: &str, right: &str) -> bool {
    let value = |digits: &str| digits.parse::<u8>().ok();
    let time =
        left.len() <= 2 && right.len() == 2 && value(left).is_some_and(|hour| hour < 24) && value(right).is_some_and(|minute| minute < 60);
    let led = at > block.start && matches!(doc.word(at - 1), "at" | "around" | "by" | "until" | "about" | "before" | "after");
    let zone = at + 3 < block.end && matches!(doc.word(at + 3), "am" | "pm" | "a.m." | "p.m." | "GMT" | "AM" | "PM");
    time && (led || zone)
}
