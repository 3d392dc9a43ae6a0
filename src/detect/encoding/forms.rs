use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use super::places::{self, Place};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::text::Span;

/// Finds letters in a form that text has no use for: letter and accent apart (not in NFC), full-width letters, ligatures
/// of a typesetter.
struct Forms {
    form: Form,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Form {
    Decomposed,
    FullWidth,
    Ligature,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { form } = parts.options()?;
    Ok(Box::new(Forms { form }))
}

impl Detector for Forms {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let text = context.doc.text;
        let places = match self.form {
            Form::Decomposed => decomposed(text),
            Form::FullWidth => presentation(text, full_width),
            Form::Ligature => presentation(text, |c, _, _| matches!(c, '\u{FB00}'..='\u{FB06}')),
        };
        let composed = self.form == Form::Decomposed && places.iter().take(TRIED).any(|place| is_mixed(text, place));
        if let Some(mut candidate) = places::gathered(text, places) {
            if composed {
                candidate
                    .evidence
                    .push("The same letter stands in one piece elsewhere in the article: the two forms are mixed.".to_owned());
            }
            found.push(candidate);
        }
    }
}

/// Letters followed by accents that have a form in one piece.
fn decomposed(text: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    // The accents are two bytes that begin with CC or CD.
    for at in memchr::memchr2_iter(0xCC, 0xCD, text.as_bytes()) {
        if places.last().is_some_and(|last| at < last.span.end as usize) || !text.is_char_boundary(at) {
            continue;
        }
        let is_accent = |c: char| matches!(c, '\u{300}'..='\u{36F}');
        let accents: usize = text[at..].chars().take(4).take_while(|&c| is_accent(c)).map(char::len_utf8).sum();
        let Some(letter) = text[..at].chars().next_back().filter(|_| accents > 0) else { continue };
        let span = Span::new(at - letter.len_utf8(), at + accents);
        let composed: String = span.of(text).nfc().collect();
        if composed != span.of(text) {
            places.push(Place { span, repair: Some(composed) });
        }
    }
    places
}

/// Letters of which the composed form is looked for; more would make a text full of them slow.
const TRIED: usize = 8;

/// Whether the article holds the composed letter too.
fn is_mixed(text: &str, place: &Place) -> bool {
    place.repair.as_deref().is_some_and(|repair| text.contains(repair))
}

/// Runs of characters for which `test` holds, with the plain ones that they stand for.
fn presentation(text: &str, test: impl Fn(char, Option<char>, Option<char>) -> bool) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    // All are three bytes that begin with EF.
    for at in memchr::memchr_iter(0xEF, text.as_bytes()) {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let end = at + c.len_utf8();
        if !test(c, text[..at].chars().next_back(), text[end..].chars().next()) {
            continue;
        }
        let plain: String = std::iter::once(c).nfkc().collect();
        match places.last_mut() {
            Some(last) if last.span.end as usize == at => {
                last.span.end = end as u32;
                last.repair.get_or_insert_default().push_str(&plain);
            }
            _ => places.push(Place { span: Span::new(at, end), repair: Some(plain) }),
        }
    }
    places
}

/// Full-width letters, digits and marks outside text in the scripts that are written so.
fn full_width(c: char, before: Option<char>, after: Option<char>) -> bool {
    let east = |c: Option<char>| c.is_some_and(|c| matches!(c as u32, 0x2E80..=0x9FFF | 0xAC00..=0xD7A3 | 0xFF5F..=0xFFEF));
    matches!(c, '\u{FF01}'..='\u{FF5E}') && !east(before) && !east(after)
}
