use std::ops::Range;

use super::abbreviations::Abbreviations;
use super::blocks::{self, Block, BlockKind};
use super::identify::{self, Identified, LanguageCode};
use super::quotes::{self, QuoteMark};
use super::sentences::{self, Sentence};
use super::tokenize::tokenize;
use super::{Interner, Reading, Token, TokenKind, Vocabulary};
use crate::model::{Facts, Fine};
use crate::text::{Part, Span};

/// Annotates documents. Built once; knows the language's abbreviations and the rules' vocabulary.
#[derive(Debug)]
pub struct Annotator {
    abbreviations: Abbreviations,
    function_words: identify::FunctionWords,
    expected: LanguageCode,
}

/// A document, annotated once for all rules. Indices are into `tokens`, `sentences`, `blocks`.
#[derive(Debug)]
pub struct Annotated<'t> {
    /// The checked text.
    pub text: &'t str,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// All sentences in order; together they hold every token.
    pub sentences: Vec<Sentence>,
    /// All blocks in order; together they hold every sentence.
    pub blocks: Vec<Block>,
    /// The tokens that are punctuation marks, in order.
    pub puncts: Vec<usize>,
    /// All quotation marks in order.
    pub quotes: Vec<QuoteMark>,
    /// The language of the document.
    pub language: Identified,
    /// The language that it was expected in.
    pub expected: LanguageCode,
    /// How many tokens are words or numbers.
    pub words: usize,
    /// What a model makes of it, where some rule asked for that.
    pub reading: Option<Reading>,
}

impl Annotator {
    /// An annotator with the embedded lists, for documents expected in one language.
    pub fn new(vocabulary: &mut Vocabulary, expected: LanguageCode) -> Annotator {
        Annotator { abbreviations: Abbreviations::embedded(), function_words: identify::FunctionWords::embedded(vocabulary), expected }
    }

    /// Reads a text once: blocks, tokens, quotations, sentences, language. Linear in the text.
    pub fn annotate<'t>(&self, text: &'t str, parts: &[Part], vocabulary: &Vocabulary) -> Annotated<'t> {
        let mut interner = Interner::new(vocabulary);
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut found_sentences = Vec::with_capacity(text.len() / 100);
        let mut found_blocks: Vec<Block> = Vec::new();
        let mut marks = Vec::new();
        for (span, role) in blocks::split(text, parts) {
            let (first_token, first_sentence) = (tokens.len(), found_sentences.len());
            tokenize(text, span, &self.abbreviations, &mut interner, &mut tokens);
            let range = first_token..tokens.len();
            if range.is_empty() {
                continue;
            }
            quotes::pair(text, &mut tokens, range.clone(), &mut marks);
            sentences::cut(text, &tokens, range.clone(), &self.abbreviations, &mut found_sentences);
            let words = count_words(&tokens[range.clone()]);
            found_blocks.push(Block {
                span,
                kind: sentences::kind(&found_sentences[first_sentence..], words),
                role,
                tokens: range,
                sentences: first_sentence..found_sentences.len(),
                foreign: false,
            });
        }
        let first_tokens: Vec<usize> = found_blocks.iter().map(|block| block.tokens.start).collect();
        quotes::link_paragraphs(&first_tokens, &mut marks, |token| first_tokens.partition_point(|&first| first <= token) - 1);
        let language = identify::document(text, &tokens, &self.function_words, self.expected);
        for block in &mut found_blocks {
            block.foreign = identify::is_foreign(block.span.of(text), &tokens[block.tokens.clone()], &self.function_words, &language);
        }
        let words = count_words(&tokens);
        let puncts = tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Punct).map(|(at, _)| at).collect();
        Annotated {
            text,
            tokens,
            sentences: found_sentences,
            blocks: found_blocks,
            puncts,
            quotes: marks,
            language,
            expected: self.expected,
            words,
            reading: None,
        }
    }
}

fn count_words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Opaque)).count()
}

impl Annotated<'_> {
    /// The text of the token `at`.
    pub fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    /// Whether the token `at` reads exactly `form`.
    pub fn is(&self, at: usize, form: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.span.of(self.text) == form)
    }

    /// The fine tag of the token `at`, where a model gave it one.
    pub fn tag(&self, at: usize) -> Option<Fine> {
        self.reading.as_ref().and_then(|reading| reading.tags.get(at)).copied()
    }

    /// What a model's lexicon knows of the token `at`, where the document was read with a model.
    pub fn facts(&self, at: usize) -> Option<&Facts> {
        self.reading.as_ref().map(|reading| reading.facts(at))
    }

    /// The span over a run of tokens, which holds at least one.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.tokens[tokens.start].span.to(self.tokens[tokens.end - 1].span)
    }

    /// The tokens that touch a span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The block that holds the token `at`.
    pub fn block_of(&self, at: usize) -> &Block {
        let next = self.blocks.partition_point(|block| block.tokens.start <= at);
        &self.blocks[next - 1]
    }

    /// The sentence that holds the token `at`.
    pub fn sentence_of(&self, at: usize) -> &Sentence {
        let next = self.sentences.partition_point(|sentence| sentence.tokens.start <= at);
        &self.sentences[next - 1]
    }

    /// The punctuation tokens of a block.
    pub fn puncts_of(&self, block: &Block) -> &[usize] {
        let first = self.puncts.partition_point(|&at| at < block.tokens.start);
        let count = self.puncts[first..].partition_point(|&at| at < block.tokens.end);
        &self.puncts[first..first + count]
    }

    /// The blocks whose running text can be judged by the rules of the document's language.
    pub fn judged_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| !block.foreign)
    }

    /// Whether a block is a heading by its form.
    pub fn is_heading(&self, block: &Block) -> bool {
        block.kind == BlockKind::Heading
    }
}
