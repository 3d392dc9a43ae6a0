use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{RELATED, odd_one, rarer, times, usual_one};
use crate::detect::finding::{Candidate, Detector, Edit};
use crate::detect::registry::Parts;
use crate::detect::{Context, matcher};
use crate::language::{Annotated, Block, Shape, Sym, TokenKind};
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
    /// By form: whether sequences begin with it whose first word is named.
    starts: Vec<bool>,
    /// The sequences that may begin with any word.
    unnamed: Vec<usize>,
    /// The bytes with which those can begin.
    unnamed_bytes: Vec<bool>,
    /// All sequences.
    all: Vec<usize>,
    /// What looks like a form and is none.
    except: Vec<Sequence>,
    quoted: bool,
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
    /// Each describes it.
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
        starts: Vec::new(),
        first_bytes: [false; 256],
        unnamed: Vec::new(),
        unnamed_bytes: Vec::new(),
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
                    Some(forms) => forms.iter().for_each(|&form| mix.start_with(form)),
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
    mix.unnamed_bytes = (0..=255).map(begins).collect();
    Ok(Box::new(mix))
}

impl Detector for FormMix {
    fn captures(&self) -> &'static [&'static str] {
        &["rare", "rare_times", "common", "common_times"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let mut places: Vec<Vec<Vec<Span>>> = self.groups.iter().map(|forms| vec![Vec::new(); forms.len()]).collect();
        // Headlines and cross-heads have a style of their own ("US", "%").
        for block in doc.judged_blocks().filter(|block| block.role == Role::Body && !doc.is_heading(block)) {
            self.collect(doc, block, &mut places);
        }
        for (group, forms) in places.iter().enumerate() {
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
    fn start_with(&mut self, form: Sym) {
        let at = form.0 as usize;
        self.starts.resize(self.starts.len().max(at + 1), false);
        self.starts[at] = true;
    }

    fn collect(&self, doc: &Annotated, block: &Block, places: &mut [Vec<Vec<Span>>]) {
        for sentence in &doc.sentences[block.sentences.clone()] {
            // What stands with a handle or an address is pasted from elsewhere: a tweet, a credit.
            let pasted = doc.tokens[sentence.tokens.clone()].iter().any(|token| token.kind == TokenKind::Opaque);
            if !pasted {
                self.collect_sentence(doc, block, sentence.tokens.clone(), places);
            }
        }
    }

    fn collect_sentence(&self, doc: &Annotated, block: &Block, tokens: std::ops::Range<usize>, places: &mut [Vec<Vec<Span>>]) {
        for at in tokens {
            let token = &doc.tokens[at];
            if token.quoted && !self.quoted {
                continue;
            }
            if token.kind == TokenKind::Word
                && self.first_bytes[usize::from(doc.text.as_bytes()[token.span.start as usize])]
                && matches!(token.shape, Shape::Upper | Shape::Mixed | Shape::Capitalised)
            {
                let (span, word) = stem(doc, at);
                if let Some(&(group, form)) = self.words.get(word)
                    && !self.shouted(doc, block, at)
                    && !self.excepted(doc, block, at)
                {
                    places[group][form].push(span);
                }
            }
            let named = self.starts.get(token.lower.0 as usize).is_some_and(|&starts| starts);
            if !named && !self.unnamed_bytes[usize::from(doc.text.as_bytes()[token.span.start as usize])] {
                continue;
            }
            let tried = if named { &self.all } else { &self.unnamed };
            for (form, sequence) in tried.iter().map(|&index| &self.sequences[index]) {
                let opens =
                    sequence.elements.first().is_some_and(|element| element.min == 0 || element.predicate.holds(token, doc.word(at)));
                if opens
                    && let Some(matched) = matcher::match_at(doc, sequence, at, block.tokens.end)
                    && !self.excepted(doc, block, at)
                {
                    places[0][*form].push(doc.span(matched.tokens));
                    break;
                }
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

/// A word without its closing clitic and without what a hyphen joins to it: "US" of "US-led", "Iran" of "Iran’s".
fn stem<'d>(doc: &Annotated<'d>, at: usize) -> (Span, &'d str) {
    let host = doc.tokens[at].host();
    let text = host.of(doc.text);
    let end = text.find('-').unwrap_or(text.len());
    (Span { start: host.start, end: host.start + end as u32 }, &text[..end])
}
