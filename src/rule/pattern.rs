//! Token patterns, compiled: what one element of a sequence asks of one token.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::file::{ElementFile, SameBy};
use super::lazy::LazyRegex;
use super::lists::Lists;
use crate::language::{Annotated, Shape, SymSet, Token, TokenKind, Vocabulary};
use crate::model::{self, Fine, FineSet};

/// A sequence of elements, matched one after another, greedily, with a way back.
#[derive(Debug)]
pub struct Sequence {
    /// At least one element; together they need at least one token.
    pub elements: Vec<Element>,
    /// The names of captures, in order of their numbers.
    pub captures: Vec<String>,
    /// Which elements are the finding; those before and behind only have to be there.
    pub finding: Range<usize>,
}

/// One element of a sequence: which tokens, how many.
#[derive(Debug)]
pub struct Element {
    /// What each token must fulfil.
    pub predicate: Predicate,
    /// Fewest tokens.
    pub min: u8,
    /// Most tokens.
    pub max: u8,
    /// The capture that this element fills.
    pub capture: Option<usize>,
    /// The capture whose text, in lower case, each token must repeat.
    pub same_as: Option<usize>,
}

/// Conditions on one token; all must hold.
#[derive(Debug, Default)]
pub struct Predicate {
    text: Option<FxHashSet<Box<str>>>,
    /// Forms of which one must stand here; where only `text` is given, its texts in lower case.
    lower: Option<SymSet>,
    shape: Option<Vec<ShapeTest>>,
    tight: Option<bool>,
    regex: Option<TokenRegex>,
    tags: Option<FineSet>,
    possible: Option<FineSet>,
    impossible: Option<FineSet>,
    frequency: Option<(u8, u8)>,
    not: Option<Box<Predicate>>,
}

#[derive(Clone, Copy, Debug)]
enum ShapeTest {
    Word,
    Number,
    Punct,
    Symbol,
    Address,
    Exact(Shape),
}

impl Predicate {
    /// Whether the token `at` fulfils all conditions; the dearest is asked last. What asks for the model fails where the
    /// document was not read with one.
    pub fn holds(&self, doc: &Annotated, at: usize) -> bool {
        let token = &doc.tokens[at];
        self.lower.as_ref().is_none_or(|set| set.contains(&token.lower))
            && self.tight.is_none_or(|tight| token.space_before != tight)
            && self.tags.is_none_or(|tags| doc.tag(at).is_some_and(|tag| tags.contains(tag)))
            && self.shape.as_ref().is_none_or(|tests| tests.iter().any(|test| test.holds(token)))
            && self.possible.is_none_or(|tags| doc.facts(at).is_some_and(|facts| !facts.tags.and(tags).is_empty()))
            && self.impossible.is_none_or(|tags| doc.facts(at).is_some_and(|facts| facts.tags.and(tags).is_empty()))
            && self.frequency.is_none_or(|(least, most)| doc.facts(at).is_some_and(|facts| (least..=most).contains(&facts.frequency)))
            && self.text.as_ref().is_none_or(|set| set.contains(doc.word(at)))
            && self.not.as_ref().is_none_or(|inner| !inner.holds(doc, at))
            && self.regex.as_ref().is_none_or(|regex| regex.is_match(doc.word(at)))
    }

    /// Whether it asks for what only a model knows.
    pub fn needs_model(&self) -> bool {
        self.tags.is_some()
            || self.possible.is_some()
            || self.impossible.is_some()
            || self.frequency.is_some()
            || self.not.as_ref().is_some_and(|inner| inner.needs_model())
    }

    /// Whether a token that begins with this byte can fulfil it; a cheap test before [`Predicate::holds`].
    pub fn may_begin(&self, byte: u8) -> bool {
        let by_regex = self.regex.as_ref().and_then(|regex| regex.first_bytes.as_ref()).is_none_or(|first| first[usize::from(byte)]);
        let digits_only = self
            .shape
            .as_ref()
            .is_some_and(|tests| tests.iter().all(|test| matches!(test, ShapeTest::Number | ShapeTest::Exact(Shape::Digits))));
        by_regex && (!digits_only || byte.is_ascii_digit() || !byte.is_ascii())
    }

    /// The lower-case forms of which one must stand here, if the predicate names any.
    pub fn literals(&self) -> Option<&SymSet> {
        self.lower.as_ref()
    }
}

/// A regular expression over one whole token, asked only of tokens that begin as some match does.
#[derive(Debug)]
struct TokenRegex {
    regex: LazyRegex,
    first_bytes: Option<Box<[bool; 256]>>,
}

impl TokenRegex {
    fn compile(pattern: &str) -> Result<TokenRegex, String> {
        let regex = LazyRegex::new(format!("^(?:{pattern})$"))?;
        Ok(TokenRegex { first_bytes: first_bytes(pattern), regex })
    }

    fn is_match(&self, text: &str) -> bool {
        let may_begin = self.first_bytes.as_ref().is_none_or(|first| text.bytes().next().is_some_and(|byte| first[usize::from(byte)]));
        may_begin && self.regex.get().is_match(text)
    }
}

/// The bytes with which a match can begin; `None` where that is any byte.
fn first_bytes(pattern: &str) -> Option<Box<[bool; 256]>> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let sequence = regex_syntax::hir::literal::Extractor::new().extract(&hir);
    let mut first = Box::new([false; 256]);
    for literal in sequence.literals()? {
        first[usize::from(*literal.as_bytes().first()?)] = true;
    }
    Some(first)
}

impl ShapeTest {
    fn parse(name: &str) -> Option<ShapeTest> {
        Some(match name {
            "word" => ShapeTest::Word,
            "number" => ShapeTest::Number,
            "punct" => ShapeTest::Punct,
            "symbol" => ShapeTest::Symbol,
            "address" => ShapeTest::Address,
            "lower" => ShapeTest::Exact(Shape::Lower),
            "capitalised" => ShapeTest::Exact(Shape::Capitalised),
            "upper" => ShapeTest::Exact(Shape::Upper),
            "mixed" => ShapeTest::Exact(Shape::Mixed),
            "digits" => ShapeTest::Exact(Shape::Digits),
            _ => return None,
        })
    }

    fn holds(self, token: &Token) -> bool {
        match self {
            ShapeTest::Word => token.kind == TokenKind::Word,
            ShapeTest::Number => token.kind == TokenKind::Number,
            ShapeTest::Punct => token.kind == TokenKind::Punct,
            ShapeTest::Symbol => token.kind == TokenKind::Symbol,
            ShapeTest::Address => token.kind == TokenKind::Opaque,
            ShapeTest::Exact(shape) => token.shape == shape && matches!(token.kind, TokenKind::Word | TokenKind::Number),
        }
    }
}

impl Sequence {
    /// A sequence out of a detector's options, written as in a rule file.
    ///
    /// # Errors
    /// If it is no sequence of elements, or no usable one.
    pub fn from_options(value: toml::Value, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Sequence, String> {
        let files: Vec<ElementFile> = value.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        Sequence::compile(&files, lists, vocabulary)
    }

    /// Whether an element asks for what only a model knows.
    pub fn needs_model(&self) -> bool {
        self.elements.iter().any(|element| element.predicate.needs_model())
    }

    pub(super) fn compile(files: &[ElementFile], lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Sequence, String> {
        Sequence::compile_between(&[], files, &[], lists, vocabulary)
    }

    /// A sequence that is found only between two others.
    pub(super) fn compile_between(
        before: &[ElementFile],
        files: &[ElementFile],
        after: &[ElementFile],
        lists: &Lists,
        vocabulary: &mut Vocabulary,
    ) -> Result<Sequence, String> {
        let mut captures = Vec::new();
        let mut elements = Vec::new();
        for file in before.iter().chain(files).chain(after) {
            elements.push(element(file, &mut captures, lists, vocabulary)?);
        }
        let finding = before.len()..before.len() + files.len();
        if elements[finding.clone()].iter().all(|element| element.min == 0) {
            return Err("a sequence must need at least one token: every element has min = 0".into());
        }
        Ok(Sequence { elements, captures, finding })
    }

    /// The smallest set of forms of which one must occur wherever the sequence matches.
    pub(super) fn rarest_literals(&self) -> Option<&SymSet> {
        self.elements
            .iter()
            .filter(|element| element.min > 0)
            .filter_map(|element| element.predicate.literals())
            .min_by_key(|set| set.len())
    }
}

fn element(file: &ElementFile, captures: &mut Vec<String>, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Element, String> {
    let (min, max) = (file.min.unwrap_or(1), file.max.unwrap_or(file.min.unwrap_or(1).max(1)));
    if min > max {
        return Err(format!("min = {min} is more than max = {max}"));
    }
    let same_as = match &file.same_as {
        Some(_) if file.by == Some(SameBy::Lemma) => return Err(needs_model("by = \"lemma\"")),
        Some(name) => Some(
            captures
                .iter()
                .position(|capture| capture == name)
                .ok_or_else(|| format!("same_as = \"{name}\": no earlier element captures it"))?,
        ),
        None => None,
    };
    let capture = match &file.capture {
        Some(name) if captures.contains(name) => return Err(format!("capture = \"{name}\" is used twice")),
        Some(name) => {
            captures.push(name.clone());
            Some(captures.len() - 1)
        }
        None => None,
    };
    Ok(Element { predicate: predicate(file, lists, vocabulary)?, min, max, capture, same_as })
}

fn predicate(file: &ElementFile, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Predicate, String> {
    let mut lower: Option<SymSet> = file.lower.as_ref().map(|words| words.iter().map(|word| vocabulary.add(word)).collect());
    if let Some(lemmas) = &file.lemma {
        let model = model::embedded().ok_or_else(|| needs_model("lemma"))?;
        let forms: SymSet = lemmas.iter().flat_map(|lemma| model.lexicon.inflections(lemma)).map(|form| vocabulary.add(&form)).collect();
        lower = Some(lower.map_or(forms.clone(), |named| named.intersection(&forms)));
    }
    if let Some(list) = &file.list {
        let listed: SymSet = lists.rows(list)?.iter().map(|row| vocabulary.add(row[0])).collect();
        lower = Some(lower.map_or(listed.clone(), |named| named.intersection(&listed)));
    }
    if let (None, Some(texts)) = (&lower, &file.text) {
        lower = Some(texts.iter().map(|text| vocabulary.add(text)).collect());
    }
    let shape = match &file.shape {
        Some(names) => Some(
            names
                .all()
                .iter()
                .map(|name| ShapeTest::parse(name).ok_or_else(|| format!("shape = \"{name}\": no such shape")))
                .collect::<Result<_, _>>()?,
        ),
        None => None,
    };
    Ok(Predicate {
        text: file.text.as_ref().map(|words| words.iter().map(|word| word.as_str().into()).collect()),
        lower,
        shape,
        tight: file.tight,
        tags: tags(file)?,
        possible: file.possible.as_deref().map(possible).transpose()?,
        impossible: file.impossible.as_deref().map(possible).transpose()?,
        frequency: frequency(file)?,
        regex: file.regex.as_deref().map(TokenRegex::compile).transpose()?,
        not: file.not.as_ref().map(|inner| predicate(inner, lists, vocabulary).map(Box::new)).transpose()?,
    })
}

/// The fine tags that `tag` and `inflection` leave.
fn tags(file: &ElementFile) -> Result<Option<FineSet>, String> {
    let mut tags = None;
    if let Some(names) = &file.tag {
        let mut named = FineSet::default();
        for name in names {
            named = named.or(Fine::of(name.parse().map_err(|error| format!("tag: {error}"))?));
        }
        tags = Some(named);
    }
    if let Some(names) = &file.inflection {
        let mut named = FineSet::default();
        for name in names {
            named = named.or(Fine::inflected(name).ok_or_else(|| format!("inflection = \"{name}\": no such inflection"))?);
        }
        tags = Some(tags.map_or(named, |tags| tags.and(named)));
    }
    if tags.is_some() && model::embedded().is_none_or(|model| model.tagger.is_none()) {
        return Err(needs_model("tag"));
    }
    Ok(tags)
}

/// The fine tags that `possible` or `impossible` names, by part of speech or inflection.
fn possible(names: &[String]) -> Result<FineSet, String> {
    if model::embedded().is_none() {
        return Err(needs_model("possible"));
    }
    let mut named = FineSet::default();
    for name in names {
        let tags = name.parse().ok().map(Fine::of).or_else(|| Fine::inflected(name));
        named = named.or(tags.ok_or_else(|| format!("\"{name}\" is neither a part of speech nor an inflection"))?);
    }
    Ok(named)
}

/// A band of Zipf frequencies (log10 of occurrences in a thousand million words): `[3.0, 8.0]`.
fn frequency(file: &ElementFile) -> Result<Option<(u8, u8)>, String> {
    let Some([least, most]) = file.frequency else { return Ok(None) };
    if !(0.0..=10.2).contains(&least) || !(least..=10.2).contains(&most) {
        return Err("frequency: expected two Zipf frequencies from 0 to 10, the smaller first".into());
    }
    if model::embedded().is_none() {
        return Err(needs_model("frequency"));
    }
    Ok(Some(((least * 25.0) as u8, (most * 25.0) as u8)))
}

/// How the message ends that a rule asks for a model which is not there.
pub(super) const NO_MODEL: &str = "needs a model of the language, and this program was built without one";

fn needs_model(key: &str) -> String {
    format!("`{key}` {NO_MODEL}")
}
