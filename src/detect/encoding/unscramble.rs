//! Finds UTF-8 that was read in a single-byte encoding, and what it was before. Local: a run of such characters is
//! judged by itself and its two neighbours, so that one scrambled quotation in a sound article is seen too.

use super::codecs::{self, COUNT, Codecs};

/// Layers of wrong readings that are taken off one by one.
const LAYERS: usize = 4;

/// Characters of UTF-8 that one run holds at most; a longer one is cut.
const UNITS: usize = 400;

/// A run of characters that once were others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scrambled {
    /// First byte in the text.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// What it was.
    pub(super) original: String,
    /// The encodings in which it was read wrongly, the last reading first.
    pub(super) readings: Vec<usize>,
}

/// A run with what it was before each of its wrong readings.
struct Peeled {
    start: usize,
    end: usize,
    /// What it was before the last reading, before the one before that, and so on.
    layers: Vec<String>,
    readings: Vec<usize>,
    /// So many readings prove themselves; deeper ones count only beside others of that depth.
    sure: usize,
}

/// A run read back once.
struct Run {
    end: usize,
    original: String,
    reading: usize,
    sure: bool,
}

/// All scrambled runs of a text, those that prove themselves and those that stand beside a proof.
pub(super) fn scrambled(codecs: &Codecs, text: &str) -> Vec<Scrambled> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = next_beyond_ascii(text, at) {
        match peel(codecs, text, next) {
            Some(run) => {
                at = run.end;
                found.push(run);
            }
            None => at = next + char_at(text, next).map_or(1, char::len_utf8),
        }
    }
    let mut proven = [false; COUNT];
    found.iter().filter(|run| run.sure > 0).for_each(|run| proven[run.readings[0]] = true);
    let depth = found.iter().map(|run| run.sure).max().unwrap_or(0);
    found.into_iter().filter_map(|run| run.settled(codecs, text, &proven, depth)).collect()
}

impl Peeled {
    /// The run as deep as it proves itself, or as others in the text prove it.
    fn settled(mut self, codecs: &Codecs, text: &str, proven: &[bool; COUNT], depth: usize) -> Option<Scrambled> {
        if self.sure == 0 && !proven[self.readings[0]] {
            // The signs may be the same in an encoding that others prove.
            let before = text[..self.start].chars().next_back();
            let other =
                (0..COUNT).filter(|&codec| proven[codec]).find_map(|codec| decode(codecs, codec, text, self.start, before, None))?;
            self.end = other.end;
            self.layers = vec![other.original];
            self.readings = vec![other.reading];
        }
        let taken = self.layers.len().min(depth);
        self.readings.truncate(taken);
        self.layers.truncate(taken);
        let mut original = self.layers.pop()?;
        if original.chars().any(|c| matches!(c, '\u{80}'..='\u{9F}')) {
            original = original.chars().map(|c| codecs::of_control(c).unwrap_or(c)).collect();
        }
        let whole = !original.chars().any(|c| matches!(c, '\u{80}'..='\u{9F}'));
        whole.then_some(Scrambled { start: self.start, end: self.end, original, readings: self.readings })
    }
}

/// The next byte that is not ASCII; long stretches of ASCII cost little.
fn next_beyond_ascii(text: &str, from: usize) -> Option<usize> {
    let rest = &text.as_bytes()[from..];
    let plain = rest.chunks(64).take_while(|chunk| chunk.is_ascii()).map(<[u8]>::len).sum::<usize>();
    rest[plain..].iter().position(|byte| !byte.is_ascii()).map(|at| from + plain + at)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// The run at a place, with every wrong reading taken off.
fn peel(codecs: &Codecs, text: &str, at: usize) -> Option<Peeled> {
    let before = text[..at].chars().next_back();
    let run = read_between(codecs, text, at, before, None)?;
    let after = char_at(text, run.end);
    let mut peeled =
        Peeled { start: at, end: run.end, layers: vec![run.original], readings: vec![run.reading], sure: usize::from(run.sure) };
    for _ in 1..LAYERS {
        let Some((next, reading, sure)) = again(codecs, &peeled.layers[peeled.layers.len() - 1], before, after) else { break };
        peeled.layers.push(next);
        peeled.readings.push(reading);
        if sure {
            peeled.sure = peeled.layers.len();
        }
    }
    Some(peeled)
}

/// What a repaired text was before, if it is still scrambled; by which reading, and whether that proves itself.
fn again(codecs: &Codecs, text: &str, before: Option<char>, after: Option<char>) -> Option<(String, usize, bool)> {
    let mut result = String::new();
    let (mut at, mut reading, mut sure) = (0, None, false);
    while let Some(c) = char_at(text, at) {
        let left = text[..at].chars().next_back().or(before);
        // A control character is read at the end; it proves nothing.
        let plain = c.is_ascii() || codecs::of_control(c).is_some();
        match if plain { None } else { read_between(codecs, text, at, left, after) } {
            Some(run) => {
                result.push_str(&run.original);
                reading = Some(run.reading);
                sure |= run.sure;
                at = run.end;
            }
            None => {
                result.push(c);
                at += c.len_utf8();
            }
        }
    }
    reading.map(|reading| (result, reading, sure))
}

/// The best reading of the run that starts at a place; `beyond` follows the end of the text.
fn read_between(codecs: &Codecs, text: &str, at: usize, before: Option<char>, beyond: Option<char>) -> Option<Run> {
    let mut chars = text[at..].chars();
    let first = chars.next()?;
    if let Some(original) = codecs::of_control(first).filter(|_| first != '\u{85}') {
        return Some(Run { end: at + first.len_utf8(), original: original.to_string(), reading: 1, sure: true });
    }
    if !codecs.leads(first) {
        return None;
    }
    let second = chars.next().or(beyond);
    let shared = second.map_or(0, |second| codecs.shared(first, second));
    let mut best: Option<Run> = None;
    for codec in (0..COUNT).filter(|codec| shared & (1 << codec) != 0) {
        let Some(run) = decode(codecs, codec, text, at, before, beyond) else { continue };
        let better = best.as_ref().is_none_or(|best| (run.sure, run.end) > (best.sure, best.end));
        if better {
            best = Some(run);
        }
    }
    best.or_else(|| torn(text, at, before))
}

/// Decodes as many characters as possible in one encoding.
fn decode(codecs: &Codecs, codec: usize, text: &str, at: usize, before: Option<char>, beyond: Option<char>) -> Option<Run> {
    let (mut end, mut original) = (at, String::new());
    let mut units = 0;
    let mut weight = 0;
    let mut spaced = false;
    while units < UNITS
        && let Some((decoded, stop)) = unit(codecs, codec, text, end)
    {
        original.push(decoded);
        spaced |= text[end..stop].contains(' ');
        units += 1;
        weight += weigh(decoded);
        end = stop;
    }
    if units == 0 || units == 1 && spaced {
        return None;
    }
    let after = char_at(text, end).or(beyond);
    let sure = weight >= 2 && (units > 1 || weight >= 4) || units == 1 && alone(text, at, end, &original, before, after);
    Some(Run { end, original, reading: codec, sure })
}

/// One character of UTF-8 whose bytes the characters at a place stand for, and where they end.
fn unit(codecs: &Codecs, codec: usize, text: &str, at: usize) -> Option<(char, usize)> {
    let mut chars = text[at..].chars();
    let first = chars.next()?;
    let lead = codecs.byte(codec, first)?;
    let length = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    let mut end = at + first.len_utf8();
    for byte in &mut bytes[1..length] {
        let next = chars.next()?;
        // A no-break space may have become a plain one on the way.
        let held = if next == ' ' && length == 3 { Some(0xA0) } else { codecs.byte(codec, next) };
        *byte = held.filter(|byte| (0x80..0xC0).contains(byte))?;
        end += next.len_utf8();
    }
    let decoded = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    (weigh(decoded) > 0).then_some((decoded, end))
}

/// How unlikely it is that sound characters spell a character by chance: 0 for one that no text holds, 4 for proof.
fn weigh(c: char) -> u32 {
    match c as u32 {
        // Bytes without a character, in text that was read wrongly twice.
        0x80..=0x9F => 1,
        0xA0..=0x17F | 0x192 | 0x1A0 | 0x1A1 | 0x1AF | 0x1B0 | 0x1CD..=0x1DC | 0x218..=0x21B | 0x259 | 0x2BC | 0x2C6 | 0x2DC => 1,
        0x300..=0x323 | 0x386..=0x3CE | 0x401..=0x45F | 0x490..=0x4E9 | 0x531..=0x587 | 0x5B0..=0x5EA | 0x60C..=0x6F9 => 1,
        // Three bytes, but so usual a script that chance meets it: "é »" with a no-break space is a Chinese sign.
        0x900..=0xEFF | 0x10A0..=0x10FF | 0x3000..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7A3 => 1,
        0x1E00..=0x1FFF => 3,
        0x2010..=0x206F | 0x20A0..=0x20BF | 0x2100..=0x214F | 0xFEFF | 0xFFFD => 4,
        0x2190..=0x22FF | 0x2500..=0x27BF | 0x1F000..=0x1FAFF => 4,
        0xFB00..=0xFB06 | 0xFF01..=0xFFEF => 2,
        0x1_0000..=0x3_FFFF => 1,
        _ => 0,
    }
}

/// Whether a single character, spelt by two or three, is proof by what stands around it.
fn alone(text: &str, at: usize, end: usize, original: &str, before: Option<char>, after: Option<char>) -> bool {
    let (Some(lead), Some(follow)) = (char_at(text, at), text[at..end].chars().next_back()) else { return false };
    let Some(decoded) = original.chars().next() else { return false };
    let inside = before.is_some_and(char::is_lowercase);
    let runs_on = after.is_some_and(|c| c.is_lowercase());
    let latin_around = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    match decoded as u32 {
        0x1E00..=0x1FFF => inside || runs_on || before.is_some_and(char::is_alphabetic),
        0xA0..=0x21B => {
            if follow.is_alphabetic() && !matches!(follow, 'ª' | 'º') {
                // Two letters for one: a capital inside a word of small letters, or letters of two scripts.
                let latin = is_latin(lead) && decoded.is_alphabetic() && !lead.is_lowercase();
                return match follow {
                    // Romanian with cedillas: "Ăştia", "ORĂŞTIE".
                    'ş' | 'Ş' => latin && inside,
                    _ if is_latin(lead) => latin && (inside || runs_on || follow.is_lowercase() && before.is_some_and(char::is_alphabetic)),
                    _ => latin_around(before) && (latin_around(after) || after.is_none_or(|c| !c.is_alphabetic())),
                };
            }
            if !is_latin(lead) {
                return latin_around(before) && decoded.is_alphabetic() || lead == '√' && decoded.is_alphabetic() && runs_on;
            }
            if lead.is_lowercase() {
                return false;
            }
            if inside {
                return true;
            }
            let closing = matches!(follow, '’' | '”' | '›' | '»' | '…' | '–' | '—' | '‘' | '“' | '•' | '\u{A0}' | '\u{AD}');
            let capital_before = before.is_some_and(char::is_alphabetic);
            match decoded as u32 {
                0xA0 => !capital_before && after.is_none_or(|c| !matches!(c, ':' | ';' | '!' | '?' | '»')),
                0xA1..=0xBF => !(capital_before || follow == '»' && before.is_none_or(|c| matches!(c, '«' | '\u{A0}' | ' '))),
                0xE0 if follow == '\u{A0}' && capital_before => after == Some(' '),
                0x100..=0x21B if before.is_none_or(|c| !c.is_alphabetic()) => runs_on,
                _ => runs_on || !closing,
            }
        }
        _ => false,
    }
}

fn is_latin(c: char) -> bool {
    matches!(c as u32, 0xC0..=0x24F)
}

/// What is left of a character whose last byte was lost on the way.
fn torn(text: &str, at: usize, before: Option<char>) -> Option<Run> {
    let rest = &text[at..];
    let inside = before.is_some_and(char::is_lowercase);
    let found = |length: usize, original: &str, sure: bool| Some(Run { end: at + length, original: original.to_owned(), reading: 0, sure });
    // The closing quotation mark's last byte stands for nothing in Windows-1252.
    if let Some(after) = rest.strip_prefix("â€") {
        let mark = if after.starts_with(char::is_alphanumeric) { "“" } else { "”" };
        return found("â€".len(), mark, true);
    }
    if let Some(after) = rest.strip_prefix('Ã') {
        let lead = 'Ã'.len_utf8();
        return match after.chars().next() {
            // The no-break space became a plain one: "voilÃ  la".
            Some(' ') if after[1..].starts_with(' ') => found(lead + 1, "à", inside || before.is_none_or(char::is_whitespace)),
            // "às", "àquele".
            Some(' ') if ["s ", "quel", "quil"].iter().any(|tail| after[1..].starts_with(tail)) => found(lead + 1, "à", false),
            Some(' ') => found(lead, "à", inside),
            // The soft hyphen was dropped: "MarÃa".
            Some(c) if inside && c.is_lowercase() && c.is_ascii() => found(lead, "í", true),
            _ => None,
        };
    }
    if let Some(after) = rest.strip_prefix("Å ")
        && after.starts_with(char::is_lowercase)
    {
        return found("Å ".len(), "Š", false);
    }
    // "25 Â °C" apart, a lone "Â" before a space is what a no-break space left.
    if let Some(after) = rest.strip_prefix('Â')
        && after.starts_with(' ')
    {
        let stands_after_mark = before.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '”' | '"' | ')'));
        return found('Â'.len_utf8(), "", stands_after_mark);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let codecs = Codecs::new();
        let (mut fixed, mut at) = (String::new(), 0);
        for run in scrambled(&codecs, text) {
            fixed.push_str(&text[at..run.start]);
            fixed.push_str(&run.original);
            at = run.end;
        }
        fixed + &text[at..]
    }

    fn misread(text: &str, encoding: &'static encoding_rs::Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_misread_comes_back() {
        let sound = [
            "Der Bürgermeister öffnete die Straße für „alle“.",
            "L’été à Nîmes fut brûlant — 38 °C.",
            "Trời hôm nay rất đẹp.",
            "Привет, мир.",
            "Zażółć gęślą jaźń.",
            "市長は言った。",
        ];
        for text in sound {
            for encoding in [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1250, encoding_rs::WINDOWS_1251] {
                let wrong = misread(text, encoding);
                if !wrong.contains('\u{FFFD}') {
                    assert_eq!(repaired(&wrong), text, "{}", encoding.name());
                }
            }
            let twice = misread(&misread(text, encoding_rs::WINDOWS_1252), encoding_rs::WINDOWS_1252);
            assert_eq!(repaired(&twice), text);
        }
    }

    #[test]
    fn sound_text_stays() {
        for text in [
            "O cão não comeu a maçã da IRMÃ… “AMANHÃ”, disse.",
            "Il a dit : « café » puis « l’été »… voilà…”",
            "Đã là “ĐÔNG Â”, nhà Â Vũ.",
            "“CAFÉ” et «ÎLE» – À… Ñ”",
            "Річ Сіль ‘Рі’ — Їжак",
            "Ä” och Å… är bokstäver",
            "ΑΓΓΕΛΙΕΣ «Β»",
            "© 2020 Ä, 5 × 3, ≈ 4, √2",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
