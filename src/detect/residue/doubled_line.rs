use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Block, Sym, TokenKind};
use crate::text::{Role, Span};

/// Finds a headline, teaser or caption that an extractor wrote twice.
pub(super) struct DoubledLine;

/// The headline stands again as a line of its own.
const HEADLINE: &str = "headline again";
/// A line stands twice, one shortly after the other.
const LINE: &str = "line again";
/// The first paragraph starts with the headline's words.
const GLUED: &str = "headline glued";

/// Shorter lines stand twice by right.
const FEWEST_WORDS: usize = 4;
/// How many blocks after the first its copy is looked for.
const NEAR: usize = 4;

impl Detector for DoubledLine {
    fn captures(&self) -> &'static [&'static str] {
        &["what"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let lines: Vec<Vec<Sym>> = doc.blocks.iter().map(|block| words(doc, block)).collect();
        for (at, block) in doc.blocks.iter().enumerate() {
            if lines[at].len() < FEWEST_WORDS {
                continue;
            }
            let top = at == 0 || block.role == Role::Headline;
            let near = at + 1..doc.blocks.len().min(at + 1 + NEAR);
            let copy = near.clone().find(|&later| lines[later] == lines[at]);
            if let Some(copy) = copy.filter(|_| doc.is_heading(block)) {
                let (grade, what) = if top { (HEADLINE, "The headline") } else { (LINE, "A line") };
                found.push(seen_again(doc.blocks[copy].span, block.span, grade, what));
            } else if top && at + 1 < doc.blocks.len() && doc.is_heading(block) {
                let next = &doc.blocks[at + 1];
                if lines[at + 1].len() > lines[at].len() + 4
                    && lines[at + 1].starts_with(&lines[at])
                    && let Some(end) = end_of_words(doc, next, lines[at].len())
                {
                    found.push(seen_again(doc.span(next.tokens.start..end), block.span, GLUED, "The headline"));
                }
            }
        }
    }
}

fn seen_again(copy: Span, first: Span, grade: &'static str, what: &'static str) -> Candidate {
    let mut candidate = Candidate::at(copy).graded(grade).with("what", what);
    candidate.related = vec![first];
    candidate
}

/// The words of a block; of a long one only as many as a headline can have.
fn words(doc: &Annotated, block: &Block) -> Vec<Sym> {
    const MOST: usize = 40;
    let words = doc.tokens[block.tokens.clone()].iter().filter(|token| token.is_word() || token.kind == TokenKind::Number);
    words.take(MOST).map(|token| token.lower).collect()
}

/// The index after the token that is a block's word number `count`, if a new sentence starts there.
fn end_of_words(doc: &Annotated, block: &Block, count: usize) -> Option<usize> {
    let is_word = |at: &usize| doc.tokens[*at].is_word() || doc.tokens[*at].kind == TokenKind::Number;
    let last = block.tokens.clone().filter(is_word).nth(count - 1)?;
    let next = doc.tokens[last + 1..block.tokens.end].first()?;
    (next.is_word() && doc.word(last + 1).starts_with(char::is_uppercase)).then_some(last + 1)
}
