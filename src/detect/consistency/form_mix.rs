use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{RELATED, odd_one, rarer, times, usual_one};
use crate::detect::finding::{Candidate, Detector, Edit};
use crate::detect::registry::Parts;
use crate::detect::{Context, matcher};
use crate::language::{Annotated, Block, Shape, SymSet, Token, TokenKind};
use crate::rule::Sequence;
use crate::text::{Role, Span};

/// One thing written in two forms in one article. Which forms exclude each other is data: groups of words in a list,
/// or forms described by token sequences.
struct FormMix {
    /// Word to its group and form.
    words: FxHashMap<String, (usize, usize)>,
    /// The bytes with which those words begin.
    first_bytes: [bool; 256],
    /// The names of the forms, by group.
    groups: Vec<Vec<String>>,
    /// The sequences of the group 0, each with its form.
    sequences: Vec<(usize, Sequence)>,
    /// The forms with which sequences begin whose first word is named.
    starts: SymSet,
    /// The sequences that may begin with any word.
    unnamed: Vec<usize>,
    /// The bytes with which those can begin.
    unnamed_bytes: [bool; 256],
    /// The bytes of either kind.
    bytes: [bool; 256],
    /// All sequences.
    all: Vec<usize>,
    /// What looks like a form and is none.
    except: Vec<Sequence>,
    quoted: bool,
}

/// Where a form stands.
struct Place {
    group: usize,
    form: usize,
    span: Span,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// A list whose rows are: form, other form, reason.
    words: Option<String>,
    #[serde(default)]
    forms: Vec<FormOptions>,
    #[serde(default)]
    except: Vec<ExceptOptions>,
    /// Whether places inside quotation marks count.
    #[serde(default)]
    quoted: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormOptions {
    /// How the form is called in messages.
    name: String,
    /// Each describes it. What a sequence captures is the form; without a capture the whole match is.
    sequences: Vec<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExceptOptions {
    reason: String,
    sequence: toml::Value,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let options: Options = parts.options()?;
    let mut mix = FormMix {
        words: FxHashMap::default(),
        groups: Vec::new(),
        sequences: Vec::new(),
        starts: SymSet::default(),
        first_bytes: [false; 256],
        unnamed: Vec::new(),
        unnamed_bytes: [false; 256],
        bytes: [false; 256],
        all: Vec::new(),
        except: Vec::new(),
        quoted: options.quoted,
    };
    if !options.forms.is_empty() {
        mix.groups.push(options.forms.iter().map(|form| form.name.clone()).collect());
        for (form, described) in options.forms.into_iter().enumerate() {
            for sequence in described.sequences {
                let sequence = Sequence::from_options(sequence, parts.lists, parts.vocabulary)?;
                match sequence.elements[0].predicate.literals().filter(|_| sequence.elements[0].min > 0) {
                    Some(forms) => forms.iter().for_each(|form| mix.starts.insert(form)),
                    None => mix.unnamed.push(mix.sequences.len()),
                }
                mix.sequences.push((form, sequence));
            }
        }
    }
    if let Some(path) = options.words {
        for row in parts.lists.rows(&path)? {
            for word in row.iter().take(2) {
                mix.first_bytes[usize::from(word.as_bytes()[0])] = true;
            }
            let [first, second, ..] = row.as_slice() else { return Err(format!("{path}: \"{}\" stands alone", row[0])) };
            let group = mix.groups.len();
            mix.words.insert((*first).to_owned(), (group, 0));
            mix.words.insert((*second).to_owned(), (group, 1));
            mix.groups.push(vec![(*first).to_owned(), (*second).to_owned()]);
        }
    }
    for except in options.except {
        if except.reason.trim().is_empty() {
            return Err("options: an exception needs a reason".into());
        }
        mix.except.push(Sequence::from_options(except.sequence, parts.lists, parts.vocabulary)?);
    }
    mix.all = (0..mix.sequences.len()).collect();
    let begins = |byte| {
        mix.unnamed.iter().any(|&at| mix.sequences[at].1.elements[0].min == 0 || mix.sequences[at].1.elements[0].predicate.may_begin(byte))
    };
    mix.unnamed_bytes = std::array::from_fn(|byte| begins(byte as u8));
    mix.bytes = std::array::from_fn(|byte| mix.first_bytes[byte] || mix.unnamed_bytes[byte]);
    Ok(Box::new(mix))
}

impl Detector for FormMix {
    fn captures(&self) -> &'static [&'static str] {
        &["rare", "rare_times", "common", "common_times"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let mut places = Vec::new();
        // Headlines and cross-heads have a style of their own ("US", "%").
        for block in doc.judged_blocks().filter(|block| block.role == Role::Body && !doc.is_heading(block)) {
            self.collect(doc, block, &mut places);
        }
        let mut groups: BTreeMap<usize, Vec<Vec<Span>>> = BTreeMap::new();
        for Place { group, form, span } in places {
            groups.entry(group).or_insert_with(|| vec![Vec::new(); self.groups[group].len()])[form].push(span);
        }
        for (group, forms) in groups {
            let forms = forms.as_slice();
            let Some(odd) = odd_one(forms) else { continue };
            let Some(usual) = usual_one(forms, odd) else { continue };
            let Some(mut candidate) = rarer(&forms[odd]) else { continue };
            // The repair of words is the other word, at every place; what sequences describe is rewritten by hand.
            if !self.words.is_empty() {
                let edit = |span: &Span| Edit { span: *span, text: self.groups[group][usual].clone() };
                candidate.also = forms[odd][1..].iter().take(RELATED).map(edit).collect();
            }
            let grade = match (forms[odd].len(), forms[usual].len()) {
                (1, 1) => "even",
                (_, usual) if usual >= 3 => "settled",
                _ => "loose",
            };
            let quote = |form: usize| self.groups[group][form].clone();
            found.push(
                candidate
                    .graded(grade)
                    .with("rare", quote(odd))
                    .with("rare_times", times(forms[odd].len()))
                    .with("common", quote(usual))
                    .with("common_times", times(forms[usual].len())),
            );
        }
    }
}

impl FormMix {
    fn collect(&self, doc: &Annotated, block: &Block, places: &mut Vec<Place>) {
        // The last sentence asked about, by its end, and the answer.
        let mut judged = (0, false);
        for (offset, token) in doc.tokens[block.tokens.clone()].iter().enumerate() {
            let at = block.tokens.start + offset;
            let byte = usize::from(doc.text.as_bytes()[token.span.start as usize]);
            let named = self.starts.contains(&token.lower);
            if !(named || self.bytes[byte]) || token.quoted && !self.quoted {
                continue;
            }
            if at >= judged.0 {
                let sentence = &doc.sentence_of(at).tokens;
                judged = (sentence.end, is_pasted(&doc.tokens[sentence.clone()]));
            }
            if judged.1 {
                continue;
            }
            if self.first_bytes[byte] {
                self.collect_word(doc, block, at, places);
            }
            if named || self.unnamed_bytes[byte] {
                self.collect_sequence(doc, block, at, if named { &self.all } else { &self.unnamed }, places);
            }
        }
    }

    fn collect_word(&self, doc: &Annotated, block: &Block, at: usize, places: &mut Vec<Place>) {
        let token = &doc.tokens[at];
        if token.kind != TokenKind::Word || !matches!(token.shape, Shape::Upper | Shape::Mixed | Shape::Capitalised) {
            return;
        }
        let (span, word) = stem(doc, at);
        if let Some(&(group, form)) = self.words.get(word)
            && !self.shouted(doc, block, at)
            && !self.excepted(doc, block, at)
        {
            places.push(Place { group, form, span });
        }
    }

    /// The first of the sequences `tried` that matches at a token.
    fn collect_sequence(&self, doc: &Annotated, block: &Block, at: usize, tried: &[usize], places: &mut Vec<Place>) {
        for (form, sequence) in tried.iter().map(|&index| &self.sequences[index]) {
            if let Some(matched) = matcher::match_at(doc, sequence, at, block.tokens.end)
                && !self.excepted(doc, block, at)
            {
                places.push(Place {
                    group: 0,
                    form: *form,
                    span: doc.span(matched.captures.into_iter().find(|capture| !capture.is_empty()).unwrap_or(matched.tokens)),
                });
                break;
            }
        }
    }

    fn excepted(&self, doc: &Annotated, block: &Block, at: usize) -> bool {
        self.except.iter().any(|sequence| matcher::covers(doc, sequence, &block.tokens, &(at..at + 1)))
    }

    /// Whether a word in capitals stands among others: "GIVE US A CHANCE" names no country.
    fn shouted(&self, doc: &Annotated, block: &Block, at: usize) -> bool {
        let upper = |at: usize| {
            let token = &doc.tokens[at];
            token.is_word() && token.shape == Shape::Upper && token.span.len() > 4 && !doc.word(at).contains('.')
        };
        at > block.tokens.start && upper(at - 1) && at + 1 < block.tokens.end && upper(at + 1)
    }
}

/// What stands with a handle or an address is pasted from elsewhere: a tweet, a credit.
fn is_pasted(sentence: &[Token]) -> bool {
    sentence.iter().any(|token| token.kind == TokenKind::Opaque)
}

/// A word without its closing clitic and without what a hyphen joins to it: "US" of "US-led", "Iran" of "Iran’s".
fn stem<'d>(doc: &Annotated<'d>, at: usize) -> (Span, &'d str) {
    let host = doc.tokens[at].host();
    let text = host.of(doc.text);
    let end = text.find('-').unwrap_or(text.len());
    (Span { start: host.start, end: host.start + end as u32 }, &text[..end])
}
