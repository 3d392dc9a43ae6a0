use memchr::memchr3_iter;

use super::places::{self, Place};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::TokenKind;
use crate::text::Span;

/// Finds escapes of programs and mail that were not decoded: "\u2019", "\n", "%20", "=E2=80=99".
pub(super) struct Escapes;

/// Bytes that one escaped run spells at most.
const LONGEST: usize = 64;

impl Detector for Escapes {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let mut places = Vec::new();
        let mut done = 0;
        for at in memchr3_iter(b'\\', b'%', b'=', doc.text.as_bytes()) {
            if at < done {
                continue;
            }
            let (rest, before) = (&doc.text[at..], doc.text[..at].chars().next_back());
            let run = match rest.as_bytes()[0] {
                b'\\' => backslash(rest, before),
                b'%' => percent(rest, before),
                _ => quoted_printable(rest),
            };
            let Some((length, decoded)) = run else { continue };
            let span = Span::new(at, at + length);
            let address = doc.tokens[doc.tokens_in(span)].iter().any(|token| token.kind == TokenKind::Opaque);
            if !address {
                places.push(Place { span, repair: Some(decoded) });
                done = at + length;
            }
        }
        found.extend(places::gathered(doc.text, places));
    }
}

fn hexadecimal(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// "\u2019", "\xe2\x80\x99", "\n", "\"" at the start of a text.
fn backslash(text: &str, before: Option<char>) -> Option<(usize, String)> {
    let rest = &text[1..];
    if let Some(digits) = rest.strip_prefix('u') {
        let first = hexadecimal(digits, 4)?;
        // Characters beyond the first plane are spelt in two halves.
        if let (0xD800..0xDC00, Some(low)) = (first, rest.get(5..7).filter(|mark| *mark == "\\u").and_then(|_| hexadecimal(&rest[7..], 4)))
            && (0xDC00..0xE000).contains(&low)
        {
            let c = char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00))?;
            return Some((12, c.to_string()));
        }
        return Some((6, super::codecs::of_number(first)?.to_string()));
    }
    if rest.starts_with('x') {
        return run_of_bytes(text, "\\x");
    }
    let next = rest.chars().next()?;
    let after = rest[next.len_utf8()..].chars().next();
    let apart = after.is_none_or(|c| c.is_uppercase() || c.is_whitespace() || c == '\\' || c == '"' || c == '“');
    let follows = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ':' | '/' | '\\'));
    match next {
        // Twice over it ends a paragraph, whatever stands before.
        'n' | 'r' if apart && (follows || text.starts_with("\\n\\n") && before.is_some_and(|c| c.is_lowercase())) => {
            // A paragraph's end is often spelt twice.
            let length =
                ["\\n\\n", "\\r\\n\\r\\n", "\\r\\n", "\\n"].iter().find(|mark| text.starts_with(**mark)).map_or(2, |mark| mark.len());
            let blank = matches!(&text[..length], "\\n\\n" | "\\r\\n\\r\\n");
            Some((length, if blank { "\n\n" } else { "\n" }.to_owned()))
        }
        't' if apart && follows => Some((2, " ".to_owned())),
        '"' | '\'' => Some((2, next.to_string())),
        _ => None,
    }
}

/// "%20", "%E2%80%99" at the start of a text, not after a figure: "5 %" and "20%".
fn percent(text: &str, before: Option<char>) -> Option<(usize, String)> {
    if before.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let (length, decoded) = run_of_bytes(text, "%")?;
    let tight = before.is_some_and(char::is_alphabetic) && text[length..].starts_with(char::is_alphanumeric);
    (tight || !decoded.is_ascii()).then_some((length, decoded))
}

/// "=E2=80=99", "=20" before the end of a line, at the start of a text.
fn quoted_printable(text: &str) -> Option<(usize, String)> {
    let (length, decoded) = run_of_bytes(text, "=")?;
    let breaks = decoded == " " && text[length..].starts_with(['\n', '\r']) || decoded == "=";
    (!decoded.is_ascii() || breaks).then_some((length, decoded))
}

/// Bytes spelt one after another, each as `mark` and two hexadecimal digits, if they are UTF-8 or one byte of
/// Windows-1252.
fn run_of_bytes(text: &str, mark: &str) -> Option<(usize, String)> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while bytes.len() < LONGEST
        && let Some(rest) = text[length..].strip_prefix(mark)
        && let Some(byte) = hexadecimal(rest, 2)
        // Capitals or digits, as programs write them: "=de" is a word.
        && (mark != "=" || !rest[..2].bytes().any(|byte| byte.is_ascii_lowercase()))
    {
        bytes.push(byte as u8);
        length += mark.len() + 2;
    }
    let decoded = match std::str::from_utf8(&bytes) {
        Ok(decoded) => decoded.to_owned(),
        Err(_) if bytes.len() == 1 && mark == "\\x" => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned(),
        Err(_) => return None,
    };
    let shown = !decoded.is_empty() && !decoded.chars().any(|c| c.is_control() && !c.is_ascii_whitespace());
    shown.then_some((length, decoded))
}
