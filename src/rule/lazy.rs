use std::sync::OnceLock;

use regex::Regex;

/// Bytes of a pattern without counted repetitions that can't grow past the size limit of the `regex` crate (10 MiB).
const SURELY_SMALL: usize = 200;

/// A regular expression whose syntax is checked at once and which is compiled when it is first asked: most exceptions
/// never are, and compiling them all would be half of the start-up.
#[derive(Debug)]
pub struct LazyRegex {
    pattern: String,
    regex: OnceLock<Regex>,
}

impl LazyRegex {
    /// Checks the syntax of `pattern`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(pattern: String) -> Result<LazyRegex, String> {
        let regex = OnceLock::new();
        if pattern.len() <= SURELY_SMALL && !pattern.contains('{') {
            regex_syntax::parse(&pattern).map_err(|error| error.to_string())?;
        } else {
            // Only compiling tells whether it stays within the size limit.
            let _ = regex.set(Regex::new(&pattern).map_err(|error| error.to_string())?);
        }
        Ok(LazyRegex { pattern, regex })
    }

    /// Checks the syntax of an embedded rule's `pattern`; that it stays within the size limit is checked by a test.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn embedded(pattern: String) -> Result<LazyRegex, String> {
        regex_syntax::parse(&pattern).map_err(|error| error.to_string())?;
        Ok(LazyRegex { pattern, regex: OnceLock::new() })
    }

    /// The expression.
    pub fn get(&self) -> &Regex {
        self.regex.get_or_init(|| Regex::new(&self.pattern).expect("its syntax is right, and it is known not to be too large"))
    }
}
