//! Any bytes decode, and the whole text leads back to a range of the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ungarble::text::decode;

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(bytes.to_vec());
    let (start, end) = decoded.map.source_of(0, decoded.text.len());
    assert!(start <= end && end as usize <= bytes.len());
});
