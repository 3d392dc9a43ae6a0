use serde::Deserialize;

use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, BlockKind, Sentence, Shape, SymSet, Terminal, TokenKind};
use crate::text::Role;

/// Finds sentences that lost their closing mark in an article that closes its sentences.
pub(super) struct LostStop {
    starters: SymSet,
    function_words: SymSet,
    days: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Words that, with a capital inside running text, begin a new sentence.
    starters: String,
    /// Words after which a capital may stand for other reasons.
    function_words: String,
}

/// Closed paragraphs that show that the article closes its paragraphs.
const CLOSED: usize = 3;

impl LostStop {
    pub(super) fn new(parts: &mut Parts) -> Result<LostStop, String> {
        let Options { starters, function_words } = parts.options()?;
        let (starters, function_words) = (parts.entries(&starters)?, parts.entries(&function_words)?);
        let mut add = |form: &str| parts.vocabulary.add(form);
        Ok(LostStop {
            starters: starters.iter().map(|form| add(form)).collect(),
            function_words: function_words.iter().map(|form| add(form)).collect(),
            days: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].into_iter().map(add).collect(),
        })
    }

    /// "on Thursday Under the constitution"
    fn inside(&self, doc: &Annotated, sentence: &Sentence, found: &mut Vec<Candidate>) {
        let tokens = sentence.tokens.clone();
        for at in tokens.start + 3..tokens.end.saturating_sub(2).max(tokens.start + 3) {
            let (before, token, next) = (&doc.tokens[at - 1], &doc.tokens[at], &doc.tokens[at + 1]);
            if token.shape != Shape::Capitalised || !self.starters.contains(&token.lower) || !token.space_before || !before.is_word() {
                continue;
            }
            let ended = before.shape == Shape::Lower && !self.function_words.contains(&before.lower) || self.days.contains(&before.lower);
            let goes_on =
                next.is_word() && next.space_before && next.shape == Shape::Lower && doc.tokens[at + 2].shape != Shape::Capitalised;
            if ended && goes_on {
                let repair = format!("{}. {}", doc.word(at - 1), doc.word(at));
                found.push(marks::mended(doc.span(at - 1..at + 1), repair).graded("inside"));
            }
        }
    }
}

/// The end of a paragraph that has no closing mark.
fn at_end(doc: &Annotated, block: &Block) -> Option<Candidate> {
    let last = block.tokens.end - 1;
    let sentence = &doc.sentences[block.sentences.end - 1];
    let word = &doc.tokens[last];
    let unclosed = sentence.terminal == Terminal::None
        && marks::is_term(word)
        && sentence.tokens.len() > 5
        && !(sentence.lower_start && block.sentences.len() == 1);
    if block.kind != BlockKind::Paragraph || block.role != Role::Body || !unclosed {
        return None;
    }
    // A credit or a list ends in a name.
    let lower = word.shape == Shape::Lower;
    let grade = match (block.sentences.len() > 1, lower) {
        (true, true) => "sentence",
        (false, true) if sentence.tokens.len() > 28 => "line",
        _ => return None,
    };
    let repair = format!("{}.", doc.word(last));
    Some(marks::mended(word.span, repair).graded(grade))
}

impl Detector for LostStop {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        let (mut closed, mut open) = (0, 0);
        for block in doc.judged_blocks() {
            if block.kind == BlockKind::Paragraph {
                let last = doc.tokens[block.tokens.end - 1].kind;
                let ends = doc.sentences[block.sentences.end - 1].terminal != Terminal::None;
                (closed, open) = (closed + usize::from(ends), open + usize::from(!ends && last != TokenKind::Punct));
            }
        }
        // Where the line breaks are lost, every cross-head looks like a sentence without a stop.
        if closed >= CLOSED && closed >= 3 * open {
            for block in doc.judged_blocks().filter(|block| block.kind == BlockKind::Paragraph) {
                doc.sentences[block.sentences.clone()].iter().for_each(|sentence| self.inside(doc, sentence, found));
            }
            found.extend(doc.judged_blocks().filter_map(|block| at_end(doc, block)));
        }
        marks::gather(found, from);
    }
}
