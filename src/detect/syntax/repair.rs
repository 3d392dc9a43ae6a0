//! Places where a small edit makes an unlikely run of words likely.

use serde::Deserialize;

use crate::detect::engine::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::fluency::Kind;
use crate::text::Role;

/// Shows one kind of proposal, graded by the log-odds that the model's decision gives it.
pub(super) struct Repair {
    kind: Kind,
    grades: [(f32, &'static str); 3],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    kind: String,
    /// Log-odds from which a proposal is of the grade.
    sure: f32,
    likely: f32,
    faint: f32,
}

impl Repair {
    pub(super) fn build(parts: &Parts) -> Result<Box<dyn Detector>, String> {
        let options: Options = parts.options()?;
        let kind =
            Kind::ALL.into_iter().find(|kind| kind.name() == options.kind).ok_or(format!("kind: no such repair: {}", options.kind))?;
        Ok(Box::new(Repair { kind, grades: [(options.sure, "sure"), (options.likely, "likely"), (options.faint, "faint")] }))
    }
}

impl Detector for Repair {
    fn captures(&self) -> &'static [&'static str] {
        &["repair", "removed"]
    }

    fn repair(&self) -> Option<Kind> {
        Some(self.kind)
    }

    fn needs_model(&self) -> bool {
        true
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for proposal in context.proposals().iter().filter(|proposal| proposal.kind == self.kind) {
            let Some((_, grade)) = self.grades.iter().find(|(least, _)| proposal.log_odds >= *least) else { continue };
            let block = doc.block_of(proposal.tokens.start);
            // Headlines have a grammar of their own.
            if block.foreign || block.role == Role::Headline || doc.is_heading(block) {
                continue;
            }
            let candidate = Candidate::at(doc.span(proposal.tokens.clone()))
                .graded(grade)
                .with("repair", proposal.text.clone())
                .with("removed", proposal.removed.clone().unwrap_or_default());
            found.push(candidate);
        }
    }
}
