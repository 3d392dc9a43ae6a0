use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Block, QuoteMark, QuoteRole, Terminal};
use crate::text::Span;

/// Finds quotations that are opened and never closed, or closed and never opened.
pub(super) struct QuoteBalance;

/// A longer block is a text without its line breaks, in which straight marks can't be paired.
const LONGEST: usize = 200;

impl Detector for QuoteBalance {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        let mut next = 0;
        let mut carried = false;
        for block in &doc.blocks {
            let first = next;
            while next < doc.quotes.len() && doc.quotes[next].token < block.tokens.end {
                next += 1;
            }
            let own = &doc.quotes[first..next];
            let mut odd = own.iter().enumerate().filter(|(_, mark)| mark.partner.is_none() && mark.is_double());
            let only = odd.next().filter(|_| odd.next().is_none());
            if let Some((at, mark)) = only.filter(|_| !block.foreign && block.tokens.len() <= LONGEST) {
                let rest = &doc.quotes[next..];
                found.extend(judge(doc, block, mark, &own[at + 1..], rest, carried));
            }
            // A quotation that this block leaves open may be closed in the next.
            carried = only.is_some_and(|(_, mark)| mark.role == QuoteRole::Open) || carried && own.is_empty();
        }
        marks::gather(found, from);
    }
}

fn judge(doc: &Annotated, block: &Block, mark: &QuoteMark, after: &[QuoteMark], rest: &[QuoteMark], carried: bool) -> Option<Candidate> {
    let style = if mark.mark == '"' { "straight" } else { "curly" };
    let span = doc.tokens[mark.token].span;
    // `"?and` and `dn"t` are dashes and apostrophes that were lost: broken characters, not quotations.
    let tight = |at: usize| at < block.tokens.end && !doc.tokens[at].space_before;
    if tight(mark.token + 1) && (doc.is(mark.token + 1, "?") && tight(mark.token + 2) || tight(mark.token) && mark.token > block.tokens.start && marks::is_term(&doc.tokens[mark.token - 1]) && marks::is_term(&doc.tokens[mark.token + 1])) {
        return None;
    }
    if mark.role == QuoteRole::Close {
        let inches = mark.token > block.tokens.start && mark.mark == '"' && doc.word(mark.token - 1).ends_with(|c: char| c.is_ascii_digit());
        return (!carried && !inches).then(|| unmended(doc, span).graded(style));
    }
    // The next paragraph opens it again, or closes it.
    if mark.continued || rest.iter().find(|other| other.is_double()).is_some_and(|other| other.role == QuoteRole::Close && other.partner.is_none()) {
        return None;
    }
    let last = &doc.sentences[block.sentences.end - 1];
    let opened = doc.sentences[block.sentences.clone()].partition_point(|sentence| sentence.tokens.end <= mark.token);
    let to_the_end = after.iter().all(|other| !other.is_double()) && matches!(last.terminal, Terminal::Stop | Terminal::Mark) && block.sentences.len() <= opened + 3;
    let end = block.tokens.end - 1;
    if !to_the_end || end < mark.token + 2 {
        return Some(unmended(doc, span).graded(style));
    }
    let place = doc.span(end - 1..end + 1);
    let close = if mark.mark == '"' { '"' } else { '”' };
    let mut candidate = marks::mended(place, format!("{}{close}", place.of(doc.text))).graded(style);
    candidate.related.push(span);
    Some(candidate)
}

/// A finding whose mending nobody can know.
fn unmended(doc: &Annotated, span: Span) -> Candidate {
    marks::mended(span, span.of(doc.text))
}
