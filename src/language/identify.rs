//! Which language a text is in. The expected one is believed until the text is surely in another.

use super::{SymSet, Token, TokenKind, Vocabulary};
use crate::data;

/// A language as its ISO 639-1 code ("en"), or the ISO 639-3 code of whatlang where there is no shorter one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LanguageCode(pub &'static str);

impl LanguageCode {
    /// English.
    pub const ENGLISH: LanguageCode = LanguageCode("en");

    /// A language that whatlang can tell apart, by either code.
    pub fn parse(code: &str) -> Option<LanguageCode> {
        whatlang::Lang::all()
            .iter()
            .map(|lang| short(*lang))
            .zip(whatlang::Lang::all())
            .find(|(short, lang)| short.0 == code || lang.code() == code)
            .map(|(short, _)| short)
    }
}

/// A language and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Identified {
    /// The language.
    pub code: LanguageCode,
    /// 0..1: whatlang's own confidence, or the share of expected function words where they settled it.
    pub confidence: f64,
}

/// The commonest function words of English; a text without any is not English prose.
#[derive(Debug)]
pub(super) struct FunctionWords(SymSet);

impl FunctionWords {
    pub(super) fn embedded(vocabulary: &mut Vocabulary) -> FunctionWords {
        let list = data::embedded("lists/function-words.tsv").expect("the list is embedded");
        FunctionWords(data::rows(list).map(|row| vocabulary.add(row[0])).collect())
    }

    /// How many of the tokens are words, and how many of those are function words.
    fn share(&self, tokens: &[Token]) -> (usize, usize) {
        let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
        words.fold((0, 0), |(all, known), token| (all + 1, known + usize::from(self.0.contains(&token.lower))))
    }
}

/// whatlang reads at most this many bytes.
const SAMPLE: usize = 1024;
/// Fewer words than this are names and headlines as often as language.
const ENOUGH_WORDS: usize = 12;
/// Human English news has 0.35 to 0.5 function words of this list a word; word salad keeps them too.
const PLAINLY_ENGLISH: f64 = 0.2;

/// The language of a text: what whatlang reads in its first 1,024 bytes, or `None` where it is not reliable.
pub fn identify(text: &str) -> Option<Identified> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = whatlang::detect(&text[..end])?;
    info.is_reliable().then(|| Identified { code: short(info.lang()), confidence: info.confidence() })
}

/// The document's language. English prose is known by its function words; only a text that lacks them is put to whatlang.
pub(super) fn document(text: &str, tokens: &[Token], function_words: &FunctionWords, expected: LanguageCode) -> Identified {
    let head = &tokens[..tokens.partition_point(|token| (token.span.end as usize) <= 4 * SAMPLE)];
    let (words, known) = function_words.share(head);
    let share = known as f64 / words.max(1) as f64;
    if expected == LanguageCode::ENGLISH && share >= PLAINLY_ENGLISH {
        return Identified { code: expected, confidence: 0.99 };
    }
    // The first words may be a name or a credit: identification starts at the first word.
    let start = tokens.iter().find(|token| token.kind == TokenKind::Word).map_or(0, |token| token.span.start as usize);
    match identify(&text[start..]) {
        Some(found) if words >= ENOUGH_WORDS || is_other_script(text) => found,
        _ => Identified { code: expected, confidence: share.clamp(0.01, 0.99) },
    }
}

/// Whether a paragraph of an English document is surely in another language.
pub(super) fn is_foreign(text: &str, tokens: &[Token], function_words: &FunctionWords, document: &Identified) -> bool {
    if document.code != LanguageCode::ENGLISH {
        return false;
    }
    let (words, known) = function_words.share(tokens);
    if words < ENOUGH_WORDS && !is_other_script(text) || known as f64 >= 0.1 * words as f64 {
        return false;
    }
    identify(text).is_some_and(|found| found.code != document.code && found.confidence > 0.9)
}

/// Whether the text starts in a script that English is not written in.
fn is_other_script(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(60);
    let other = letters().filter(|&c| c as u32 > 0x24F).count();
    other * 2 > letters().count()
}

fn short(lang: whatlang::Lang) -> LanguageCode {
    use whatlang::Lang;
    LanguageCode(match lang {
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Mkd => "mk",
        Lang::Srp => "sr",
        Lang::Hrv => "hr",
        Lang::Slv => "sl",
        Lang::Slk => "sk",
        Lang::Ces => "cs",
        Lang::Pol => "pl",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Nld => "nl",
        Lang::Afr => "af",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Cat => "ca",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Guj => "gu",
        Lang::Pan => "pa",
        Lang::Mar => "mr",
        Lang::Nep => "ne",
        Lang::Ori => "or",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Kan => "kn",
        Lang::Mal => "ml",
        Lang::Sin => "si",
        Lang::Tha => "th",
        Lang::Mya => "my",
        Lang::Khm => "km",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Amh => "am",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Jav => "jv",
        Lang::Tgl => "tl",
        Lang::Uzb => "uz",
        Lang::Tuk => "tk",
        Lang::Lat => "la",
        Lang::Epo => "eo",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Aka => "ak",
        _ => lang.code(),
    })
}
