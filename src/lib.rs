//! Ungarble finds the places where a machine broke an article. It reads the text alone, names each fault, says how sure
//! it is, offers the repair where one is known, and scores the article.
//!
//! # The map
//!
//! Imports point one way, and `tests/architecture.rs` checks it:
//!
//! `data`, [`text`] ← [`extract`], [`model`] ← [`language`] ← [`fluency`] ← [`rule`] ← [`detect`] ← [`score`], [`policy`],
//! [`fix`] ← [`Checker`] ← [`examples`], `report`, [`training`] ← `cli`
//!
//! # Invariants
//!
//! - A [`text::Span`] is bytes of the checked text of one document, on character boundaries, never empty in a finding.
//! - A document is annotated once; rules only read.
//! - Same bytes, same rules, same answer, in the same order, on any number of threads.
//! - Nothing but `cli` touches files, the environment, threads or standard output.
//!
//! # Use
//!
//! ```
//! use ungarble::{Checker, Config, extract::Document, rule::RuleSet};
//!
//! let checker = Checker::new(RuleSet::embedded()?, Config::default())?;
//! let report = checker.check(&Document::from_text("a1", "Officials said the the bridge had reopened on Monday."));
//! assert_eq!(checker.rules()[report.findings[0].rule].id, "repetition/doubled-word");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod checker;
pub mod data;
pub mod detect;
pub mod examples;
pub mod extract;
pub mod fix;
pub mod fluency;
pub mod language;
pub mod model;
pub mod policy;
pub mod rule;
pub mod score;
pub mod text;
pub mod training;

#[cfg(feature = "formats")]
pub mod report;

#[cfg(feature = "cli")]
pub mod cli;

pub use checker::{Checker, CheckerError, Report};
pub use policy::Config;
