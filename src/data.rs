//! The files of `rules/`, embedded in the binary.

/// Path below `rules/` (with `/`) and content of every rule and list, sorted by path.
pub const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The content of one embedded file.
pub fn embedded(path: &str) -> Option<&'static str> {
    EMBEDDED.binary_search_by(|(name, _)| (*name).cmp(path)).ok().map(|at| EMBEDDED[at].1)
}

/// The rows of a list: tab-separated cells, without empty lines and lines that start with `#`.
pub fn rows(list: &str) -> impl Iterator<Item = Vec<&str>> {
    list.lines()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::trim).collect())
}
