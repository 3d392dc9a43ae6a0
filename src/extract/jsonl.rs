//! Records: one JSON object a line. Read as a stream, so that memory does not grow with the file.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use serde_json::value::RawValue;
use thiserror::Error;

use super::{DecodedPart, Document, Origin};
use crate::text::{OffsetMap, Part, Role, Span};

/// Which fields of a record are checked.
#[derive(Clone, Debug)]
pub enum TextFields {
    /// The first of `/headline`, `/title` and the first of `/text`, `/body`, `/content`, `/articleBody`.
    Usual,
    /// These JSON Pointers, in order; a record must have one of them at least.
    Named(Vec<String>),
}

const HEADLINES: [&str; 2] = ["/headline", "/title"];
const BODIES: [&str; 4] = ["/text", "/body", "/content", "/articleBody"];

impl TextFields {
    /// Names or JSON Pointers as given on the command line: "text", "/article/body".
    pub fn named(names: &[String]) -> TextFields {
        let pointer =
            |name: &String| if name.starts_with('/') { name.clone() } else { format!("/{}", name.replace('~', "~0").replace('/', "~1")) };
        TextFields::Named(names.iter().map(pointer).collect())
    }
}

/// A line that could not be read as a record; the lines after it still are.
#[derive(Debug, Error)]
#[error("{path}:{line}: {message}")]
pub struct RecordError {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub message: String,
}

/// Reads records line by line.
pub struct RecordReader<R> {
    reader: R,
    path: String,
    line: u64,
    offset: u64,
}

impl<R: BufRead> RecordReader<R> {
    /// A reader at the start of a file.
    pub fn new(path: impl Into<String>, reader: R) -> RecordReader<R> {
        RecordReader { reader, path: path.into(), line: 0, offset: 0 }
    }

    /// The bytes of the next line that is not blank, with its number and its place in the file; `None` at the end.
    ///
    /// # Errors
    /// Those of the underlying reader.
    pub fn next_line(&mut self) -> io::Result<Option<RawRecord>> {
        loop {
            let mut bytes = Vec::new();
            let read = self.reader.read_until(b'\n', &mut bytes)?;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            let mut start = self.offset;
            self.offset += read as u64;
            while bytes.last().is_some_and(|byte| b"\r\n".contains(byte)) {
                bytes.pop();
            }
            if self.line == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
                bytes.drain(..3);
                start += 3;
            }
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                return Ok(Some(RawRecord { path: self.path.clone(), line: self.line, start, bytes }));
            }
        }
    }
}

/// One line of a file of records, not yet read.
#[derive(Debug)]
pub struct RawRecord {
    path: String,
    line: u64,
    start: u64,
    bytes: Vec<u8>,
}

impl RawRecord {
    /// How long the line is, in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether the line is empty; a reader never gives such a line.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The record's document.
    ///
    /// # Errors
    /// If the line is no JSON object in UTF-8, or has none of the fields as text.
    pub fn parse(self, fields: &TextFields) -> Result<Document, RecordError> {
        let RawRecord { path, line, start, bytes } = self;
        let error = |message: String| RecordError { path: path.clone(), line, message };
        let raw = String::from_utf8(bytes).map_err(|bad| match bad.as_bytes() {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [_, 0, ..] => error("records are UTF-8, and this looks like UTF-16".into()),
            _ => error(format!("byte {} of the line is no UTF-8", bad.utf8_error().valid_up_to() + 1)),
        })?;
        let record: BTreeMap<String, &RawValue> = match serde_json::from_str(&raw) {
            Ok(record) => record,
            Err(_) if raw.contains('\0') => return Err(error("records are UTF-8 text, and this line holds NUL bytes".into())),
            Err(bad) => return Err(error(format!("no JSON object: {}", without_line(&bad)))),
        };
        let mut text = String::new();
        let mut parts = Vec::new();
        for (pointer, role) in chosen(&record, fields) {
            let Some(value) = resolve(&record, &pointer) else { continue };
            let literal = value.get();
            if !literal.starts_with('"') {
                if matches!(fields, TextFields::Named(_)) && literal != "null" {
                    return Err(error(format!("{pointer} is no text")));
                }
                continue;
            }
            // The value is a slice of the line, so its address tells where it stands.
            let at = literal.as_ptr() as usize - raw.as_ptr() as usize;
            let (value, map) = unescape(literal, start as usize + at);
            if !parts.is_empty() {
                text.push_str("\n\n");
            }
            let span = Span::new(text.len(), text.len() + value.len());
            text.push_str(&value);
            parts.push(DecodedPart { part: Part { span, role }, field: Some(pointer), map });
        }
        if parts.is_empty() {
            let wanted = match fields {
                TextFields::Usual => [&HEADLINES[..], &BODIES[..]].concat().join(", "),
                TextFields::Named(names) => names.join(", "),
            };
            return Err(error(format!("the record has no text in any of: {wanted} (choose with --text-field)")));
        }
        let id = record.get("id").and_then(|id| identity(id)).unwrap_or_else(|| format!("{path}:{line}"));
        Ok(Document { id, path, text, parts, decoding: Vec::new(), origin: Origin::Record { line, start, raw } })
    }
}

fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(what, _)| format!("{what} at column {}", error.column()))
}

fn identity(value: &RawValue) -> Option<String> {
    match serde_json::from_str(value.get()).ok()? {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn chosen(record: &BTreeMap<String, &RawValue>, fields: &TextFields) -> Vec<(String, Role)> {
    let is_headline = |pointer: &str| ["headline", "title"].contains(&pointer.rsplit('/').next().unwrap_or(""));
    match fields {
        TextFields::Named(names) => {
            names.iter().map(|name| (name.clone(), if is_headline(name) { Role::Headline } else { Role::Body })).collect()
        }
        TextFields::Usual => {
            let first = |names: &[&str]| {
                names.iter().find(|name| record.get(&name[1..]).is_some_and(|value| value.get().starts_with('"'))).map(ToString::to_string)
            };
            let headline = first(&HEADLINES).map(|name| (name, Role::Headline));
            headline.into_iter().chain(first(&BODIES).map(|name| (name, Role::Body))).collect()
        }
    }
}

/// The value that a JSON Pointer (RFC 6901) names.
fn resolve<'r>(record: &BTreeMap<String, &'r RawValue>, pointer: &str) -> Option<&'r RawValue> {
    let mut steps = pointer.strip_prefix('/')?.split('/').map(|step| step.replace("~1", "/").replace("~0", "~"));
    let mut value: &RawValue = record.get(&steps.next()?)?;
    for step in steps {
        value = match value.get().as_bytes().first()? {
            b'{' => *serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get()).ok()?.get(&step)?,
            b'[' => *serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()?.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// The text of a JSON string literal that stands at byte `start` of its file, and where each of its characters stands.
/// A surrogate without its other half becomes U+FFFD.
fn unescape(literal: &str, start: usize) -> (String, OffsetMap) {
    let inner = &literal[1..literal.len() - 1];
    let mut map = OffsetMap::starting_at(start + 1);
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        map.push_unchanged(at);
        let (c, taken) = escape(&rest.as_bytes()[at..]);
        text.push(c);
        map.push_piece(c.len_utf8(), taken);
        rest = &rest[at + taken..];
    }
    text.push_str(rest);
    map.push_unchanged(rest.len());
    (text, map)
}

/// The character of an escape that serde_json has found well-formed, and the bytes that it takes.
fn escape(bytes: &[u8]) -> (char, usize) {
    match bytes.get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{C}', 2),
        Some(b'u') => match (unit(bytes), bytes.get(6..).and_then(unit)) {
            (Some(high @ 0xD800..=0xDBFF), Some(low @ 0xDC00..=0xDFFF)) => {
                (char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).unwrap_or('\u{FFFD}'), 12)
            }
            (Some(single), _) => (char::from_u32(single).unwrap_or('\u{FFFD}'), 6),
            (None, _) => ('\u{FFFD}', bytes.len().min(6)),
        },
        Some(&other) => (char::from(other), 2),
        None => ('\\', 1),
    }
}

fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(input: &str, fields: &TextFields) -> Vec<Result<Document, RecordError>> {
        let mut reader = RecordReader::new("x.jsonl", input.as_bytes());
        std::iter::from_fn(|| reader.next_line().unwrap()).map(|raw| raw.parse(fields)).collect()
    }

    #[test]
    fn positions_lead_through_escapes_to_the_bytes_of_the_file() {
        let input = "\n{\"id\": 7, \"title\": \"Caf\\u00e9\", \"text\": \"a\\n\\ud83d\\ude00 the the\"}\n";
        let documents = documents(input, &TextFields::Usual);
        let document = documents[0].as_ref().unwrap();
        assert_eq!((document.id.as_str(), document.text.as_str()), ("7", "Café\n\na\n😀 the the"));
        let at = document.text.find("the the").unwrap();
        let place = document.places([Span::new(at, at + 7)]).remove(0);
        assert_eq!(&input[place.source.0 as usize..place.source.1 as usize], "the the");
        assert_eq!((place.chars, place.field.as_deref(), place.start.0), ((4, 11), Some("/text"), 2));
        let smile = document.text.find('😀').unwrap();
        let place = document.places([Span::new(smile, smile + 4)]).remove(0);
        assert_eq!(&input[place.source.0 as usize..place.source.1 as usize], "\\ud83d\\ude00");
    }

    #[test]
    fn a_bad_line_is_told_with_its_number_and_the_rest_is_read() {
        let documents = documents("{\"text\": \"one\"}\nnot json\n{\"text\": 3}\n{\"text\":\"\\ud800 x\"}", &TextFields::Usual);
        assert_eq!(documents[0].as_ref().unwrap().id, "x.jsonl:1");
        assert!(documents[1].as_ref().unwrap_err().to_string().starts_with("x.jsonl:2: no JSON object"));
        assert!(documents[2].as_ref().unwrap_err().to_string().contains("no text in any of"));
        assert_eq!(documents[3].as_ref().unwrap().text, "\u{FFFD} x");
    }

    #[test]
    fn fields_are_named_by_pointer() {
        let fields = TextFields::named(&["/article/parts/1".into(), "lead".into()]);
        let documents = documents("{\"article\": {\"parts\": [\"a\", \"b\"]}, \"lead\": \"c\"}", &fields);
        assert_eq!(documents[0].as_ref().unwrap().text, "b\n\nc");
    }
}
