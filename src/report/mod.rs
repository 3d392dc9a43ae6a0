//! Output formats, a file a format. Nothing else in the crate knows them.

mod answer;
mod json;
mod rules;
mod summary;
mod text;

pub use answer::{Answer, AnswerError, AnswerFinding, answer};
pub use json::{DocumentAnswer, Tool, WholeAnswer, jsonl_line, schema};
pub use rules::{rule_page, rule_table};
pub use summary::Summary;
pub use text::{TextStyle, render_text};
