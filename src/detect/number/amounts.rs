use super::{after, each_number, scale, value};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, TokenKind};

/// Finds an amount that is called the equivalent of another amount in the same unit: "50 euros, the equivalent of 22
/// thousand euros".
struct UnequalAmounts;

/// Tokens between the two amounts.
const REACH: usize = 6;

pub(super) fn build(_: &mut Parts) -> Result<Box<dyn Detector>, String> {
    Ok(Box::new(UnequalAmounts))
}

impl Detector for UnequalAmounts {
    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        each_number(doc, |block, at| found.extend(unequal(doc, block, at)));
    }
}

/// An amount with its unit: value, unit, the index after it.
fn amount<'d>(doc: &'d Annotated, block: &Block, at: usize) -> Option<(f64, &'d str, usize)> {
    let figures = value(doc.word(at))?;
    let by = scale(after(doc, block, at, 1));
    let unit = after(doc, block, at, if by.is_some() { 2 } else { 1 });
    let known = matches!(
        unit,
        "euros"
            | "dollars"
            | "pounds"
            | "euro"
            | "rubles"
            | "roubles"
            | "yuan"
            | "naira"
            | "kronor"
            | "kroner"
            | "krona"
            | "lira"
            | "rupees"
            | "rand"
            | "yen"
            | "kilometers"
            | "kilometres"
            | "miles"
            | "kilograms"
            | "tonnes"
            | "tons"
            | "hectares"
            | "acres"
    );
    known.then(|| (figures * by.unwrap_or(1.0), unit, at + if by.is_some() { 3 } else { 2 }))
}

fn unequal(doc: &Annotated, block: &Block, at: usize) -> Option<Candidate> {
    let (first, unit, end) = amount(doc, block, at)?;
    let stop = block.tokens.end.min(end + REACH);
    let equal = (end..stop).find(|&word| matches!(doc.word(word), "equivalent" | "equal" | "equals"))?;
    let second_at = (equal + 1..block.tokens.end.min(equal + 4)).find(|&next| doc.tokens[next].kind == TokenKind::Number)?;
    let (second, other, last) = amount(doc, block, second_at)?;
    (other == unit && first != second).then(|| Candidate::at(doc.span(at..last)))
}
