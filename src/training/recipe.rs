//! What a model is made of: a TOML file that names word lists, running text and limits.

use serde::Deserialize;

use super::{Limits, Style};
use crate::text::StableHash;

/// A recipe, as written in TOML. Paths are relative to the recipe's folder; files may be gzip (`.gz`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// ISO 639-1.
    pub language: String,
    /// Rows "form, Zipf frequency × 100".
    #[serde(default)]
    pub frequencies: Vec<String>,
    /// Rows "form, lemma, universal tag, Penn tag".
    #[serde(default)]
    pub lemmas: Vec<String>,
    /// Rows "form, sounds in ARPAbet".
    #[serde(default)]
    pub pronunciations: Vec<String>,
    /// Running text.
    pub text: Vec<TextFile>,
    /// Tagged text, for a tagger.
    pub tagger: Option<TaggerFiles>,
    /// What decisions are learnt from.
    pub decision: Option<DecisionFiles>,
    /// How large the model may grow.
    pub limits: LimitsFile,
}

/// What decisions are learnt from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionFiles {
    /// JSONL of machine translations: `text`, `words` (start and end in code points), `bad` (1 for a word that an editor changed).
    pub judged: String,
    /// JSONL of articles, of which those held out and without `flaws` are used.
    pub sound: String,
    /// As in the text's entry.
    pub hold_out: u64,
}

/// Tagged text by its convention.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaggerFiles {
    /// CoNLL-U with universal and Penn tags. A fifth of the documents is held out for measuring.
    pub treebank: String,
    /// A word and its Penn tag a line.
    #[serde(default)]
    pub penn: Vec<String>,
    /// A word and its Brown tag a line.
    #[serde(default)]
    pub brown: Vec<String>,
}

/// A file of running text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextFile {
    /// The file: `.txt` (a paragraph a line), `.jsonl` (an article a line), `.conllu`, or `.tsv` (a token a line, sentences
    /// parted by empty lines).
    pub path: String,
    /// How often it counts.
    #[serde(default = "one")]
    pub weight: u32,
    /// Of `.jsonl`: one article in so many, by the hash of its id, is not counted, so that decisions can be learnt from text that
    /// the n-grams have not seen. 0: all are counted.
    #[serde(default)]
    pub hold_out: u64,
    /// How it is written, where that is not as in an article.
    #[serde(default)]
    pub style: StyleName,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StyleName {
    /// As in an article.
    #[default]
    Article,
    /// Spaces between all tokens.
    Tokenised,
    /// Spaces between all tokens, no capitals.
    Lower,
}

/// Limits, as written in TOML.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsFile {
    /// Forms of the lexicon.
    pub forms: usize,
    /// Words that n-grams know by name.
    pub words: usize,
    /// Bigrams kept.
    pub bigrams: usize,
    /// Trigrams kept.
    pub trigrams: usize,
}

/// Whether an article is among those that `hold_out` keeps from being counted.
pub fn is_held_out(id: &str, one_in: u64) -> bool {
    let mut hash = StableHash::default();
    hash.add(id.as_bytes());
    one_in > 0 && hash.value() % one_in == 0
}

fn one() -> u32 {
    1
}

impl From<StyleName> for Style {
    fn from(name: StyleName) -> Style {
        match name {
            StyleName::Article => Style::Article,
            StyleName::Tokenised => Style::Tokenised,
            StyleName::Lower => Style::Lower,
        }
    }
}

impl From<LimitsFile> for Limits {
    fn from(file: LimitsFile) -> Limits {
        Limits { forms: file.forms, words: file.words, bigrams: file.bigrams, trigrams: file.trigrams }
    }
}

/// The plain text of a file with one token a line (`.conllu` or `.tsv`): a paragraph for each sentence.
pub fn plain_text(name: &str, content: &str) -> String {
    let mut text = String::new();
    if name.ends_with(".conllu") {
        content.lines().filter_map(|line| line.strip_prefix("# text = ")).for_each(|line| {
            text.push_str(line);
            text.push('\n');
        });
        return text;
    }
    for line in content.lines() {
        match line.split_once('\t') {
            Some((word, _)) => {
                text.push_str(word);
                text.push(' ');
            }
            None => text.push('\n'),
        }
    }
    text
}
