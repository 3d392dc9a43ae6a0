use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::TokenKind;

/// Finds a single quotation mark behind a word that closes nothing: "Association of K'."
pub(super) struct StrayApostrophe;

/// Tokens before a mark in which its partner may stand.
const REACH: usize = 12;

impl Detector for StrayApostrophe {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        marks::judge_marks(context, found, |doc, block, at, mark| {
            if !matches!(mark, '\'' | '’') || at == block.start || doc.tokens[at].space_before {
                return None;
            }
            let before = &doc.tokens[at - 1];
            let bare = match before.kind {
                TokenKind::Word => !may_be_shortened(doc.word(at - 1)),
                TokenKind::Punct => doc.is(at - 1, "(") && marks::next_mark(doc, at, block) != Some(')'),
                _ => false,
            };
            let free =
                at + 1 == block.end || doc.tokens[at + 1].space_before || matches!(marks::mark(doc, at + 1), Some('.' | ',' | ';' | ')'));
            let paired = doc.quotes.binary_search_by_key(&at, |quote| quote.token).is_ok();
            // A mark shortly before may belong to it all the same: 'Damocles' sword'.
            let opened = doc.tokens[at.saturating_sub(REACH).max(block.start)..at]
                .iter()
                .any(|token| token.kind == TokenKind::Punct && matches!(token.span.of(doc.text), "'" | "‘"));
            (bare && free && !paired && !opened).then(|| marks::mended(doc.span(at - 1..at + 1), doc.word(at - 1)))
        });
    }
}

/// Words whose apostrophe is right without a partner: a plural's or a name's genitive, a dropped "g" or vowel.
fn may_be_shortened(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.ends_with(['s', 'z', 'x', '.'])
        || lower.ends_with("in")
        || lower.ends_with("ce")
        || lower.ends_with("xe")
        || matches!(
            lower.as_str(),
            "o" | "an" | "th" | "ol" | "t" | "d" | "n" | "po" | "mo" | "lil" | "li" | "wi" | "y" | "le" | "lo" | "outta"
        )
}
