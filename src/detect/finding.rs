use std::borrow::Cow;

use super::engine::Context;
use crate::fluency::Kind;
use crate::rule::{Applicability, Severity};
use crate::text::Span;

/// A detector written in Rust. It knows what it looks for, not what its findings are called: words are in the rule file.
pub trait Detector: Send + Sync {
    /// The names that it captures for the rule's templates, besides `text`.
    fn captures(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it looks at [`crate::language::Annotated::reading`].
    fn needs_model(&self) -> bool {
        false
    }

    /// The kind of repair that it wants searched for.
    fn repair(&self) -> Option<Kind> {
        None
    }

    /// Appends what it finds, in any order. Must not depend on anything but the context.
    fn detect(&self, context: &Context, found: &mut Vec<Candidate>);
}

/// What a rule's body found, before exceptions and overlaps.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where; covers at least one character.
    pub span: Span,
    /// How sure the detector is, as one of the grades that the rule file measures; `None` is the rule's own measure.
    pub grade: Option<&'static str>,
    /// Texts for the rule's templates.
    pub captures: Vec<(Cow<'static, str>, String)>,
    /// Sentences that back the finding, besides the rule's.
    pub evidence: Vec<String>,
    /// Other places of the same fault.
    pub related: Vec<Span>,
    /// Edits at other places that belong to the repair.
    pub also: Vec<Edit>,
    /// Other repairs that may be the right one; where there are any, an editor chooses.
    pub alternatives: Vec<Repair>,
}

impl Candidate {
    /// A candidate with nothing but its place.
    pub fn at(span: Span) -> Candidate {
        Candidate {
            span,
            grade: None,
            captures: Vec::new(),
            evidence: Vec::new(),
            related: Vec::new(),
            also: Vec::new(),
            alternatives: Vec::new(),
        }
    }

    /// The same with a text for the rule's templates.
    #[must_use]
    pub fn with(mut self, name: &'static str, text: impl Into<String>) -> Candidate {
        self.captures.push((name.into(), text.into()));
        self
    }

    /// The same with another text that may be the right one.
    #[must_use]
    pub fn or(self, text: impl Into<String>) -> Candidate {
        self.or_edits(text, Vec::new())
    }

    /// The same with another repair that may be the right one: a text, and edits at other places.
    #[must_use]
    pub fn or_edits(mut self, text: impl Into<String>, also: Vec<Edit>) -> Candidate {
        self.alternatives.push(Repair { text: text.into(), applicability: Applicability::Review, also });
        self
    }

    /// The same with a grade.
    #[must_use]
    pub fn graded(mut self, grade: &'static str) -> Candidate {
        self.grade = Some(grade);
        self
    }
}

/// Replaces the bytes of a span by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes, in bytes of the checked text; may be empty for an insertion.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// How a finding is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What replaces the finding's span.
    pub text: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// Edits at other places, applied together with it or not at all.
    pub also: Vec<Edit>,
}

/// A settled finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule, as an index into the engine's rules.
    pub rule: usize,
    /// Where, in bytes of the checked text.
    pub span: Span,
    /// 0..1: the probability that an editor would act on it, as measured for the rule.
    pub confidence: f32,
    /// How much it harms a reader.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What backs it.
    pub evidence: Vec<String>,
    /// Other places of the same fault.
    pub related: Vec<Span>,
    /// How to mend it, where that is known.
    pub repair: Option<Repair>,
    /// Other repairs that may be the right one.
    pub alternatives: Vec<Repair>,
}
