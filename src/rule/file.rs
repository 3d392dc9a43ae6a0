//! The rule file as it is written. Unknown keys are errors, reported with line and column.

use serde::{Deserialize, Serialize};

/// How far a rule is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "formats", derive(schemars::JsonSchema))]
pub enum Status {
    /// New or unmeasured: runs only where preview rules are asked for.
    Preview,
    /// Measured: runs by default.
    Stable,
    /// Kept for old configurations: runs only where it is named.
    Deprecated,
}

/// How much a fault of this kind harms a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "formats", derive(schemars::JsonSchema))]
pub enum Severity {
    /// A blemish.
    Minor,
    /// A reader stumbles or is misled.
    Major,
    /// Must not be published.
    Critical,
}

impl Severity {
    /// "minor", "major" or "critical".
    pub fn name(self) -> &'static str {
        match self {
            Severity::Minor => "minor",
            Severity::Major => "major",
            Severity::Critical => "critical",
        }
    }
}

/// Who may apply a repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "formats", derive(schemars::JsonSchema))]
pub enum Applicability {
    /// Shown only: a hint at the right text.
    Display,
    /// An editor looks at it first.
    Review,
    /// An editor always accepts it.
    Safe,
}

impl Applicability {
    /// "display", "review" or "safe".
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Display => "display",
            Applicability::Review => "review",
            Applicability::Safe => "safe",
        }
    }
}

/// How far a match may reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Within one sentence.
    #[default]
    Sentence,
    /// Within one block, across its sentences.
    Block,
}

/// A place in which a finding is let pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inside {
    /// Between quotation marks.
    Quotation,
    /// In a block that is a heading by its form.
    Heading,
    /// In the article's headline.
    Headline,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) id: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    pub(super) since: String,
    pub(super) status: Status,
    pub(super) languages: Vec<String>,
    pub(super) severity: Severity,
    pub(super) summary: String,
    pub(super) why: String,
    pub(super) measured: Option<Measured>,
    #[serde(rename = "match")]
    pub(super) body: BodyFile,
    #[serde(default)]
    pub(super) unless: Vec<UnlessFile>,
    pub(super) report: ReportFile,
    #[serde(default)]
    pub(super) bad: Vec<BadFile>,
    #[serde(default)]
    pub(super) good: Vec<GoodFile>,
    #[serde(default)]
    pub(super) known: Vec<KnownFile>,
}

/// How often a rule was right on text that it was not written for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Measured {
    pub(super) on: String,
    pub(super) read: u32,
    pub(super) real: u32,
    /// The same for the grades that a detector tells apart.
    #[serde(default)]
    pub(super) grade: Vec<MeasuredGrade>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasuredGrade {
    pub(super) name: String,
    pub(super) read: u32,
    pub(super) real: u32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum BodyFile {
    Tokens(TokensFile),
    Regex(RegexFile),
    Phrases(PhrasesFile),
    Detector(DetectorFile),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokensFile {
    #[serde(default)]
    pub(super) scope: Scope,
    /// What must stand before the finding, without being part of it.
    #[serde(default)]
    pub(super) before: Vec<ElementFile>,
    pub(super) sequence: Vec<ElementFile>,
    /// What must stand behind the finding, without being part of it.
    #[serde(default)]
    pub(super) after: Vec<ElementFile>,
    /// Other forms of the same fault, tried as well.
    #[serde(default)]
    pub(super) also: Vec<OtherFile>,
}

/// One more sequence of a token rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherFile {
    #[serde(default)]
    pub(super) before: Vec<ElementFile>,
    pub(super) sequence: Vec<ElementFile>,
    #[serde(default)]
    pub(super) after: Vec<ElementFile>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementFile {
    pub(super) text: Option<Vec<String>>,
    pub(super) lower: Option<Vec<String>>,
    pub(super) regex: Option<String>,
    pub(super) shape: Option<OneOrMore>,
    pub(super) list: Option<String>,
    pub(super) not: Option<Box<ElementFile>>,
    pub(super) tight: Option<bool>,
    pub(super) min: Option<u8>,
    pub(super) max: Option<u8>,
    pub(super) capture: Option<String>,
    pub(super) same_as: Option<String>,
    pub(super) by: Option<SameBy>,
    // These need the model; where it was left out of the program, a rule that uses them is an error, not one that never matches.
    pub(super) lemma: Option<Vec<String>>,
    pub(super) tag: Option<Vec<String>>,
    pub(super) inflection: Option<Vec<String>>,
    /// Parts of speech or inflections, one of which the lexicon knows the form with, whatever its tag in this place.
    pub(super) possible: Option<Vec<String>>,
    /// Parts of speech or inflections with none of which the lexicon knows the form.
    pub(super) impossible: Option<Vec<String>>,
    pub(super) frequency: Option<[f64; 2]>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    pub(super) fn all(&self) -> &[String] {
        match self {
            OneOrMore::One(one) => std::slice::from_ref(one),
            OneOrMore::More(more) => more,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SameBy {
    #[default]
    Lower,
    Lemma,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegexFile {
    /// Linear-time syntax of the `regex` crate; a group named `fault` is the finding, else the whole match.
    pub(super) pattern: String,
    #[serde(default)]
    pub(super) scope: Scope,
    /// Texts of which one stands in every match, in this case; where none are given, they are read off the pattern.
    #[serde(default)]
    pub(super) literals: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhrasesFile {
    /// Rows of phrase, replacement, reason.
    pub(super) list: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DetectorFile {
    pub(super) name: String,
    #[serde(default)]
    pub(super) options: toml::Table,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnlessFile {
    pub(super) reason: String,
    pub(super) sequence: Option<Vec<ElementFile>>,
    pub(super) list: Option<String>,
    pub(super) inside: Option<Inside>,
    pub(super) regex: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportFile {
    pub(super) message: String,
    #[serde(default)]
    pub(super) evidence: Vec<String>,
    /// Whether all places of an article are one finding, the first with the others as related places.
    #[serde(default)]
    pub(super) gather: bool,
    pub(super) repair: Option<RepairFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RepairFile {
    pub(super) replace: String,
    pub(super) applicability: Applicability,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BadFile {
    pub(super) text: String,
    pub(super) headline: Option<String>,
    pub(super) fixed: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoodFile {
    pub(super) text: String,
    pub(super) headline: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownFile {
    pub(super) want: Want,
    pub(super) text: String,
    pub(super) headline: Option<String>,
    pub(super) note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Want {
    Bad,
    Good,
}
