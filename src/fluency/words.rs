//! How likely an editor would change each word.

use crate::language::{Annotated, Reading, TokenKind};
use crate::model::{CLASSES, Forest, FormatError, Gram, Model, Ngrams};

/// How many features a word has.
pub const WORD_FEATURES: usize = 46;
/// The section of the model that decides by them.
pub(crate) const WORD_SECTION: &str = "FWRD";
/// What stands for "not within reach" among distances.
const FAR: i16 = 20;

/// Decides about words.
#[derive(Clone, Copy, Debug)]
pub struct WordJudge<'m> {
    forest: Forest<'m>,
    ngrams: Ngrams<'m>,
}

impl<'m> WordJudge<'m> {
    /// Opens the decision of a model; `None` if the model has none.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn open(model: &Model<'m>) -> Result<Option<WordJudge<'m>>, FormatError> {
        let forest = model.forest(WORD_SECTION, WORD_FEATURES)?;
        Ok(forest.map(|forest| WordJudge { forest, ngrams: model.ngrams }))
    }

    /// For each token how likely an editor would change it, 0 to 1; 0 for quotation marks, which the model does not read.
    pub fn scores(&self, doc: &Annotated, reading: &Reading) -> Vec<f32> {
        let mut scores = vec![0f32; doc.tokens.len()];
        for sentence in 0..reading.sentences.len() {
            word_features(doc, reading, sentence, &self.ngrams, |token, features| {
                scores[token] = scores[token].max(self.forest.probability(features));
            });
        }
        scores
    }
}

/// Visits the pieces of a sentence: their token and their features.
pub fn word_features(
    doc: &Annotated,
    reading: &Reading,
    sentence: usize,
    ngrams: &Ngrams,
    mut visit: impl FnMut(usize, &[i16; WORD_FEATURES]),
) {
    let range = reading.sentences[sentence].clone();
    let pieces = &reading.pieces;
    let count = range.len() as i32;
    if count == 0 {
        return;
    }
    let (mut forward, mut backward, mut classes, mut strange, mut most) = (0i32, 0i32, 0i32, 0i32, 0i32);
    for at in range.clone() {
        forward += i32::from(pieces[at].forward);
        backward += i32::from(pieces[at].backward);
        classes += i32::from(pieces[at].gram < CLASSES);
        strange += i32::from(!ngrams.knows_pair(pieces[at - 1].gram, pieces[at].gram));
        most = most.max(i32::from(pieces[at].forward).min(i32::from(pieces[at].backward)));
    }
    for at in range.clone() {
        let gram = |offset: isize| -> Gram { pieces.get(at.wrapping_add_signed(offset)).map_or(0, |read| read.gram) };
        let inside = |offset: isize| {
            let place = at.wrapping_add_signed(offset);
            range.contains(&place).then(|| &pieces[place])
        };
        let f = |offset: isize| inside(offset).map_or(0, |read| i16::from(read.forward));
        let b = |offset: isize| inside(offset).map_or(0, |read| i16::from(read.backward));
        let alone = |offset: isize| ngrams.alone(gram(offset)) as i16;
        let tag = |offset: isize| inside(offset).and_then(|read| doc.tag(read.token as usize)).map_or(-1, |tag| tag as i16);
        let known = |offset: isize| i16::from(ngrams.knows_pair(gram(offset - 1), gram(offset)));
        let token = pieces[at].token as usize;
        let facts = reading.facts(token);
        let it = &doc.tokens[token];
        let without = ngrams.forward([gram(-2), gram(-1)], gram(1)) + ngrams.forward([gram(-1), gram(1)], gram(2));
        let swapped = |first: isize| {
            let seq = [gram(first - 2), gram(first - 1), gram(first + 1), gram(first), gram(first + 2), gram(first + 3)];
            let now = [gram(first - 2), gram(first - 1), gram(first), gram(first + 1), gram(first + 2), gram(first + 3)];
            (ngrams.stretch(&now) - ngrams.stretch(&seq)).clamp(-500, 500) as i16
        };
        let near = |step: isize| {
            (1..=6).find(|distance| inside(step * distance).is_some_and(|read| read.gram == pieces[at].gram && it.kind == TokenKind::Word))
        };
        let window = (-3..=3).map(|offset| f(offset) + b(offset)).sum::<i16>();
        let features = [
            f(0),
            b(0),
            f(1),
            b(-1),
            f(-1),
            b(1),
            f(2),
            b(-2),
            alone(0),
            alone(-1),
            alone(1),
            f(0) - alone(0),
            b(0) - alone(0),
            f(1) - alone(1),
            b(-1) - alone(-1),
            known(0) + 2 * known(1),
            known(-1) + 2 * known(2),
            f(0) + f(1) + f(2) - without as i16,
            swapped(0),
            swapped(-1),
            i16::from(facts.frequency),
            i16::from(facts.capitalised),
            if gram(0) < CLASSES { gram(0) as i16 } else { 0 },
            i16::from(facts.in_dictionary),
            tag(-3),
            tag(-2),
            tag(-1),
            tag(0),
            tag(1),
            tag(2),
            tag(3),
            (forward * 4 / count) as i16,
            (backward * 4 / count) as i16,
            count.min(1000) as i16,
            (strange * 100 / count) as i16,
            (classes * 100 / count) as i16,
            ((at - range.start) as i16).min(FAR),
            ((range.end - 1 - at) as i16).min(FAR),
            near(-1).map_or(FAR, |distance| distance as i16),
            near(1).map_or(FAR, |distance| distance as i16),
            gram(0).min(2000) as i16,
            it.shape as i16,
            (it.span.range().len() as i16).min(30),
            window,
            i16::from(it.quoted),
            most as i16,
        ];
        visit(token, &features);
    }
}
