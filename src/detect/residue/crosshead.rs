use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Sentence, Shape, SymSet, TokenKind};

/// Finds a cross-head that was glued to the sentence below it: "Won't wait years But she warned that …".
pub(super) struct GluedCrosshead {
    starters: SymSet,
    function_words: SymSet,
    verbs: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Words that, with a capital inside running text, begin a new sentence.
    starters: String,
    /// Words in which no cross-head ends.
    function_words: String,
    /// Verbs of saying, whose subject may be a name with a capital.
    verbs: String,
}

/// A cross-head is short.
const MOST_WORDS: usize = 7;

impl GluedCrosshead {
    pub(super) fn new(parts: &mut Parts) -> Result<GluedCrosshead, String> {
        let Options { starters, function_words, verbs } = parts.options()?;
        let lists = [parts.entries(&starters)?, parts.entries(&function_words)?, parts.entries(&verbs)?];
        let [starters, function_words, verbs] = lists.map(|forms| forms.iter().map(|form| parts.vocabulary.add(form)).collect());
        Ok(GluedCrosshead { starters, function_words, verbs })
    }

    /// The token with which the real sentence starts.
    fn inner_start(&self, doc: &Annotated, sentence: &Sentence) -> Option<usize> {
        let first = sentence.tokens.start;
        // A line's own first words may be a caption; the cross-head needs a sentence after it.
        if sentence.lower_start || sentence.tokens.len() < 8 || doc.tokens[first].kind != TokenKind::Word {
            return None;
        }
        let last = (first + MOST_WORDS).min(sentence.tokens.end - 4);
        let start = (first + 1..=last).find(|&at| {
            let token = &doc.tokens[at];
            token.shape == Shape::Capitalised && self.starters.contains(&token.lower) || token.kind == TokenKind::Punct
        })?;
        let (before, token, next) = (&doc.tokens[start - 1], &doc.tokens[start], &doc.tokens[start + 1]);
        let sentence_follows = token.kind == TokenKind::Word
            && token.space_before
            && matches!(next.kind, TokenKind::Word | TokenKind::Number)
            && next.space_before
            && (next.shape == Shape::Lower || next.shape == Shape::Digits)
            && doc.tokens[start + 2].shape != Shape::Capitalised;
        let head_ends = before.is_word()
            && before.shape == Shape::Lower
            && !self.function_words.contains(&before.lower)
            && !self.verbs.contains(&before.lower);
        let quoted = doc.tokens[first..=start].iter().any(|token| token.quoted);
        (sentence_follows && head_ends && !quoted).then_some(start)
    }
}

impl Detector for GluedCrosshead {
    fn captures(&self) -> &'static [&'static str] {
        &["head", "start"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.judged_blocks().filter(|block| !doc.is_heading(block)) {
            for sentence in &doc.sentences[block.sentences.clone()] {
                if let Some(start) = self.inner_start(doc, sentence) {
                    let head = doc.span(sentence.tokens.start..start);
                    found.push(Candidate::at(head).with("head", head.of(doc.text)).with("start", doc.word(start)));
                }
            }
        }
    }
}
