//! The container of a model: a header, a table of sections, the sections. Little-endian, nothing is parsed on opening.
//!
//! ```text
//! 0   8  "UNGARBLE"
//! 8   4  version of the format
//! 12  4  number of sections
//! 16  8  language, ISO 639-1, padded with zeros
//! 24  8  check sum of everything behind this header
//! 32  …  the table: tag (4 bytes), offset, length (u32 each); then the sections
//! ```
//!
//! This file needs nothing but the standard library, so that the build script can check the embedded model with it.

use std::fmt;

/// Changes whenever an older program could misread a file.
pub const FORMAT_VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"UNGARBLE";
const HEADER: usize = 32;
const ENTRY: usize = 12;

/// Why bytes are no usable model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// They don't begin as a model does.
    NotAModel,
    /// They were written in another version of the format.
    Version(u32),
    /// They end too early, or a section lies outside them.
    Truncated,
    /// Bytes behind the header were changed.
    CheckSum,
    /// A section that is needed is not there, or has a wrong length.
    Section(&'static str),
}

impl fmt::Display for FormatError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            FormatError::NotAModel => write!(out, "this is no model: it doesn't begin with \"UNGARBLE\""),
            FormatError::Version(found) => write!(out, "the model's format is version {found}, and this program reads {FORMAT_VERSION}"),
            FormatError::Truncated => write!(out, "the model is cut off"),
            FormatError::CheckSum => write!(out, "the model is damaged: its check sum is wrong"),
            FormatError::Section(name) => write!(out, "the model's section \"{name}\" is missing or damaged"),
        }
    }
}

impl std::error::Error for FormatError {}

/// The sections of a model, borrowed from its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Sections<'m> {
    bytes: &'m [u8],
    count: usize,
}

impl<'m> Sections<'m> {
    /// Opens a container whose sections lie within the bytes; their contents are not looked at.
    ///
    /// # Errors
    /// If it is no model, of another version, or cut off.
    pub fn open(bytes: &'m [u8]) -> Result<Sections<'m>, FormatError> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err(FormatError::NotAModel);
        }
        let version = number(bytes, 8).ok_or(FormatError::Truncated)?;
        if version != FORMAT_VERSION {
            return Err(FormatError::Version(version));
        }
        let count = number(bytes, 12).ok_or(FormatError::Truncated)? as usize;
        let sections = Sections { bytes, count };
        let table_ends = count.checked_mul(ENTRY).and_then(|table| table.checked_add(HEADER));
        if table_ends.is_none_or(|end| end > bytes.len()) || (0..count).any(|at| sections.content(at).is_none()) {
            return Err(FormatError::Truncated);
        }
        Ok(sections)
    }

    /// Compares the check sum; reads every byte.
    ///
    /// # Errors
    /// If it is wrong.
    pub fn verify(&self) -> Result<(), FormatError> {
        let stored = self.bytes[24..32].try_into().map(u64::from_le_bytes).map_err(|_| FormatError::Truncated)?;
        if check_sum(&self.bytes[HEADER..]) == stored { Ok(()) } else { Err(FormatError::CheckSum) }
    }

    /// The language of the model, as ISO 639-1.
    pub fn language(&self) -> &'m str {
        std::str::from_utf8(&self.bytes[16..24]).unwrap_or_default().trim_end_matches('\0')
    }

    /// The check sum that the header states: it names the model.
    pub fn stamp(&self) -> u64 {
        self.bytes[24..32].try_into().map(u64::from_le_bytes).unwrap_or_default()
    }

    /// The content of a section.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn get(&self, tag: &'static str) -> Result<&'m [u8], FormatError> {
        let at = (0..self.count).find(|&at| self.tag(at) == tag.as_bytes()).ok_or(FormatError::Section(tag))?;
        self.content(at).ok_or(FormatError::Truncated)
    }

    /// Tag and length in bytes of each section.
    pub fn iter(&self) -> impl Iterator<Item = (&'m str, usize)> {
        let this = *self;
        (0..self.count).map(move |at| (std::str::from_utf8(this.tag(at)).unwrap_or("????"), this.content(at).map_or(0, <[u8]>::len)))
    }

    fn tag(&self, at: usize) -> &'m [u8] {
        &self.bytes[HEADER + at * ENTRY..][..4]
    }

    fn content(&self, at: usize) -> Option<&'m [u8]> {
        let entry = HEADER + at * ENTRY;
        let (start, length) = (number(self.bytes, entry + 4)? as usize, number(self.bytes, entry + 8)? as usize);
        self.bytes.get(start..start.checked_add(length)?)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().map(u32::from_le_bytes).ok()
}

/// Mixes eight bytes at a time by multiplication and rotation; any changed byte changes it. Guards against accidents only.
fn check_sum(bytes: &[u8]) -> u64 {
    let mut sum = bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    let mut add = |word: u64| sum = (sum ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    for word in &mut words {
        add(word.try_into().map(u64::from_le_bytes).unwrap_or_default());
    }
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    add(u64::from_le_bytes(last));
    sum
}

/// A container out of its sections, in the order given.
pub fn write(language: &str, sections: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut start = HEADER + sections.len() * ENTRY;
    for (tag, content) in sections {
        assert_eq!(tag.len(), 4, "a section's tag has four bytes");
        body.extend_from_slice(tag.as_bytes());
        body.extend_from_slice(&(start as u32).to_le_bytes());
        body.extend_from_slice(&(content.len() as u32).to_le_bytes());
        start += content.len();
    }
    sections.iter().for_each(|(_, content)| body.extend_from_slice(content));
    let mut padded = [0; 8];
    let length = language.len().min(8);
    padded[..length].copy_from_slice(&language.as_bytes()[..length]);
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    bytes.extend_from_slice(&(sections.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&padded);
    bytes.extend_from_slice(&check_sum(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    bytes
}

/// The same container with some sections replaced or added; the others stay as they are, in their order.
///
/// # Errors
/// If the bytes are no container.
pub fn replace(bytes: &[u8], new: &[(&'static str, Vec<u8>)]) -> Result<Vec<u8>, FormatError> {
    let old = Sections::open(bytes)?;
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for (tag, _) in old.iter().filter(|(tag, _)| new.iter().all(|(other, _)| other != tag)) {
        let at = (0..old.count).find(|&at| old.tag(at) == tag.as_bytes()).and_then(|at| old.content(at));
        all.push((tag.to_owned(), at.ok_or(FormatError::Truncated)?.to_vec()));
    }
    all.extend(new.iter().map(|(tag, content)| ((*tag).to_owned(), content.clone())));
    let borrowed: Vec<(&str, Vec<u8>)> = all.iter().map(|(tag, content)| (tag.as_str(), content.clone())).collect();
    Ok(write(old.language(), &borrowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Vec<u8> {
        write("en", &[("AAAA", b"first".to_vec()), ("BBBB", Vec::new())])
    }

    #[test]
    fn sections_come_back() {
        let bytes = model();
        let sections = Sections::open(&bytes).unwrap();
        sections.verify().unwrap();
        assert_eq!(sections.language(), "en");
        assert_eq!(sections.get("AAAA").unwrap(), b"first");
        assert_eq!(sections.get("BBBB").unwrap(), b"");
        assert_eq!(sections.get("CCCC"), Err(FormatError::Section("CCCC")));
    }

    #[test]
    fn damage_is_named() {
        let whole = model();
        for length in 0..whole.len() {
            let cut = Sections::open(&whole[..length]).err();
            assert!(matches!(cut, Some(FormatError::NotAModel | FormatError::Truncated)), "{length}: {cut:?}");
        }
        let mut changed = whole.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(Sections::open(&changed).unwrap().verify(), Err(FormatError::CheckSum));
        let mut newer = whole;
        newer[8] = 99;
        assert_eq!(Sections::open(&newer).err(), Some(FormatError::Version(99)));
    }
}
