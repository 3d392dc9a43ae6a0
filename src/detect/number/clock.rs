use super::{REPAIR, after, before, each_number};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block};
use serde::Deserialize;

/// Finds times that no clock shows, and those of another language's clock: "25:61", "21 o'clock", "14:30 p.m.".
struct Clock {
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
    Impossible,
    Foreign,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { fault } = parts.options()?;
    Ok(Box::new(Clock { fault }))
}

impl Detector for Clock {
    fn captures(&self) -> &'static [&'static str] {
        &[REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        each_number(doc, |block, at| {
            found.extend(match self.fault {
                Fault::Impossible => impossible(doc, block, at),
                Fault::Foreign => foreign(doc, block, at),
            });
        });
    }
}

/// Hours and minutes of "9", "9:30", "09.30".
fn parts(form: &str) -> Option<(u32, Option<u32>)> {
    match form.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 && hour.len() <= 2 => Some((hour.parse().ok()?, Some(minute.parse().ok()?))),
        None if form.len() <= 2 => Some((form.parse().ok()?, None)),
        _ => None,
    }
}

/// Half of the day: "a.m.", "pm"; `true` after noon.
fn meridiem(word: &str) -> Option<bool> {
    match word {
        "pm" | "p.m." | "PM" | "P.M." | "p.m" => Some(true),
        "am" | "a.m." | "AM" | "A.M." | "a.m" => Some(false),
        _ => None,
    }
}

fn is_zone(word: &str) -> bool {
    matches!(word, "GMT" | "UTC" | "BST" | "CET" | "CEST" | "EST" | "EDT" | "MSK" | "hrs" | "hours" | "o'clock" | "o’clock")
}

fn impossible(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    let form = doc.word(at);
    let (hour, minute) = parts(form)?;
    // "4: 15 p.m.": the minutes of a torn time.
    if before(doc, block, at) == ":" && minute.is_none() {
        return None;
    }
    let colon = form.contains(':');
    let next = after(doc, block, at, 1);
    let half = meridiem(next);
    let zone = is_zone(next) && (colon || next != "hours");
    // Scores and records have a colon too; only a word of time makes it a clock.
    let led = colon
        && matches!(before(doc, block, at), "at" | "At" | "until" | "around" | "since" | "till" | "before" | "after" | "by" | "about");
    if half.is_none() && !(zone && minute.is_some()) && !led || !colon && half.is_none() {
        return None;
    }
    // "after 95:12 minutes"
    if matches!(next, "minutes" | "seconds" | "min" | "into" | "left" | "mark" | "remaining") || led && half.is_none() && !zone && hour > 30
    {
        return None;
    }
    let wrong = colon && (minute.is_some_and(|minute| minute > 59) || hour > 24 || hour == 24 && minute.is_some_and(|minute| minute > 0));
    if wrong {
        return Some(Candidate::at(doc.tokens[at].span).with(REPAIR, form));
    }
    // "14:30 p.m." says it twice, "14:30 a.m." contradicts itself.
    let half = half?;
    if hour <= 12 || hour > 23 || !half && minute.is_none() {
        return None;
    }
    let span = doc.span(at..at + 2);
    let minutes = minute.map_or_else(String::new, |_| form[form.find([':', '.']).unwrap_or(form.len())..].to_owned());
    let repair = if half { format!("{}{minutes} {next}", hour - 12) } else { span.of(doc.text).to_owned() };
    Some(Candidate::at(span).with(REPAIR, repair).graded("twice"))
}

/// "21 o'clock".
fn foreign(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    if !matches!(after(doc, block, at, 1), "o'clock" | "o’clock") {
        return None;
    }
    let (hour, minute) = parts(doc.word(at))?;
    let span = doc.span(at..at + 2);
    if minute.is_some_and(|minute| minute < 60) && hour <= 24 {
        // "8:30 o'clock"
        return Some(Candidate::at(span).with(REPAIR, doc.word(at)));
    }
    (13..=24).contains(&hour).then(|| {
        let repair = if hour == 24 { "midnight".to_owned() } else { format!("{} p.m.", hour - 12) };
        Candidate::at(span).with(REPAIR, repair)
    })
}
