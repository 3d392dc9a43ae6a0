//! Single-byte encodings read backwards: from a character to the byte that it was mistaken for.

use encoding_rs::Encoding;

/// Characters up to here can stand for a byte in some encoding that is known here.
const LIMIT: usize = 0xFC00;

/// The encodings, the likelier first.
const KNOWN: [(&str, Option<&Encoding>); 9] = [
    ("windows-1252", Some(encoding_rs::WINDOWS_1252)),
    ("iso-8859-1", None),
    ("windows-1250", Some(encoding_rs::WINDOWS_1250)),
    ("windows-1251", Some(encoding_rs::WINDOWS_1251)),
    ("macintosh", Some(encoding_rs::MACINTOSH)),
    ("windows-1254", Some(encoding_rs::WINDOWS_1254)),
    ("windows-1253", Some(encoding_rs::WINDOWS_1253)),
    ("windows-1257", Some(encoding_rs::WINDOWS_1257)),
    ("iso-8859-2", Some(encoding_rs::ISO_8859_2)),
];

/// How many encodings are known.
pub(super) const COUNT: usize = KNOWN.len();

/// The name of an encoding in the Encoding Standard.
pub(super) fn name(codec: usize) -> &'static str {
    KNOWN[codec].0
}

/// Which characters stand for which bytes.
pub(super) struct Codecs {
    /// By character: the encodings, as bits, in which it stands for the first byte of several in UTF-8.
    leads: Vec<u16>,
    /// By character: the encodings in which it stands for a later byte.
    follows: Vec<u16>,
    /// By encoding: characters with their bytes, sorted.
    bytes: Vec<Vec<(char, u8)>>,
}

impl Codecs {
    pub(super) fn new() -> Codecs {
        let mut codecs = Codecs { leads: vec![0; LIMIT], follows: vec![0; LIMIT], bytes: Vec::new() };
        for (codec, (_, encoding)) in KNOWN.iter().enumerate() {
            let mut bytes = Vec::new();
            for byte in 0x80..=0xF4u8 {
                let c = match encoding {
                    Some(encoding) => encoding.decode_without_bom_handling(&[byte]).0.chars().next(),
                    None => Some(char::from(byte)),
                };
                let Some(c) = c.filter(|&c| c != '\u{FFFD}' && (c as usize) < LIMIT) else { continue };
                bytes.push((c, byte));
                match byte {
                    0x80..=0xBF => codecs.follows[c as usize] |= 1 << codec,
                    0xC2..=0xF4 => codecs.leads[c as usize] |= 1 << codec,
                    _ => {}
                }
            }
            bytes.sort_unstable();
            codecs.bytes.push(bytes);
        }
        codecs
    }

    /// The encodings, as bits, in which `first` and `second` are the first two bytes of one character.
    pub(super) fn shared(&self, first: char, second: char) -> u16 {
        self.leads.get(first as usize).copied().unwrap_or(0) & self.follows.get(second as usize).copied().unwrap_or(0)
    }

    /// Whether a character stands for the first byte of several in some encoding.
    pub(super) fn leads(&self, c: char) -> bool {
        self.leads.get(c as usize).is_some_and(|&codecs| codecs != 0)
    }

    /// The byte that a character stands for.
    pub(super) fn byte(&self, codec: usize, c: char) -> Option<u8> {
        let bytes = &self.bytes[codec];
        bytes.binary_search_by_key(&c, |&(c, _)| c).ok().map(|at| bytes[at].1)
    }
}

/// The character that Windows-1252 has for a byte which was taken for a control character.
pub(super) fn of_control(c: char) -> Option<char> {
    let byte = u8::try_from(c as u32).ok().filter(|byte| (0x80..0xA0).contains(byte))?;
    let bytes = [byte];
    let decoded = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.chars().next();
    decoded.filter(|&decoded| decoded != c)
}

/// The character of a numeric reference; those for control characters mean Windows-1252, as browsers read them.
pub(super) fn of_number(number: u32) -> Option<char> {
    let c = char::from_u32(number).filter(|&c| c == '\n' || c == '\t' || c >= ' ')?;
    Some(of_control(c).unwrap_or(c)).filter(|c| !c.is_control() || c.is_ascii_whitespace())
}
