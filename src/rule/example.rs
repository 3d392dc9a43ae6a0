//! The examples of a rule file: every one is a named test.

use super::file::{BadFile, GoodFile, KnownFile, Want};
use crate::text::Span;

/// What an example promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    /// The rule finds exactly one thing, at the brackets; its repair gives `fixed`.
    Bad {
        /// The text after the first repair, where the rule has one.
        fixed: Option<String>,
    },
    /// The rule is silent, and so is every stable rule with a data body.
    Good,
    /// Fails today: the rule ought to find what is marked.
    KnownBad,
    /// Fails today: the rule ought to be silent.
    KnownGood,
}

/// One example of a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// What it promises.
    pub kind: ExampleKind,
    /// The text; in a bad example the fault is marked.
    pub text: MarkedText,
    /// The article's headline, where the fault needs one.
    pub headline: Option<String>,
    /// The encoding in which the text is given to the decoder, where the fault lies there.
    pub encoding: Option<String>,
    /// Why the example is there.
    pub note: Option<String>,
}

/// A text with its `[[…]]` marks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedText {
    /// The text without marks.
    pub text: String,
    /// What was marked.
    pub marked: Vec<Span>,
}

impl MarkedText {
    /// Reads `[[` and `]]` as marks.
    ///
    /// # Errors
    /// If a mark is not closed or not opened.
    pub fn parse(raw: &str) -> Result<MarkedText, String> {
        let mut text = String::with_capacity(raw.len());
        let mut marked = Vec::new();
        let mut rest = raw;
        while let Some(open) = rest.find("[[") {
            text.push_str(&rest[..open]);
            let inner = &rest[open + 2..];
            let close = inner.find("]]").ok_or("`[[` without `]]`")?;
            let start = text.len();
            text.push_str(&inner[..close]);
            marked.push(Span::new(start, text.len()));
            rest = &inner[close + 2..];
        }
        if rest.contains("]]") {
            return Err("`]]` without `[[`".into());
        }
        text.push_str(rest);
        Ok(MarkedText { text, marked })
    }
}

impl Example {
    pub(super) fn bad(file: &BadFile) -> Result<Example, String> {
        let text = MarkedText::parse(&file.text)?;
        if text.marked.len() != 1 {
            return Err(format!("a bad example marks one fault with [[…]]; this one marks {}: {:?}", text.marked.len(), file.text));
        }
        let kind = ExampleKind::Bad { fixed: file.fixed.clone() };
        Ok(Example { kind, text, headline: file.headline.clone(), encoding: file.encoding.clone(), note: file.note.clone() })
    }

    pub(super) fn good(file: &GoodFile) -> Example {
        let text = MarkedText { text: file.text.clone(), marked: Vec::new() };
        Example { kind: ExampleKind::Good, text, headline: file.headline.clone(), encoding: file.encoding.clone(), note: file.note.clone() }
    }

    pub(super) fn known(file: &KnownFile) -> Result<Example, String> {
        let kind = if file.want == Want::Bad { ExampleKind::KnownBad } else { ExampleKind::KnownGood };
        let text = if file.want == Want::Bad {
            MarkedText::parse(&file.text)?
        } else {
            MarkedText { text: file.text.clone(), marked: Vec::new() }
        };
        Ok(Example { kind, text, headline: file.headline.clone(), encoding: None, note: Some(file.note.clone()) })
    }
}
