use memchr::memchr_iter;
use rustc_hash::FxHashMap;

use super::places::{self, Place};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::TokenKind;
use crate::text::Span;

/// Finds entities of HTML that were not decoded, or encoded twice: "&quot;", "&amp;amp;", "&#8217;".
struct Entities {
    named: FxHashMap<String, String>,
}

/// The longest name between "&" and ";".
const LONGEST: usize = 10;

/// How often "&" may have been encoded over again.
const LAYERS: usize = 6;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let mut named = FxHashMap::default();
    for row in parts.lists.rows("lists/html-entities.tsv")? {
        let number = u32::from_str_radix(row[1].trim_start_matches("U+"), 16).ok().and_then(char::from_u32);
        let c = number.ok_or_else(|| format!("lists/html-entities.tsv: \"{}\" is no code point", row[1]))?;
        named.insert(row[0].to_owned(), c.to_string());
    }
    Ok(Box::new(Entities { named }))
}

impl Detector for Entities {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let mut places = Vec::new();
        let mut done = 0;
        for at in memchr_iter(b'&', doc.text.as_bytes()) {
            if at < done {
                continue;
            }
            let Some((length, decoded)) = self.entity(&doc.text[at..]) else { continue };
            done = at + length;
            let span = Span::new(at, done);
            // In an address "&" parts the fields of a query.
            let address = doc.tokens[doc.tokens_in(span)].iter().any(|token| token.kind == TokenKind::Opaque && token.span.contains(span));
            if !address {
                places.push(Place { span, repair: Some(decoded) });
            }
        }
        found.extend(places::gathered(doc.text, places));
    }
}

impl Entities {
    /// The bytes of the entity at the start of a text, and what it stands for.
    fn entity(&self, text: &str) -> Option<(usize, String)> {
        let mut at = 1;
        let mut layers = 0;
        while layers < LAYERS && text[at..].starts_with("amp;") {
            at += "amp;".len();
            layers += 1;
        }
        match self.one(&text[at..]) {
            Some((length, decoded)) => Some((at + length, decoded)),
            None if layers > 0 => Some((at, "&".to_owned())),
            None => None,
        }
    }

    /// "quot;" or "#8217;" at the start of a text.
    fn one(&self, text: &str) -> Option<(usize, String)> {
        let length = text.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
        let name = &text[..length];
        let number = match name.strip_prefix('#') {
            Some(digits) => match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
                None => digits.parse().ok(),
            },
            None => None,
        };
        let decoded = match number {
            Some(number) => super::codecs::of_number(number)?.to_string(),
            None => self.named.get(name)?.clone(),
        };
        Some((length + 1, decoded))
    }
}
