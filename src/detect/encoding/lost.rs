use memchr::memchr_iter;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::places::{self, Place};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, Sym, TokenKind};
use crate::text::Span;

/// Finds a character that an encoding could not hold and that stands as another: a letter or a currency sign as "?", a
/// dash or a space after a quotation as `"?`, an apostrophe as `"`, a no-break space as "-". What it is asked for is
/// named by its rule.
struct Lost {
    what: What,
    /// Words whose lost letter is known, written with "?".
    known: FxHashMap<String, String>,
    /// Words that stand alone and are no half of another.
    whole: Vec<Sym>,
    /// The same words as text.
    joined_never: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    what: What,
    /// A list: word as it ought to be, reason.
    known: Option<String>,
    /// A list of words that are no part of a longer one.
    whole: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    Letter,
    CurrencySign,
    SpaceAfterQuote,
    Dash,
    Apostrophe,
    NoBreakSpace,
    SpaceBetweenWords,
}

/// Words looked through for an intact spelling of a broken one, so that a text full of faults stays linear.
const TRIES: usize = 20;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options { what, known, whole } = parts.options()?;
    let mut words = FxHashMap::default();
    for word in known.map(|path| parts.entries(&path)).transpose()?.unwrap_or_default() {
        let broken: String = word.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
        words.insert(broken, word);
    }
    let whole = whole.map(|path| parts.entries(&path)).transpose()?.unwrap_or_default();
    let numbers = whole.iter().map(|word| parts.vocabulary.add(word)).collect();
    Ok(Box::new(Lost { what, known: words, whole: numbers, joined_never: whole.into_iter().collect() }))
}

impl Detector for Lost {
    fn captures(&self) -> &'static [&'static str] {
        &[places::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let sign = match self.what {
            What::Letter | What::CurrencySign => b'?',
            What::SpaceAfterQuote | What::Dash | What::Apostrophe => b'"',
            What::NoBreakSpace | What::SpaceBetweenWords => b'-',
        };
        let mut places = Vec::new();
        for block in doc.judged_blocks() {
            let text = Block { text: block.span.of(doc.text), base: block.span.start as usize };
            for at in memchr_iter(sign, text.text.as_bytes()) {
                let place = match self.what {
                    What::Letter => self.letter(doc, text, at, places.len()),
                    What::CurrencySign => currency_sign(doc, text, at),
                    What::SpaceAfterQuote => space_after_quote(text, at),
                    What::Dash => dash(text, at),
                    What::Apostrophe => apostrophe(text, at),
                    What::NoBreakSpace => no_break_space(doc, text, at),
                    What::SpaceBetweenWords => self.space_between_words(doc, text, at),
                };
                places.extend(place);
            }
        }
        places.dedup_by_key(|place: &mut Place| place.span);
        if self.what == What::CurrencySign && !places.is_empty() && speaks_of_pounds(doc.text) {
            places.iter_mut().for_each(|place| place.repair = Some("£".to_owned()));
        }
        found.extend(places::gathered(doc.text, places));
    }
}

/// The text of a block and where it begins.
#[derive(Clone, Copy)]
struct Block<'t> {
    text: &'t str,
    base: usize,
}

impl<'t> Block<'t> {
    fn before(self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn after(self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn span(self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }
}

/// Whether a place lies in an address or handle, where such signs have work to do.
fn in_address(doc: &Annotated, span: Span) -> bool {
    doc.tokens[doc.tokens_in(span)].iter().any(|token| token.kind == TokenKind::Opaque)
}

impl Lost {
    /// "Horst?tter", "Bus ?ireann": the span is the whole word.
    fn letter(&self, doc: &Annotated, block: Block, at: usize, found: usize) -> Option<Place> {
        let after = block.after(at + 1).filter(|c| c.is_lowercase())?;
        let before = block.before(at);
        let inside = before.is_some_and(char::is_alphabetic);
        let opens = before.is_none_or(|c| c.is_whitespace() || c == '(') && after.is_ascii_lowercase();
        if !inside && !opens || in_address(doc, block.span(at, at + 1)) {
            return None;
        }
        // A letter stands in for a word here and there; more than this is no word.
        const LONGEST: usize = 40;
        let part = |c: char| c.is_alphabetic() || matches!(c, '?' | '-' | '\'' | '’');
        let start = at - block.text[..at].chars().rev().take(LONGEST).take_while(|&c| part(c)).map(char::len_utf8).sum::<usize>();
        let end = at + block.text[at..].chars().take(LONGEST).take_while(|&c| part(c)).map(char::len_utf8).sum::<usize>();
        let word = block.text[start..end].trim_end_matches(['?', '\'', '’', '-']);
        let span = block.span(start, start + word.len());
        // "Really?she said": two words that lost their space.
        let halves = doc.tokens_in(span);
        if inside && doc.tokens[halves].iter().any(|token| self.whole.contains(&token.lower)) {
            return None;
        }
        let repair =
            self.known.get(word.trim_end_matches("'s")).map(|known| format!("{known}{}", if word.ends_with("'s") { "'s" } else { "" }));
        let repair = repair.or_else(|| if found < TRIES { intact(doc, word) } else { None });
        Some(Place { span, repair })
    }

    /// "in the-north", "the crowd of-protesters": a word that is never joined to the next one.
    fn space_between_words(&self, doc: &Annotated, block: Block, at: usize) -> Option<Place> {
        const LONGEST: usize = 6;
        block.after(at + 1).filter(|c| c.is_alphabetic())?;
        let head = &block.text.as_bytes()[at.saturating_sub(LONGEST + 1)..at];
        let letters = head.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let alone = block.before(at - letters).is_none_or(|c| matches!(c, ' ' | '\n' | '"' | '“' | '('));
        // "over- the-top": a chain torn by a space.
        let chained = block.text[..at - letters].ends_with("- ");
        if letters == 0 || letters > LONGEST || !alone || chained {
            return None;
        }
        let tail = &block.text[at + 1..];
        let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        // One hyphen more and it is a chain: "his-and-hers", "the-man-in-the-street".
        if tail[end..].starts_with('-') && !tail[..end].starts_with(char::is_uppercase) || tail[..end].eq_ignore_ascii_case("then") {
            return None;
        }
        let word = &block.text[at - letters..at];
        let known = self.joined_never.contains(word) || self.joined_never.contains(word.to_ascii_lowercase().as_str());
        let opaque = in_address(doc, block.span(at, at + 1));
        (known && !opaque).then(|| Place { span: block.span(at, at + 1), repair: Some(" ".to_owned()) })
    }
}

/// The word as it stands elsewhere in the article with all its letters.
fn intact(doc: &Annotated, broken: &str) -> Option<String> {
    let fits = |word: &str| {
        let mut letters = word.chars();
        broken.chars().all(|b| letters.next().is_some_and(|c| b == c || b == '?' && !c.is_ascii() && c.is_alphabetic()))
            && letters.next().is_none()
    };
    let words = doc.tokens.iter().filter(|token| token.kind == TokenKind::Word);
    words.map(|token| token.span.of(doc.text)).find(|word| !word.is_ascii() && fits(word)).map(str::to_owned)
}

/// Whether a lost currency sign is the pound: the article speaks of Britain and not of euros.
fn speaks_of_pounds(text: &str) -> bool {
    const BRITISH: [&str; 7] = ["£", "pounds", "sterling", "UK", "Britain", "British", "England"];
    !text.contains('€') && !text.contains("euro") && BRITISH.iter().any(|word| text.contains(word))
}

/// "?650,000".
fn currency_sign(doc: &Annotated, block: Block, at: usize) -> Option<Place> {
    block.after(at + 1).filter(char::is_ascii_digit)?;
    let opens = block.before(at).is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '-' | '–' | '—' | '/' | '+' | '~'));
    if !opens || in_address(doc, block.span(at, at + 1)) {
        return None;
    }
    Some(Place { span: block.span(at, at + 1), repair: None })
}

/// `"...,"?she said`: the space after a quotation.
fn space_after_quote(block: Block, at: usize) -> Option<Place> {
    let rest = block.text[at + 1..].strip_prefix('?')?;
    let next = rest.chars().next();
    let goes_on = next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '(' | '[' | '$' | '@' | '#' | '-' | '\u{FFFD}'));
    let spaced = next.is_none_or(char::is_whitespace);
    match block.before(at)? {
        ',' if goes_on || spaced => {}
        '.' | '!' | '?' | '…' if goes_on || rest.starts_with("  ") => {}
        c if goes_on && (c.is_alphanumeric() || matches!(c, ')' | ']' | '\'')) => {}
        _ => return None,
    }
    // "existing workers"?legal rights": nothing was opened, so the mark was the apostrophe of a plural.
    let mark = if block.before(at) == Some('s') && !is_opened(block, at) { "'" } else { "\"" };
    let space = if spaced || rest.starts_with('-') { "" } else { " " };
    Some(Place { span: block.span(at, at + 2), repair: Some(format!("{mark}{space}")) })
}

/// Whether a double quotation mark that opens stands shortly before a place.
fn is_opened(block: Block, at: usize) -> bool {
    const REACH: usize = 200;
    let bytes = block.text.as_bytes();
    let from = at.saturating_sub(REACH);
    let last = bytes[from..at].iter().rposition(|&byte| byte == b'"');
    last.is_some_and(|last| {
        let mark = from + last;
        (mark == 0 || matches!(bytes[mark - 1], b' ' | b'(' | b'\n' | b'-' | b'?'))
            && bytes.get(mark + 1).is_some_and(|byte| !matches!(byte, b' ' | b'?'))
    })
}

/// `a second "?and last "? attempt`: a dash.
fn dash(block: Block, at: usize) -> Option<Place> {
    let rest = block.text[at + 1..].strip_prefix('?')?;
    let before = block.before(at)?;
    let left = block.text[..at].trim_end_matches(' ').len();
    let right = rest.strip_prefix(' ').unwrap_or(rest);
    let goes_on = !rest.starts_with('"') && right.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '$' | '('));
    // `... "?0s`: an apostrophe and a digit were lost.
    let digits = rest.starts_with(|c: char| c.is_ascii_digit());
    if !goes_on || digits || !(before == ' ' || before == '-') {
        return None;
    }
    let left = if before == '-' { at - 1 } else { left };
    let end = at + 2 + (rest.len() - right.len());
    Some(Place { span: block.span(left, end), repair: Some(" – ".to_owned()) })
}

/// `dn"t`: an apostrophe.
fn apostrophe(block: Block, at: usize) -> Option<Place> {
    const ENDINGS: [&str; 7] = ["t", "s", "re", "ve", "ll", "d", "m"];
    let rest = &block.text[at + 1..];
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let ending = &rest[..end];
    let before = block.before(at).filter(|c| c.is_lowercase() || matches!(c, 'I'))?;
    let fits = ENDINGS.contains(&ending) && (ending != "t" || before == 'n');
    // `the "old"s`: a quotation that closes here.
    let word = block.text[..at].trim_end_matches(|c: char| c.is_alphanumeric());
    (fits && !word.ends_with('"')).then(|| Place { span: block.span(at, at + 1), repair: Some("'".to_owned()) })
}

/// `saved lives.- He`: the space after a sentence.
fn no_break_space(doc: &Annotated, block: Block, at: usize) -> Option<Place> {
    let stop = block.before(at).filter(|c| matches!(c, '.' | '?' | '!' | '"'))?;
    let rest = &block.text[at + 1..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let next = rest[spaces..].chars().next()?;
    if !(next.is_uppercase() || next == '"') || spaces > 2 {
        return None;
    }
    let head = &block.text[..at - 1];
    let last = head.chars().next_back()?;
    let ends = match stop {
        '"' => matches!(last, '.' | '!' | '?'),
        _ => last.is_lowercase() || last == '"' || last == '%' || last.is_ascii_digit() && next.is_alphabetic(),
    };
    // "Inc.-owned", "Jan.-March": the stop belongs to the word.
    let own = doc.tokens_in(block.span(at - 1, at));
    let apart = doc.tokens[own].iter().all(|token| token.kind == TokenKind::Punct);
    (ends && apart).then(|| Place { span: block.span(at - 1, at + 1 + spaces), repair: Some(format!("{stop} ")) })
}
