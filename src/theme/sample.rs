//! x
pub const FILES: &[(&str, &str)] = &[];
