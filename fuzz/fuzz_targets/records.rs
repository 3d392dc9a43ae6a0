//! Any file of records is read to its end, and every character leads back to the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ungarble::extract::{RecordReader, TextFields};
use ungarble::text::Span;

fuzz_target!(|bytes: &[u8]| {
    let mut reader = RecordReader::new("fuzz", bytes);
    while let Some(record) = reader.next_line().expect("memory can be read") {
        let Ok(document) = record.parse(&TextFields::Usual) else { continue };
        for part in &document.parts {
            let text = part.part.span.of(&document.text);
            if !text.is_empty() {
                let place = document.places([Span::new(part.part.span.start as usize, part.part.span.end as usize)]).remove(0);
                assert!(place.source.0 <= place.source.1 && place.source.1 as usize <= bytes.len());
            }
        }
    }
});
