//! A map for words that are looked up by the million: a quick hash, and nothing that depends on the run.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Quick, and no defense against words that were chosen to meet: such a text is slower to read, and nothing else.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fx(u64);

impl Hasher for Fx {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, byte: u8) {
        self.write_u64(byte.into());
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }
    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// Its order means nothing: what is told is sorted first.
pub type Table<K, V> = HashMap<K, V, BuildHasherDefault<Fx>>;
