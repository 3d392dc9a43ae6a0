use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, BlockKind, Sentence, Shape, Sym, SymSet, Terminal, TokenKind};
use crate::model::{Fine, FineSet, Tag};
use crate::text::Role;

/// Finds sentences that have no finite verb, where none of the reasons is at hand for which sound text leaves it out.
struct Verbless {
    ask: Ask,
    /// Verbs that a sentence seldom ends with, since they want an object.
    wanting: SymSet,
    /// Words with which a deliberate fragment begins.
    openers: SymSet,
    /// Names of days and months, which stand beside an article by right.
    times: SymSet,
    articles: [Sym; 3],
    to: Sym,
    finite: FineSet,
}

/// Which of them a rule asks for.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Ask {
    /// Those that a stop has torn from the sentence before.
    Torn,
    /// The others.
    Alone,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    ask: Ask,
    wanting: String,
    openers: String,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { ask, wanting, openers } = parts.options()?;
    let (wanting, openers) = (parts.entries(&wanting)?, parts.entries(&openers)?);
    let mut add = |form: &str| parts.vocabulary.add(form);
    const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
                         september october november december day week month year time morning evening night moment";
    Ok(Box::new(Verbless {
        ask,
        wanting: wanting.iter().map(|form| add(form)).collect(),
        openers: openers.iter().map(|form| add(form)).collect(),
        times: TIMES.split(' ').map(&mut add).collect(),
        articles: [add("a"), add("an"), add("the")],
        to: add("to"),
        finite: Fine::ALL.iter().copied().filter(|tag| tag.is_finite()).collect(),
    }))
}

/// Words that a torn piece has at least, and at most: a shorter one may be a label, a longer one is a list.
const WORDS: std::ops::RangeInclusive<usize> = 5..=40;

/// In how many of 15 cases a form has a capital that is a name.
const ALWAYS: u8 = 13;

impl Verbless {
    /// Whether a token may be a finite verb, by its tag here or by what its form can be elsewhere.
    fn may_be_finite(&self, doc: &Annotated, at: usize, first: usize) -> bool {
        let (Some(tag), Some(facts)) = (doc.tag(at), doc.facts(at)) else { return true };
        let token = &doc.tokens[at];
        if token.kind != TokenKind::Word {
            return false;
        }
        // Taggers take a name that is also a verb for an imperative at the start of a sentence.
        if token.shape == Shape::Capitalised && facts.capitalised >= ALWAYS && token.clitic == 0 {
            return false;
        }
        if tag.is_finite() {
            return true;
        }
        let before = |back: usize| at.checked_sub(back).filter(|&before| before >= first).and_then(|before| doc.tag(before));
        if token.clitic > 0 {
            let noun_follows = doc.tag(at + 1).is_some_and(|next| matches!(next.upos(), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num));
            return !noun_follows || matches!(tag.upos(), Tag::Pron | Tag::Adv | Tag::Det);
        }
        match tag {
            Fine::VerbBase | Fine::AuxBase => {
                // An infinitive hangs on “to” or on a word before; else it is an imperative.
                !(1..=4).any(|back| before(back) == Some(Fine::To))
            }
            _ if tag.is_name() && token.shape != Shape::Lower && at > first => false,
            Fine::VerbParticiple | Fine::AuxParticiple => !facts.tags.and(self.finite).is_empty() || facts.tags.is_empty(),
            _ if facts.tags.is_empty() => token.shape == Shape::Lower && matches!(doc.word(at).as_bytes(), [.., b's'] | [.., b'e', b'd']),
            _ if facts.tags.and(self.finite).is_empty() => false,
            _ => {
                let held = |tag: Fine| {
                    matches!(tag.upos(), Tag::Det | Tag::Adj | Tag::Num | Tag::Adp) || matches!(tag, Fine::PronOwn | Fine::Genitive)
                };
                !before(1).is_some_and(held)
            }
        }
    }

    /// Where a name or noun that opens the sentence is followed by an article, as no phrase is.
    fn clash(&self, doc: &Annotated, sentence: &Sentence) -> bool {
        let first = sentence.tokens.start;
        for at in sentence.tokens.clone().take(6) {
            let token = &doc.tokens[at];
            if at > first && self.articles.contains(&token.lower) && token.shape == Shape::Lower {
                let (before, next) = (&doc.tokens[at - 1], doc.tokens.get(at + 1));
                let named = is_nominal(doc, at - 1) && !doc.tag(at - 1).is_some_and(|tag| matches!(tag.upos(), Tag::Adj | Tag::Det));
                return named
                    && !self.times.contains(&before.lower)
                    && next.is_some_and(|next| next.kind == TokenKind::Word && next.shape == Shape::Lower);
            }
            if !is_nominal(doc, at) || token.kind != TokenKind::Word {
                return false;
            }
        }
        false
    }

    fn judge(&self, doc: &Annotated, before: Option<&Sentence>, sentence: &Sentence) -> Option<Candidate> {
        let tokens = sentence.tokens.clone();
        let first = tokens.start;
        let words = tokens.clone().filter(|&at| doc.tokens[at].kind == TokenKind::Word).count();
        let stop = tokens.end - 1;
        if sentence.terminal != Terminal::Stop || !WORDS.contains(&words) || tokens.len() > 60 || !doc.is(stop, ".") {
            return None;
        }
        let opener = &doc.tokens[first];
        if opener.kind != TokenKind::Word || opener.shape == Shape::Lower || self.openers.contains(&opener.lower) || opener.line_before {
            return None;
        }
        let odd = |at: usize| {
            let token = &doc.tokens[at];
            token.quoted
                || matches!(token.kind, TokenKind::Opaque | TokenKind::Symbol)
                || matches!(doc.word(at), ":" | ";" | "(" | "|" | "/" | "–" | "—" | "-")
        };
        if tokens.clone().any(odd) || tokens.clone().any(|at| self.may_be_finite(doc, at, first)) {
            return None;
        }
        let torn = before.and_then(|before| self.torn_from(doc, before));
        let clash = self.clash(doc, sentence);
        match (self.ask, torn, clash) {
            (Ask::Torn, Some(last), clash) => {
                let head = doc.word(last);
                let rest = doc.span(first..stop).of(doc.text);
                let named = is_name(doc, first) || opener.shape != Shape::Capitalised;
                let rest = if named { rest.to_owned() } else { lowered(rest) };
                let candidate = Candidate::at(doc.span(last..stop)).with("word", head).with("repair", format!("{head} {rest}"));
                Some(candidate.graded(if clash { "both" } else { "torn" }))
            }
            (Ask::Alone, None, true) => Some(Candidate::at(doc.span(first..stop)).graded("clash")),
            (Ask::Alone, None, false) => Some(Candidate::at(doc.span(first..stop)).graded("bare")),
            _ => None,
        }
    }

    /// The last word of a sentence that wants more than the stop behind it.
    fn torn_from(&self, doc: &Annotated, sentence: &Sentence) -> Option<usize> {
        let stop = sentence.tokens.end - 1;
        let last = stop.checked_sub(1).filter(|&last| last > sentence.tokens.start)?;
        let ends = sentence.terminal == Terminal::Stop && doc.is(stop, ".") && !doc.tokens[last].quoted;
        let wants = self.wanting.contains(&doc.tokens[last].lower) && doc.tokens[last].lower != self.to;
        (ends && wants).then_some(last)
    }
}

/// Whether a token is a name, by its tag or because its form always has a capital.
fn is_name(doc: &Annotated, at: usize) -> bool {
    let always = doc.tokens[at].shape != Shape::Lower && doc.facts(at).is_some_and(|facts| facts.capitalised >= ALWAYS);
    always || doc.tag(at).is_some_and(Fine::is_name)
}

/// Whether a token can be part of a noun phrase before its first article.
fn is_nominal(doc: &Annotated, at: usize) -> bool {
    is_name(doc, at) || doc.tag(at).is_some_and(|tag| matches!(tag.upos(), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Det))
}

fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

impl Detector for Verbless {
    fn captures(&self) -> &'static [&'static str] {
        &["word", "repair"]
    }

    fn needs_model(&self) -> bool {
        true
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.judged_blocks().filter(|block| block.kind == BlockKind::Paragraph && block.role == Role::Body) {
            let sentences = &doc.sentences[block.sentences.clone()];
            for (at, sentence) in sentences.iter().enumerate() {
                let before = at.checked_sub(1).map(|before| &sentences[before]);
                found.extend(self.judge(doc, before, sentence));
            }
        }
    }
}
