use super::Selection;
use crate::language::LanguageCode;
use crate::score::Limits;

/// How a checker judges. The default is the default level: stable rules, findings with confidence 0.8 or more.
#[derive(Clone, Debug)]
pub struct Config {
    /// Which rules run.
    pub selection: Selection,
    /// 0..1: findings below it are not shown; they still count for the quality.
    pub min_confidence: f32,
    /// The language that texts are taken to be in until they are surely in another.
    pub expected_language: LanguageCode,
    /// Whether every word is scored, too.
    pub word_scores: bool,
    /// Where the verdicts part.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            selection: Selection::default(),
            min_confidence: 0.8,
            expected_language: LanguageCode::ENGLISH,
            word_scores: false,
            limits: Limits::default(),
        }
    }
}
