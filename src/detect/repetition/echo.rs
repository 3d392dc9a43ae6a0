//! "symptoms of symptoms", "the best day of the best day": a clause that comes back to what it has just said.

use std::ops::Range;

use super::words::{Class, ClosedClasses, after};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Shape, Sym, TokenKind};

/// The longest phrase that echoes, in tokens.
const LONGEST: usize = 8;

struct ClauseEcho {
    closed: ClosedClasses,
    of: Sym,
    links: [Sym; 6],
    articles: [Sym; 4],
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    parts.options::<toml::Table>()?;
    let closed = ClosedClasses::load(parts)?;
    let mut add = |form: &str| parts.vocabulary.add(form);
    Ok(Box::new(ClauseEcho {
        closed,
        of: add("of"),
        links: ["of", "in", "for", "with", "on", "at"].map(&mut add),
        articles: ["the", "a", "an", "this"].map(&mut add),
    }))
}

impl Detector for ClauseEcho {
    fn captures(&self) -> &'static [&'static str] {
        &["phrase"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let next_same = context.next_same();
        for block in doc.judged_blocks() {
            for sentence in &doc.sentences[block.sentences.clone()] {
                let mut at = sentence.tokens.start;
                while at + 2 < sentence.tokens.end {
                    let furthest = (at + LONGEST + 1).min(sentence.tokens.end - 1);
                    if next_same.within(at, at + 2..=furthest).is_none() {
                        at += 1;
                        continue;
                    }
                    let echo = self.word(doc, &sentence.tokens, at).or_else(|| self.phrase(doc, &sentence.tokens, at));
                    match echo {
                        Some((candidate, end)) => {
                            found.push(candidate);
                            at = end;
                        }
                        None => at += 1,
                    }
                }
            }
        }
    }
}

impl ClauseEcho {
    /// "symptoms of symptoms", "charge of the charge", "unanimously found unanimously".
    fn word(&self, doc: &Annotated, sentence: &Range<usize>, at: usize) -> Option<(Candidate, usize)> {
        let tokens = &doc.tokens;
        let first = &tokens[at];
        if first.shape != Shape::Lower || !self.closed.is_content(first) {
            return None;
        }
        let middle = &tokens[at + 1];
        let echoed = |at: usize| after(doc, sentence, at).is_some_and(|token| token.lower == first.lower);
        let through_article = middle.lower == self.of
            && after(doc, sentence, at + 2).is_some_and(|token| self.articles.contains(&token.lower))
            && echoed(at + 3);
        let end = if through_article { at + 4 } else { at + 3 };
        if !through_article && !echoed(at + 2) {
            return None;
        }
        let candidate = Candidate::at(doc.span(at..end)).with("phrase", first.span.of(doc.text));
        let grade = match middle.lower {
            _ if tokens[end - 1].shape != Shape::Lower || first.clitic > 0 || middle.kind != TokenKind::Word => return None,
            // "the business of business premises": the second one only modifies.
            form if form == self.of && after(doc, sentence, end).is_some_and(|next| self.closed.is_content(next)) => return None,
            form if form == self.of => {
                if first.quoted {
                    "speech"
                } else {
                    "of"
                }
            }
            form if self.closed.of(form).is_none() && middle.shape == Shape::Lower && middle.lower != first.lower && !first.quoted => {
                "around a word"
            }
            _ => return None,
        };
        Some((candidate.graded(grade), end))
    }

    /// "the best day of the best day", "his party said his party".
    fn phrase(&self, doc: &Annotated, sentence: &Range<usize>, at: usize) -> Option<(Candidate, usize)> {
        let tokens = &doc.tokens;
        let first = &tokens[at];
        if first.kind != TokenKind::Word {
            return None;
        }
        let furthest = (LONGEST + 1).min(sentence.end - at - 1);
        for distance in 3..=furthest {
            let second = at + distance;
            if tokens[second - 1].kind == TokenKind::Punct {
                return None;
            }
            if tokens[second].lower != first.lower {
                continue;
            }
            let length = distance - 1;
            let link = &tokens[at + length];
            let whole = second + length <= sentence.end
                && (1..length).all(|k| tokens[at + k].lower == tokens[second + k].lower && tokens[at + k].kind == TokenKind::Word);
            if !whole || link.kind != TokenKind::Word {
                continue;
            }
            let phrase = &tokens[at..at + length];
            let run = phrase.iter().all(|token| token.lower == link.lower);
            if run || !phrase.iter().any(|token| self.closed.is_content(token)) {
                return None;
            }
            let end = second + length;
            let candidate = Candidate::at(doc.span(at..end)).with("phrase", doc.span(at..at + length).of(doc.text));
            let ends_in_link = self.links.contains(&phrase[length - 1].lower);
            let closed = after(doc, sentence, end).is_none_or(|token| token.kind == TokenKind::Punct);
            let opens = self.closed.of(first.lower) == Some(Class::Determiner);
            let grade = match self.closed.of(link.lower) {
                // "close contacts of close contacts" and "by the people for the people" mean what they say.
                _ if self.links.contains(&link.lower) && !ends_in_link && !(opens && link.lower == self.of) => "bare phrase",
                _ if self.links.contains(&link.lower) || self.articles.contains(&link.lower) && ends_in_link => "phrase",
                _ if first.quoted => return None,
                Some(Class::Reporting) if closed => "phrase",
                Some(Class::Reporting) => "around a verb",
                _ => return None,
            };
            return Some((candidate.graded(grade), end));
        }
        None
    }
}
