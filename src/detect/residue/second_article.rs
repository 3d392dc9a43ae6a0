use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Block, BlockKind, Shape, TokenKind};

/// Finds a second article glued to the first: another dateline further down.
pub(super) struct SecondArticle;

/// A dateline's place, agency and date are no longer than this.
const MOST_TOKENS: usize = 14;
/// Datelines that open every other paragraph are a round-up of short reports.
const ROUND_UP: usize = 3;

impl Detector for SecondArticle {
    fn captures(&self) -> &'static [&'static str] {
        &["first"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let datelines: Vec<(usize, usize)> =
            doc.blocks.iter().enumerate().filter_map(|(at, block)| Some((at, dateline_end(doc, block)?))).collect();
        let (Some(&(first, first_end)), Some(&(again, end))) = (datelines.first(), datelines.get(1)) else { return };
        if datelines.len() >= ROUND_UP || first > 3 || again <= first + 1 {
            return;
        }
        let of = |block: usize, end: usize| doc.span(doc.blocks[block].tokens.start..end);
        let mut candidate = Candidate::at(of(again, end)).with("first", of(first, first_end).of(doc.text));
        candidate.related = vec![of(first, first_end)];
        found.push(candidate);
    }
}

/// The index after the dash of a dateline with which a paragraph starts: "TALLINN, March 3 (Agency) –".
fn dateline_end(doc: &Annotated, block: &Block) -> Option<usize> {
    let tokens = block.tokens.clone();
    if block.kind != BlockKind::Paragraph || tokens.len() < 12 {
        return None;
    }
    let place = &doc.tokens[tokens.start];
    if place.shape != Shape::Upper || place.kind != TokenKind::Word || place.span.len() < 4 || place.quoted {
        return None;
    }
    let dash = tokens.clone().take(MOST_TOKENS).find(|&at| matches!(doc.word(at), "–" | "—" | "--" | "-" | "―"))?;
    let head = &doc.tokens[tokens.start..dash];
    let fits = head.iter().all(|token| token.shape != Shape::Lower || token.kind != TokenKind::Word || token.span.len() <= 3);
    let spaced = doc.tokens[dash].space_before && doc.tokens.get(dash + 1).is_some_and(|next| next.space_before);
    (fits && spaced).then_some(dash + 1)
}
