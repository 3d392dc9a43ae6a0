//! The rule file: parsed, validated, compiled; and the set of rules that a checker runs.

mod compile;
mod example;
mod file;
mod lazy;
mod lists;
mod pattern;
mod set;

pub use compile::{Body, Gate, Phrase, RegexBody, Rule, SequenceBody, Template, Unless, UnlessTest};
pub use example::{Example, ExampleKind, MarkedText};
pub use file::{Applicability, Inside, Scope, Severity, Status};
pub use lazy::LazyRegex;
pub use lists::Lists;
pub use pattern::{Element, Predicate, Sequence};
pub use set::{RuleError, RuleSet, RuleSource};
