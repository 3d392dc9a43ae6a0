//! Brings running text from elsewhere into the form that articles have.

/// How a text is written, where that is not as in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As in an article.
    #[default]
    Article,
    /// Spaces between all tokens.
    Tokenised,
    /// Spaces between all tokens, and no capitals: it tells nothing about how words are written.
    Lower,
}

/// Takes out the spaces that a tokeniser put before marks and clitics and inside quotation marks.
pub(crate) fn join<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut text = String::new();
    let (mut glue, mut open_quote) = (true, false);
    for word in words {
        let word = match word {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            "--" => "–",
            other => other,
        };
        let closes = matches!(word, "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "…" | "...")
            || word.len() > 1 && word.starts_with(['\'', '’'])
            || word.eq_ignore_ascii_case("n't")
            || word.eq_ignore_ascii_case("n’t")
            || word == "\"" && open_quote;
        if !glue && !closes {
            text.push(' ');
        }
        text.push_str(word);
        glue = matches!(word, "(" | "[" | "$" | "£" | "€") || word.len() > 1 && word.ends_with('-') || word == "\"" && !open_quote;
        if word == "\"" {
            open_quote = !open_quote;
        }
    }
    text
}

/// Whether a line was damaged on its way: a question mark before a letter stands for a lost character.
pub(crate) fn is_damaged(line: &str) -> bool {
    let letter_behind = |(at, mark): (usize, &str)| line[at + mark.len()..].chars().next().is_some_and(char::is_alphabetic);
    line.contains('\u{FFFD}') || line.match_indices('?').any(letter_behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_joined_as_in_print() {
        let words = "`` He does n't know , '' she said ( twice ) of Iran 's $ 5 bid .".split(' ');
        assert_eq!(join(words), "\"He doesn't know,\" she said (twice) of Iran's $5 bid.");
    }

    #[test]
    fn lost_characters_are_seen() {
        assert!(is_damaged("He said ?we will go"));
        assert!(!is_damaged("Will we? \"Yes.\""));
    }
}
