//! From findings to an article's quality and verdict.

mod quality;
mod verdict;

pub use quality::{Weighed, penalty, quality, strangeness};
pub use verdict::{Limits, Verdict, judge};
