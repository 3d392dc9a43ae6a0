//! Running text as numbers: every surface form once, every sentence as a run of them.

use rustc_hash::FxHashMap;

use super::prose::{self, Style};
use crate::language::{Annotator, LanguageCode, Vocabulary, fold, pieces};
use crate::model::{BOUNDARY, Gram, Lexicon};
use crate::text::{Part, Role, Span};

/// The number of the boundary between sentences.
const BREAK: u32 = 0;

/// Running text, annotated and numbered.
#[derive(Debug)]
pub struct Corpus {
    annotator: Annotator,
    vocabulary: Vocabulary,
    numbers: FxHashMap<Box<str>, u32>,
    surfaces: Vec<Surface>,
    texts: Vec<Text>,
}

#[derive(Debug)]
struct Surface {
    text: Box<str>,
    is_word: bool,
}

#[derive(Debug)]
struct Text {
    cells: Vec<u32>,
    weight: u32,
    cased: bool,
}

/// How often a form stands in mid-sentence, by the way it is written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Habits {
    pub(crate) lower: u64,
    pub(crate) capitalised: u64,
    pub(crate) upper: u64,
    /// Everywhere, sentence starts included.
    pub(crate) all: u64,
}

/// What a corpus tells about one surface form.
pub(crate) struct SurfaceCount<'c> {
    pub(crate) text: &'c str,
    pub(crate) is_word: bool,
    /// In mid-sentence, in texts that have capitals.
    pub(crate) inside: u64,
    /// Everywhere.
    pub(crate) all: u64,
}

/// Grams of a text with its weight.
pub(crate) struct GramText {
    pub(crate) grams: Vec<Gram>,
    pub(crate) weight: u32,
}

impl Corpus {
    /// An empty corpus of a language.
    pub fn new(language: LanguageCode) -> Corpus {
        let mut vocabulary = Vocabulary::default();
        let annotator = Annotator::new(&mut vocabulary, language);
        let boundary = Surface { text: "".into(), is_word: false };
        Corpus { annotator, vocabulary, numbers: FxHashMap::default(), surfaces: vec![boundary], texts: Vec::new() }
    }

    /// Adds a text: a paragraph a line. Damaged paragraphs are left out.
    pub fn add(&mut self, text: &str, style: Style, weight: u32) {
        let mut cells = vec![BREAK];
        for line in text.lines().filter(|line| !line.trim().is_empty() && !prose::is_damaged(line)) {
            match style {
                Style::Article => self.add_paragraph(line, &mut cells),
                Style::Tokenised | Style::Lower => self.add_paragraph(&prose::join(line.split_whitespace()), &mut cells),
            }
        }
        self.texts.push(Text { cells, weight, cased: style != Style::Lower });
    }

    fn add_paragraph(&mut self, paragraph: &str, cells: &mut Vec<u32>) {
        let whole = Part { span: Span::new(0, paragraph.len()), role: Role::Body };
        let doc = self.annotator.annotate(paragraph, &[whole], &self.vocabulary);
        for sentence in &doc.sentences {
            pieces::pieces(&doc, sentence.tokens.clone(), |piece| {
                let next = self.surfaces.len() as u32;
                let number = match self.numbers.get(piece.text) {
                    Some(&number) => number,
                    None => {
                        self.numbers.insert(piece.text.into(), next);
                        self.surfaces.push(Surface { text: piece.text.into(), is_word: piece.is_word });
                        next
                    }
                };
                cells.push(number);
            });
            cells.push(BREAK);
        }
    }

    /// Running words and marks, each text as often as its weight.
    pub fn running_words(&self) -> u64 {
        self.texts.iter().map(|text| text.cells.iter().filter(|&&cell| cell != BREAK).count() as u64 * u64::from(text.weight)).sum()
    }

    /// How often each surface form occurs, in order of first occurrence.
    pub(crate) fn counts(&self) -> Vec<SurfaceCount<'_>> {
        let mut counts: Vec<SurfaceCount> =
            self.surfaces.iter().map(|it| SurfaceCount { text: &it.text, is_word: it.is_word, inside: 0, all: 0 }).collect();
        for text in &self.texts {
            for pair in text.cells.windows(2) {
                let count = &mut counts[pair[1] as usize];
                count.all += u64::from(text.weight);
                if text.cased && pair[0] != BREAK {
                    count.inside += u64::from(text.weight);
                }
            }
        }
        counts.remove(BREAK as usize);
        counts
    }

    /// The texts as the n-grams will see them.
    pub(crate) fn grams(&self, lexicon: &Lexicon) -> Vec<GramText> {
        let mut folded = String::new();
        let mut known = |starts: bool| -> Vec<Gram> {
            let gram = |it: &Surface| pieces::gram(lexicon, &lexicon.facts(fold(&it.text, &mut folded)), &it.text, starts);
            self.surfaces.iter().map(gram).collect()
        };
        let (inside, at_start) = (known(false), known(true));
        let gram_text = |text: &Text| {
            let mut before = BREAK;
            let one = |&cell: &u32| {
                let starts = std::mem::replace(&mut before, cell) == BREAK;
                match (cell, starts) {
                    (BREAK, _) => BOUNDARY,
                    (cell, true) => at_start[cell as usize],
                    (cell, false) => inside[cell as usize],
                }
            };
            GramText { grams: text.cells.iter().map(one).collect(), weight: text.weight }
        };
        self.texts.iter().map(gram_text).collect()
    }
}

/// Sums the counts of surface forms that fold to one form.
pub(crate) fn habits(counts: &[SurfaceCount]) -> FxHashMap<String, Habits> {
    let mut sums: FxHashMap<String, Habits> = FxHashMap::default();
    let mut folded = String::new();
    for count in counts.iter().filter(|count| !count.text.bytes().any(|byte| byte.is_ascii_digit())) {
        let sum = sums.entry(fold(count.text, &mut folded).to_owned()).or_default();
        sum.all += count.all;
        match pieces::shape(count.text) {
            crate::language::Shape::Lower => sum.lower += count.inside,
            crate::language::Shape::Upper => sum.upper += count.inside,
            crate::language::Shape::Other => {}
            _ => sum.capitalised += count.inside,
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_counted_inside_sentences_only() {
        let mut corpus = Corpus::new(LanguageCode("en"));
        corpus.add("Police told us that US police left. Us they told.\nHe said ?lost this.", Style::Article, 2);
        let counts = corpus.counts();
        let habits = habits(&counts);
        let us = habits["us"];
        assert_eq!((us.lower, us.upper, us.capitalised, us.all), (2, 2, 0, 6));
        assert!(!habits.contains_key("lost"));
    }
}
