/// FNV-1a, 64 bits (Fowler, Noll, Vo): the same number on every machine and in every version, for fingerprints.
#[derive(Clone, Copy, Debug)]
pub struct StableHash(u64);

impl Default for StableHash {
    fn default() -> StableHash {
        StableHash(0xcbf2_9ce4_8422_2325)
    }
}

impl StableHash {
    /// Adds a piece; pieces are kept apart, so that "ab", "c" differs from "a", "bc".
    pub fn add(&mut self, piece: &[u8]) {
        for &byte in piece.iter().chain(&[0xFF]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// The number so far.
    pub fn value(self) -> u64 {
        self.0
    }
}
