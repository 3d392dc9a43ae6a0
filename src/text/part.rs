use super::Span;

/// What a stretch of the checked text is in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The title of the article.
    Headline,
    /// Running text.
    Body,
}

/// A stretch of the checked text with one role; blocks and sentences never cross from one part into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the checked text.
    pub span: Span,
    /// What it is.
    pub role: Role,
}
