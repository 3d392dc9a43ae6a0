//! Learns the decisions of a model: which words an editor would change, and which repairs are called for.
//!
//! Words are learnt from machine translations that editors corrected, and from sound text. Repairs are learnt from sound text
//! that the n-grams have not counted: damaged, the searcher must propose the way back; undamaged, whatever it proposes is wrong.

use std::fmt::Write as _;

use super::damage::{Chance, Damage, DamageKind, apply, damage};
use super::trees::{Growth, Rows, grow};
use crate::fluency::{Kind, Proposal, REPAIR_FEATURES, Searcher, WORD_FEATURES, word_features};
use crate::language::{Annotated, Annotator, LanguageCode, Reading, Vocabulary};
use crate::model::{Forest, Model, ModelError, format};
use crate::text::{Part, Role, Span};

/// A sentence whose words an editor kept or changed.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The sentence.
    pub text: String,
    /// Its words: start and end in code points, and whether the editor changed or removed it.
    pub words: Vec<(usize, usize, bool)>,
}

/// What decisions are learnt from.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// Machine translations with an editor's verdict on each word.
    pub judged: Vec<Judged>,
    /// Sound articles that the n-grams have not counted.
    pub sound: Vec<String>,
}

/// A model with its decisions, and a table of what they reach on articles kept for measuring.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The model's file.
    pub model: Vec<u8>,
    /// For people: false alarms and finds by threshold.
    pub table: String,
}

/// One article in so many is kept for measuring the repairs.
const MEASURED: usize = 5;
/// Each article is damaged so often, each time at other places.
const ROUNDS: u64 = 8;
/// What a word of sound text counts beside a word of a judged translation.
const SOUND_WEIGHT: f32 = 0.15;

/// Learns the decisions and puts them into the model, in the place of those that it has.
///
/// # Errors
/// If the model can't be opened.
pub fn decide(model: &[u8], examples: &Examples) -> Result<Decided, ModelError> {
    let opened = Model::from_bytes(model)?;
    let reader = Reader::new(&opened);
    let mut sections: Vec<(&'static str, Vec<u8>)> = vec![(crate::fluency::WORD_SECTION, words(&reader, examples))];
    let mut table = String::new();
    let (learnt, measured) = repair_rows(&reader, &examples.sound)?;
    for (kind, rows) in Kind::ALL.into_iter().zip(&learnt) {
        let bytes = grow(rows, Growth { trees: 120, rate: 0.12, least: 4.0 });
        let forest = Forest::open(&bytes, REPAIR_FEATURES, kind.section())?;
        let measured = &measured.by_kind[kind as usize];
        reliability(kind, &forest, measured, &mut table, measured_words(&examples.sound, &reader));
        sections.push((kind.section(), bytes));
    }
    Ok(Decided { model: format::replace(model, &sections)?, table })
}

/// Annotates and reads texts.
struct Reader<'m> {
    model: &'m Model<'m>,
    annotator: Annotator,
    vocabulary: Vocabulary,
}

impl<'m> Reader<'m> {
    fn new(model: &'m Model<'m>) -> Reader<'m> {
        let mut vocabulary = Vocabulary::default();
        let annotator = Annotator::new(&mut vocabulary, LanguageCode::parse(model.language()).unwrap_or(LanguageCode::ENGLISH));
        Reader { model, annotator, vocabulary }
    }

    fn read<'t>(&self, text: &'t str) -> Annotated<'t> {
        let whole = Part { span: Span::new(0, text.len()), role: Role::Body };
        let mut doc = self.annotator.annotate(text, &[whole], &self.vocabulary);
        doc.reading = Some(Reading::new(&doc, self.model));
        doc
    }
}

fn words(reader: &Reader, examples: &Examples) -> Vec<u8> {
    let mut rows = Rows::new(WORD_FEATURES);
    let mut add = |text: &str, weight: f32, bad: &dyn Fn(Span) -> bool| {
        let doc = reader.read(text);
        let Some(reading) = &doc.reading else { return };
        for sentence in 0..reading.sentences.len() {
            word_features(&doc, reading, sentence, &reader.model.ngrams, |token, features| {
                rows.push(features, bad(doc.tokens[token].span), weight);
            });
        }
    };
    for judged in &examples.judged {
        let mut bytes: Vec<(usize, usize, bool)> = Vec::new();
        let starts: Vec<usize> = judged.text.char_indices().map(|(at, _)| at).chain([judged.text.len()]).collect();
        for &(start, end, bad) in &judged.words {
            if let (Some(&start), Some(&end)) = (starts.get(start), starts.get(end)) {
                bytes.push((start, end, bad));
            }
        }
        add(&judged.text, 1.0, &|span| {
            bytes.iter().any(|(start, end, bad)| *bad && *start < span.end as usize && (span.start as usize) < *end)
        });
    }
    for text in &examples.sound {
        add(text, SOUND_WEIGHT, &|_| false);
    }
    grow(&rows, Growth { trees: 500, rate: 0.1, least: 20.0 })
}

/// Proposals kept for measuring: their features, and whether they are the way back.
struct Measured {
    by_kind: [Vec<([i16; REPAIR_FEATURES], Option<bool>)>; 5],
    damages: [usize; 5],
}

fn repair_of(kind: DamageKind) -> Option<Kind> {
    Some(match kind {
        DamageKind::Swap => Kind::Swap,
        DamageKind::Function => Kind::Function,
        DamageKind::Inflect => Kind::Inflect,
        DamageKind::Extra => Kind::Delete,
        DamageKind::DropFunction | DamageKind::DropConjunction => Kind::Insert,
        _ => return None,
    })
}

fn repair_rows(reader: &Reader, sound: &[String]) -> Result<([Rows; 5], Measured), ModelError> {
    let searcher = Searcher::open(reader.model)?;
    let mut learnt = [const { None::<Rows> }; 5].map(|_| Rows::new(REPAIR_FEATURES));
    let mut measured = Measured { by_kind: Default::default(), damages: [0; 5] };
    for (number, text) in sound.iter().enumerate() {
        let for_measuring = number % MEASURED == 0;
        let doc = reader.read(text);
        // What is proposed in the sound text is wrong.
        propose(&searcher, &doc, |proposal| {
            if for_measuring {
                measured.by_kind[proposal.kind as usize].push((proposal.features, None));
            } else {
                learnt[proposal.kind as usize].push(&proposal.features, false, 1.0);
            }
        });
        for round in 0..ROUNDS {
            let damages = damages(reader, &doc, number as u64 * ROUNDS + round);
            let (damaged, places) = apply(text, &damages);
            damages
                .iter()
                .filter_map(|damage| repair_of(damage.kind))
                .for_each(|kind| measured.damages[kind as usize] += usize::from(for_measuring));
            let damaged = reader.read(&damaged);
            propose(&searcher, &damaged, |proposal| {
                let span = damaged.span(proposal.tokens.clone()).range();
                let Some(at) = places.iter().position(|place| place.start < span.end && span.start < place.end) else { return };
                let (damage, kind) = (&damages[at], proposal.kind);
                if repair_of(damage.kind) != Some(kind) || !leads_back(proposal, damage, text) {
                    return;
                }
                if for_measuring {
                    measured.by_kind[kind as usize].push((proposal.features, Some(true)));
                } else {
                    learnt[kind as usize].push(&proposal.features, true, 1.0);
                }
            });
        }
    }
    Ok((learnt, measured))
}

fn leads_back(proposal: &Proposal, damage: &Damage, text: &str) -> bool {
    match proposal.kind {
        Kind::Function | Kind::Inflect | Kind::Swap => proposal.text == text[damage.was.clone()],
        // The extra word is the first of the damage; the proposal keeps the word before it.
        Kind::Delete => damage.text.split(' ').next() == proposal.removed.as_deref(),
        Kind::Insert => proposal.text == text[damage.was.clone()],
    }
}

fn propose(searcher: &Searcher, doc: &Annotated, mut visit: impl FnMut(&Proposal)) {
    let Some(reading) = &doc.reading else { return };
    let mut proposals = Vec::new();
    for sentence in 0..reading.sentences.len() {
        proposals.clear();
        searcher.proposals(doc, reading, sentence, &Kind::ALL, &mut proposals);
        proposals.iter().for_each(&mut visit);
    }
}

/// One sentence in two is damaged, in one of the ways that a repair leads back from.
fn damages(reader: &Reader, doc: &Annotated, seed: u64) -> Vec<Damage> {
    const KINDS: [DamageKind; 6] = [
        DamageKind::Swap,
        DamageKind::Function,
        DamageKind::Inflect,
        DamageKind::Extra,
        DamageKind::DropFunction,
        DamageKind::DropConjunction,
    ];
    let mut chance = Chance::new(seed);
    (0..doc.sentences.len())
        .filter_map(|sentence| {
            let kind = KINDS[chance.below(KINDS.len())];
            if chance.below(2) == 0 { damage(doc, sentence, kind, &reader.model.lexicon, &mut chance) } else { None }
        })
        .collect()
}

fn measured_words(sound: &[String], reader: &Reader) -> usize {
    sound.iter().step_by(MEASURED).map(|text| reader.read(text).words).sum()
}

/// For each threshold: false alarms per 1,000 sound words, and the ways back found among those proposed.
fn reliability(kind: Kind, forest: &Forest, measured: &[([i16; REPAIR_FEATURES], Option<bool>)], table: &mut String, words: usize) {
    let mut sound: Vec<f32> = Vec::new();
    let mut right: Vec<f32> = Vec::new();
    for (features, is_right) in measured {
        let odds = forest.log_odds(features);
        if is_right.is_some() { right.push(odds) } else { sound.push(odds) }
    }
    let _ = writeln!(table, "{} ({} proposals on {words} sound words, {} right ones)", kind.name(), sound.len(), right.len());
    for threshold in [0.0, 1.0, 2.0, 2.5, 3.2, 4.0, 4.5, 5.5f32] {
        let above = |all: &[f32]| all.iter().filter(|odds| **odds >= threshold).count();
        let (right, wrong) = (above(&right), above(&sound));
        let rate = 1000.0 * wrong as f64 / words.max(1) as f64;
        let _ = writeln!(table, "  log-odds {threshold:>4}: {right} right, {wrong} false ({rate:.3} per 1,000 sound words)");
    }
}
