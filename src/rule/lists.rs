use rustc_hash::FxHashMap;

use crate::data;

/// The lists that rules name, by path ("lists/legitimate-doublings.tsv"): embedded ones, and a user's on top.
#[derive(Debug, Default)]
pub struct Lists {
    own: FxHashMap<String, String>,
}

impl Lists {
    /// Adds a list, or takes the place of an embedded one of the same path.
    pub fn add(&mut self, path: String, content: String) {
        self.own.insert(path, content);
    }

    /// The rows of a list, each of one cell or more.
    ///
    /// # Errors
    /// If there is no list of that path, or a row has no reason beside its entry.
    pub fn rows(&self, path: &str) -> Result<Vec<Vec<&str>>, String> {
        let content = self.own.get(path).map(String::as_str).or_else(|| data::embedded(path));
        let content = content.ok_or_else(|| format!("no list \"{path}\""))?;
        let rows: Vec<Vec<&str>> = data::rows(content).collect();
        match rows.iter().find(|row| row.len() < 2 || row[1].is_empty() || row[0].is_empty()) {
            Some(row) => Err(format!("{path}: \"{}\" has no reason beside it", row[0])),
            None => Ok(rows),
        }
    }
}
