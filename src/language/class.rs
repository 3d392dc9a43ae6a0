//! The classes of characters of which tokens are made.

/// What a character does in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Line,
    Ignorable,
    Letter,
    Mark,
    Digit,
    Apostrophe,
    Hyphen,
    Punct,
    Symbol,
}

/// The class of a character.
#[inline]
pub(super) fn class(c: char) -> Class {
    const ASCII: [Class; 128] = {
        let mut table = [Class::Space; 128];
        let mut at = 0;
        while at < 128 {
            table[at] = class_of(at as u8 as char);
            at += 1;
        }
        table
    };
    match ASCII.get(c as usize) {
        Some(class) => *class,
        None => class_beyond_ascii(c),
    }
}

const fn class_of(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\n' | '\u{0B}' | '\u{0C}' => Class::Line,
        ' ' | '\t' | '\r' | '\0' => Class::Space,
        '\'' => Class::Apostrophe,
        '-' => Class::Hyphen,
        '!' | '"' | '(' | ')' | ',' | '.' | '/' | ':' | ';' | '?' | '[' | ']' | '{' | '}' | '\\' => Class::Punct,
        _ => Class::Symbol,
    }
}

fn class_beyond_ascii(c: char) -> Class {
    match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Line,
        '’' | '‘' | 'ʼ' => Class::Apostrophe,
        '\u{2010}' | '\u{2011}' => Class::Hyphen,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => Class::Ignorable,
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‚' | '…' | '–' | '—' | '―' | '¿' | '¡' | '·' | '•' => {
            Class::Punct
        }
        '\u{3001}' | '\u{3002}' | '\u{300A}'..='\u{3011}' | '\u{FF01}' | '\u{FF0C}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' => Class::Punct,
        '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{964}' => Class::Punct,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' => {
            Class::Mark
        }
        // A lost letter is still part of its word.
        '\u{FFFD}' => Class::Mark,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_whitespace() => Class::Space,
        _ if c.is_numeric() => Class::Digit,
        // Vowel signs and viramas of the scripts of India.
        '\u{900}'..='\u{DFF}' => Class::Mark,
        _ => Class::Symbol,
    }
}
