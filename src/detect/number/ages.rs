use super::words;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Block, Sym, TokenKind};

/// Finds a count of people that disagrees with the ages that follow: "two men, aged 23, 31 and 40".
struct AgeCount {
    aged: [Sym; 2],
}

/// Words that may stand between the count and the ages.
const REACH: usize = 8;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    Ok(Box::new(AgeCount { aged: [parts.vocabulary.add("aged"), parts.vocabulary.add("ages")] }))
}

impl Detector for AgeCount {
    fn captures(&self) -> &'static [&'static str] {
        &["counted", "ages"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.judged_blocks() {
            for at in block.tokens.clone().filter(|&at| self.aged.contains(&doc.tokens[at].lower)) {
                found.extend(disagreeing(doc, block, at));
            }
        }
    }
}

fn disagreeing(doc: &Annotated, block: &Block, aged: usize) -> Option<Candidate> {
    let age = |at: usize| {
        let known = at < block.tokens.end && doc.tokens[at].kind == TokenKind::Number;
        known.then(|| doc.word(at).parse::<u8>().ok()).flatten().filter(|age| (1..=120).contains(age))
    };
    // "23, 31 and 40": ages tied by commas, closed by "and".
    let (mut at, mut ages) = (aged + 1, 0u32);
    age(at)?;
    loop {
        age(at)?;
        ages += 1;
        at += 1;
        let comma = doc.is(at, ",");
        let and = at + usize::from(comma) < block.tokens.end && doc.is(at + usize::from(comma), "and");
        match (comma, and) {
            (_, true) if age(at + usize::from(comma) + 1).is_some() => {
                at += usize::from(comma) + 2;
                ages += 1;
                break;
            }
            (true, false) if age(at + 1).is_some() => at += 1,
            _ => return None,
        }
        if ages > 30 {
            return None;
        }
    }
    // "aged 18 and 19 respectively": still a list; "23 and 40 percent" is none.
    if at < block.tokens.end
        && matches!(doc.word(at), "percent" | "%" | "per" | "years" | "over" | "older" | "above" | "under")
        && !doc.is(at, "years")
    {
        return None;
    }
    let from = aged.saturating_sub(REACH).max(block.tokens.start).max(doc.sentence_of(aged).tokens.start);
    // The nearest count, past which no other person may stand.
    let counted = (from..aged).rev().find_map(|at| words::value(doc.word(at)).filter(|&count| count >= 2).map(|count| (at, count)));
    let (place, count) = counted?;
    let between = &doc.tokens[place + 1..aged];
    let broken =
        between.iter().any(|token| matches!(token.span.of(doc.text), "and" | "or" | "with" | ";" | ":" | "of" | "children" | "others"));
    (count != ages && !broken && !between.is_empty())
        .then(|| Candidate::at(doc.span(place..at)).with("counted", doc.word(place)).with("ages", ages.to_string()))
}
