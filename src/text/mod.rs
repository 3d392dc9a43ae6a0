//! Bytes, decoded text and positions: the ground that everything else stands on. Imports nothing of the crate.

mod decode;
mod hash;
mod lines;
mod offsets;
mod part;
mod span;

pub use decode::{DecodeStep, Decoded, decode, looks_binary};
pub use hash::StableHash;
pub use lines::{CharCounter, LineIndex};
pub use offsets::OffsetMap;
pub use part::{Part, Role};
pub use span::Span;
