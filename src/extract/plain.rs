use super::Document;
use crate::text::decode;

/// A plain text file as one document.
pub fn plain(path: &str, bytes: Vec<u8>) -> Document {
    let decoded = decode(bytes);
    Document::single(path.to_owned(), path.to_owned(), decoded.text, decoded.map, decoded.steps)
}
