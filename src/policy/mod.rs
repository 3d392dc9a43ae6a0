//! What the user asked for: which rules run, what is shown, what fails.

mod config;
mod fail_on;
mod select;

pub use config::Config;
pub use fail_on::FailOn;
pub use select::{SelectError, Selection};
