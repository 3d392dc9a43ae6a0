//! Cuts a block into tokens, in one pass and without regular expressions.

use super::abbreviations::{AbbreviationKind, Abbreviations};
use super::class::{Class, class};
use super::{Interner, Shape, Token, TokenKind};
use crate::text::Span;

/// Endings that make "word.word" an address rather than two words that lost their space.
const ADDRESS_ENDINGS: [&str; 24] = [
    "com", "org", "net", "gov", "edu", "int", "mil", "info", "io", "co", "uk", "eu", "de", "fr", "es", "it", "ru", "cn", "in", "au", "ca",
    "tv", "me", "news",
];

/// Appends the tokens of `text[block]` to `tokens`.
pub(super) fn tokenize(text: &str, block: Span, abbreviations: &Abbreviations, interner: &mut Interner, tokens: &mut Vec<Token>) {
    let mut cutter = Cutter { text: &text[..block.end as usize], at: block.start as usize, abbreviations };
    let (mut space, mut line) = (true, false);
    while let Some(c) = cutter.peek() {
        if c == ' ' {
            space = true;
            cutter.at += 1;
            continue;
        }
        let start = cutter.at;
        if let Some(shape) = cutter.plain_word() {
            let form = &text[start..cutter.at];
            tokens.push(Token {
                span: Span::new(start, cutter.at),
                lower: if shape == Shape::Lower { interner.intern_folded(form) } else { interner.intern(form) },
                kind: TokenKind::Word,
                shape,
                space_before: space,
                line_before: line,
                quoted: false,
                clitic: 0,
            });
            (space, line) = (false, false);
            continue;
        }
        let kind = match class(c) {
            class @ (Class::Space | Class::Line) => {
                space = true;
                line |= class == Class::Line;
                cutter.at += c.len_utf8();
                continue;
            }
            Class::Ignorable => {
                cutter.at += c.len_utf8();
                continue;
            }
            Class::Letter => cutter.word(),
            Class::Digit => cutter.number(),
            Class::Punct | Class::Hyphen | Class::Apostrophe => cutter.punct(c),
            Class::Symbol | Class::Mark => cutter.symbol(c),
        };
        let form = &text[start..cutter.at];
        let plain = kind == TokenKind::Word && form.bytes().all(|byte| byte.is_ascii_lowercase());
        let clitic = if kind == TokenKind::Word && !plain { clitic_len(form) } else { 0 };
        let shape = match kind {
            TokenKind::Punct => Shape::Other,
            _ if plain => Shape::Lower,
            _ => shape(&form[..form.len() - clitic]),
        };
        tokens.push(Token {
            span: Span::new(start, cutter.at),
            lower: interner.intern(form),
            kind,
            shape,
            space_before: space,
            line_before: line,
            quoted: false,
            clitic: clitic as u8,
        });
        (space, line) = (false, false);
    }
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    abbreviations: &'t Abbreviations,
}

impl Cutter<'_> {
    #[inline]
    fn peek(&self) -> Option<char> {
        let &byte = self.text.as_bytes().get(self.at)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.text[self.at..].chars().next() }
    }

    fn after(&self, bytes: usize) -> Option<char> {
        self.text[self.at + bytes..].chars().next()
    }

    fn next_is(&self, bytes: usize, test: impl Fn(Class) -> bool) -> bool {
        self.after(bytes).is_some_and(|c| test(class(c)))
    }

    /// Moves over ASCII letters, of which most text is made.
    fn skip_plain_letters(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
    }

    /// Moves over a word of nothing but ASCII letters behind which it surely ends, as most words are. Gives its shape.
    fn plain_word(&mut self) -> Option<Shape> {
        let rest = &self.text.as_bytes()[self.at..];
        let (mut len, mut upper) = (0, 0);
        let ending = loop {
            let &byte = rest.get(len)?;
            if !byte.is_ascii_alphabetic() {
                break byte;
            }
            upper += usize::from(byte.is_ascii_uppercase());
            len += 1;
        };
        if len == 0 || !matches!(ending, b' ' | b',' | b'\n' | b';' | b'"' | b'?' | b'!' | b')') {
            return None;
        }
        let form = &self.text[self.at..self.at + len];
        self.at += len;
        Some(match upper {
            0 => Shape::Lower,
            1 if rest[0].is_ascii_uppercase() => Shape::Capitalised,
            _ if upper == len => Shape::Upper,
            _ => shape(form),
        })
    }

    /// Moves over letters, marks and digits, and over what joins them.
    fn word(&mut self) -> TokenKind {
        let start = self.at;
        if self.address_prefix() {
            return TokenKind::Opaque;
        }
        let mut segment = start;
        loop {
            self.skip_plain_letters();
            let Some(c) = self.peek() else { break };
            let len = c.len_utf8();
            match class(c) {
                Class::Letter | Class::Mark | Class::Digit => self.at += len,
                Class::Ignorable if self.next_is(len, |class| class == Class::Letter) => self.at += len,
                Class::Apostrophe if self.next_is(len, |class| class == Class::Letter) => self.at += len,
                Class::Hyphen if self.next_is(len, |class| matches!(class, Class::Letter | Class::Digit)) => {
                    self.at += len;
                    segment = self.at;
                }
                Class::Symbol if c == '&' && self.ampersand_joins(start) => self.at += len,
                Class::Symbol if matches!(c, '@' | '_') && self.next_is(len, |class| matches!(class, Class::Letter | Class::Digit)) => {
                    return self.address();
                }
                Class::Punct if c == '.' => match self.full_stop(start, segment) {
                    FullStop::Joins => {
                        self.at += 1;
                        segment = self.at;
                    }
                    FullStop::Ends => {
                        self.at += 1;
                        if !(self.peek().is_some_and(|c| class(c) == Class::Hyphen) && self.next_is(1, |class| class == Class::Letter)) {
                            break;
                        }
                    }
                    FullStop::Address => return self.address(),
                    FullStop::Outside => break,
                },
                _ => break,
            }
        }
        TokenKind::Word
    }

    fn full_stop(&self, start: usize, segment: usize) -> FullStop {
        let so_far = &self.text[start..self.at];
        let piece = &self.text[segment..self.at];
        let single = piece.chars().count() == 1;
        let initials = so_far.contains('.');
        if let Some(next) = self.after(1).filter(|&c| class(c) == Class::Letter) {
            let upper = piece.chars().all(char::is_uppercase) && next.is_uppercase();
            let beyond = self.after(1 + next.len_utf8());
            let closes = beyond == Some('.') || (upper && beyond.is_none_or(|c| !matches!(class(c), Class::Letter | Class::Digit)));
            if single && closes {
                return FullStop::Joins;
            }
            if self.is_address_ending() || self.mailbox_follows() {
                return FullStop::Address;
            }
            if so_far.eq_ignore_ascii_case("ph") && next.eq_ignore_ascii_case(&'d') {
                return FullStop::Joins;
            }
            return FullStop::Outside;
        }
        if single && initials {
            return FullStop::Ends;
        }
        match self.abbreviations.kind(so_far) {
            Some(AbbreviationKind::Number) => {
                if self.next_word_starts(|c| class(c) == Class::Digit) {
                    FullStop::Ends
                } else {
                    FullStop::Outside
                }
            }
            Some(AbbreviationKind::Title) if so_far.starts_with(char::is_lowercase) && self.next_word_starts(|_| true) => FullStop::Ends,
            Some(_) if !so_far.starts_with(char::is_lowercase) || is_lower_abbreviation(so_far) => FullStop::Ends,
            _ if single
                && so_far.len() == piece.len()
                && so_far.starts_with(char::is_uppercase)
                && so_far != "I"
                && self.name_follows() =>
            {
                FullStop::Ends
            }
            _ => FullStop::Outside,
        }
    }

    /// Whether the next word, after a full stop and white space, passes a test on its first character.
    fn next_word_starts(&self, test: impl Fn(char) -> bool) -> bool {
        let rest = &self.text[self.at + 1..];
        let trimmed = rest.trim_start_matches(|c| class(c) == Class::Space || class(c) == Class::Line);
        trimmed.chars().next().is_some_and(test)
    }

    /// Whether a capitalised word that does not open sentences follows the full stop.
    fn name_follows(&self) -> bool {
        let rest = self.text[self.at + 1..].trim_start_matches([' ', '\n', '\r', '\u{A0}']);
        let end = rest.find(|c| class(c) != Class::Letter).unwrap_or(rest.len());
        let word = &rest[..end];
        word.starts_with(char::is_uppercase) && !self.abbreviations.starts_sentence(&word.to_lowercase())
    }

    fn ampersand_joins(&self, start: usize) -> bool {
        let before = &self.text[start..self.at];
        before.len() <= 4 && before.bytes().all(|byte| byte.is_ascii_uppercase()) && self.after(1).is_some_and(|c| c.is_ascii_uppercase())
    }

    fn is_address_ending(&self) -> bool {
        let rest = &self.text[self.at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let next = &rest[..end];
        ADDRESS_ENDINGS.contains(&next)
            || (rest[end..].starts_with('.') && {
                let more = &rest[end + 1..];
                let stop = more.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(more.len());
                ADDRESS_ENDINGS.contains(&&more[..stop])
            })
    }

    /// Whether a mailbox's "@" follows without a space: "a.b@example.org".
    fn mailbox_follows(&self) -> bool {
        // No longer name is looked at, so that a text of such names takes no longer than others.
        const LONGEST: usize = 128;
        let rest = &self.text.as_bytes()[self.at + 1..];
        let named = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
        let end = rest.iter().take(LONGEST).position(|byte| !named(byte));
        end.is_some_and(|end| rest[end] == b'@' && rest.get(end + 1).is_some_and(u8::is_ascii_alphanumeric))
    }

    fn address_prefix(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        if !matches!(rest.first(), Some(b'h' | b'H' | b'w' | b'W' | b'f' | b'F')) {
            return false;
        }
        let starts = |prefix: &[u8]| rest.len() > prefix.len() && rest[..prefix.len()].eq_ignore_ascii_case(prefix);
        if starts(b"http://") || starts(b"https://") || starts(b"www.") || starts(b"ftp://") {
            self.address();
            return true;
        }
        false
    }

    /// Moves to the end of an address: the next space or quotation mark, less marks that close a sentence.
    fn address(&mut self) -> TokenKind {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c| matches!(class(c), Class::Space | Class::Line) || matches!(c, '"' | '“' | '”' | '<' | '>' | '|'))
            .unwrap_or(rest.len());
        let kept = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '…']);
        self.at += kept.len().max(1);
        TokenKind::Opaque
    }

    fn number(&mut self) -> TokenKind {
        let (mut letters, mut hyphenated) = (false, false);
        while let Some(c) = self.peek() {
            let len = c.len_utf8();
            match class(c) {
                Class::Digit | Class::Mark => self.at += len,
                Class::Letter => {
                    letters = true;
                    self.at += len;
                }
                Class::Punct if matches!(c, '.' | ',' | ':' | '/') && self.next_is(len, |class| class == Class::Digit) && !letters => {
                    self.at += len
                }
                Class::Hyphen if self.next_is(len, |class| matches!(class, Class::Letter | Class::Digit)) => {
                    hyphenated = true;
                    self.at += len;
                }
                Class::Apostrophe if self.next_is(len, |class| class == Class::Letter) => self.at += len,
                _ => break,
            }
        }
        if letters && hyphenated { TokenKind::Word } else { TokenKind::Number }
    }

    fn punct(&mut self, c: char) -> TokenKind {
        self.at += c.len_utf8();
        if matches!(c, '.' | '-') {
            while self.peek() == Some(c) {
                self.at += 1;
            }
        }
        TokenKind::Punct
    }

    fn symbol(&mut self, c: char) -> TokenKind {
        self.at += c.len_utf8();
        if matches!(c, '@' | '#') && self.peek().is_some_and(|next| class(next) == Class::Letter || next == '_') {
            while self.peek().is_some_and(|next| matches!(class(next), Class::Letter | Class::Digit | Class::Mark) || next == '_') {
                self.at += self.peek().map_or(0, char::len_utf8);
            }
            return TokenKind::Opaque;
        }
        // One emoji may be a chain: joiner, selector, skin tone.
        while let Some(next) = self.peek() {
            match next {
                '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{300}'..='\u{36F}' => self.at += next.len_utf8(),
                '\u{200D}' if self.after(3).is_some_and(|c| class(c) == Class::Symbol) => {
                    self.at += 3 + self.after(3).map_or(0, char::len_utf8)
                }
                _ => break,
            }
        }
        TokenKind::Symbol
    }
}

enum FullStop {
    /// Part of the word, which goes on ("U.S").
    Joins,
    /// Part of the word, its last character ("U.S.", "Gen.").
    Ends,
    /// Part of an address ("example.com").
    Address,
    /// A mark of its own.
    Outside,
}

/// Abbreviations that are written in lower case; "co" or "al" in lower case before a full stop end a sentence.
fn is_lower_abbreviation(word: &str) -> bool {
    matches!(word, "a.m" | "p.m" | "etc" | "approx" | "est" | "dept" | "vs" | "v" | "cf" | "viz" | "e.g" | "i.e" | "al")
}

fn clitic_len(form: &str) -> usize {
    let bytes = form.as_bytes();
    if bytes.len() < 3 || !bytes.iter().any(|&byte| byte == b'\'' || byte == 0xE2) {
        return 0;
    }
    let tail = &form[form.char_indices().rev().nth(4.min(form.chars().count() - 1)).map_or(0, |(at, _)| at)..];
    let Some(apostrophe) = tail.rfind(['\'', '’']) else { return 0 };
    let mark = tail[apostrophe..].chars().next().map_or(1, char::len_utf8);
    let after = &tail[apostrophe + mark..];
    let before = &tail[..apostrophe];
    match after.to_ascii_lowercase().as_str() {
        "s" | "ll" | "re" | "ve" | "d" | "m" => mark + after.len(),
        "t" if before.ends_with(['n', 'N']) => 1 + mark + after.len(),
        _ => 0,
    }
}

fn shape(form: &str) -> Shape {
    let (mut upper, mut lower, mut digits, mut odd) = (0, 0, 0, false);
    let mut first_upper = false;
    let mut segment_start = true;
    for c in form.chars() {
        if c.is_lowercase() {
            lower += 1;
        } else if c.is_uppercase() {
            if upper + lower == 0 {
                first_upper = true;
            } else if !segment_start || !first_upper {
                odd = true;
            }
            upper += 1;
        } else if c.is_numeric() {
            digits += 1;
        }
        segment_start = matches!(c, '-' | '\'' | '’' | '\u{2010}' | '\u{2011}');
    }
    match (upper, lower) {
        (0, 0) if digits > 0 => Shape::Digits,
        (0, 0) => Shape::Other,
        (0, _) => Shape::Lower,
        (1, 0) => Shape::Capitalised,
        (_, 0) => Shape::Upper,
        _ if first_upper && !odd => Shape::Capitalised,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Vocabulary;

    fn tokens(text: &str) -> Vec<String> {
        cut(text).into_iter().map(|token| token.span.of(text).to_owned()).collect()
    }

    fn cut(text: &str) -> Vec<Token> {
        let vocabulary = Vocabulary::default();
        let mut found = Vec::new();
        tokenize(text, Span::new(0, text.len()), &Abbreviations::embedded(), &mut Interner::new(&vocabulary), &mut found);
        found
    }

    #[test]
    fn words_keep_their_inner_marks() {
        assert_eq!(
            tokens("Shi’ite don't U.S.-led AT&T 20-year-old O'Brien's"),
            ["Shi’ite", "don't", "U.S.-led", "AT&T", "20-year-old", "O'Brien's"]
        );
    }

    #[test]
    fn abbreviations_keep_their_stop_and_plain_words_do_not() {
        assert_eq!(
            tokens("Gen. Lee, Jan. 3, No. 2, at 8 a.m. in the U.S."),
            ["Gen.", "Lee", ",", "Jan.", "3", ",", "No.", "2", ",", "at", "8", "a.m.", "in", "the", "U.S."]
        );
        assert_eq!(tokens("He said no. The art. Then"), ["He", "said", "no", ".", "The", "art", ".", "Then"]);
        assert_eq!(tokens("George W. Bush, plan B. The end"), ["George", "W.", "Bush", ",", "plan", "B", ".", "The", "end"]);
    }

    #[test]
    fn numbers_hold_their_separators() {
        assert_eq!(tokens("1,100,000 3.5 10:30 37-0 21st 1,100, 000"), ["1,100,000", "3.5", "10:30", "37-0", "21st", "1,100", ",", "000"]);
    }

    #[test]
    fn addresses_are_whole_and_lost_spaces_are_not_addresses() {
        assert_eq!(
            tokens("Booking.com, a.b@example.org or https://x.org/a.b). @user #tag"),
            ["Booking.com", ",", "a.b@example.org", "or", "https://x.org/a.b", ")", ".", "@user", "#tag"]
        );
        assert_eq!(tokens("years ago.The talks"), ["years", "ago", ".", "The", "talks"]);
    }

    #[test]
    fn clitics_and_shapes_are_known() {
        let text = "Iran’s don't NATO McCain Jean-Luc al-Muhandis iPhone 2015 A";
        let found = cut(text);
        assert_eq!(found[0].host().of(text), "Iran");
        assert_eq!(found[1].host().of(text), "do");
        let shapes: Vec<Shape> = found[2..].iter().map(|token| token.shape).collect();
        assert_eq!(shapes, [Shape::Upper, Shape::Mixed, Shape::Capitalised, Shape::Mixed, Shape::Mixed, Shape::Digits, Shape::Capitalised]);
    }

    #[test]
    fn stops_and_emoji_chains_are_single_tokens() {
        assert_eq!(tokens("well... 👩‍🚒 ok ️"), ["well", "...", "👩‍🚒", "ok", "\u{FE0F}"]);
    }
}
