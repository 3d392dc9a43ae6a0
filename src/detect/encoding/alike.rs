use rustc_hash::FxHashMap;

use super::places::{self, Place};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, TokenKind};
use crate::text::Span;

/// Finds a letter of another script that looks like the right one, inside a word: "Аpple" with a Cyrillic А.
struct Alike {
    /// Cyrillic and Greek letters that look like Latin ones.
    latin: FxHashMap<char, char>,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let mut latin = FxHashMap::default();
    for row in parts.lists.rows("lists/look-alikes.tsv")? {
        if let (Some(other), Some(own)) = (row[0].chars().next(), row[1].chars().next()) {
            latin.insert(other, own);
        }
    }
    Ok(Box::new(Alike { latin }))
}

impl Detector for Alike {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR, "script"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let mut places: Vec<Place> = Vec::new();
        let mut script = "";
        // Greek and Cyrillic letters are two bytes that begin with CE to D3.
        for (at, byte) in doc.text.as_bytes().iter().enumerate().filter(|(_, byte)| (0xCE..=0xD3).contains(*byte)) {
            if places.last().is_some_and(|last| at < last.span.end as usize) {
                continue;
            }
            if let Some(place) = self.word(doc, at) {
                if script.is_empty() {
                    script = if *byte < 0xD0 { "Greek" } else { "Cyrillic" };
                }
                places.push(place);
            }
        }
        if let Some(candidate) = places::gathered(doc.text, places) {
            found.push(candidate.with("script", script));
        }
    }
}

impl Alike {
    /// The word at a Greek or Cyrillic letter, if it mixes two scripts by look-alikes.
    fn word(&self, doc: &Annotated, at: usize) -> Option<Place> {
        let rest = &doc.text[at..];
        let letter = rest.chars().next()?;
        let near = |c: Option<char>| c.is_some_and(is_latin);
        // Most such letters stand among their own; only a neighbour of another script opens the search.
        if !near(doc.text[..at].chars().next_back()) && !near(rest[letter.len_utf8()..].chars().next()) {
            return None;
        }
        let tokens = doc.tokens_in(Span::new(at, at + letter.len_utf8()));
        let token = doc.tokens[tokens].first().filter(|token| token.kind == TokenKind::Word && token.span.len() <= 80)?;
        let word = token.span.of(doc.text);
        let (mut own, mut other, mut without) = (0, 0, false);
        for c in word.chars().filter(|c| c.is_alphabetic()) {
            if is_latin(c) {
                own += 1;
            } else {
                other += 1;
                without |= !self.latin.contains_key(&c);
            }
        }
        if other <= own && !without && own >= 2 {
            let repair = word.chars().map(|c| self.latin.get(&c).copied().unwrap_or(c)).collect();
            return Some(Place { span: token.span, repair: Some(repair) });
        }
        // The other way round: Latin letters in a word of Cyrillic ones.
        if other > own && other >= 3 && own > 0 && !word.contains('-') {
            let back = |c: char| self.latin.iter().find(|(other, own)| **own == c && same_script(**other, letter)).map(|(other, _)| *other);
            let repair: Option<String> = word.chars().map(|c| if is_latin(c) { back(c) } else { Some(c) }).collect();
            return repair.map(|repair| Place { span: token.span, repair: Some(repair) });
        }
        None
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c as u32, 0xC0..=0x24F) && c.is_alphabetic()
}

fn same_script(a: char, b: char) -> bool {
    let greek = |c: char| matches!(c as u32, 0x370..=0x3FF);
    greek(a) == greek(b)
}
