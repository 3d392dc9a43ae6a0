//! Pairs the quotation marks of a block, as far as their form and the spaces around them tell.

use super::{Token, TokenKind};

/// What a quotation mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteRole {
    /// Opens a quotation.
    Open,
    /// Closes one.
    Close,
}

/// One quotation mark of a document.
#[derive(Clone, Copy, Debug)]
pub struct QuoteMark {
    /// Its token.
    pub token: usize,
    /// The mark itself.
    pub mark: char,
    /// What it does, judged by its form, else by the spaces around it.
    pub role: QuoteRole,
    /// The token of the mark that belongs to it.
    pub partner: Option<usize>,
    /// Whether an unclosed quotation is taken up again by an opening mark at the start of the next paragraph.
    pub continued: bool,
}

impl QuoteMark {
    /// Whether it is a double mark, in any style.
    pub fn is_double(&self) -> bool {
        !matches!(self.mark, '\'' | '‘' | '’' | '‚' | '‹' | '›')
    }
}

/// Quotations nested deeper than this are no quotations; the bound keeps the search linear.
const MOST_OPEN: usize = 8;

/// Pairs the marks among `tokens[range]`, sets [`Token::quoted`] between the pairs, and appends the marks in order.
pub(super) fn pair(text: &str, tokens: &mut [Token], range: std::ops::Range<usize>, marks: &mut Vec<QuoteMark>) {
    let first = marks.len();
    let mut open: Vec<usize> = Vec::new();
    for at in range.clone() {
        let token = &tokens[at];
        if token.kind != TokenKind::Punct {
            continue;
        }
        let Some(mark) = text[token.span.range()].chars().next().filter(|c| is_quote(*c)) else { continue };
        let tight_after = at + 1 < range.end && !tokens[at + 1].space_before;
        let tight_before = at > range.start && !token.space_before;
        let near = open.len().saturating_sub(MOST_OPEN);
        let matching = open[near..].iter().rposition(|&o| belongs(marks[o].mark, mark)).map(|position| near + position);
        let role = match mark {
            '“' if matching.is_none_or(|o| marks[open[o]].mark != '„') => QuoteRole::Open,
            '„' | '«' | '‹' | '‚' | '‟' => QuoteRole::Open,
            '”' | '»' | '›' | '“' => QuoteRole::Close,
            '‘' => QuoteRole::Open,
            // An apostrophe after a plural ("workers’") closes only what was opened.
            '’' | '\'' if tight_before && matching.is_none() => continue,
            '’' if !tight_before && tight_after => continue,
            _ if matching.is_some() && (tight_before || !tight_after) => QuoteRole::Close,
            _ if tight_after && (!tight_before || opens_after(text, tokens, at)) => QuoteRole::Open,
            _ if matching.is_some() => QuoteRole::Close,
            _ if tight_before => QuoteRole::Close,
            _ => QuoteRole::Open,
        };
        let index = marks.len();
        marks.push(QuoteMark { token: at, mark, role, partner: None, continued: false });
        match role {
            QuoteRole::Open => open.push(index),
            QuoteRole::Close => {
                if let Some(position) = matching {
                    let opening = open[position];
                    open.truncate(position);
                    marks[index].partner = Some(marks[opening].token);
                    marks[opening].partner = Some(at);
                }
            }
        }
    }
    // Nested pairs are passed over once: each token is set by the first pair that reaches it.
    let mut done = range.start;
    for mark in &marks[first..] {
        if let (QuoteRole::Open, Some(end)) = (mark.role, mark.partner) {
            let from = done.max(mark.token + 1);
            if from < end {
                tokens[from..end].iter_mut().for_each(|token| token.quoted = true);
                done = end;
            }
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

fn belongs(open: char, close: char) -> bool {
    match close {
        '"' => matches!(open, '"' | '“' | '”'),
        '”' => matches!(open, '“' | '„' | '”' | '"'),
        '“' => open == '„',
        '»' => open == '«',
        '›' => open == '‹',
        '\'' => matches!(open, '\'' | '‘'),
        '’' => matches!(open, '‘' | '‚' | '\''),
        _ => false,
    }
}

/// Whether the token before is one after which a quotation opens without a space: a bracket, a dash, another mark.
fn opens_after(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = &text[tokens[at - 1].span.range()];
    matches!(before, "(" | "[" | "—" | "–" | "--" | "-" | "/" | "“" | "‘" | "«" | "„" | ":" | "…" | "...")
}

/// Marks an unclosed quotation as continued where the next block opens one again.
pub(super) fn link_paragraphs(first_tokens: &[usize], marks: &mut [QuoteMark], block_of: impl Fn(usize) -> usize) {
    for index in 0..marks.len() {
        let mark = marks[index];
        if mark.role != QuoteRole::Open || mark.partner.is_some() || !mark.is_double() {
            continue;
        }
        let Some(&next_first) = first_tokens.get(block_of(mark.token) + 1) else { continue };
        let taken_up = marks[index + 1..]
            .binary_search_by_key(&next_first, |later| later.token)
            .is_ok_and(|at| marks[index + 1 + at].role == QuoteRole::Open);
        marks[index].continued = taken_up;
    }
}
