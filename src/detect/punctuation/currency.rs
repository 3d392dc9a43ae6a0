use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Shape, TokenKind};

/// Finds a space between a currency sign and its amount: "$ 3.5 million", "from$ 311 million".
pub(super) struct CurrencySpace;

impl Detector for CurrencySpace {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR, "sign"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_tokens(context, found, |doc, block, at| {
            if doc.tokens[at].kind != TokenKind::Symbol || !matches!(doc.word(at), "$" | "£" | "₦" | "¥") || at + 1 == block.end {
                return None;
            }
            let amount = &doc.tokens[at + 1];
            if amount.kind != TokenKind::Number || !amount.space_before || amount.line_before {
                return None;
            }
            // "US$" is one sign, "from$" has lost its space.
            let glued = marks::tight_before(doc, at, block) && doc.tokens[at - 1].shape == Shape::Lower;
            let (sign, amount) = (doc.word(at), doc.word(at + 1));
            let repair = if glued { format!(" {sign}{amount}") } else { format!("{sign}{amount}") };
            Some(marks::mended(doc.span(at..at + 2), repair).with("sign", sign))
        });
    }
}
