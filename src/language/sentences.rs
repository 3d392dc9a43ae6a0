//! Cuts a block's tokens into sentences, fit for news and for broken news.

use std::ops::Range;

use super::abbreviations::{AbbreviationKind, Abbreviations};
use super::{BlockKind, Shape, Token, TokenKind};
use crate::text::Span;

/// How a sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terminal {
    /// With a full stop (also one that belongs to an abbreviation).
    Stop,
    /// With a question or exclamation mark.
    Mark,
    /// With dots that leave it open.
    Ellipsis,
    /// Without any of these.
    None,
}

/// One sentence, or a heading, or what a broken text leaves of a sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// From its first token's start to its last token's end.
    pub span: Span,
    /// Its tokens, closing quotation marks included, as indices into the document's tokens.
    pub tokens: Range<usize>,
    /// How it ends.
    pub terminal: Terminal,
    /// Whether its first word starts in lower case.
    pub lower_start: bool,
    /// Whether it follows the sentence before without a space ("ago.The").
    pub glued: bool,
}

/// Appends the sentences of `tokens[range]`, which are one block.
pub(super) fn cut(text: &str, tokens: &[Token], range: Range<usize>, abbreviations: &Abbreviations, sentences: &mut Vec<Sentence>) {
    let cutter = Cutter { text, tokens, end: range.end, abbreviations };
    let mut start = range.start;
    let mut at = start;
    while at < range.end {
        match cutter.sentence_end(start, at) {
            Some((terminal, end)) => {
                sentences.push(cutter.sentence(start..end, terminal));
                start = end;
                at = end;
            }
            None => at += 1,
        }
    }
    if start < range.end {
        sentences.push(cutter.sentence(start..range.end, Terminal::None));
    }
}

/// A block's kind: a heading is short, a single sentence, and has no closing mark.
pub(super) fn kind(sentences: &[Sentence], words: usize) -> BlockKind {
    match sentences {
        [only] if only.terminal == Terminal::None && words <= 18 => BlockKind::Heading,
        _ => BlockKind::Paragraph,
    }
}

struct Cutter<'t> {
    text: &'t str,
    tokens: &'t [Token],
    end: usize,
    abbreviations: &'t Abbreviations,
}

impl Cutter<'_> {
    fn text_of(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    fn sentence(&self, tokens: Range<usize>, terminal: Terminal) -> Sentence {
        let first_word = tokens.clone().find(|&at| matches!(self.tokens[at].kind, TokenKind::Word | TokenKind::Number | TokenKind::Opaque));
        let first = &self.tokens[tokens.start];
        let lower_start =
            first_word.is_some_and(|at| self.tokens[at].kind == TokenKind::Word && self.text_of(at).starts_with(char::is_lowercase));
        Sentence { span: first.span.to(self.tokens[tokens.end - 1].span), terminal, lower_start, glued: !first.space_before, tokens }
    }

    /// If a sentence that began at `start` ends with the mark at `at`: how, and the index after its last token.
    fn sentence_end(&self, start: usize, at: usize) -> Option<(Terminal, usize)> {
        let token = &self.tokens[at];
        let ends_in_stop = || self.text.as_bytes()[token.span.end as usize - 1] == b'.';
        if token.kind != TokenKind::Punct && !(token.kind == TokenKind::Word && ends_in_stop()) {
            return None;
        }
        let form = self.text_of(at);
        let terminal = match form.as_bytes() {
            [b'.'] => Terminal::Stop,
            [b'?' | b'!'] => Terminal::Mark,
            [b'.', b'.', ..] => Terminal::Ellipsis,
            [.., b'.'] if token.kind == TokenKind::Word => return self.abbreviation_end(at),
            _ => match form {
                "…" => Terminal::Ellipsis,
                "。" | "।" => Terminal::Stop,
                "！" | "？" | "؟" => Terminal::Mark,
                _ => return None,
            },
        };
        let mut next = at + 1;
        while next < self.end && !self.tokens[next].space_before && matches!(self.text_of(next), "." | "!" | "?" | "..." | "…") {
            next += 1;
        }
        let marks = next;
        next = self.after_closers(next);
        let closed = next > marks;
        if next == self.end {
            return Some((terminal, next));
        }
        let follower = &self.tokens[next];
        let starts_lower = self.starts_lower(next);
        if !follower.space_before {
            let split = form == "."
                && at > start
                && !self.tokens[at].space_before
                && follower.kind == TokenKind::Word
                && matches!(follower.shape, Shape::Capitalised)
                && (closed || (self.tokens[at - 1].shape == Shape::Lower && self.tokens[at - 1].span.len() > 1));
            return split.then_some((terminal, next));
        }
        match terminal {
            Terminal::Stop => {
                let list_number = at == start + 1 && self.tokens[start].kind == TokenKind::Number && self.tokens[start].span.len() <= 3;
                let only_marks = at == start;
                (!(list_number || only_marks && starts_lower)).then_some((terminal, next))
            }
            Terminal::Mark => (!(starts_lower || closed && self.is_attribution(next))).then_some((terminal, next)),
            _ => (!starts_lower && self.starts_clearly(next)).then_some((terminal, next)),
        }
    }

    fn abbreviation_end(&self, at: usize) -> Option<(Terminal, usize)> {
        let next = self.after_closers(at + 1);
        if next == self.end {
            return Some((Terminal::Stop, next));
        }
        let form = self.text_of(at);
        let kind = self.abbreviations.kind(form.trim_end_matches('.'));
        let follower = &self.tokens[next];
        if !follower.space_before || self.starts_lower(next) || follower.kind == TokenKind::Punct && next == at + 1 && !self.opens(next) {
            return None;
        }
        let word = (next..self.end).find(|&n| self.tokens[n].kind != TokenKind::Punct).unwrap_or(next);
        let starter = self.tokens[word].kind == TokenKind::Word
            && self.tokens[word].shape == Shape::Capitalised
            && self.abbreviations.starts_sentence(&self.text_of(word).to_lowercase());
        let ends = match kind {
            Some(AbbreviationKind::Title) => false,
            Some(AbbreviationKind::Number) => false,
            Some(AbbreviationKind::Date) => starter,
            // Single initials: "J.K. Rowling"; "U.S. The".
            _ if matches!(form, "a.m." | "p.m.") => {
                starter || (self.tokens[word].shape == Shape::Capitalised && !is_day_or_zone(self.text_of(word)))
            }
            _ => starter || next > at + 1 && self.opens(next),
        };
        ends.then_some((Terminal::Stop, next))
    }

    /// The index after closing quotation marks and brackets that stand directly after a mark.
    fn after_closers(&self, mut at: usize) -> usize {
        while at < self.end && !self.tokens[at].space_before {
            let closes = match self.text_of(at) {
                "”" | "’" | ")" | "]" | "»" | "}" => true,
                "\"" | "'" => {
                    at + 1 == self.end
                        || self.tokens[at + 1].space_before
                        || !matches!(self.tokens[at + 1].kind, TokenKind::Word | TokenKind::Number)
                }
                _ => false,
            };
            if !closes {
                break;
            }
            at += 1;
        }
        // A footnote's number belongs to the sentence it stands after: "in 1805. [19]".
        while at + 2 < self.end && self.text_of(at) == "[" && self.tokens[at + 1].kind == TokenKind::Number && self.text_of(at + 2) == "]" {
            at += 3;
        }
        at
    }

    fn opens(&self, at: usize) -> bool {
        matches!(self.text_of(at), "“" | "\"" | "‘" | "(" | "[" | "«" | "'")
    }

    fn first_word(&self, at: usize) -> Option<usize> {
        (at..self.end.min(at + 3)).find(|&n| self.tokens[n].kind != TokenKind::Punct)
    }

    fn starts_lower(&self, at: usize) -> bool {
        self.first_word(at)
            .is_some_and(|word| self.tokens[word].kind == TokenKind::Word && self.text_of(word).starts_with(char::is_lowercase))
    }

    fn starts_clearly(&self, at: usize) -> bool {
        self.opens(at)
            || self
                .first_word(at)
                .is_some_and(|word| matches!(self.tokens[word].shape, Shape::Capitalised | Shape::Upper | Shape::Digits | Shape::Mixed))
    }

    /// Whether what follows a quoted question goes on with its speaker: “Why?” Smith asked.
    fn is_attribution(&self, at: usize) -> bool {
        const SAYING: [&str; 8] = ["said", "asked", "says", "asks", "wrote", "added", "tweeted", "shouted"];
        (at..self.end.min(at + 4)).skip(1).any(|n| SAYING.contains(&self.text_of(n))) && self.tokens[at].kind == TokenKind::Word
    }
}

fn is_day_or_zone(word: &str) -> bool {
    const WORDS: [&str; 15] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Eastern",
        "Pacific",
        "Central",
        "Mountain",
        "Greenwich",
        "London",
        "Moscow",
        "Local",
    ];
    WORDS.contains(&word)
}
