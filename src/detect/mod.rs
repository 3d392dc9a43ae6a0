//! The engine: runs the active rules over an annotated document and settles what they found. Pure and deterministic.

mod case;
mod consistency;
mod encoding;
mod engine;
mod finding;
mod foreign;
mod matcher;
mod notes;
mod number;
mod overlap;
mod punctuation;
mod registry;
mod repetition;
mod residue;
mod syntax;
mod unless;

pub use engine::{Context, Engine, EngineError};
pub use finding::{Candidate, Detector, Edit, Finding, Repair};
