use serde::Deserialize;

use super::capitalised;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, Sentence, Shape, SymSet, Terminal, Token, TokenKind};

/// Single words in a case that their place does not explain.
struct OddCase {
    fault: Fault,
    words: SymSet,
    /// Initials that have a vowel and are spelt out all the same; verbs that follow names.
    known: SymSet,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Fault {
    /// "Mali'S"
    Clitic,
    /// "THe", "fIne"
    Inside,
    /// "that a person SEES it"
    Shouted,
    /// "the mayor Said"
    Stray,
    /// "icelandic"
    Name,
    /// "Ncdc"
    Acronym,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    fault: Fault,
    /// The words that the fault can befall; not asked by all.
    words: Option<String>,
    /// For initials: those known by name. For stray capitals: verbs, which are odd also after the name of their subject.
    known: Option<String>,
}

/// An article in one block of more sentences than this has lost its line breaks, and with them the ends of its headings.
const FLATTENED: usize = 4;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { fault, words, known } = parts.options()?;
    let known = known.map(|path| parts.entries(&path)).transpose()?.unwrap_or_default();
    let known = known.iter().map(|word| parts.vocabulary.add(word)).collect();
    let mut entries = words.map(|path| parts.entries(&path)).transpose()?.unwrap_or_default();
    if fault == Fault::Name {
        let possessives: Vec<String> = entries.iter().map(|word| format!("{word}'s")).collect();
        entries.extend(possessives);
    }
    if entries.is_empty() && matches!(fault, Fault::Inside | Fault::Shouted | Fault::Stray | Fault::Name) {
        return Err("options: this fault needs `words`".into());
    }
    Ok(Box::new(OddCase { fault, words: entries.iter().map(|word| parts.vocabulary.add(word)).collect(), known }))
}

impl Detector for OddCase {
    fn captures(&self) -> &'static [&'static str] {
        &["right"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        if matches!(self.fault, Fault::Name | Fault::Stray) && !context.has_capitals() {
            return;
        }
        for block in doc.judged_blocks() {
            // Headings are written in any case.
            let heading = doc.is_heading(block);
            if heading && matches!(self.fault, Fault::Shouted | Fault::Stray | Fault::Inside) {
                continue;
            }
            for (offset, token) in doc.tokens[block.tokens.clone()].iter().enumerate() {
                let at = block.tokens.start + offset;
                if self.may_befall(token)
                    && let Some(right) = self.right_form(doc, block, doc.sentence_of(at), at, token)
                {
                    found.push(Candidate::at(token.span).with("right", right));
                }
            }
        }
    }
}

impl OddCase {
    /// Whether the fault could befall a token; a cheap test before [`OddCase::right_form`].
    fn may_befall(&self, token: &Token) -> bool {
        let named = || self.words.contains(&token.lower);
        token.kind == TokenKind::Word
            && match self.fault {
                Fault::Clitic => token.clitic > 0,
                Fault::Inside => token.shape == Shape::Mixed && named(),
                Fault::Shouted => token.shape == Shape::Upper && named(),
                Fault::Stray => token.shape == Shape::Capitalised && named(),
                Fault::Name => token.shape == Shape::Lower && named(),
                Fault::Acronym => token.shape == Shape::Capitalised,
            }
    }

    /// How a word that the fault could befall should be written, if it is written wrongly.
    fn right_form(&self, doc: &Annotated, block: &Block, sentence: &Sentence, at: usize, token: &Token) -> Option<String> {
        let plain = |at: usize| {
            at < sentence.tokens.end && at >= sentence.tokens.start && doc.tokens[at].shape == Shape::Lower && doc.tokens[at].is_word()
        };
        let in_running_text =
            || at > sentence.tokens.start && plain(at - 1) && token.space_before && (plain(at + 1) || closes(doc, sentence, at + 1));
        // "Solberg Had taken the lead": the name opens the sentence, and the sentence goes on in lower case.
        let after_subject = || {
            let name = |at: usize| doc.tokens[at].shape == Shape::Capitalised && !self.words.contains(&doc.tokens[at].lower);
            at > sentence.tokens.start
                && at - sentence.tokens.start <= 2
                && (sentence.tokens.start..at).all(name)
                && plain(at + 1)
                && plain(at + 2)
        };
        match self.fault {
            Fault::Clitic => {
                let clitic = usize::from(token.clitic);
                let word = doc.word(at);
                let (host, tail) = word.split_at(word.len() - clitic);
                let odd = clitic > 0 && tail.contains(char::is_uppercase) && host.chars().last().is_some_and(char::is_lowercase);
                odd.then(|| format!("{host}{}", tail.to_lowercase()))
            }
            Fault::Inside => (token.span.len() >= 3).then(|| {
                let lower = doc.word(at).to_lowercase();
                if at == sentence.tokens.start { capitalised(&lower) } else { lower }
            }),
            Fault::Shouted => {
                let odd = token.span.len() >= 3 && !token.quoted && in_running_text();
                odd.then(|| doc.word(at).to_lowercase())
            }
            Fault::Stray => {
                let odd = token.span.len() >= 2 && (in_running_text() || self.known.contains(&token.lower) && after_subject());
                let told = odd
                    && !token.quoted
                    && sentence.terminal != Terminal::None
                    && (doc.blocks.len() > 2 || block.sentences.len() <= FLATTENED)
                    && !self.in_title(doc, sentence, at);
                told.then(|| doc.word(at).to_lowercase())
            }
            Fault::Name => {
                let joined = |at: usize| {
                    at < sentence.tokens.end
                        && !doc.tokens[at].space_before
                        && !matches!(doc.word(at), "." | "," | ";" | ":" | "?" | "!" | ")" | "”" | "\"" | "’" | "'")
                };
                let address =
                    !token.space_before && at > 0 && matches!(doc.word(at - 1), "." | "/" | "@" | "#" | "_" | "-" | "\\") || joined(at + 1);
                (!address).then(|| capitalised(doc.word(at)))
            }
            Fault::Acronym => {
                let host = token.host().of(doc.text);
                let single = host.strip_suffix('s').filter(|single| single.len() >= 3).unwrap_or(host);
                let vowel = |byte: u8| matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
                let vowelless = (3..=5).contains(&single.len()) && single.bytes().all(|byte| byte.is_ascii_alphabetic() && !vowel(byte));
                // "Sch?nefeld" lost a letter, and is another rule's matter; "Msgr." is short for a word.
                let cut = at + 1 < block.tokens.end
                    && !doc.tokens[at + 1].space_before
                    && matches!(doc.word(at + 1), "." | "?" | "�" | "-")
                    && (doc.is(at + 1, "?") || at + 2 < sentence.tokens.end);
                let odd = vowelless && !cut && !self.words.contains(&token.lower) || self.known.contains(&token.lower);
                odd.then(|| format!("{}{}{}", single.to_uppercase(), &host[single.len()..], doc.word(at)[host.len()..].to_lowercase()))
            }
        }
    }

    /// Whether other words near by are capitalised too: a title or an office, not a slip.
    fn in_title(&self, doc: &Annotated, sentence: &Sentence, at: usize) -> bool {
        const NEAR: usize = 4;
        let from = at.saturating_sub(NEAR).max(sentence.tokens.start + 1);
        (from..sentence.tokens.end.min(at + NEAR + 1)).filter(|&near| near != at && doc.tokens[near].shape == Shape::Capitalised).count()
            >= 2
    }
}

fn closes(doc: &Annotated, sentence: &Sentence, at: usize) -> bool {
    at < sentence.tokens.end && matches!(doc.word(at), "." | "," | ";" | "?" | "!")
}
