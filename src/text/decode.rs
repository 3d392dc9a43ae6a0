use encoding_rs::{CoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::OffsetMap;

/// One thing that decoding did which is not plain UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeStep {
    /// A byte-order mark was taken off; its encoding's name.
    ByteOrderMark(&'static str),
    /// The bytes are no UTF-8 and declare nothing: this encoding was guessed from them.
    Guessed(&'static str),
    /// `count` stretches of bytes were no valid text and became U+FFFD; the first stands at byte `first` of the text.
    Replaced {
        /// How many replacement characters were put in.
        count: usize,
        /// Byte offset of the first one in the decoded text.
        first: usize,
    },
}

/// A file's text, and how it was got.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text, always valid UTF-8, byte-order mark removed.
    pub text: String,
    /// From bytes of `text` to bytes of the file.
    pub map: OffsetMap,
    /// The encoding's name in the Encoding Standard, such as "UTF-8" or "windows-1252".
    pub encoding: &'static str,
    /// Everything that was not plain UTF-8, in order.
    pub steps: Vec<DecodeStep>,
}

/// Decodes a file: by byte-order mark, else as UTF-8, else as UTF-16 where every second byte is NUL, else by a guess
/// (chardetng) among the legacy encodings of the web. Never fails: what can't be decoded becomes U+FFFD and is recorded.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let step = DecodeStep::ByteOrderMark(encoding.name());
        return decode_as(&bytes, mark, encoding, vec![step]);
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let map = OffsetMap::unchanged(0, text.len());
            Decoded { text, map, encoding: UTF_8.name(), steps: Vec::new() }
        }
        Err(error) => {
            let bytes = error.into_bytes();
            if mostly_utf_8(&bytes) {
                return decode_as(&bytes, 0, UTF_8, Vec::new());
            }
            let encoding = utf_16_by_nul_bytes(&bytes).unwrap_or_else(|| guess(&bytes));
            let step = DecodeStep::Guessed(encoding.name());
            decode_as(&bytes, 0, encoding, vec![step])
        }
    }
}

/// Whether bytes are no text at all: NUL bytes without being UTF-16, or a tenth of control characters, in the first 8 KiB.
pub fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    if Encoding::for_bom(head).is_some() || utf_16_by_nul_bytes(head).is_some() {
        return false;
    }
    let control = head.iter().filter(|&&byte| byte < 0x20 && !b"\t\n\r\x0c\x1b\x08".contains(&byte)).count();
    control * 10 > head.len()
}

/// Text that has more well-formed multi-byte sequences than broken ones is damaged UTF-8, not another encoding.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound * 2 > broken
}

fn utf_16_by_nul_bytes(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(8192) & !1];
    if head.len() < 4 {
        return None;
    }
    let pairs = head.len() / 2;
    let even = head.iter().step_by(2).filter(|&&byte| byte == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|&&byte| byte == 0).count();
    match (even * 10 > pairs * 7, odd * 10 > pairs * 7) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

fn decode_as(bytes: &[u8], skip: usize, encoding: &'static Encoding, mut steps: Vec<DecodeStep>) -> Decoded {
    let mut replaced = Vec::new();
    let (text, map) =
        if encoding == UTF_8 { decode_utf_8(bytes, skip, &mut replaced) } else { decode_bytewise(bytes, skip, encoding, &mut replaced) };
    if let Some(&first) = replaced.first() {
        steps.push(DecodeStep::Replaced { count: replaced.len(), first });
    }
    Decoded { text, map, encoding: encoding.name(), steps }
}

const REPLACEMENT: &str = "\u{FFFD}";

fn decode_utf_8(bytes: &[u8], skip: usize, replaced: &mut Vec<usize>) -> (String, OffsetMap) {
    let mut text = String::with_capacity(bytes.len());
    let mut map = OffsetMap::starting_at(skip);
    for chunk in bytes[skip..].utf8_chunks() {
        text.push_str(chunk.valid());
        map.push_unchanged(chunk.valid().len());
        if !chunk.invalid().is_empty() {
            replaced.push(text.len());
            text.push_str(REPLACEMENT);
            map.push_piece(REPLACEMENT.len(), chunk.invalid().len());
        }
    }
    (text, map)
}

/// Feeds a legacy or UTF-16 decoder a byte at a time, so that each character is known with the bytes that made it.
fn decode_bytewise(bytes: &[u8], skip: usize, encoding: &'static Encoding, replaced: &mut Vec<usize>) -> (String, OffsetMap) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut map = OffsetMap::starting_at(skip);
    let mut pending = 0;
    let mut buffer = [0u8; 32];
    let input = &bytes[skip..];
    for at in 0..=input.len() {
        let last = at == input.len();
        let byte = if last { &[][..] } else { &input[at..=at] };
        pending += byte.len();
        let (result, _, written, bad) = decoder.decode_to_utf8(byte, &mut buffer, last);
        debug_assert_eq!(result, CoderResult::InputEmpty, "32 bytes hold what one byte can give");
        if written > 0 {
            let piece = String::from_utf8_lossy(&buffer[..written]);
            if bad {
                replaced.push(text.len());
            }
            text.push_str(&piece);
            map.push_piece(piece.len(), pending);
            pending = 0;
        }
    }
    map.skip_source(pending);
    (text, map)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source_text(bytes: &[u8], decoded: &Decoded, part: &str) -> Vec<u8> {
        let start = decoded.text.find(part).unwrap();
        let (from, to) = decoded.map.source_of(start, start + part.len());
        bytes[from as usize..to as usize].to_vec()
    }

    #[test]
    fn plain_utf_8_takes_no_step() {
        let decoded = decode("Zażółć".into());
        assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.steps), ("Zażółć", "UTF-8", vec![]));
    }

    #[test]
    fn a_byte_order_mark_shifts_the_source() {
        let decoded = decode(b"\xEF\xBB\xBFabc".to_vec());
        assert_eq!(decoded.text, "abc");
        assert_eq!(decoded.map.source_of(0, 1), (3, 4));
        assert_eq!(decoded.steps, [DecodeStep::ByteOrderMark("UTF-8")]);
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        let mut bytes: Vec<u8> = "Ünite 😀 one two".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let plain = decode(bytes.clone());
        assert_eq!((plain.text.as_str(), plain.encoding), ("Ünite 😀 one two", "UTF-16LE"));
        assert_eq!(source_text(&bytes, &plain, "😀"), [0x3D, 0xD8, 0x00, 0xDE]);
        bytes.splice(0..0, [0xFF, 0xFE]);
        let marked = decode(bytes.clone());
        assert_eq!(marked.text, "Ünite 😀 one two");
        assert_eq!(source_text(&bytes, &marked, "two").len(), 6);
    }

    #[test]
    fn a_legacy_encoding_is_guessed_and_told() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("Le café “Chez Zoé” a été fermé à midi, dit-il, où?");
        let decoded = decode(bytes.to_vec());
        assert_eq!(decoded.steps, [DecodeStep::Guessed("windows-1252")]);
        assert_eq!(source_text(&bytes, &decoded, "Zoé”"), b"Zo\xE9\x94");
    }

    #[test]
    fn broken_utf_8_keeps_what_is_sound() {
        let decoded = decode(b"caf\xC3\xA9 and caf\xC3\xA9 and \xFF\xFE end".to_vec());
        assert_eq!(decoded.text, "café and café and \u{FFFD}\u{FFFD} end");
        assert_eq!(decoded.steps, [DecodeStep::Replaced { count: 2, first: 20 }]);
        assert_eq!(decoded.map.source_of(20, 26), (20, 22));
    }

    #[test]
    fn binary_is_told_from_text() {
        assert!(looks_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01"));
        assert!(!looks_binary("Ordinary text with one \0 in it, and more to read.".as_bytes()));
        assert!(!looks_binary(b""));
    }
}
