use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::policy::FailOn;

/// Finds the places where a machine broke an article.
#[derive(Debug, Parser)]
#[command(
    name = "ungarble",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 nothing at or above the failing level, 1 findings, 2 the run itself failed."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find faults in articles
    Check(Check),
    /// Print one line an article: quality, verdict, id, quality by family
    Score(Score),
    /// List, explain, test and measure rules
    Rules(Rules),
    /// Make a model of a language, or say what one holds
    Model {
        #[command(subcommand)]
        command: ModelCommand,
    },
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Also into files and pipes
    Always,
    /// Not at all
    Never,
}

impl Color {
    pub(super) fn apply(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto.write_global(),
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

/// What is read, and how.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// Files, folders, or - for standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// What the input is; otherwise told by extension and content
    #[arg(long, value_enum, value_name = "TYPE")]
    pub(super) input_type: Option<InputType>,
    /// Fields of a record to check, as names or JSON Pointers [default: headline or title, and text, body, content or
    /// articleBody]
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub(super) text_field: Vec<String>,
    /// Threads; the answer does not depend on them [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
}

/// Which rules judge.
#[derive(Debug, Args)]
pub(super) struct Judging {
    /// Only these families, rules or globs, comma-separated
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Not these families, rules or globs, comma-separated
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Also preview rules
    #[arg(long)]
    pub(super) preview: bool,
    /// A folder of your own rules; may be given again
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// The language that texts are expected in, as ISO 639-1
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(super) expect_lang: String,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) judging: Judging,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Show findings with at least this confidence, 0 to 1
    #[arg(long, value_name = "C", default_value_t = 0.8, value_parser = share)]
    pub(super) min_confidence: f32,
    /// What makes the run fail: any, minor, major, critical, review, reject or count>N
    #[arg(long, value_name = "LEVEL", default_value = "any")]
    pub(super) fail_on: FailOn,
    /// Exit with 0 where findings would make it 1
    #[arg(long)]
    pub(super) exit_zero: bool,
}

#[derive(Debug, Args)]
pub(super) struct Score {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) judging: Judging,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: ScoreFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum InputType {
    /// Plain text, an article a file
    #[default]
    Text,
    /// A JSON object a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON object
    Json,
    /// A JSON object a document
    Jsonl,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ScoreFormat {
    /// Quality, verdict, id and scores, separated by tabs
    #[default]
    Text,
    /// A JSON object a document
    Jsonl,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    #[command(subcommand)]
    pub(super) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List all rules: id, status, severity, confidence, summary
    List {
        /// A folder of your own rules; may be given again
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Print a rule's page
    Show {
        /// The rule's id
        id: String,
        /// A folder of your own rules; may be given again
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Try the examples of the embedded rules, or of the rules in a folder
    Test {
        /// A folder of your own rules
        dir: Option<PathBuf>,
    },
    /// Print what rules find in a file, a line each, to be judged: article, place, rule, confidence, context
    Measure {
        /// Rules, families or globs, comma-separated
        #[arg(value_name = "RULES", value_delimiter = ',', required = true)]
        ids: Vec<String>,
        /// Where to look
        #[arg(long, value_name = "PATH", required = true)]
        on: Vec<PathBuf>,
        /// At most this many findings of each rule, drawn evenly from all
        #[arg(long, value_name = "N")]
        sample: Option<usize>,
        /// A folder of your own rules; may be given again
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ModelCommand {
    /// Make a model as a recipe says
    Build {
        /// A TOML file that names word lists, running text and limits
        recipe: PathBuf,
        /// Where the model is written
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
        /// Take lexicon, n-grams and tagger from this model, and learn only the decisions anew
        #[arg(long, value_name = "MODEL")]
        from: Option<PathBuf>,
    },
    /// Say what a model holds
    Info {
        /// The model [default: the embedded one]
        file: Option<PathBuf>,
    },
}

fn share(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| "expected a number from 0 to 1".to_owned())
}
