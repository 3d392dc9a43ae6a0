use serde::Deserialize;

use super::places::{self, Place};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::text::Span;

/// Finds characters that no reader sees: zero-width and soft ones, control characters, marks that reorder text.
struct Unseen {
    kind: Kind,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Invisible,
    Control,
    Direction,
    Space,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { kind } = parts.options()?;
    Ok(Box::new(Unseen { kind }))
}

impl Detector for Unseen {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR, "name"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let text = context.doc.text;
        let mut places: Vec<Place> = Vec::new();
        match self.kind {
            Kind::Control => control(text, &mut places),
            Kind::Invisible | Kind::Direction | Kind::Space => {
                let mut right_to_left = None;
                for (at, c) in beyond_latin(text) {
                    if class(c) != Some(self.kind) {
                        continue;
                    }
                    let (before, after) = (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
                    let repair = match self.kind {
                        Kind::Space => match torn(text, at, c) {
                            true => String::new(),
                            false => continue,
                        },
                        Kind::Direction if *right_to_left.get_or_insert_with(|| text.chars().any(is_right_to_left)) => continue,
                        Kind::Invisible if !is_needless(c, before, after) => continue,
                        _ => String::new(),
                    };
                    let end = at + c.len_utf8();
                    match places.last_mut() {
                        Some(last) if last.span.end as usize == at => last.span.end = end as u32,
                        _ => places.push(Place { span: Span::new(at, end), repair: Some(repair) }),
                    }
                }
            }
        }
        let name = places.first().and_then(|place| place.span.of(text).chars().next()).map(name);
        if let (Some(candidate), Some(name)) = (places::gathered(text, places), name) {
            found.push(candidate.with("name", name));
        }
    }
}

/// The characters from U+00A0 on whose first byte is that of an unseen one: C2 (soft hyphen, spaces), E2, EF.
fn beyond_latin(text: &str) -> impl Iterator<Item = (usize, char)> {
    let starts = memchr::memchr3_iter(0xC2, 0xE2, 0xEF, text.as_bytes());
    starts.filter_map(|at| text.get(at..).and_then(|rest| rest.chars().next()).map(|c| (at, c)))
}

fn class(c: char) -> Option<Kind> {
    match c {
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => Some(Kind::Invisible),
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Kind::Direction),
        '\u{A0}' | '\u{2009}' | '\u{200A}' | '\u{202F}' => Some(Kind::Space),
        _ => None,
    }
}

/// Whether an invisible character does no work between its neighbours. Joiners shape emoji and the letters of many
/// scripts; between Latin ones they do nothing.
fn is_needless(c: char, before: Option<char>, after: Option<char>) -> bool {
    let plain = |c: Option<char>| c.is_none_or(|c| (c as u32) < 0x250 || matches!(c, '\u{2010}'..='\u{203A}' | '\u{FFFD}'));
    match c {
        '\u{200C}' | '\u{200D}' => plain(before) && plain(after),
        // Scripts without spaces mark with it where a line may break.
        '\u{200B}' => plain(before) || plain(after),
        _ => true,
    }
}

/// Whether a space that no line break may open stands inside a word that the article writes in one piece elsewhere.
fn torn(text: &str, at: usize, space: char) -> bool {
    /// How far on either side the whole word is looked for.
    const NEAR: usize = 4_000;
    let (left, right) = (&text[..at], &text[at + space.len_utf8()..]);
    let head =
        &left[left.rfind(|c: char| !c.is_alphabetic()).map_or(0, |cut| cut + left[cut..].chars().next().map_or(0, char::len_utf8))..];
    let tail = &right[..right.find(|c: char| !c.is_alphabetic()).unwrap_or(right.len())];
    if head.chars().count() < 2 || tail.chars().count() < 2 || !tail.starts_with(char::is_lowercase) || head.len() + tail.len() > 60 {
        return false;
    }
    let whole = format!("{head}{tail}");
    let mut from = at.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (at + NEAR).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text[from..to].contains(&whole)
}

/// Control characters of ASCII besides those that lay out text.
fn control(text: &str, places: &mut Vec<Place>) {
    let bytes = text.as_bytes();
    let odd = |byte: u8| matches!(byte, 0x00..=0x08 | 0x0E..=0x1F | 0x7F);
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(|&byte| odd(byte)) {
        let start = at + offset;
        let end = start + bytes[start..].iter().position(|&byte| !odd(byte)).unwrap_or(bytes.len() - start);
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let between = letter(text[..start].chars().next_back()) && letter(text[end..].chars().next());
        // Between two words it took the place of something; elsewhere it can go.
        let repair = if end - start == 1 { low_byte(bytes[start]) } else { None };
        let repair = repair.map(str::to_owned).or_else(|| (!between).then(String::new));
        places.push(Place { span: Span::new(start, end), repair });
        at = end;
    }
}

/// The quotation mark or dash of which a program kept seven bits of Windows-1252, or the low byte of Unicode. 13 and 14
/// are marks in both, and not the same.
fn low_byte(byte: u8) -> Option<&'static str> {
    match byte {
        0x11 | 0x18 => Some("‘"),
        0x12 | 0x19 => Some("’"),
        0x16 => Some("–"),
        0x17 => Some("—"),
        0x1C => Some("“"),
        0x1D => Some("”"),
        _ => None,
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c as u32, 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC)
}

fn name(c: char) -> String {
    let name = match c {
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero-width space",
        '\u{200C}' => "zero-width non-joiner",
        '\u{200D}' => "zero-width joiner",
        '\u{2060}' => "word joiner",
        '\u{FEFF}' => "byte-order mark",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{202A}' | '\u{202B}' => "embedding of another direction",
        '\u{202D}' | '\u{202E}' => "override of the direction",
        '\u{202C}' | '\u{2069}' => "end of a change of direction",
        '\u{2066}'..='\u{2068}' => "isolate of another direction",
        '\u{A0}' => "no-break space",
        _ if c.is_control() => "control character",
        _ => "invisible character",
    };
    format!("{name} (U+{:04X})", c as u32)
}
