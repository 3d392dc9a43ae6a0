//! Trains the tagger's section on tagged text, with the facts of the lexicon that it will see when it tags.

use super::TrainingError;
use crate::language::fold;
use crate::model::tagged_text::{TaggedSentence, join_compounds, read_brown, read_conllu, read_penn};
use crate::model::tagger_train::{Lesson, Training, train};
use crate::model::{Casing, Lexicon, WordFacts};

/// Tagged text by its convention. The treebank's conventions are those that the tagger learns.
#[derive(Clone, Debug, Default)]
pub struct TaggedTexts {
    /// CoNLL-U with universal and Penn tags.
    pub treebank: String,
    /// Files with Penn tags.
    pub penn: Vec<String>,
    /// Files with Brown tags.
    pub brown: Vec<String>,
}

/// The part of a treebank's documents, by the hash of their ids, that no tagger learns from.
pub const HELD_OUT: u64 = 0;

/// The tagger's section.
pub(super) fn build(texts: &TaggedTexts, lexicon: &Lexicon) -> Result<Vec<u8>, TrainingError> {
    let treebank = read_conllu(&texts.treebank)
        .map_err(|line| TrainingError::Row { list: "treebank".into(), line, message: "no row of CoNLL-U".into() })?
        .into_iter()
        .filter(|document| document.part != HELD_OUT)
        .flat_map(|document| document.sentences)
        .collect::<Vec<_>>();
    // Once as the treebank has it, once with compounds whole, as running text has them.
    let whole = treebank.iter().filter_map(join_compounds).collect::<Vec<_>>();
    let mut domains = vec![treebank.iter().chain(&whole).map(|sentence| lessons(sentence, lexicon)).collect::<Vec<_>>()];
    let penn = texts.penn.iter().map(|text| read_penn(text));
    let brown = texts.brown.iter().map(|text| read_brown(text));
    let compounds_whole = |sentence: &TaggedSentence| lessons(join_compounds(sentence).as_ref().unwrap_or(sentence), lexicon);
    domains.extend(penn.chain(brown).map(|sentences| sentences.iter().map(compounds_whole).collect()));
    Ok(train(&domains, Training::default(), |_| ()).to_bytes())
}

/// What the tagger sees of a sentence.
pub fn lessons(sentence: &TaggedSentence, lexicon: &Lexicon) -> Vec<Lesson> {
    let mut folded = String::new();
    sentence
        .words
        .iter()
        .map(|word| {
            let folded = fold(&word.form, &mut folded).to_owned();
            let facts = WordFacts::from(&lexicon.facts(&folded));
            Lesson { casing: Casing::of(&word.form), facts, allowed: word.allowed, folded }
        })
        .collect()
}
