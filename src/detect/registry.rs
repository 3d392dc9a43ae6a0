//! The detectors by the names that rule files use.

use super::finding::Detector;
use super::{case, consistency, encoding, foreign, number, punctuation, repetition, residue, syntax};
use crate::language::Vocabulary;
use crate::rule::Lists;

/// What a detector is built from.
pub(super) struct Parts<'p> {
    /// The options of the rule file.
    pub(super) options: &'p toml::Table,
    /// The lists that options may name.
    pub(super) lists: &'p Lists,
    /// For the forms that the detector compares.
    pub(super) vocabulary: &'p mut Vocabulary,
}

impl Parts<'_> {
    /// The options, typed; unknown ones are errors.
    pub(super) fn options<T: serde::de::DeserializeOwned>(&self) -> Result<T, String> {
        self.options.clone().try_into().map_err(|error: toml::de::Error| format!("options: {}", error.message()))
    }

    /// The first cells of a list.
    pub(super) fn entries(&self, path: &str) -> Result<Vec<String>, String> {
        Ok(self.lists.rows(path)?.into_iter().map(|row| row[0].to_owned()).collect())
    }
}

/// The detector of a name.
///
/// # Errors
/// If there is none, or its options are wrong.
pub(super) fn build(name: &str, options: &toml::Table, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Box<dyn Detector>, String> {
    let mut parts = Parts { options, lists, vocabulary };
    let built = encoding::build(name, &mut parts)
        .or_else(|| repetition::build(name, &mut parts))
        .or_else(|| punctuation::build(name, &mut parts))
        .or_else(|| case::build(name, &mut parts))
        .or_else(|| consistency::build(name, &mut parts))
        .or_else(|| number::build(name, &mut parts))
        .or_else(|| syntax::build(name, &mut parts))
        .or_else(|| residue::build(name, &mut parts))
        .or_else(|| foreign::build(name, &mut parts));
    built.unwrap_or_else(|| Err(format!("there is no detector \"{name}\"")))
}
