use crate::text::{CharCounter, DecodeStep, LineIndex, OffsetMap, Part, Role, Span};

/// One article: its checked text, and where that stands in the file it came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// The record's own id, else the file's path.
    pub id: String,
    /// The file, as given.
    pub path: String,
    /// The checked text: the file, or the record's fields joined by blank lines.
    pub text: String,
    /// The stretches of the text, in order.
    pub parts: Vec<DecodedPart>,
    /// What decoding did that was not plain UTF-8.
    pub decoding: Vec<DecodeStep>,
    /// How the file is laid out around the text.
    pub origin: Origin,
}

/// A stretch of the checked text with its own map to the source.
#[derive(Clone, Debug)]
pub struct DecodedPart {
    /// Where it stands in the checked text, and what it is.
    pub part: Part,
    /// The field that it is the value of, as a JSON Pointer.
    pub field: Option<String>,
    /// From bytes of the part (not of the checked text) to bytes of the file.
    pub map: OffsetMap,
}

/// What lines and columns are counted in.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The checked text is the decoded file.
    File,
    /// The text comes from one line of a file of records.
    Record {
        /// The line, from 1.
        line: u64,
        /// The byte at which the line starts in the file.
        start: u64,
        /// The line as it stands in the file.
        raw: String,
    },
}

/// Where a span stands, in every unit that a report needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes in the field's value, or in the whole checked text of a file: `start..end`.
    pub bytes: (usize, usize),
    /// The same in code points.
    pub chars: (usize, usize),
    /// Bytes in the original file.
    pub source: (u64, u64),
    /// Line and column (code points) of the start in the original file, from 1.
    pub start: (u64, u64),
    /// Line and column of the end, which is exclusive.
    pub end: (u64, u64),
    /// The field, as a JSON Pointer.
    pub field: Option<String>,
}

impl Document {
    /// The parts as the annotator wants them.
    pub fn layout(&self) -> Vec<Part> {
        self.parts.iter().map(|part| part.part).collect()
    }

    /// The places of spans, in the order given; cheapest when they rise.
    pub fn places(&self, spans: impl IntoIterator<Item = Span>) -> Vec<Place> {
        let mut locator = self.locator();
        spans.into_iter().map(|span| locator.place(span)).collect()
    }

    /// Finds places one after another; built once for all places of a document.
    pub fn locator(&self) -> Locator<'_> {
        Locator {
            document: self,
            lines: matches!(self.origin, Origin::File).then(|| LineIndex::new(&self.text)),
            counters: self.parts.iter().map(|part| CharCounter::new(part.part.span.of(&self.text))).collect(),
            columns: CharCounter::new(match &self.origin {
                Origin::File => &self.text,
                Origin::Record { raw, .. } => raw,
            }),
            line: (0, 0),
        }
    }

    /// A document made of one text in memory, such as a request of a server.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Document {
        let (id, text) = (id.into(), text.into());
        let map = OffsetMap::unchanged(0, text.len());
        Document::single(id.clone(), id, text, map, Vec::new())
    }

    pub(super) fn single(id: String, path: String, text: String, map: OffsetMap, decoding: Vec<DecodeStep>) -> Document {
        let part = Part { span: Span::new(0, text.len()), role: Role::Body };
        Document { id, path, parts: vec![DecodedPart { part, field: None, map }], text, decoding, origin: Origin::File }
    }
}

/// Turns spans into places. A span near the last one is cheap; the first costs a pass over the text.
pub struct Locator<'d> {
    document: &'d Document,
    lines: Option<LineIndex>,
    counters: Vec<CharCounter<'d>>,
    columns: CharCounter<'d>,
    /// The byte at which the last line asked for starts, and the code points before it.
    line: (usize, usize),
}

impl Locator<'_> {
    /// The place of a span of the document.
    pub fn place(&mut self, span: Span) -> Place {
        let document = self.document;
        let index = document.parts.partition_point(|part| part.part.span.start <= span.start).saturating_sub(1);
        let part = &document.parts[index];
        let base = part.part.span.start as usize;
        let bytes = (span.start as usize - base, span.end as usize - base);
        let chars = (self.counters[index].chars_before(bytes.0), self.counters[index].chars_before(bytes.1));
        let source = part.map.source_of(bytes.0, bytes.1);
        let (start, end) = match &document.origin {
            Origin::Record { line, start, .. } => {
                let mut column = |at: u64| (*line, self.columns.chars_before((at - start) as usize) as u64 + 1);
                (column(source.0), column(source.1))
            }
            Origin::File => (self.position(span.start as usize), self.position(span.end as usize)),
        };
        Place { bytes, chars, source, start, end, field: part.field.clone() }
    }

    fn position(&mut self, at: usize) -> (u64, u64) {
        let (line, start) = self.lines.as_ref().map_or((1, 0), |lines| lines.line_of(at));
        if start != self.line.0 {
            self.line = (start, self.columns.chars_before(start));
        }
        (line, (self.columns.chars_before(at) - self.line.1) as u64 + 1)
    }
}
