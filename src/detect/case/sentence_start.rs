use serde::Deserialize;

use super::capitalised;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector, Edit};
use crate::detect::registry::Parts;
use crate::language::{Abbreviations, Annotated, Block, Shape, SymSet, Terminal, TokenKind};

/// Sentences that start in lower case, in a text that has capitals.
struct SentenceStart {
    /// Words that may start a sentence in lower case: particles of names, units, ends of addresses.
    legal: SymSet,
    /// Words that in lower case carry a sentence on over a stop that tears it.
    go_on: SymSet,
    abbreviations: Abbreviations,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// The list of words that may start a sentence in lower case.
    legal: String,
    /// The list of words that carry a sentence on.
    go_on: String,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { legal, go_on } = parts.options()?;
    let mut forms = |list: &str| Ok::<_, String>(parts.entries(list)?.iter().map(|word| parts.vocabulary.add(word)).collect());
    let (legal, go_on) = (forms(&legal)?, forms(&go_on)?);
    Ok(Box::new(SentenceStart { legal, go_on, abbreviations: Abbreviations::embedded() }))
}

impl Detector for SentenceStart {
    fn captures(&self) -> &'static [&'static str] {
        &["capitalised", "before"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let lower = doc.sentences.iter().filter(|sentence| sentence.lower_start).count();
        // Where every other sentence starts so, it is how the text is written: another rule's matter.
        if lower == 0 && doc.blocks.is_empty() || lower * 2 > doc.sentences.len() + 2 || !context.has_capitals() {
            return;
        }
        let mut before: Option<&Block> = None;
        for block in &doc.blocks {
            if !block.foreign {
                self.block_start(doc, before, block, found);
                self.after_dateline(doc, block, found);
                let sentences = &doc.sentences[block.sentences.clone()];
                for pair in sentences.windows(2).filter(|pair| pair[1].lower_start && pair[0].terminal == Terminal::Stop) {
                    self.after_stop(doc, pair[0].tokens.end, pair[1].tokens.clone(), found);
                }
            }
            before = Some(block);
        }
    }
}

impl SentenceStart {
    fn block_start(&self, doc: &Annotated, before: Option<&Block>, block: &Block, found: &mut Vec<Candidate>) {
        let first = &doc.sentences[block.sentences.start];
        // A heading or list item may be a phrase; a paragraph that goes on after a comma is torn, not miswritten.
        if !first.lower_start || doc.is_heading(block) {
            return;
        }
        let ended = before.is_some_and(|before| match doc.is_heading(before) {
            true => self.is_cross_head(doc, before),
            false => doc.sentences[before.sentences.end - 1].terminal != Terminal::None,
        });
        let Some(at) = self.opener(doc, first.tokens.start, first.tokens.end) else { return };
        if ended {
            found.push(self.candidate(doc, at, "the end of the paragraph before").graded("paragraph"));
        }
    }

    /// Whether a heading is one, and not the first half of a sentence that a line break cut.
    fn is_cross_head(&self, doc: &Annotated, block: &Block) -> bool {
        const LONGEST: usize = 6;
        let tokens = &doc.tokens[block.tokens.clone()];
        tokens.len() <= LONGEST && tokens.iter().all(|token| token.is_word() && matches!(token.shape, Shape::Capitalised | Shape::Upper))
    }

    /// "RIGA, Latvia — the government": the text proper starts after the dash.
    fn after_dateline(&self, doc: &Annotated, block: &Block, found: &mut Vec<Candidate>) {
        const LONGEST: usize = 10;
        let tokens = block.tokens.start..block.tokens.end.min(block.tokens.start + LONGEST);
        let first = &doc.tokens[tokens.start];
        if first.shape != Shape::Upper || first.span.len() < 4 {
            return;
        }
        let names = |at: &usize| {
            let token = &doc.tokens[*at];
            !matches!(token.shape, Shape::Lower | Shape::Mixed)
                && (token.kind != TokenKind::Punct || matches!(doc.word(*at), "," | "(" | ")" | "."))
        };
        let Some(dash) = tokens.clone().find(|at| !names(at)) else { return };
        let spaced = matches!(doc.word(dash), "—" | "–" | "--" | "-")
            && dash + 1 < block.tokens.end
            && (doc.tokens[dash].space_before || doc.tokens[dash + 1].space_before);
        let at = dash + 1;
        if spaced && doc.tokens[at].shape == Shape::Lower && self.opener(doc, at, block.tokens.end) == Some(at) {
            found.push(self.candidate(doc, at, "the dateline").graded("dateline"));
        }
    }

    fn after_stop(&self, doc: &Annotated, end: usize, tokens: std::ops::Range<usize>, found: &mut Vec<Candidate>) {
        let Some(at) = self.opener(doc, tokens.start, tokens.end) else { return };
        // Back over closing marks to the stop, and to the word that it ends.
        let Some(word) = (end.saturating_sub(5)..end).rev().find(|&at| doc.tokens[at].kind != TokenKind::Punct) else { return };
        // "(67.) saved", "(D-Conn.) said": the stop belongs to what stands in brackets. "20. century": an ordinal.
        let bracketed = doc.is(end - 1, ")");
        let ordinal = doc.tokens[word].kind == TokenKind::Number && doc.tokens[word].span.len() <= 2;
        if bracketed || ordinal || doc.tokens[word].kind == TokenKind::Word && self.may_abbreviate(doc, word) {
            return;
        }
        let quote = at > tokens.start;
        let mut candidate = self.candidate(doc, at, "a full stop").graded(if quote { "quotation" } else { "sentence" });
        // Either the start is wrong, or the stop is.
        if !quote && end == word + 2 && doc.is(end - 1, ".") {
            let without_stop = vec![Edit { span: doc.tokens[end - 1].span, text: String::new() }];
            if self.go_on.contains(&doc.tokens[at].lower) {
                let start = Candidate::at(candidate.span).with("capitalised", doc.word(at)).with("before", "a full stop");
                candidate = Candidate { also: without_stop, ..start.or(capitalised(doc.word(at))).graded("sentence") };
            } else {
                candidate = candidate.or_edits(doc.word(at), without_stop);
            }
        }
        found.push(candidate);
    }

    fn may_abbreviate(&self, doc: &Annotated, at: usize) -> bool {
        let word = doc.word(at);
        let letters = word.trim_end_matches('.');
        word.ends_with('.')
            || self.abbreviations.kind(letters).is_some()
            || letters.chars().count() < 3
            || !letters.contains(['a', 'e', 'i', 'o', 'u', 'y', 'A', 'E', 'I', 'O', 'U'])
            // "D-Miss."
            || doc.tokens[at].shape == Shape::Mixed && letters.contains('-')
            || letters.len() <= 4 && doc.tokens[at].shape == Shape::Capitalised
            || letters.len() <= 3 && doc.tokens[at].shape == Shape::Lower && self.legal.contains(&doc.tokens[at].lower)
    }

    /// The word in `start..end` that should be capitalised, if the text there starts like a sentence.
    fn opener(&self, doc: &Annotated, start: usize, end: usize) -> Option<usize> {
        let mut at = start;
        if matches!(doc.word(at), "“" | "\"") && at + 1 < end && !doc.tokens[at + 1].space_before {
            at += 1;
        }
        let token = &doc.tokens[at];
        let word = doc.word(at);
        let plain = token.kind == TokenKind::Word && token.shape == Shape::Lower && word.starts_with(char::is_lowercase);
        if !plain || self.legal.contains(&token.lower) || word.contains(['.', '_', '&']) || word.len() == 1 && !matches!(word, "a" | "i") {
            return None;
        }
        // What follows must be a word or a comma: "es/kl", "caixiao@…", "pic.twitter", "a) " are no sentences.
        let next = at + 1;
        let goes_on = next < end
            && (doc.tokens[next].space_before && matches!(doc.tokens[next].kind, TokenKind::Word | TokenKind::Number)
                || doc.word(next) == ",");
        (goes_on && end - at >= 3).then_some(at)
    }

    fn candidate(&self, doc: &Annotated, at: usize, before: &str) -> Candidate {
        Candidate::at(doc.tokens[at].span).with("capitalised", capitalised(doc.word(at))).with("before", before)
    }
}
