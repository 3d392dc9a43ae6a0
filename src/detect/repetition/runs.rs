//! Finds where the words of a block repeat those that stand a little before: the raw material of loops.

use crate::language::{Annotated, Sym, TokenKind};
use crate::text::Span;

/// Words further apart than this are not compared; a loop of a longer period is repeated sentences.
pub(super) const FARTHEST: usize = 30;

/// Periods of which single repeated words may be part of a loop in which others change.
pub(super) const MIDDLING: std::ops::RangeInclusive<usize> = 4..=12;

/// A word, number or address, and what stands between it and the one before.
#[derive(Clone, Copy, Debug)]
pub(in crate::detect) struct Word {
    /// Its index among the document's tokens.
    pub(super) token: usize,
    /// Its lower-case form.
    pub(super) form: Sym,
    /// Marks before it.
    pub(super) gap: Gap,
}

/// The kinds of marks between two words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::detect) struct Gap(u8);

impl Gap {
    /// A comma, semicolon, colon, slash or bracket.
    pub(super) const COMMA: Gap = Gap(1);
    /// A full stop, question or exclamation mark, dots.
    pub(super) const STOP: Gap = Gap(2);
    /// A dash.
    pub(super) const DASH: Gap = Gap(4);

    pub(super) fn has(self, kind: Gap) -> bool {
        self.0 & kind.0 != 0
    }

    pub(super) fn with(self, other: Gap) -> Gap {
        Gap(self.0 | other.0)
    }

    fn of(mark: &str) -> Gap {
        match mark.chars().next() {
            Some(',' | ';' | ':' | '/' | '|' | '(' | ')' | '[' | ']') => Gap::COMMA,
            Some('.' | '!' | '?' | '…') => Gap::STOP,
            Some('-' | '–' | '—') => Gap::DASH,
            _ => Gap::default(),
        }
    }
}

/// A stretch of words in which each equals the one `period` words before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Run {
    /// After how many words the text repeats itself.
    pub(super) period: usize,
    /// The first word of the first copy.
    pub(super) start: usize,
    /// The word after the last one repeated.
    pub(super) end: usize,
}

impl Run {
    /// How many words stand there again.
    pub(super) fn repeated(&self) -> usize {
        self.end - self.start - self.period
    }

    /// How often the period is complete.
    pub(super) fn copies(&self) -> usize {
        (self.end - self.start) / self.period
    }
}

/// The words of a document, and where each block's begin and end.
#[derive(Debug)]
pub(in crate::detect) struct Words {
    pub(super) all: Vec<Word>,
    pub(super) blocks: Vec<std::ops::Range<usize>>,
}

impl Words {
    pub(in crate::detect) fn of(doc: &Annotated) -> Words {
        let mut all = Vec::with_capacity(doc.words);
        let mut blocks = Vec::with_capacity(doc.blocks.len());
        for block in &doc.blocks {
            let first = all.len();
            let mut gap = Gap::default();
            for at in block.tokens.clone() {
                let token = &doc.tokens[at];
                match token.kind {
                    TokenKind::Word | TokenKind::Number | TokenKind::Opaque => {
                        all.push(Word { token: at, form: token.lower, gap });
                        gap = Gap::default();
                    }
                    TokenKind::Punct | TokenKind::Symbol => gap = gap.with(Gap::of(doc.word(at))),
                }
            }
            blocks.push(first..all.len());
        }
        Words { all, blocks }
    }

    /// The marks inside a stretch, between its words.
    pub(super) fn gaps(&self, start: usize, end: usize) -> Gap {
        self.all[start + 1..end].iter().fold(Gap::default(), |gaps, word| gaps.with(word.gap))
    }

    /// The text of a stretch that holds at least one word.
    pub(super) fn span(&self, doc: &Annotated, start: usize, end: usize) -> Span {
        doc.tokens[self.all[start].token].span.to(doc.tokens[self.all[end - 1].token].span)
    }

    /// Every run of three words or more, or of a whole period, or of a period of some words ([`MIDDLING`]); runs of one
    /// period come in order. Each word is compared with at most [`FARTHEST`] others, and only with its equals.
    pub(in crate::detect) fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        const NOWHERE: u32 = u32::MAX;
        let forms = self.all.iter().map(|word| word.form.0 as usize + 1).max().unwrap_or(0);
        let mut last = vec![NOWHERE; forms];
        let mut before = vec![NOWHERE; self.all.len()];
        // By period: where the run's repeated part began and ended.
        let mut open = [(0usize, 0usize); FARTHEST + 1];
        let mut close = |period: usize, (first, end): (usize, usize)| {
            let repeated = end - first;
            if repeated > 0 && (repeated >= period.min(3) || MIDDLING.contains(&period)) {
                runs.push(Run { period, start: first - period, end });
            }
        };
        for block in &self.blocks {
            for at in block.clone() {
                let form = self.all[at].form.0 as usize;
                before[at] = std::mem::replace(&mut last[form], at as u32);
                let mut earlier = before[at];
                while earlier != NOWHERE && earlier as usize >= block.start && at - earlier as usize <= FARTHEST {
                    let period = at - earlier as usize;
                    if open[period].1 == at {
                        open[period].1 = at + 1;
                    } else {
                        close(period, std::mem::replace(&mut open[period], (at, at + 1)));
                    }
                    earlier = before[earlier as usize];
                }
            }
            for (period, run) in open.iter_mut().enumerate() {
                close(period, std::mem::take(run));
            }
        }
        runs
    }
}
