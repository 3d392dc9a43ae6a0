use std::ops::Range;

use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, SymSet, TokenKind};

/// Finds words in a script that the article's language is not written in.
pub(super) struct WrongScript {
    announcers: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Words that announce a foreign word.
    announcers: String,
}

/// How far back a bracket or an introduction is looked for.
const BACK: usize = 12;

impl WrongScript {
    pub(super) fn new(parts: &mut Parts) -> Result<WrongScript, String> {
        let Options { announcers } = parts.options()?;
        let forms = parts.entries(&announcers)?;
        Ok(WrongScript { announcers: forms.iter().map(|form| parts.vocabulary.add(form)).collect() })
    }

    fn announced(&self, doc: &Annotated, block: &Range<usize>, start: usize) -> bool {
        /// "named these dumplings 娇耳"
        const NEAR: usize = 4;
        doc.tokens[start.saturating_sub(NEAR).max(block.start)..start].iter().any(|token| self.announcers.contains(&token.lower))
    }
}

impl Detector for WrongScript {
    fn captures(&self) -> &'static [&'static str] {
        &["script"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        if doc.text.is_ascii() {
            return;
        }
        for block in doc.judged_blocks().filter(|block| !block.span.of(doc.text).is_ascii()) {
            let mut at = block.tokens.start;
            while at < block.tokens.end {
                let Some(script) = script_of(doc, at) else {
                    at += 1;
                    continue;
                };
                let start = at;
                while at < block.tokens.end
                    && (script_of(doc, at).is_some()
                        || at > start
                            && at + 1 < block.tokens.end
                            && script_of(doc, at + 1).is_some()
                            && doc.tokens[at].kind == TokenKind::Punct)
                {
                    at += 1;
                }
                if !is_gloss(doc, &block.tokens, start..at) && !self.announced(doc, &block.tokens, start) {
                    found.push(Candidate::at(doc.span(start..at)).with("script", script));
                }
            }
        }
    }
}

/// Whether foreign script stands there by right: quoted, in brackets, or after a colon or an equals sign.
fn is_gloss(doc: &Annotated, block: &Range<usize>, run: Range<usize>) -> bool {
    if doc.tokens[run.clone()].iter().any(|token| token.quoted) || run.start == block.start && run.end == block.end {
        return true;
    }
    let back = run.start.saturating_sub(BACK).max(block.start);
    for before in (back..run.start).rev() {
        match doc.word(before) {
            "(" | "[" | "（" | "《" | "「" | "\"" | "“" | "'" | "«" => return true,
            ")" | "]" | "." | "）" => break,
            ":" | "=" | "/" if before + 1 == run.start => return true,
            _ => {}
        }
    }
    // "饺子 (jiǎozi)": a reading or a meaning follows.
    if run.end < block.end && matches!(doc.word(run.end), "(" | "[" | "（" | "=") {
        return true;
    }
    // A single letter is a formula's.
    doc.span(run).of(doc.text).chars().nth(1).is_none()
}

/// The script of a word that has more than one letter of it and none of the Latin script.
fn script_of(doc: &Annotated, at: usize) -> Option<&'static str> {
    let token = &doc.tokens[at];
    let text = token.span.of(doc.text);
    if text.is_ascii() || !matches!(token.kind, TokenKind::Word | TokenKind::Symbol) {
        return None;
    }
    let mut script = None;
    for c in text.chars() {
        match c as u32 {
            0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x1E00..=0x1EFF => return None,
            0x370..=0x3FF | 0x1F00..=0x1FFF => script = Some("Greek"),
            0x400..=0x52F => script = Some("Cyrillic"),
            0x530..=0x58F => script = Some("Armenian"),
            0x590..=0x5FF => script = Some("Hebrew"),
            0x600..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => script = Some("Arabic"),
            0x900..=0x97F => script = Some("Devanagari"),
            0x980..=0xDFF => script = Some("an Indian script"),
            0xE00..=0xE7F => script = Some("Thai"),
            0x10A0..=0x10FF => script = Some("Georgian"),
            0x1200..=0x139F => script = Some("Ethiopic"),
            0x3040..=0x30FF => script = Some("Japanese"),
            0x3400..=0x9FFF | 0x20000..=0x2FFFF => script = script.or(Some("Chinese")),
            0xAC00..=0xD7AF | 0x1100..=0x11FF => script = Some("Korean"),
            _ => {}
        }
    }
    script
}
