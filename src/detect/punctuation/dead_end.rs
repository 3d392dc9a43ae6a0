use serde::Deserialize;

use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, Sentence, Sym, SymSet, Terminal, TokenKind};

/// Finds sentences that stop after a word that no sentence ends with: "saw the.", "the birth of Wu and.."
pub(super) struct DeadEnd {
    never_last: SymSet,
    of: Sym,
    before_of: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Words that end no sentence.
    never_last: String,
    /// Words after which a sentence may end in "of".
    before_of: String,
}

impl DeadEnd {
    pub(super) fn new(parts: &mut Parts) -> Result<DeadEnd, String> {
        let Options { never_last, before_of } = parts.options()?;
        let (never_last, before_of) = (parts.entries(&never_last)?, parts.entries(&before_of)?);
        let mut add = |form: &String| parts.vocabulary.add(form);
        Ok(DeadEnd {
            never_last: never_last.iter().map(&mut add).collect(),
            before_of: before_of.iter().map(&mut add).collect(),
            of: add(&"of".to_owned()),
        })
    }

    fn end_of(&self, doc: &Annotated, block: &Block, sentence: &Sentence) -> Option<Candidate> {
        let first = sentence.tokens.start;
        let last = sentence.tokens.clone().rev().find(|&at| doc.tokens[at].kind != TokenKind::Punct)?;
        let end = last + 1;
        let next = doc.tokens.get(block.tokens.end).is_some() && marks::is_lower(doc, block.tokens.end);
        let cut = !next
            && sentence.terminal == Terminal::None
            && sentence.tokens.end == block.tokens.end
            && end == sentence.tokens.end
            && sentence.tokens.len() > 8;
        let stopped = end < sentence.tokens.end
            && match sentence.terminal {
                Terminal::Stop => doc.is(end, "."),
                Terminal::Ellipsis => doc.is(end, ".."),
                _ => false,
            };
        if last < first + 2 || !(cut || stopped) || !marks::is_lower(doc, last) {
            return None;
        }
        let (word, before) = (&doc.tokens[last], &doc.tokens[last - 1]);
        // A word that is spoken of stands between quotation marks.
        if word.quoted && before.kind == TokenKind::Punct {
            return None;
        }
        let grade = if self.never_last.contains(&word.lower) {
            if cut { "cut" } else { "stop" }
        } else if word.lower == self.of && before.is_word() && !self.before_of.contains(&before.lower) {
            "of"
        } else {
            return None;
        };
        let to = if stopped { end } else { last };
        Some(Candidate::at(doc.span(last - 1..to + 1)).with("word", doc.word(last)).graded(grade))
    }
}

impl Detector for DeadEnd {
    fn captures(&self) -> &'static [&'static str] {
        &["word"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.judged_blocks() {
            found.extend(doc.sentences[block.sentences.clone()].iter().filter_map(|sentence| self.end_of(doc, block, sentence)));
        }
    }
}
