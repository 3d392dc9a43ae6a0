use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, AnswerError, Summary};

/// The versions that an answer depends on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tool {
    /// "ungarble".
    pub name: String,
    /// The version of the tool and of the rules embedded in it.
    pub version: String,
    /// How many rules ran.
    pub rules: usize,
}

/// The answer of `--format json`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WholeAnswer {
    /// What gave the answer.
    pub tool: Tool,
    /// A document each, in the order of the input.
    pub documents: Vec<DocumentAnswer>,
    /// Over all documents.
    pub summary: Summary,
}

/// A document's answer, or why there is none.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum DocumentAnswer {
    /// It was read.
    Read(Box<Answer>),
    /// It was not.
    Failed(AnswerError),
}

/// One line of `--format jsonl`, with its line end.
pub fn jsonl_line(answer: &impl Serialize) -> String {
    let mut line = serde_json::to_string(answer).expect("the answer has string keys only");
    line.push('\n');
    line
}

/// The JSON Schema of the whole answer; a line of `--format jsonl` is one of its documents.
pub fn schema() -> String {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(WholeAnswer)).expect("a schema is JSON");
    text.push('\n');
    text
}
