//! From bytes to documents whose text knows where it stands in its source. One file an input format.

mod document;
mod jsonl;
mod plain;

pub use document::{DecodedPart, Document, Locator, Origin, Place};
pub use jsonl::{RawRecord, RecordError, RecordReader, TextFields};
pub use plain::plain;
