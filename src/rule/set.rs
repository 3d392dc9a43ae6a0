use rustc_hash::FxHashMap;
use thiserror::Error;

use super::compile::{Origin, Rule};
use super::file::RuleFile;
use super::lists::Lists;
use super::pattern::NO_MODEL;
use crate::data;
use crate::language::Vocabulary;

/// A rule file that can't be used.
#[derive(Debug, Error)]
#[error("{path}:{line}:{column}: {message}")]
pub struct RuleError {
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// A rule file's path and content.
#[derive(Clone, Debug)]
pub struct RuleSource {
    /// The path, for messages.
    pub path: String,
    /// TOML.
    pub content: String,
}

/// All rules, sorted by id, and the vocabulary that they speak.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// The rules, sorted by id.
    pub rules: Vec<Rule>,
    /// Every form that a rule names.
    pub vocabulary: Vocabulary,
    /// The lists that they use, kept for the detectors.
    pub lists: Lists,
}

impl RuleSet {
    /// The embedded rules.
    ///
    /// # Errors
    /// Never for a released binary: a test compiles them all.
    pub fn embedded() -> Result<RuleSet, RuleError> {
        RuleSet::embedded_with(Vec::new(), Lists::default())
    }

    /// The embedded rules and a user's own.
    ///
    /// # Errors
    /// The first file that can't be used, or whose id is taken.
    pub fn embedded_with(own: Vec<RuleSource>, lists: Lists) -> Result<RuleSet, RuleError> {
        let embedded = data::EMBEDDED.iter().filter(|(path, _)| path.ends_with(".toml"));
        let sources = embedded.map(|(path, content)| (format!("rules/{path}"), *content)).collect::<Vec<_>>();
        RuleSet::compile(
            sources
                .iter()
                .map(|(path, content)| (Origin::Embedded, path.as_str(), *content))
                .chain(own.iter().map(|source| (Origin::Own, source.path.as_str(), source.content.as_str()))),
            lists,
        )
    }

    fn compile<'s>(sources: impl Iterator<Item = (Origin, &'s str, &'s str)>, lists: Lists) -> Result<RuleSet, RuleError> {
        let mut vocabulary = Vocabulary::default();
        let mut rules: Vec<Rule> = Vec::new();
        let mut taken: FxHashMap<String, String> = FxHashMap::default();
        for (origin, path, content) in sources {
            let error_at = |offset: usize, message: String| {
                let before = &content[..offset.min(content.len())];
                let line_start = before.rfind('\n').map_or(0, |at| at + 1);
                RuleError {
                    path: path.into(),
                    line: before.matches('\n').count() + 1,
                    column: before[line_start..].chars().count() + 1,
                    message,
                }
            };
            let file: RuleFile = toml::from_str(content)
                .map_err(|error| error_at(error.span().map_or(0, |span| span.start), error.message().trim().into()))?;
            let section = |key: &str| content.find(key).unwrap_or(0);
            let compiled = Rule::compile(file, origin, &lists, &mut vocabulary).map_err(|message| {
                let at = ["[measured]", "capture", "[[unless]]", "id ="]
                    .into_iter()
                    .find(|key| message.contains(key.trim_matches(['=', ' '])))
                    .map_or(0, section);
                error_at(at, message)
            });
            let rule = match compiled {
                // A program without a model does without the embedded rules that need one; a user is told.
                Err(error) if matches!(origin, Origin::Embedded) && error.message.ends_with(NO_MODEL) => continue,
                other => other?,
            };
            for id in rule.aliases.iter().chain([&rule.id]) {
                if let Some(other) = taken.insert(id.clone(), path.to_owned()) {
                    return Err(error_at(section("id ="), format!("the id \"{id}\" is taken by {other}")));
                }
            }
            rules.push(rule);
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(RuleSet { rules, vocabulary, lists })
    }

    /// The rule of an id or alias.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id || rule.aliases.iter().any(|alias| alias == id))
    }
}

#[cfg(test)]
mod tests {
    use super::super::compile::Body;
    use super::*;

    fn error(content: &str) -> String {
        let sources = [(Origin::Own, "own/x.toml", content)];
        RuleSet::compile(sources.into_iter(), Lists::default()).expect_err("must not compile").to_string()
    }

    const SOUND: &str = r#"id = "lexis/x"
since = "0.1.0"
status = "preview"
languages = ["en"]
severity = "minor"
summary = "s"
why = "w"
[match.tokens]
sequence = [{ lower = ["foo"], capture = "w" }]
[report]
message = "m {w}"
[[bad]]
text = "A [[foo]]."
[[good]]
text = "A bar."
"#;

    #[test]
    fn a_sound_file_compiles() {
        let set = RuleSet::compile([(Origin::Own, "x", SOUND)].into_iter(), Lists::default()).unwrap();
        assert_eq!(set.get("lexis/x").map(|rule| rule.confidence(None)), Some(0.5));
    }

    #[test]
    fn a_misspelt_key_is_reported_at_its_own_line() {
        let message = error(&SOUND.replace("sequence = [{ lower", "sequence = [{ lowr"));
        assert!(message.starts_with("own/x.toml:9:"), "{message}");
        assert!(message.contains("lowr"), "{message}");
    }

    #[test]
    #[cfg(not(feature = "embedded-model"))]
    fn a_rule_that_needs_the_model_is_an_error() {
        let message = error(&SOUND.replace("lower = [\"foo\"]", "tag = [\"NOUN\"]"));
        assert!(message.contains("needs a model"), "{message}");
    }

    #[test]
    fn every_embedded_expression_stays_within_its_size() {
        for rule in RuleSet::embedded().unwrap().rules {
            if let Body::Regex(body) = &rule.body {
                assert!(!body.regex.get().is_match(""), "{}", rule.id);
            }
        }
    }

    #[test]
    fn an_unknown_placeholder_and_a_stable_rule_without_measure_are_errors() {
        assert!(error(&SOUND.replace("{w}", "{v}")).contains("{v}"));
        assert!(error(&SOUND.replace("preview", "stable")).contains("[measured]"));
    }

    #[test]
    fn an_id_is_used_once() {
        let sources = [(Origin::Own, "a.toml", SOUND), (Origin::Own, "b.toml", SOUND)];
        let message = RuleSet::compile(sources.into_iter(), Lists::default()).unwrap_err().to_string();
        assert!(message.contains("b.toml") && message.contains("taken by a.toml"), "{message}");
    }
}
