/// Where each byte of an extracted text stands in the bytes it came from.
///
/// Kept as runs of characters of one kind: in a run every character takes `text_unit` bytes of text and `source_unit`
/// bytes of source. Plain UTF-8 is a single run; a JSON escape, a Latin-1 letter or a replaced byte starts another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
    text_end: usize,
    source_end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    text: usize,
    source: usize,
    text_unit: u32,
    source_unit: u32,
}

impl OffsetMap {
    /// A map for a text whose first byte stands at byte `source` of its origin.
    pub fn starting_at(source: usize) -> OffsetMap {
        OffsetMap { runs: Vec::new(), text_end: 0, source_end: source }
    }

    /// A text of `len` bytes that stands unchanged at byte `source` of its origin.
    pub fn unchanged(source: usize, len: usize) -> OffsetMap {
        let mut map = OffsetMap::starting_at(source);
        map.push_unchanged(len);
        map
    }

    /// Adds `len` bytes of text that stand in the source as they are.
    pub fn push_unchanged(&mut self, len: usize) {
        if len > 0 {
            self.start_run(1, 1);
            self.text_end += len;
            self.source_end += len;
        }
    }

    /// Adds one character (or indivisible piece) that takes `text_len` bytes of text and `source_len` of source.
    pub fn push_piece(&mut self, text_len: usize, source_len: usize) {
        if text_len == source_len {
            return self.push_unchanged(text_len);
        }
        if text_len > 0 {
            self.start_run(text_len as u32, source_len as u32);
        }
        self.text_end += text_len;
        self.source_end += source_len;
    }

    /// Passes over `len` source bytes that gave no text.
    pub fn skip_source(&mut self, len: usize) {
        self.source_end += len;
    }

    fn start_run(&mut self, text_unit: u32, source_unit: u32) {
        let continues = self.runs.last().is_some_and(|run| {
            run.text_unit == text_unit
                && run.source_unit == source_unit
                && run.source + (self.text_end - run.text) / text_unit as usize * source_unit as usize == self.source_end
        });
        if !continues {
            self.runs.push(Run { text: self.text_end, source: self.source_end, text_unit, source_unit });
        }
    }

    /// The source range `start..end` (bytes of the origin) behind the text range `start..end`. A range that cuts an
    /// indivisible piece takes the whole piece.
    pub fn source_of(&self, start: usize, end: usize) -> (u64, u64) {
        (self.source_at(start) as u64, self.source_after(end) as u64)
    }

    fn run_of(&self, offset: usize) -> Option<&Run> {
        let at = self.runs.partition_point(|run| run.text <= offset);
        self.runs[..at].last()
    }

    fn source_at(&self, offset: usize) -> usize {
        if offset >= self.text_end {
            return self.source_end;
        }
        self.run_of(offset)
            .map_or(self.source_end, |run| run.source + (offset - run.text) / run.text_unit as usize * run.source_unit as usize)
    }

    fn source_after(&self, end: usize) -> usize {
        if end == 0 {
            return self.source_at(0);
        }
        self.run_of(end - 1).map_or(self.source_end, |run| {
            run.source + (end - 1 - run.text + run.text_unit as usize) / run.text_unit as usize * run.source_unit as usize
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_plain_stretches_alternate() {
        // source: 0..2 "ab", 2..8 "\u00e9", 8..9 "c"
        let mut map = OffsetMap::starting_at(0);
        map.push_unchanged(2);
        map.push_piece(2, 6);
        map.push_unchanged(1);
        assert_eq!(map.source_of(0, 2), (0, 2));
        assert_eq!(map.source_of(2, 4), (2, 8));
        assert_eq!(map.source_of(1, 5), (1, 9));
        assert_eq!(map.source_of(5, 5), (9, 9));
    }

    #[test]
    fn utf_16_is_few_runs() {
        let mut map = OffsetMap::starting_at(2);
        for _ in 0..1000 {
            map.push_piece(1, 2);
        }
        assert_eq!(map.runs.len(), 1);
        assert_eq!(map.source_of(10, 12), (22, 26));
    }

    #[test]
    fn a_skipped_stretch_lies_between_characters() {
        let mut map = OffsetMap::starting_at(0);
        map.push_unchanged(3);
        map.skip_source(5);
        map.push_unchanged(3);
        assert_eq!(map.source_of(0, 3), (0, 3));
        assert_eq!(map.source_of(3, 6), (8, 11));
    }
}
