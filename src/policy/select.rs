use thiserror::Error;

use crate::rule::{Rule, RuleSet, Status};

/// Which rules run: families ("case"), ids ("case/odd-case") or globs ("repetition/*", "*/doubled-*").
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these; empty means all.
    pub select: Vec<String>,
    /// Not these.
    pub ignore: Vec<String>,
    /// Also preview rules.
    pub preview: bool,
}

/// A name that selects nothing.
#[derive(Debug, Error)]
#[error("no rule or family is called \"{name}\"{hint}")]
pub struct SelectError {
    name: String,
    hint: String,
}

impl Selection {
    /// Whether a rule runs. A preview or deprecated rule also runs where its whole id is selected.
    pub fn runs(&self, rule: &Rule) -> bool {
        let named = |name: &String| *name == rule.id || rule.aliases.contains(name);
        let chosen = self.select.is_empty() || self.select.iter().any(|pattern| matches(pattern, rule));
        let trusted = match rule.status {
            Status::Stable => true,
            Status::Preview => self.preview || self.select.iter().any(named),
            Status::Deprecated => self.select.iter().any(named),
        };
        chosen && trusted && !self.ignore.iter().any(|pattern| matches(pattern, rule))
    }

    /// # Errors
    /// If a name selects no rule of the set, with the nearest name as a hint. A family that the design knows but that has
    /// no rule yet is let pass, so that one command line fits every version.
    pub fn check(&self, set: &RuleSet) -> Result<(), SelectError> {
        const FAMILIES: [&str; 12] = [
            "repetition",
            "punctuation",
            "case",
            "encoding",
            "residue",
            "foreign",
            "spelling",
            "name",
            "consistency",
            "number",
            "syntax",
            "lexis",
        ];
        for name in self.select.iter().chain(&self.ignore) {
            if FAMILIES.contains(&name.as_str()) || set.rules.iter().any(|rule| matches(name, rule)) {
                continue;
            }
            let known = FAMILIES.into_iter().chain(set.rules.iter().map(|rule| rule.id.as_str()));
            let nearest = known.map(|known| (strsim::jaro_winkler(name, known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
            let hint =
                nearest.filter(|(likeness, _)| *likeness > 0.8).map_or(String::new(), |(_, known)| format!(" (did you mean \"{known}\"?)"));
            return Err(SelectError { name: name.clone(), hint });
        }
        Ok(())
    }
}

fn matches(pattern: &str, rule: &Rule) -> bool {
    pattern == rule.family() || std::iter::once(&rule.id).chain(&rule.aliases).any(|id| glob(pattern.as_bytes(), id.as_bytes()))
}

/// `*` stands for any run of characters, `?` for one.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => glob(rest, text) || text.split_first().is_some_and(|(_, text)| glob(pattern, text)),
        (Some((b'?', rest)), Some((_, text))) => glob(rest, text),
        (Some((p, rest)), Some((t, text))) if p == t => glob(rest, text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_ids() {
        assert!(glob(b"*/doubled-*", b"repetition/doubled-word"));
        assert!(glob(b"repetition/doubled-wor?", b"repetition/doubled-word"));
        assert!(!glob(b"doubled", b"repetition/doubled-word"));
    }

    #[test]
    fn a_misspelt_name_is_an_error_with_a_hint() {
        let set = RuleSet::embedded().unwrap();
        let selection = Selection { select: vec!["repetiton".into()], ..Selection::default() };
        assert_eq!(
            selection.check(&set).unwrap_err().to_string(),
            "no rule or family is called \"repetiton\" (did you mean \"repetition\"?)"
        );
    }

    #[test]
    fn preview_rules_run_when_asked_for_or_named() {
        let set = RuleSet::embedded().unwrap();
        let rule = set.rules.iter().find(|rule| rule.status == Status::Preview).unwrap();
        assert!(!Selection::default().runs(rule));
        assert!(Selection { preview: true, ..Selection::default() }.runs(rule));
        assert!(Selection { select: vec![rule.id.clone()], ..Selection::default() }.runs(rule));
        assert!(!Selection { select: vec![rule.id.clone()], ignore: vec![rule.family().into()], preview: true }.runs(rule));
    }
}
