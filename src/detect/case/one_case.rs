use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, Shape, SymSet, TokenKind};
use crate::text::Role;

/// Running text in one case only: paragraphs and articles, and stretches of capitals in a sentence.
struct OneCase {
    case: Case,
    /// Words that are no names: a stretch of capitals without one may be names or acronyms.
    common: SymSet,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Case {
    Lower,
    Upper,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    case: Case,
    common: String,
}

/// Fewer words in one case are a heading, a caption or a chant.
const PARAGRAPH: usize = 15;
/// Fewer capitals in a row are acronyms or emphasis.
const STRETCH: usize = 3;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { case, common } = parts.options()?;
    let common = parts.entries(&common)?.iter().map(|word| parts.vocabulary.add(word)).collect();
    Ok(Box::new(OneCase { case, common }))
}

impl Detector for OneCase {
    fn captures(&self) -> &'static [&'static str] {
        &["words"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let mut whole: Option<(Candidate, usize)> = None;
        for block in doc.judged_blocks().filter(|block| block.role == Role::Body) {
            match self.words_if_one_case(doc, block) {
                Some(words) => {
                    if let Some((candidate, count)) = &mut whole {
                        candidate.related.push(block.span);
                        *count += words;
                    } else {
                        whole = Some((Candidate::at(block.span).graded("paragraph"), words));
                    }
                }
                None if self.case == Case::Upper => self.stretches(doc, block, found),
                None => {}
            }
        }
        found.extend(whole.map(|(candidate, words)| candidate.with("words", words.to_string())));
    }
}

impl OneCase {
    /// The number of a block's words if it is long enough to judge and they are all in the case sought.
    fn words_if_one_case(&self, doc: &Annotated, block: &Block) -> Option<usize> {
        let (mut words, mut other, mut common) = (0usize, 0usize, 0usize);
        for token in doc.tokens[block.tokens.clone()].iter().filter(|token| token.kind == TokenKind::Word) {
            words += 1;
            common += usize::from(self.common.contains(&token.lower));
            let single = token.span.len() == 1;
            other += usize::from(match self.case {
                Case::Lower => token.shape != Shape::Lower,
                Case::Upper => token.shape != Shape::Upper && !single,
            });
        }
        (words >= PARAGRAPH && common * 8 >= words && other * 20 <= words && !(self.case == Case::Lower && self.continues(doc, block)))
            .then_some(words)
    }

    /// Whether a block is a sentence that happens to hold no name, or the tail of one that a line break cut.
    fn continues(&self, doc: &Annotated, block: &Block) -> bool {
        block.sentences.len() < 2 && doc.blocks.len() > 1
            || !doc.sentences[block.sentences.start].lower_start
            || doc.sentences[block.sentences.clone()].iter().any(|sentence| !sentence.lower_start)
    }

    /// Capitals in a row within a sentence that is written in both cases.
    fn stretches(&self, doc: &Annotated, block: &Block, found: &mut Vec<Candidate>) {
        for sentence in &doc.sentences[block.sentences.clone()] {
            let tokens = sentence.tokens.clone();
            let mut start = None;
            for at in tokens.start..=tokens.end {
                let upper = at < tokens.end && is_upper(doc, at);
                match (start, upper) {
                    (None, true) => start = Some(at),
                    (Some(from), false) => {
                        start = None;
                        self.stretch(doc, tokens.clone(), from..at, found);
                    }
                    _ => {}
                }
            }
        }
    }

    fn stretch(&self, doc: &Annotated, sentence: std::ops::Range<usize>, run: std::ops::Range<usize>, found: &mut Vec<Candidate>) {
        let lower = |at: usize| doc.tokens[at].shape == Shape::Lower && doc.tokens[at].is_word();
        let inside = run.start > sentence.start
            && run.end < sentence.end
            && lower(run.start - 1)
            && (lower(run.end) || doc.tokens[run.end].kind == TokenKind::Punct);
        let common = run.clone().filter(|&at| self.common.contains(&doc.tokens[at].lower)).count();
        let acronyms = run.clone().any(|at| doc.word(at).contains('.'));
        if run.len() >= STRETCH && inside && common * 2 >= run.len() && !acronyms && !doc.tokens[run.start].quoted {
            found.push(Candidate::at(doc.span(run.clone())).graded("stretch").with("words", run.len().to_string()));
        }
    }
}

fn is_upper(doc: &Annotated, at: usize) -> bool {
    let token = &doc.tokens[at];
    token.kind == TokenKind::Word && (token.shape == Shape::Upper || token.span.len() == 1 && doc.word(at).starts_with(char::is_uppercase))
}
