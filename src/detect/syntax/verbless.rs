use serde::Deserialize;

use super::clause::{finite_tags, is_name, is_nominal, is_verbless, may_be_finite};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, BlockKind, Sentence, Shape, SymSet, Terminal, TokenKind};
use crate::model::{Fine, FineSet, Tag};
use crate::text::Role;

/// Finds sentences without a finite verb, where none of the reasons is at hand for which sound text leaves it out.
struct Verbless {
    ask: Ask,
    /// Words after which a sentence waits for more.
    waiting: SymSet,
    /// Words with which a deliberate fragment begins.
    openers: SymSet,
    /// Names of days and months, which stand beside an article by right.
    times: SymSet,
    articles: SymSet,
    /// Pronouns that are subjects and end no sentence.
    subjects: SymSet,
    /// Auxiliaries that lead on to a participle.
    auxiliaries: SymSet,
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
    waiting: String,
    openers: String,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { ask, waiting, openers } = parts.options()?;
    let (waiting, openers) = (parts.entries(&waiting)?, parts.entries(&openers)?);
    let mut add = |form: &str| parts.vocabulary.add(form);
    const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
                         september october november december day week month year time morning evening night moment";
    Ok(Box::new(Verbless {
        ask,
        waiting: waiting.iter().map(|form| add(form)).collect(),
        openers: openers.iter().map(|form| add(form)).collect(),
        times: TIMES.split(' ').map(&mut add).collect(),
        articles: ["a", "an", "the"].into_iter().map(&mut add).collect(),
        subjects: ["he", "she", "they", "we", "who", "which"].into_iter().map(&mut add).collect(),
        auxiliaries: ["has", "have", "had", "been", "be", "was", "were"].into_iter().map(&mut add).collect(),
        finite: finite_tags(),
    }))
}

/// Words that a sentence of its own has at least where it is judged: a shorter one may be a label.
const LONE_WORDS: usize = 5;
/// Words that a torn piece has at least.
const TORN_WORDS: usize = 3;
/// In how many of 15 cases a form has a capital that may well be a name.
const OFTEN: u8 = 8;
/// A longer piece is a list.
const MOST_TOKENS: usize = 60;

impl Verbless {
    fn judge(&self, doc: &Annotated, before: Option<&Sentence>, sentence: &Sentence) -> Option<Candidate> {
        let (first, stop) = (sentence.tokens.start, sentence.tokens.end - 1);
        let opener = &doc.tokens[first];
        let whole = sentence.terminal == Terminal::Stop && sentence.tokens.len() <= MOST_TOKENS && doc.is(stop, ".");
        if !whole || opener.kind != TokenKind::Word || opener.shape == Shape::Lower || opener.line_before {
            return None;
        }
        match self.ask {
            Ask::Torn => self.torn(doc, before?, sentence),
            Ask::Alone if self.openers.contains(&opener.lower) || words(doc, sentence) < LONE_WORDS || is_odd(doc, sentence) => None,
            Ask::Alone if sentence.tokens.clone().any(|at| may_be_finite(doc, at, first, self.finite)) => None,
            Ask::Alone if before.and_then(|before| self.last_word(doc, before)).is_some_and(|last| self.waits(doc, last)) => None,
            Ask::Alone => Some(Candidate::at(doc.span(first..stop)).graded(if self.clash(doc, sentence) { "clash" } else { "bare" })),
        }
    }

    /// A sentence that carries on the one before: that one waits for more, and this one has no verb of its own.
    fn torn(&self, doc: &Annotated, before: &Sentence, sentence: &Sentence) -> Option<Candidate> {
        let (first, stop) = (sentence.tokens.start, sentence.tokens.end - 1);
        let last = self.last_word(doc, before)?;
        let grade = if self.leads_on(doc, last, first) {
            "verb"
        } else {
            let waits = self.waits(doc, last);
            let piece = words(doc, sentence) >= TORN_WORDS && !is_odd(doc, sentence) && is_verbless(doc, first..stop, self.finite);
            if !(waits && piece) {
                return None;
            }
            if self.clash(doc, sentence) { "clash" } else { "fragment" }
        };
        let (head, rest) = (doc.word(last), doc.span(first..stop).of(doc.text));
        let known = doc.facts(first).is_some_and(|facts| facts.form.is_some() && facts.capitalised < OFTEN);
        let keeps = is_name(doc, first) || !known || doc.tokens[first].shape != Shape::Capitalised;
        let rest = if keeps { rest.to_owned() } else { lowered(rest) };
        let candidate = Candidate::at(doc.span(last..stop)).with("word", head).with("repair", format!("{head} {rest}"));
        Some(candidate.graded(grade))
    }

    /// The last word of a sentence that a full stop closes.
    fn last_word(&self, doc: &Annotated, sentence: &Sentence) -> Option<usize> {
        let stop = sentence.tokens.end - 1;
        let last = stop.checked_sub(1).filter(|&last| last > sentence.tokens.start)?;
        let token = &doc.tokens[last];
        let ended = sentence.terminal == Terminal::Stop && doc.is(stop, ".") && !doc.tokens[stop].space_before;
        (ended && !token.quoted && token.is_word() && token.shape == Shape::Lower).then_some(last)
    }

    /// Whether a last word waits for more than the stop behind it.
    fn waits(&self, doc: &Annotated, last: usize) -> bool {
        let open = matches!(doc.tag(last), Some(Fine::Det | Fine::PronOwn | Fine::Adp | Fine::Cconj | Fine::Sconj));
        // “…, he warned.” ends by right: the quotation is the object.
        let attribution = || doc.tokens[last.saturating_sub(4)..last].iter().any(|token| token.kind == TokenKind::Punct);
        open || self.waiting.contains(&doc.tokens[last].lower) && !attribution()
    }

    /// Whether the last word is a subject or auxiliary, and the next sentence begins with the verb that it waits for.
    fn leads_on(&self, doc: &Annotated, last: usize, first: usize) -> bool {
        let (Some(tag), Some(facts)) = (doc.tag(first), doc.facts(first)) else { return false };
        let (word, next) = (&doc.tokens[last].lower, doc.tag(first + 1));
        if is_name(doc, first) || doc.tokens[first].clitic > 0 {
            return false;
        }
        if self.subjects.contains(word) {
            let asks = tag.upos() == Tag::Aux && next.is_some_and(|next| next.upos() == Tag::Pron);
            return tag.is_finite() && !facts.tags.contains(Fine::VerbBase) && !asks;
        }
        self.auxiliaries.contains(word) && tag == Fine::VerbParticiple && !facts.tags.contains(Fine::Adp)
    }

    /// Where a name or noun that opens the sentence is followed by an article, as no phrase is.
    fn clash(&self, doc: &Annotated, sentence: &Sentence) -> bool {
        let first = sentence.tokens.start;
        for at in sentence.tokens.clone().take(6) {
            let token = &doc.tokens[at];
            if at > first && self.articles.contains(&token.lower) && token.shape == Shape::Lower {
                let adjective = doc.tag(at - 1).is_some_and(|tag| matches!(tag.upos(), Tag::Adj | Tag::Det));
                let next = doc.tokens.get(at + 1);
                return is_nominal(doc, at - 1)
                    && !adjective
                    && !self.times.contains(&doc.tokens[at - 1].lower)
                    && next.is_some_and(|next| next.is_word() && next.shape == Shape::Lower);
            }
            if !is_nominal(doc, at) || token.kind != TokenKind::Word {
                return false;
            }
        }
        false
    }
}

fn words(doc: &Annotated, sentence: &Sentence) -> usize {
    doc.tokens[sentence.tokens.clone()].iter().filter(|token| token.is_word()).count()
}

/// Whether a sentence holds what a list, a credit, a quotation or a line of figures holds.
fn is_odd(doc: &Annotated, sentence: &Sentence) -> bool {
    sentence.tokens.clone().any(|at| {
        let token = &doc.tokens[at];
        let mark = token.kind == TokenKind::Punct && matches!(doc.word(at), ":" | ";" | "(" | "|" | "/" | "–" | "—" | "-" | "--" | "...");
        token.quoted || mark || matches!(token.kind, TokenKind::Opaque | TokenKind::Symbol)
    })
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
