//! Whole articles and paragraphs in another language.

use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{LanguageCode, SymSet, identify};

/// Finds an article that is in another language than it was expected in.
pub(super) struct UnexpectedLanguage;

/// Finds a paragraph in another language that nobody says.
pub(super) struct ForeignParagraph {
    function_words: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Function words of other languages: a text of names and figures has none.
    foreign: String,
}

impl ForeignParagraph {
    pub(super) fn new(parts: &mut Parts) -> Result<ForeignParagraph, String> {
        let Options { foreign } = parts.options()?;
        let forms = parts.entries(&foreign)?;
        Ok(ForeignParagraph { function_words: forms.iter().map(|form| parts.vocabulary.add(form)).collect() })
    }
}

const SURE: f64 = 0.9;
/// Fewer words are names as often as language.
const FEWEST_WORDS: usize = 20;

/// One word in so many, at least, is a function word of the list.
const FUNCTION_WORDS: usize = 8;

impl Detector for UnexpectedLanguage {
    fn captures(&self) -> &'static [&'static str] {
        &["language", "expected"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let Some(first) = doc.tokens.iter().find(|token| token.is_word()) else { return };
        if doc.language.code != doc.expected && doc.language.confidence >= SURE && doc.words >= FEWEST_WORDS {
            let candidate = Candidate::at(first.span).with("language", name(doc.language.code)).with("expected", name(doc.expected));
            found.push(candidate);
        }
    }
}

impl Detector for ForeignParagraph {
    fn captures(&self) -> &'static [&'static str] {
        &["language", "expected"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.blocks.iter().filter(|block| block.foreign) {
            let tokens = &doc.tokens[block.tokens.clone()];
            let (words, quoted) = tokens
                .iter()
                .filter(|token| token.is_word())
                .fold((0usize, 0usize), |(words, quoted), token| (words + 1, quoted + usize::from(token.quoted)));
            let small = tokens.iter().filter(|token| self.function_words.contains(&token.lower)).count();
            let latin = block.span.of(doc.text).chars().filter(|c| c.is_alphabetic()).take(60).any(|c| c.is_ascii());
            if quoted * 2 > words || latin && small * FUNCTION_WORDS < words {
                continue;
            }
            if let Some(language) = identify(block.span.of(doc.text)) {
                // The span is the first words: the whole paragraph may be long.
                let end = (block.tokens.start + 8).min(block.tokens.end);
                let span = doc.span(block.tokens.start..end);
                found.push(Candidate::at(span).with("language", name(language.code)).with("expected", name(doc.language.code)));
            }
        }
    }
}

/// A language's name for a reader; its code where it has none here.
pub(super) fn name(code: LanguageCode) -> &'static str {
    match code.0 {
        "en" => "English",
        "de" => "German",
        "fr" => "French",
        "es" => "Spanish",
        "it" => "Italian",
        "pt" => "Portuguese",
        "nl" => "Dutch",
        "sv" => "Swedish",
        "da" => "Danish",
        "nb" => "Norwegian",
        "is" => "Icelandic",
        "fi" => "Finnish",
        "et" => "Estonian",
        "lv" => "Latvian",
        "lt" => "Lithuanian",
        "pl" => "Polish",
        "cs" => "Czech",
        "sk" => "Slovak",
        "hu" => "Hungarian",
        "ro" => "Romanian",
        "hr" => "Croatian",
        "sr" => "Serbian",
        "sl" => "Slovene",
        "tr" => "Turkish",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "bg" => "Bulgarian",
        "el" => "Greek",
        "ar" => "Arabic",
        "fa" => "Persian",
        "he" => "Hebrew",
        "hi" => "Hindi",
        "zh" => "Chinese",
        "ja" => "Japanese",
        "ko" => "Korean",
        "vi" => "Vietnamese",
        "id" => "Indonesian",
        "ca" => "Catalan",
        "ha" => "Hausa",
        "sw" => "Swahili",
        other => other,
    }
}
