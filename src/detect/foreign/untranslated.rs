//! Sentences and words that a translation program left in another language, told by their function words.

use serde::Deserialize;

use super::language::name;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, LanguageCode, Sentence, Shape, Sym, SymSet, TokenKind};

/// The languages that the list tells apart, a bit each.
type Languages = u32;

struct Untranslated {
    unit: Unit,
    /// By the number of the form.
    foreign: Vec<Languages>,
    english: SymSet,
    announcers: SymSet,
    names: Vec<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    unit: Unit,
    /// Rows of a function word and the languages that have it.
    foreign: String,
    /// Function words of English.
    english: String,
    /// Words that announce a foreign word.
    announcers: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    /// Most of a sentence.
    Sentence,
    /// One word or a few inside an English sentence.
    Word,
}

/// Fewer words are a title or an interjection.
const FEWEST_WORDS: usize = 5;
/// More different ones say no more.
const MOST_SEEN: usize = 24;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { unit, foreign, english, announcers } = parts.options()?;
    let mut codes: Vec<String> = Vec::new();
    let mut words: Vec<Languages> = Vec::new();
    for row in parts.lists.rows(&foreign)? {
        for code in row.get(1).copied().unwrap_or_default().split_whitespace() {
            let bit = codes.iter().position(|known| known == code).unwrap_or_else(|| {
                codes.push(code.to_owned());
                codes.len() - 1
            });
            if bit >= Languages::BITS as usize {
                return Err("foreign: more than 32 languages".to_owned());
            }
            let form = parts.vocabulary.add(row[0]).0 as usize;
            words.resize(words.len().max(form + 1), 0);
            words[form] |= 1 << bit;
        }
    }
    let names = codes.iter().map(|code| LanguageCode::parse(code).map_or("another language", name)).collect();
    let (english, announcers) = (parts.entries(&english)?, parts.entries(&announcers)?);
    let mut add = |forms: &[String]| forms.iter().map(|form| parts.vocabulary.add(form)).collect::<SymSet>();
    let (english, announcers) = (add(&english), add(&announcers));
    Ok(Box::new(Untranslated { unit, foreign: words, english, announcers, names }))
}

impl Untranslated {
    /// The languages that have a form as a function word.
    fn languages(&self, form: Sym) -> Languages {
        self.foreign.get(form.0 as usize).copied().unwrap_or(0)
    }

    fn is_foreign(&self, form: Sym) -> bool {
        self.languages(form) != 0
    }

    /// The language that most function words of a sentence belong to, and how many different ones they are: a word that a
    /// program says again and again counts once.
    fn best(&self, doc: &Annotated, sentence: &Sentence) -> Option<(&'static str, usize)> {
        let mut counts = [0usize; Languages::BITS as usize];
        let mut seen: Vec<Sym> = Vec::new();
        for token in &doc.tokens[sentence.tokens.clone()] {
            let languages = self.languages(token.lower);
            if languages != 0 && seen.len() < MOST_SEEN && !seen.contains(&token.lower) {
                seen.push(token.lower);
                (0..self.names.len()).filter(|bit| languages >> bit & 1 == 1).for_each(|bit| counts[bit] += 1);
            }
        }
        let (bit, count) = counts.into_iter().enumerate().max_by_key(|&(bit, count)| (count, usize::MAX - bit))?;
        (count > 0).then(|| (self.names[bit], count))
    }

    fn sentence(&self, doc: &Annotated, sentence: &Sentence, found: &mut Vec<Candidate>) {
        let tokens = &doc.tokens[sentence.tokens.clone()];
        if !tokens.iter().any(|token| self.is_foreign(token.lower)) {
            return;
        }
        let words = tokens.iter().filter(|token| token.is_word()).count();
        let quoted = tokens.iter().filter(|token| token.is_word() && token.quoted).count();
        // Some are written like a foreign word ("no", "in"); a translated sentence has more.
        let english = tokens.iter().filter(|token| self.english.contains(&token.lower) && !self.is_foreign(token.lower)).count();
        if words < FEWEST_WORDS || quoted * 2 > words {
            return;
        }
        // Names hold function words too ("Real Sociedad de Fútbol"): the sentence must have small words of its own.
        let small = tokens.iter().filter(|token| token.is_word() && token.shape == Shape::Lower).count();
        if let Some((language, count)) = self.best(doc, sentence)
            && count >= 2
            && count > 2 * english
            && count * 7 >= words.min(MOST_SEEN)
            && small * 2 >= words
        {
            found.push(Candidate::at(sentence.span).with("language", language));
        }
    }

    fn words(&self, doc: &Annotated, block: &Block, sentence: &Sentence, found: &mut Vec<Candidate>) {
        let range = sentence.tokens.clone();
        let mut at = range.start + 1;
        while at + 1 < range.end {
            let token = &doc.tokens[at];
            if token.shape != Shape::Lower || token.quoted || !self.is_foreign(token.lower) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < range.end && self.is_foreign(doc.tokens[end].lower) {
                end += 1;
            }
            let plain = |at: usize| range.contains(&at) && doc.tokens[at].kind == TokenKind::Word && doc.tokens[at].shape == Shape::Lower;
            let ours = |at: usize| plain(at) && self.english.contains(&doc.tokens[at].lower);
            let among_english = plain(at - 1) && plain(end) && (at.saturating_sub(3)..at).chain(end..end + 3).any(ours);
            let announced = doc.tokens[at.saturating_sub(3).max(block.tokens.start)..at].iter().any(|token| {
                self.announcers.contains(&token.lower) || matches!(token.span.of(doc.text), "(" | "[" | "“" | "‘" | "\"" | "'" | "«")
            });
            if among_english && !announced {
                let mut languages = Languages::MAX;
                doc.tokens[at..end].iter().for_each(|token| languages &= self.languages(token.lower));
                let language =
                    (0..self.names.len()).find(|bit| languages >> bit & 1 == 1).map_or("another language", |bit| self.names[bit]);
                found.push(Candidate::at(doc.span(at..end)).with("language", language));
            }
            at = end;
        }
    }
}

impl Detector for Untranslated {
    fn captures(&self) -> &'static [&'static str] {
        &["language"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.judged_blocks() {
            for sentence in &doc.sentences[block.sentences.clone()] {
                match self.unit {
                    Unit::Sentence => self.sentence(doc, sentence, found),
                    Unit::Word => self.words(doc, block, sentence, found),
                }
            }
        }
    }
}
