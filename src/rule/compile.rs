//! From a rule file to a rule that can run.

use regex_syntax::hir::{Hir, HirKind};

use super::example::Example;
use super::file::{Applicability, BodyFile, Inside, RuleFile, Scope, Severity, Status, UnlessFile};
use super::lazy::LazyRegex;
use super::lists::Lists;
use super::pattern::Sequence;
use crate::language::{Sym, SymSet, Vocabulary};

/// The confidence of a rule that was not measured: it may be right or wrong.
const UNMEASURED: f32 = 0.5;

/// Where a rule file comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// From this project: tests compile all its expressions, so that a start need not.
    Embedded,
    /// From a user.
    Own,
}

/// A rule, compiled.
#[derive(Debug)]
pub struct Rule {
    /// `family/kebab-name`.
    pub id: String,
    /// Old ids that still name it.
    pub aliases: Vec<String>,
    /// The version of the tool that brought it.
    pub since: String,
    /// How far it is trusted.
    pub status: Status,
    /// ISO 639-1 codes, or "*" for every language.
    pub languages: Vec<String>,
    /// How much its faults harm a reader.
    pub severity: Severity,
    /// One sentence: what is wrong.
    pub summary: String,
    /// Where such faults come from.
    pub why: String,
    /// On what, how many were read, how many were real.
    pub measured: Option<(String, u32, u32)>,
    /// Confidence by the grades that its detector tells apart.
    pub grades: Vec<(String, f32)>,
    /// What it looks for.
    pub body: Body,
    /// When what it found is right all the same.
    pub unless: Vec<Unless>,
    /// The sentence shown; `{name}` stands for what was captured.
    pub message: Template,
    /// Further sentences that back the finding.
    pub evidence: Vec<Template>,
    /// Whether all places of an article are one finding.
    pub gather: bool,
    /// The repair of the whole span, and who may apply it.
    pub repair: Option<(Template, Applicability)>,
    /// Its examples, each a test.
    pub examples: Vec<Example>,
}

/// What a rule looks for.
#[derive(Debug)]
pub enum Body {
    /// A sequence of tokens.
    Tokens(SequenceBody),
    /// A regular expression over the text of a sentence or block.
    Regex(RegexBody),
    /// Fixed phrases, each with its replacement.
    Phrases(Vec<Phrase>),
    /// A detector written in Rust, by name, with its options.
    Detector(String, toml::Table),
}

/// Sequences of tokens and how far they may reach.
#[derive(Debug)]
pub struct SequenceBody {
    /// What is matched: each is tried.
    pub sequences: Vec<Sequence>,
    /// How far a match may reach.
    pub scope: Scope,
    /// Where it is worth trying.
    pub gate: Gate,
}

/// What must be in a block for a rule to have any chance there.
#[derive(Debug)]
pub enum Gate {
    /// Nothing in particular: the rule is always tried.
    Open,
    /// One of these forms.
    Forms(SymSet),
}

/// A regular expression over the text of a sentence or block.
#[derive(Debug)]
pub struct RegexBody {
    /// Linear-time; a group named `fault` is the finding.
    pub regex: LazyRegex,
    /// The names of its groups.
    pub groups: Vec<String>,
    /// How far a match may reach.
    pub scope: Scope,
    /// Literals of which every match holds one; empty if there are none.
    pub literals: Vec<String>,
    /// Whether the literals stand in a match in just this case; otherwise ASCII letters may be in any.
    pub exact: bool,
}

/// A fixed phrase.
#[derive(Debug)]
pub struct Phrase {
    /// Its words in lower case.
    pub words: Vec<Sym>,
    /// What to write instead; empty if nothing is offered.
    pub replacement: String,
    /// Where the entry comes from, or why it is wrong.
    pub reason: String,
}

/// An exception: when a finding is right all the same.
#[derive(Debug)]
pub struct Unless {
    /// Why.
    pub reason: String,
    /// When.
    pub test: UnlessTest,
}

/// When an exception holds.
#[derive(Debug)]
pub enum UnlessTest {
    /// A sequence of tokens in the block covers the finding.
    Sequence(Sequence),
    /// One of these phrases covers the finding.
    Phrases(Vec<Vec<Sym>>),
    /// The finding stands there.
    Inside(Inside),
    /// The expression matches in the block and its match covers the finding.
    Regex(LazyRegex),
}

/// Text with `{name}` placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<(String, Option<String>)>,
}

impl Template {
    fn parse(raw: &str) -> Result<Template, String> {
        let mut pieces = Vec::new();
        let mut rest = raw;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').ok_or_else(|| format!("`{{` without `}}` in {raw:?}"))? + open;
            pieces.push((rest[..open].to_owned(), Some(rest[open + 1..close].to_owned())));
            rest = &rest[close + 1..];
        }
        pieces.push((rest.to_owned(), None));
        Ok(Template { pieces })
    }

    /// The names that it asks for.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|(_, name)| name.as_deref())
    }

    /// The text with every name replaced by what `value` knows for it; an unknown name gives nothing.
    pub fn fill<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> String {
        let mut filled = String::new();
        for (text, name) in &self.pieces {
            filled.push_str(text);
            filled.push_str(name.as_deref().and_then(&value).unwrap_or(""));
        }
        filled
    }
}

impl Rule {
    /// The part of the id before the slash.
    pub fn family(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }

    /// Whether a pattern or exception asks for what only a model knows.
    pub fn needs_model(&self) -> bool {
        let body = matches!(&self.body, Body::Tokens(body) if body.sequences.iter().any(Sequence::needs_model));
        body || self.unless.iter().any(|unless| matches!(&unless.test, UnlessTest::Sequence(sequence) if sequence.needs_model()))
    }

    /// 0..1: the share of its findings that are real, as measured: (real + 1) / (read + 2); 0.5 without a measure.
    pub fn confidence(&self, grade: Option<&str>) -> f32 {
        let graded = grade.and_then(|grade| self.grades.iter().find(|(name, _)| name == grade)).map(|(_, confidence)| *confidence);
        graded.unwrap_or_else(|| self.measured.as_ref().map_or(UNMEASURED, |(_, read, real)| share(*read, *real)))
    }

    /// Whether the rule speaks of texts in a language (ISO 639-1).
    pub fn speaks(&self, language: &str) -> bool {
        self.languages.iter().any(|known| known == "*" || known == language)
    }

    pub(super) fn compile(file: RuleFile, origin: Origin, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Rule, String> {
        check_id(&file.id)?;
        for alias in &file.aliases {
            check_id(alias)?;
        }
        let body = body(file.body, origin, lists, vocabulary)?;
        if file.status == Status::Stable {
            let measured = file.measured.as_ref().ok_or("a stable rule needs [measured]")?;
            if measured.read == 0 {
                return Err("a stable rule needs [measured] with read > 0".into());
            }
        }
        let too_many =
            |read: u32, real: u32| if real > read { Err(format!("[measured] real = {real} is more than read = {read}")) } else { Ok(()) };
        let mut grades = Vec::new();
        if let Some(measured) = &file.measured {
            too_many(measured.read, measured.real)?;
            for grade in &measured.grade {
                too_many(grade.read, grade.real)?;
                grades.push((grade.name.clone(), share(grade.read, grade.real)));
            }
        }
        let message = Template::parse(&file.report.message)?;
        let evidence = file.report.evidence.iter().map(|text| Template::parse(text)).collect::<Result<Vec<_>, _>>()?;
        let repair = file
            .report
            .repair
            .as_ref()
            .map(|repair| Ok::<_, String>((Template::parse(&repair.replace)?, repair.applicability)))
            .transpose()?;
        for template in [Some(&message), repair.as_ref().map(|(template, _)| template)].into_iter().flatten().chain(&evidence) {
            check_names(template, &body)?;
        }
        let mut examples = file.bad.iter().map(Example::bad).collect::<Result<Vec<_>, _>>()?;
        examples.extend(file.good.iter().map(Example::good));
        let (bad, good) = (file.bad.len(), file.good.len());
        if bad == 0 || good == 0 || file.status == Status::Stable && (bad < 2 || good < 2) {
            return Err(format!(
                "a preview rule needs one bad and one good example, a stable rule two of each; here are {bad} bad and {good} good"
            ));
        }
        examples.extend(file.known.iter().map(Example::known).collect::<Result<Vec<_>, _>>()?);
        Ok(Rule {
            id: file.id,
            aliases: file.aliases,
            since: file.since,
            status: file.status,
            languages: file.languages,
            severity: file.severity,
            summary: file.summary,
            why: file.why,
            measured: file.measured.map(|measured| (measured.on, measured.read, measured.real)),
            grades,
            body,
            unless: file.unless.into_iter().map(|unless| self::unless(unless, lists, vocabulary)).collect::<Result<_, _>>()?,
            message,
            evidence,
            gather: file.report.gather,
            repair,
            examples,
        })
    }
}

fn share(read: u32, real: u32) -> f32 {
    (real as f32 + 1.0) / (read as f32 + 2.0)
}

fn check_id(id: &str) -> Result<(), String> {
    let kebab =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    match id.split_once('/') {
        Some((family, name)) if kebab(family) && kebab(name) => Ok(()),
        _ => Err(format!("id = \"{id}\": an id is family/kebab-name")),
    }
}

/// The placeholders of token and regex rules are known here; a detector's are checked where it is built.
fn check_names(template: &Template, body: &Body) -> Result<(), String> {
    let known: Vec<&str> = match body {
        // What one sequence captures every other must, or a message would have holes.
        Body::Tokens(tokens) => {
            let in_all = |name: &&String| tokens.sequences.iter().all(|sequence| sequence.captures.contains(name));
            tokens.sequences[0].captures.iter().filter(in_all).map(String::as_str).collect()
        }
        Body::Regex(regex) => regex.groups.iter().map(String::as_str).collect(),
        Body::Phrases(_) => vec!["replacement", "reason"],
        Body::Detector(..) => return Ok(()),
    };
    match template.names().find(|name| *name != "text" && !known.contains(name)) {
        Some(name) => Err(format!("{{{name}}} is nothing that the rule captures")),
        None => Ok(()),
    }
}

fn body(file: BodyFile, origin: Origin, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Body, String> {
    Ok(match file {
        BodyFile::Tokens(tokens) => {
            let mut sequences = vec![Sequence::compile_between(&tokens.before, &tokens.sequence, &tokens.after, lists, vocabulary)?];
            for other in &tokens.also {
                sequences.push(Sequence::compile_between(&other.before, &other.sequence, &other.after, lists, vocabulary)?);
            }
            let literals: Option<Vec<&SymSet>> = sequences.iter().map(Sequence::rarest_literals).collect();
            let gate = literals.map_or(Gate::Open, |sets| Gate::Forms(sets.into_iter().flat_map(SymSet::iter).collect()));
            Body::Tokens(SequenceBody { sequences, scope: tokens.scope, gate })
        }
        BodyFile::Regex(file) => {
            let syntax = regex_syntax::parse(&file.pattern).map_err(|error| error.to_string())?;
            if syntax.properties().minimum_len() == Some(0) {
                return Err("the pattern matches the empty text".into());
            }
            let regex = match origin {
                Origin::Embedded => LazyRegex::embedded(file.pattern)?,
                Origin::Own => LazyRegex::new(file.pattern)?,
            };
            let mut groups = Vec::new();
            group_names(&syntax, &mut groups);
            let exact = !file.literals.is_empty();
            let literals = if exact { file.literals } else { required_literals(&syntax) };
            Body::Regex(RegexBody { literals, exact, groups, regex, scope: file.scope })
        }
        BodyFile::Phrases(file) => {
            let rows = lists.rows(&file.list)?;
            let phrase = |row: Vec<&str>| Phrase {
                words: row[0].split_whitespace().map(|word| vocabulary.add(word)).collect(),
                replacement: row[1].to_owned(),
                reason: row.get(2).copied().unwrap_or_default().to_owned(),
            };
            Body::Phrases(rows.into_iter().map(phrase).collect())
        }
        BodyFile::Detector(file) => Body::Detector(file.name, file.options),
    })
}

fn unless(file: UnlessFile, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Unless, String> {
    if file.reason.trim().is_empty() {
        return Err("an [[unless]] needs a reason".into());
    }
    let test = match (file.sequence, file.list, file.inside, file.regex) {
        (Some(sequence), None, None, None) => UnlessTest::Sequence(Sequence::compile(&sequence, lists, vocabulary)?),
        (None, Some(list), None, None) => {
            let rows = lists.rows(&list)?;
            UnlessTest::Phrases(rows.iter().map(|row| row[0].split_whitespace().map(|word| vocabulary.add(word)).collect()).collect())
        }
        (None, None, Some(inside), None) => UnlessTest::Inside(inside),
        (None, None, None, Some(regex)) => UnlessTest::Regex(LazyRegex::new(regex)?),
        _ => return Err("an [[unless]] has exactly one of sequence, list, inside, regex".into()),
    };
    Ok(Unless { reason: file.reason, test })
}

/// The names of all groups, in the order of the pattern.
fn group_names(syntax: &Hir, names: &mut Vec<String>) {
    match syntax.kind() {
        HirKind::Capture(capture) => {
            names.extend(capture.name.as_deref().map(str::to_owned));
            group_names(&capture.sub, names);
        }
        HirKind::Repetition(repetition) => group_names(&repetition.sub, names),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| group_names(part, names)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

/// Literals of which one is part of every match; none where the expression gives no useful ones.
fn required_literals(syntax: &Hir) -> Vec<String> {
    use regex_syntax::hir::literal::{ExtractKind, Extractor};
    // What follows in turn in every match: a match holds a prefix of each tail of these, and a suffix of the whole.
    let mut pieces = Vec::new();
    in_turn(syntax, &mut pieces);
    let tails = (0..pieces.len()).map(|from| (ExtractKind::Prefix, Hir::concat(pieces[from..].to_vec())));
    let mut best: Vec<String> = Vec::new();
    for (kind, part) in tails.chain([(ExtractKind::Suffix, syntax.clone())]) {
        let mut extractor = Extractor::new();
        extractor.kind(kind).limit_total(32);
        let sequence = extractor.extract(&part);
        let Some(literals) = sequence.literals().filter(|literals| !literals.is_empty()) else { continue };
        let texts: Option<Vec<String>> =
            literals.iter().map(|literal| std::str::from_utf8(literal.as_bytes()).ok().map(str::to_owned)).collect();
        let Some(texts) = texts else { continue };
        let shortest = |all: &[String]| all.iter().map(String::len).min().unwrap_or(0);
        if shortest(&texts) >= 2 && shortest(&texts) > shortest(&best) {
            best = texts;
        }
    }
    best
}

/// The parts of an expression that every match holds one after another.
fn in_turn(hir: &regex_syntax::hir::Hir, pieces: &mut Vec<regex_syntax::hir::Hir>) {
    use regex_syntax::hir::HirKind;
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().for_each(|part| in_turn(part, pieces)),
        HirKind::Capture(group) => in_turn(&group.sub, pieces),
        _ => pieces.push(hir.clone()),
    }
}
