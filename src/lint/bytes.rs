//! Looking for bytes in long texts in which they are seldom.

/// Whether any byte fits. Looks at blocks of bytes at a time without leaving early, so that it needs no branch for each.
pub fn any(bytes: &[u8], fits: impl Fn(u8) -> bool) -> bool {
    let (blocks, rest) = bytes.as_chunks::<64>();
    let block = |block: &[u8]| block.iter().fold(0, |found, byte| found | u8::from(fits(*byte))) != 0;
    blocks.iter().any(|bytes| block(bytes)) || block(rest)
}

#[cfg(test)]
mod tests {
    use super::any;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for at in [0, 1, 255, 256, 511, 700] {
            let mut bytes = vec![b'a'; 701];
            assert!(!any(&bytes, |byte| byte == b'x'));
            bytes[at] = b'x';
            assert!(any(&bytes, |byte| byte == b'x'), "{at}");
        }
        assert!(!any(b"", |_| true));
    }
}
