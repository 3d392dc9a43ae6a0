//! Detectors of the family `foreign`.

mod foreign_letters;
mod language;
mod untranslated;
mod wrong_script;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    let built: Result<Box<dyn Detector>, String> = match name {
        "foreign-letters" => foreign_letters::ForeignLetters::new(parts).map(|detector| Box::new(detector) as _),
        "foreign-paragraph" => language::ForeignParagraph::new(parts).map(|detector| Box::new(detector) as _),
        "unexpected-language" => Ok(Box::new(language::UnexpectedLanguage)),
        "untranslated" => untranslated::build(parts),
        "wrong-script" => wrong_script::WrongScript::new(parts).map(|detector| Box::new(detector) as _),
        _ => return None,
    };
    Some(built)
}
