use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{Annotated, Block, QuoteMark, QuoteRole, Terminal};
use crate::text::Span;

/// Finds quotations that are opened and never closed, or closed and never opened.
pub(super) struct QuoteBalance;

/// A longer block is a text without its line breaks, in which straight marks can't be paired.
const LONGEST: usize = 200;

/// Paragraphs over which one quotation may run.
const PARAGRAPHS: usize = 12;

impl Detector for QuoteBalance {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        let mut next = 0;
        let mut odd: Vec<Odd> = Vec::new();
        for (index, block) in doc.blocks.iter().enumerate() {
            let first = next;
            while next < doc.quotes.len() && doc.quotes[next].token < block.tokens.end {
                next += 1;
            }
            let own = &doc.quotes[first..next];
            let mut alone = (first..next).filter(|&at| doc.quotes[at].partner.is_none() && doc.quotes[at].is_double());
            // A mark that was turned round leaves its partner alone: another rule's.
            let turned = own.iter().any(|mark| mark.mark == '“' && is_turned(doc, block, mark.token));
            let Some(quote) = alone.next().filter(|_| alone.next().is_none() && !turned && !block.foreign) else { continue };
            let runs_over =
                doc.quotes[quote].role == QuoteRole::Close && odd.last().is_some_and(|last| last.opens && index - last.block <= PARAGRAPHS);
            if runs_over {
                odd.pop();
            } else {
                odd.push(Odd { quote, block: index, opens: doc.quotes[quote].role == QuoteRole::Open });
            }
        }
        for Odd { quote, block, .. } in odd {
            let block = &doc.blocks[block];
            if block.tokens.len() <= LONGEST {
                let after = doc.quotes[quote + 1..].iter().take_while(|other| other.token < block.tokens.end).any(QuoteMark::is_double);
                found.extend(judge(doc, block, &doc.quotes[quote], after));
            }
        }
        nested(doc, found);
        marks::gather(found, from);
    }
}

/// A double mark that its paragraph leaves without a partner.
struct Odd {
    quote: usize,
    block: usize,
    opens: bool,
}

/// “ where only a closing mark can stand.
fn is_turned(doc: &Annotated, block: &Block, at: usize) -> bool {
    let last = at + 1 == block.tokens.end;
    at > block.tokens.start && (last || doc.tokens[at + 1].space_before) && (last || !doc.tokens[at].space_before)
}

fn judge(doc: &Annotated, block: &Block, mark: &QuoteMark, marks_after: bool) -> Option<Candidate> {
    let style = match (mark.role, mark.mark) {
        (QuoteRole::Close, _) => "close",
        (QuoteRole::Open, '"') => "straight",
        (QuoteRole::Open, _) => "curly",
    };
    let span = doc.tokens[mark.token].span;
    if marks::is_broken(doc, mark.token, &block.tokens) {
        return None;
    }
    if mark.role == QuoteRole::Close {
        let inches =
            mark.token > block.tokens.start && mark.mark == '"' && doc.word(mark.token - 1).ends_with(|c: char| c.is_ascii_digit());
        return (!inches).then(|| unmended(doc, span).graded(style));
    }
    // The next paragraph opens it again.
    if mark.continued {
        return None;
    }
    let last = &doc.sentences[block.sentences.end - 1];
    let opened = doc.sentences[block.sentences.clone()].partition_point(|sentence| sentence.tokens.end <= mark.token);
    let to_the_end = !marks_after && matches!(last.terminal, Terminal::Stop | Terminal::Mark) && block.sentences.len() <= opened + 3;
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

/// A quotation inside a quotation that ends with it and lost its own mark: “What if they are ‘stolen?”
fn nested(doc: &Annotated, found: &mut Vec<Candidate>) {
    // Marks in which the end of the outer quotation is looked for.
    const NEAR: usize = 12;
    const ELIDED: [&str; 8] = ["em", "n", "til", "tis", "twas", "cause", "bout", "round"];
    for (index, mark) in doc.quotes.iter().enumerate() {
        if mark.mark != '‘' || mark.partner.is_some() || !doc.tokens[mark.token].quoted {
            continue;
        }
        let first = mark.token + 1;
        let elided =
            first < doc.tokens.len() && (!doc.tokens[first].is_word() || ELIDED.contains(&doc.word(first).to_lowercase().as_str()));
        let Some(close) = doc.quotes[index + 1..]
            .iter()
            .take(NEAR)
            .find(|other| other.is_double())
            .filter(|other| other.mark == '”' && other.token > first + 1)
        else {
            continue;
        };
        if !elided && matches!(marks::mark(doc, close.token - 1), Some('.' | '?' | '!' | ',')) {
            let place = doc.span(close.token - 2..close.token + 1);
            let inner = doc.span(close.token - 2..close.token);
            let mut candidate = marks::mended(place, format!("{}’”", inner.of(doc.text))).graded("nested");
            candidate.related.push(doc.tokens[mark.token].span);
            found.push(candidate);
        }
    }
}
