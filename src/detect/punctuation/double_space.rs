use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Token};
use crate::text::Span;

/// Finds two spaces or more between words inside a sentence.
pub(super) struct DoubleSpace;

impl Detector for DoubleSpace {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        for block in doc.judged_blocks() {
            for sentence in &doc.sentences[block.sentences.clone()] {
                let tokens = &doc.tokens[sentence.tokens.clone()];
                for (index, pair) in tokens.windows(2).enumerate() {
                    if pair[1].span.start >= pair[0].span.end + 2 && is_wide(doc, &pair[0], &pair[1]) {
                        let at = sentence.tokens.start + index;
                        let opens = marks::mark(doc, at).is_some_and(|mark| matches!(mark, '“' | '‘' | '(')) && index == 0;
                        // After an opening mark there is no space at all: another rule's.
                        if !opens {
                            found.push(marks::mended(doc.span(at..at + 2), format!("{} {}", doc.word(at), doc.word(at + 1))));
                        }
                    }
                }
            }
        }
        marks::gather(found, from);
    }
}

fn is_wide(doc: &Annotated, left: &Token, right: &Token) -> bool {
    let gap = Span { start: left.span.end, end: right.span.start }.of(doc.text);
    let worded = |token: &Token| marks::is_term(token) || matches!(token.span.of(doc.text), "," | ";");
    let closed = |token: &Token| matches!(token.span.of(doc.text), "”" | "’");
    gap.len() <= 3 && gap.bytes().all(|byte| byte == b' ') && (worded(left) || closed(left)) && marks::is_term(right) && right.span.of(doc.text).starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}
