use super::Sym;
use crate::text::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and digits ("US-led", "Shi’ite", "20-year-old", "U.S.").
    Word,
    /// Digits, with inner separators ("1,100", "10:30", "37-0").
    Number,
    /// A punctuation mark; a run of full stops or of hyphens is one mark.
    Punct,
    /// Any other sign: currency, mathematics, emoji.
    Symbol,
    /// An address, handle or hashtag, taken as a whole.
    Opaque,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// "threat"
    Lower,
    /// "Threat", "A"
    Capitalised,
    /// "NATO", "U.S." (two capitals or more)
    Upper,
    /// "iPhone", "McCain", "al-Muhandis"
    Mixed,
    /// "2015", "1,100"
    Digits,
    /// No cased letter and no digit.
    Other,
}

/// One token of a document. Neighbours and texts are reached through [`super::Annotated`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its lower-case form, apostrophes straight, in composed normal form.
    pub lower: Sym,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    /// Whether white space stands before it (or the block starts).
    pub space_before: bool,
    /// Whether that white space holds a line break.
    pub line_before: bool,
    /// Whether it stands inside a pair of quotation marks.
    pub quoted: bool,
    /// Bytes of a closing clitic ("’s", "n’t", "’ll"), 0 where there is none.
    pub clitic: u8,
}

impl Token {
    /// Whether it is a [`TokenKind::Word`].
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// The span without a closing clitic: "Iran" of "Iran’s".
    pub fn host(&self) -> Span {
        Span { start: self.span.start, end: self.span.end - u32::from(self.clitic) }
    }
}
