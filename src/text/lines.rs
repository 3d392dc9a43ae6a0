use memchr::memchr_iter;

/// The byte offset at which each line of a text starts. Lines end with LF; a CR before it belongs to the line.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads a text once for its line ends.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = vec![0];
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        LineIndex { starts }
    }

    /// The line (from 1) that holds the byte `offset`, and the byte offset at which it starts.
    pub fn line_of(&self, offset: usize) -> (u64, usize) {
        let line = self.starts.partition_point(|&start| start <= offset);
        (line as u64, self.starts[line - 1])
    }
}

/// Converts byte offsets of one text to counts of code points; cheap as long as the offsets rise.
#[derive(Clone, Debug)]
pub struct CharCounter<'t> {
    text: &'t str,
    byte: usize,
    chars: usize,
}

impl<'t> CharCounter<'t> {
    /// A counter at the start of `text`.
    pub fn new(text: &'t str) -> CharCounter<'t> {
        CharCounter { text, byte: 0, chars: 0 }
    }

    /// How many code points stand before the byte `offset`, which is a code point's first byte or the text's end.
    pub fn chars_before(&mut self, offset: usize) -> usize {
        if offset < self.byte {
            self.chars -= count(&self.text.as_bytes()[offset..self.byte]);
        } else {
            self.chars += count(&self.text.as_bytes()[self.byte..offset]);
        }
        self.byte = offset;
        self.chars
    }
}

/// Code points in valid UTF-8: the bytes that are no continuation bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| (byte as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one_and_keep_carriage_returns() {
        let index = LineIndex::new("a\r\nbc\n\nd");
        assert_eq!(index.line_of(0), (1, 0));
        assert_eq!(index.line_of(2), (1, 0));
        assert_eq!(index.line_of(3), (2, 3));
        assert_eq!(index.line_of(6), (3, 6));
        assert_eq!(index.line_of(8), (4, 7));
    }

    #[test]
    fn code_points_count_in_both_directions() {
        let text = "añ😀z";
        let mut counter = CharCounter::new(text);
        assert_eq!(counter.chars_before(text.len()), 4);
        assert_eq!(counter.chars_before(1), 1);
        assert_eq!(counter.chars_before(7), 3);
    }
}
