//! "of the of the", "in Iraq, in Iraq": two words or more, at once again.

use std::ops::Range;

use super::words::{Class, ClosedClasses, after, before, is_capitalised};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Sym, TokenKind};

/// The longest phrase looked for, in tokens; longer copies are repeated sentences.
const LONGEST: usize = 24;

struct RepeatedPhrase {
    closed: ClosedClasses,
    comma: Sym,
    and: Sym,
    or: Sym,
    dashes: [Sym; 4],
    /// Where a clause ends: no phrase runs over them.
    ends: [Sym; 6],
    /// Openers of a clause that may end as the next begins: "if it happens, it happens".
    conditions: [Sym; 12],
    not: Sym,
    /// Words that link an idiom of one word with itself: "from time to time".
    links: [Sym; 6],
    /// The same, but only around a word with matter of its own.
    particles: [Sym; 3],
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    parts.options::<toml::Table>()?;
    let closed = ClosedClasses::load(parts)?;
    let mut add = |form: &str| parts.vocabulary.add(form);
    Ok(Box::new(RepeatedPhrase {
        closed,
        comma: add(","),
        and: add("and"),
        or: add("or"),
        dashes: ["-", "–", "—", "--"].map(&mut add),
        ends: [".", "?", "!", ";", ":", "…"].map(&mut add),
        conditions: ["if", "when", "what", "whatever", "once", "until", "because", "where", "who", "whoever", "as", "since"].map(&mut add),
        not: add("not"),
        links: ["to", "and", "after", "by", "upon", "or"].map(&mut add),
        particles: ["in", "on", "for"].map(&mut add),
    }))
}

/// What stands between the two copies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    Comma,
    Link,
}

impl Detector for RepeatedPhrase {
    fn captures(&self) -> &'static [&'static str] {
        &["phrase"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let next_same = context.next_same();
        for block in doc.judged_blocks() {
            let range = &block.tokens;
            let mut at = range.start;
            while at + 3 < range.end {
                let Some(second) = next_same.within(at, at + 2..=(at + LONGEST).min(range.end - 1)) else {
                    at += 1;
                    continue;
                };
                match self.copy_at(doc, range, at, second) {
                    Some((candidate, after)) => {
                        found.extend(candidate);
                        at = after;
                    }
                    None => at += 1,
                }
            }
        }
    }
}

impl RepeatedPhrase {
    /// The copy whose first half starts at `at`, if its second half starts at `second`, and where to look on; `None`
    /// where there is no copy.
    fn copy_at(&self, doc: &Annotated, block: &Range<usize>, at: usize, second: usize) -> Option<(Option<Candidate>, usize)> {
        let tokens = &doc.tokens;
        if tokens[at].kind != TokenKind::Word || second + 1 == block.end || tokens[at + 1].lower != tokens[second + 1].lower {
            return None;
        }
        let distance = second - at;
        let same = (0..distance.min(block.end - second)).take_while(|&k| tokens[at + k].lower == tokens[second + k].lower).count();
        let (length, between) = self.cut(doc, at, same, distance)?;
        if tokens[at + 1..second].iter().any(|token| self.ends.contains(&token.lower)) {
            return None;
        }
        // A third copy makes it a loop, which has a rule of its own.
        let third = second + distance;
        let loops = third + length <= block.end && (0..length).all(|k| tokens[third + k].lower == tokens[at + k].lower)
            || at >= block.start + distance && (0..length).all(|k| tokens[at - distance + k].lower == tokens[at + k].lower);
        let end = second + length;
        if loops {
            return Some((None, end));
        }
        Some((self.judge(doc, block, at, length, distance, between), end))
    }

    /// How many tokens the phrase has, if the copies agree in `same` tokens and the rest of the distance only links them.
    fn cut(&self, doc: &Annotated, at: usize, same: usize, distance: usize) -> Option<(usize, Between)> {
        let form = |k: usize| doc.tokens[at + k].lower;
        let separates = |k: usize| form(k) == self.comma || self.dashes.contains(&form(k));
        let links = |k: usize| form(k) == self.and || form(k) == self.or;
        let mut length = distance;
        let mut between = Between::Nothing;
        if length > 2 && links(length - 1) {
            length -= 1;
            between = Between::Link;
        }
        if length > 2 && separates(length - 1) {
            length -= 1;
            between = if between == Between::Link { Between::Link } else { Between::Comma };
        }
        let words = (0..length).filter(|&k| matches!(doc.tokens[at + k].kind, TokenKind::Word | TokenKind::Number)).count();
        let alphabetic = (0..length).any(|k| doc.tokens[at + k].kind == TokenKind::Word && doc.tokens[at + k].span.len() > 1);
        (same >= length && words >= 2 && alphabetic).then_some((length, between))
    }

    fn judge(
        &self,
        doc: &Annotated,
        block: &Range<usize>,
        at: usize,
        length: usize,
        distance: usize,
        between: Between,
    ) -> Option<Candidate> {
        let tokens = &doc.tokens;
        let phrase = &tokens[at..at + length];
        if phrase.iter().all(|token| token.lower == phrase[0].lower) {
            return None;
        }
        let end = at + distance + length;
        let (previous, next) = (before(doc, block, at), after(doc, block, end));
        let candidate = Candidate::at(doc.span(at..end)).with("phrase", doc.span(at..at + length).of(doc.text));
        let class = |form: Sym| self.closed.of(form);
        let content = phrase.iter().filter(|token| self.closed.is_content(token)).count();
        let quoted = phrase.iter().any(|token| token.quoted);
        let grade = match between {
            Between::Nothing => {
                // "and again and again", "from time to time to …": an idiom and the word before or after it.
                let links = |list: &[Sym]| phrase.iter().any(|token| list.contains(&token.lower));
                let chain = length == 2 && (links(&self.links) || content == 1 && links(&self.particles));
                if chain {
                    return None;
                }
                let heading = !is_capitalised(&tokens[at]) && is_capitalised(&tokens[at + distance]) || phrase.iter().all(is_capitalised);
                if heading { "name" } else { "at once" }
            }
            Between::Comma => {
                if previous.is_some_and(|token| self.conditions.contains(&token.lower)) {
                    return None;
                }
                let clause = class(phrase[0].lower) == Some(Class::Pronoun);
                // "In a letter to the ministry, the ministry …": the end of one part is the start of the next.
                let object = previous.is_some_and(|token| class(token.lower) == Some(Class::Preposition))
                    && class(phrase[0].lower) != Some(Class::Preposition);
                if clause || object || content == 0 { "open" } else { "comma" }
            }
            Between::Link => {
                if next.is_some_and(|token| token.lower == self.not) || content == 0 {
                    return None;
                }
                let closed = next.is_none_or(|token| token.kind == TokenKind::Punct);
                let function = next.is_some_and(|token| matches!(class(token.lower), Some(Class::Preposition | Class::Reporting)));
                let noun = !matches!(class(phrase[0].lower), Some(Class::Pronoun));
                let ends_open = class(phrase[phrase.len() - 1].lower).is_some();
                if noun && !ends_open && (closed || function) { "coordinated" } else { "open" }
            }
        };
        match grade {
            "at once" if quoted => Some(candidate.graded("speech")),
            // Speakers say things twice: "take it, take it".
            _ if quoted => None,
            "at once" => Some(candidate),
            grade => Some(candidate.graded(grade)),
        }
    }
}
