//! The engine: runs the active rules over an annotated document and settles what they found. Pure and deterministic.

mod case;
mod consistency;
mod encoding;
mod engine;
mod finding;
mod matcher;
mod notes;
mod overlap;
mod punctuation;
mod registry;
mod repetition;
mod syntax;
mod unless;

pub use engine::{Context, Engine, EngineError};
pub use finding::{Candidate, Detector, Edit, Finding, Repair};
