use super::{REPAIR, after, before, each_number};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block};
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// Finds numbers whose figures are grouped as in no country, or as in another: "1,00,0000", "3.500.000", "12.5.6 million".
struct Grouping {
    /// Things that are counted whole, so that "3.500 people" is no decimal.
    counted: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    counted: String,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { counted } = parts.options()?;
    Ok(Box::new(Grouping { counted: parts.entries(&counted)?.into_iter().collect() }))
}

impl Detector for Grouping {
    fn captures(&self) -> &'static [&'static str] {
        &[REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        each_number(doc, |block, at| {
            let form = doc.word(at);
            if !form.contains([',', '.']) || !form.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) {
                return;
            }
            if let Some((repair, grade)) = self.fault(doc, block, at, form) {
                found.push(Candidate::at(doc.tokens[at].span).with(REPAIR, repair).graded(grade));
            }
        });
    }
}

impl Grouping {
    /// The number as it ought to be, or itself where that is not known.
    fn fault(&self, doc: &Annotated, block: &Block, at: usize, form: &str) -> Option<(String, &'static str)> {
        if is_reference(doc, block, at) {
            return None;
        }
        let next = after(doc, block, at, 1);
        let measured = is_scale(next) || is_percent(next);
        let money = matches!(before(doc, block, at), "$" | "£" | "€" | "¥");
        let lengths = |mark: char| form.split(mark).map(str::len).collect::<Vec<_>>();
        match (form.contains(','), form.contains('.')) {
            (true, false) => {
                let groups = lengths(',');
                if groups_of_commas(form, &groups) { Some((form.to_owned(), "commas")) } else { None }
            }
            (false, true) => {
                let groups = lengths('.');
                let thousands = (1..=3).contains(&groups[0]) && groups[1..].iter().all(|&len| len == 3) && !form.starts_with('0');
                match groups.len() {
                    // "192.168.100.200" is an address on a network.
                    3.. if thousands && !(groups.len() == 4 && is_address(form)) => Some((form.replace('.', ","), "points")),
                    3.. if measured || money => Some((form.to_owned(), "points")),
                    2 if thousands && !is_scale(next) && (self.counted.contains(next) || money && form.ends_with("000")) => {
                        Some((form.replace('.', ","), "point"))
                    }
                    _ => None,
                }
            }
            // "1.200,50": both marks, the wrong way round.
            (true, true) => {
                let comma = form.find(',')?;
                let (head, tail) = (&form[..comma], &form[comma + 1..]);
                let swapped = head.contains('.') && !tail.contains([',', '.']) && tail.len() <= 2;
                let groups: Vec<usize> = head.split('.').map(str::len).collect();
                let thousands = (1..=3).contains(&groups[0]) && groups[1..].iter().all(|&len| len == 3);
                (swapped && thousands).then(|| (format!("{}.{tail}", head.replace('.', ",")), "points"))
            }
            _ => None,
        }
    }
}

/// Whether commas part a number as neither thousands nor the Indian way, and yet part a number and no list.
fn groups_of_commas(form: &str, groups: &[usize]) -> bool {
    let (first, rest) = (groups[0], &groups[1..]);
    let western = first <= 3 && rest.iter().all(|&len| len == 3);
    let indian = first <= 2 && rest.last() == Some(&3) && rest[..rest.len() - 1].iter().all(|&len| len == 2);
    if western || indian || rest.is_empty() || rest.contains(&1) {
        return false;
    }
    let zeros = form.split(',').skip(1).any(|part| part.len() >= 2 && part.bytes().all(|byte| byte == b'0'));
    let years = form.split(',').filter(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"))).count();
    match rest {
        // "12,0000", "1000,000"; "5,2019" are two numbers.
        [only] => zeros && (*only >= 4 && first <= 3 || *only == 3 && first >= 4),
        _ => years == 0 && rest.iter().all(|&len| (2..=4).contains(&len)) && (zeros || rest.contains(&3)) && first <= 4,
    }
}

/// Whether the number names something rather than counting it: a version, a section, a verse, a chapter.
fn is_reference(doc: &Annotated, block: &Block, at: usize) -> bool {
    let word = before(doc, block, at);
    let glued = !doc.tokens[at].space_before && matches!(word, "/" | "-" | ":" | "_" | "#" | "§" | ".");
    glued
        || matches!(
            word.to_ascii_lowercase().as_str(),
            "version"
                | "v"
                | "v."
                | "no."
                | "section"
                | "sec."
                | "§"
                | "article"
                | "art."
                | "chapter"
                | "clause"
                | "paragraph"
                | "rule"
                | "ip"
                | "address"
                | "release"
                | "ios"
                | "android"
                | "python"
                | "#"
                | "verse"
                | "verses"
                | "fig."
                | "table"
                | "item"
                | "case"
                | "isbn"
        )
}

fn is_address(form: &str) -> bool {
    form.split('.').all(|part| part.parse::<u16>().is_ok_and(|value| value < 256))
}

pub(super) fn is_scale(word: &str) -> bool {
    matches!(word, "thousand" | "million" | "billion" | "trillion" | "mn" | "bn" | "tn")
}

pub(super) fn is_percent(word: &str) -> bool {
    matches!(word, "%" | "percent" | "per" | "pct")
}
