//! From text to an annotated document: language, blocks, sentences, tokens, quotations. Knows no rules.

mod abbreviations;
mod annotate;
mod blocks;
mod class;
mod identify;
mod intern;
pub mod pieces;
mod quotes;
mod reading;
mod sentences;
mod token;
mod tokenize;

pub use abbreviations::{AbbreviationKind, Abbreviations};
pub use annotate::{Annotated, Annotator};
pub use blocks::{Block, BlockKind};
pub use identify::{Identified, LanguageCode, identify};
pub(crate) use intern::fold;
pub use intern::{Interner, Sym, SymSet, Vocabulary};
pub use quotes::{QuoteMark, QuoteRole};
pub use reading::{Read, Reading};
pub use sentences::{Sentence, Terminal};
pub use token::{Shape, Token, TokenKind};
