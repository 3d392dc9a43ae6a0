//! Cuts a text into blocks: paragraphs, headings, list items.

use std::ops::Range;

use crate::text::{Part, Role, Span};

/// What a block is, judged by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A short line without a final stop: a headline, a cross-head, a caption, a byline.
    Heading,
    /// Running text.
    Paragraph,
}

/// A stretch of text between blank lines, or one line of a text that gives each paragraph a line.
#[derive(Clone, Debug)]
pub struct Block {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// What it is, judged by its form.
    pub kind: BlockKind,
    /// What it is in the article.
    pub role: Role,
    /// Its tokens, as indices into the document's tokens.
    pub tokens: Range<usize>,
    /// Its sentences, as indices into the document's sentences.
    pub sentences: Range<usize>,
    /// Whether it is surely in another language than the document, so that the document's rules don't apply.
    pub foreign: bool,
}

/// A line longer than this is not a line of hard-wrapped text.
const WRAPPED_AT_MOST: usize = 120;

/// The spans of all blocks with their roles, in order; none is empty.
pub(super) fn split(text: &str, parts: &[Part]) -> Vec<(Span, Role)> {
    let mut found = Vec::new();
    for part in parts {
        let mut lines: Vec<Span> = Vec::new();
        let mut at = part.span.start as usize;
        for raw in part.span.of(text).split_inclusive('\n') {
            let line = trimmed(text, at, at + raw.len());
            at += raw.len();
            if line.is_empty() {
                flush(text, &mut lines, part.role, &mut found);
            } else {
                lines.push(line);
            }
        }
        flush(text, &mut lines, part.role, &mut found);
    }
    found
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let line = &text[start..end];
    let from = start + (line.len() - line.trim_start().len());
    Span::new(from, from + line.trim().len())
}

/// Joins the lines of one chunk that are halves of a wrapped paragraph; all others are blocks of their own.
fn flush(text: &str, lines: &mut Vec<Span>, role: Role, found: &mut Vec<(Span, Role)>) {
    let Some((&first, rest)) = lines.split_first() else { return };
    let widest = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let full = lines[..lines.len() - 1].iter().filter(|line| line.len() * 10 >= widest * 6).count();
    let wrapped = lines.len() > 1 && (40..=WRAPPED_AT_MOST).contains(&widest) && full * 4 >= (lines.len() - 1) * 3;
    let mut block = first;
    for &line in rest {
        if wrapped || runs_on(block.of(text), line.of(text)) {
            block.end = line.end;
        } else {
            found.push((block, role));
            block = line;
        }
    }
    found.push((block, role));
    lines.clear();
}

/// Whether a line goes on in the next: no closing mark, and a lower-case start.
fn runs_on(line: &str, next: &str) -> bool {
    !line.ends_with(['.', '!', '?', ':', ';', '”', '"', '…', ')']) && next.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<&str> {
        let part = Part { span: Span::new(0, text.len()), role: Role::Body };
        split(text, &[part]).into_iter().map(|(span, _)| span.of(text)).collect()
    }

    #[test]
    fn blank_lines_part_blocks_also_with_windows_line_ends() {
        assert_eq!(blocks("One.\r\n\r\n  Two.\r\n \t\r\nThree"), ["One.", "Two.", "Three"]);
    }

    #[test]
    fn a_paragraph_a_line() {
        let long = "word ".repeat(40);
        let text = format!("{long}.\n{long}.\nShort line");
        assert_eq!(blocks(&text).len(), 3);
    }

    #[test]
    fn wrapped_lines_are_one_block() {
        let text = "The council met on Monday to discuss the bridge that\nhad been closed since the flood in spring, and then it\nvoted.";
        assert_eq!(blocks(text), [text]);
        assert_eq!(blocks("Officials said that the\nthe bridge is safe."), ["Officials said that the\nthe bridge is safe."]);
    }

    #[test]
    fn no_text_no_blocks() {
        assert!(blocks(" \n\n\t\r\n").is_empty());
    }
}
