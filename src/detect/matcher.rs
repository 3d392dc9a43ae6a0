//! Matches token sequences.

use std::ops::Range;

use crate::language::Annotated;
use crate::rule::{Element, Sequence};

/// One match: its tokens, without what only has to stand around it, and the tokens of each capture (empty where an optional element took none).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) tokens: Range<usize>,
    pub(super) captures: Vec<Range<usize>>,
}

/// The match of `sequence` that starts at the token `start` and stays before `end`; the longest by each element in turn.
pub(super) fn match_at(doc: &Annotated, sequence: &Sequence, start: usize, end: usize) -> Option<Match> {
    // Most starts fail at once; they cost no more than the question.
    let first = sequence.elements.first()?;
    if first.min > 0 && first.same_as.is_none() && (start >= end || !first.predicate.holds(doc, start)) {
        return None;
    }
    let mut captures = vec![0..0; sequence.captures.len()];
    let (before, rest) = sequence.elements.split_at(sequence.finding.start);
    let (inner, after) = rest.split_at(sequence.finding.len());
    if before.is_empty() && after.is_empty() {
        let stop = step(doc, inner, start, end, &mut captures, &mut |stop, _| Some(stop))?;
        return (stop > start).then_some(Match { tokens: start..stop, captures });
    }
    let mut tokens = start..start;
    step(doc, before, start, end, &mut captures, &mut |first, captures| {
        step(doc, inner, first, end, captures, &mut |stop, captures| {
            tokens = first..stop;
            step(doc, after, stop, end, captures, &mut |last, _| Some(last))
        })
    })?;
    (!tokens.is_empty()).then_some(Match { tokens, captures })
}

/// All matches in a range of tokens, one after another without overlap.
pub(super) fn matches_in(doc: &Annotated, sequence: &Sequence, range: Range<usize>, mut each: impl FnMut(Match)) {
    let mut at = range.start;
    while at < range.end {
        match match_at(doc, sequence, at, range.end) {
            Some(found) => {
                at = found.tokens.end;
                each(found);
            }
            None => at += 1,
        }
    }
}

/// Whether some match of `sequence` inside `range` covers the tokens `inner`.
pub(super) fn covers(doc: &Annotated, sequence: &Sequence, range: &Range<usize>, inner: &Range<usize>) -> bool {
    let reach: usize = sequence.elements.iter().map(|element| usize::from(element.max)).sum();
    let first = range.start.max(inner.end.saturating_sub(reach));
    (first..=inner.start).any(|start| match_at(doc, sequence, start, range.end).is_some_and(|found| found.tokens.end >= inner.end))
}

/// What is tried where a part of a sequence has matched: the captures so far are its to change.
type Goal<'g> = dyn FnMut(usize, &mut Vec<Range<usize>>) -> Option<usize> + 'g;

fn step(doc: &Annotated, elements: &[Element], at: usize, end: usize, captures: &mut Vec<Range<usize>>, goal: &mut Goal) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return goal(at, captures) };
    if element.max == 1 && element.min == 1 {
        let next = take(doc, element, at, end, captures)?;
        if let Some(capture) = element.capture {
            captures[capture] = at..next;
        }
        return step(doc, rest, next, end, captures, goal);
    }
    // Where each repetition of the element ends, the last one tried first.
    let mut ends = vec![at];
    while ends.len() <= usize::from(element.max) {
        match take(doc, element, ends[ends.len() - 1], end, captures) {
            Some(next) => ends.push(next),
            None => break,
        }
    }
    for (count, &stop) in ends.iter().enumerate().skip(usize::from(element.min)).rev() {
        if let Some(capture) = element.capture {
            captures[capture] = at..stop;
        }
        if let Some(found) = step(doc, rest, stop, end, captures, goal) {
            return Some(found);
        }
        if count == 0 {
            break;
        }
    }
    None
}

/// The end of one repetition of an element at `at`.
fn take(doc: &Annotated, element: &Element, at: usize, end: usize, captures: &[Range<usize>]) -> Option<usize> {
    let fits = |at: usize| at < end && element.predicate.holds(doc, at);
    let Some(same_as) = element.same_as else { return fits(at).then_some(at + 1) };
    let earlier = captures[same_as].clone();
    let stop = at + earlier.len();
    let same =
        !earlier.is_empty() && stop <= end && earlier.zip(at..stop).all(|(a, b)| doc.tokens[a].lower == doc.tokens[b].lower && fits(b));
    same.then_some(stop)
}
