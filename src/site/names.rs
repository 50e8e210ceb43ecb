//! Names of files that Windows, or a host that thinks like it, cannot hold.

use std::borrow::Cow;

/// Devices that Windows finds in every folder, with any extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];
/// The same, before a digit.
const PORTS: &[&str] = &["com", "lpt"];

/// Whether a part of a path names a device.
#[must_use]
pub fn is_device(part: &str) -> bool {
    let stem = stem(part).trim_end();
    // As long as `com1` or `conout$`: most names are longer, and are asked for often.
    if !(3..=7).contains(&stem.len()) {
        return false;
    }
    let stem = stem.to_lowercase();
    let is_port = |port: &str| {
        let number = stem.strip_prefix(port).unwrap_or("");
        matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
    };
    DEVICES.contains(&stem.as_str()) || PORTS.iter().any(|port| is_port(port))
}

/// What keeps a part of a path from being a name everywhere.
#[must_use]
pub fn unportable(part: &str) -> Option<String> {
    let forbidden = |c: &char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\');
    if let Some(c) = part.chars().find(forbidden) {
        return Some(format!("the character {c:?}"));
    }
    if part.ends_with(['.', ' ']) {
        return Some("a dot or a space at its end".to_owned());
    }
    is_device(part).then(|| format!("`{}`, which is a device there", stem(part)))
}

/// The same part, and no device.
pub(super) fn without_device(part: Cow<'_, str>) -> Cow<'_, str> {
    if !is_device(&part) {
        return part;
    }
    let (stem, rest) = part.split_at(stem(&part).len());
    format!("{stem}-{rest}").into()
}

/// What Windows looks at: everything before the first dot.
fn stem(part: &str) -> &str {
    part.split('.').next().unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_known_in_every_spelling() {
        for name in ["con", "CON", "Aux.md", "nul.tar.gz", "prn ", "prn .txt", "com1", "LPT9.png", "com¹", "conin$"] {
            assert!(is_device(name) && unportable(name).is_some(), "{name}");
        }
        for name in ["cons", "con-1", "com0", "com10", "com", "a.con", "lpt", "null", "aux_", "x.nul"] {
            assert!(!is_device(name) && unportable(name).is_none(), "{name}");
        }
        for name in ["a:b", "a?", "a*", "a|b", "a<b", "a>b", "a\"b", "a\nb", "a.", "a ", "a\\b"] {
            assert!(unportable(name).is_some(), "{name:?}");
        }
        for (name, safe) in [("con", "con-"), ("NUL.a.b", "NUL-.a.b"), ("lpt3", "lpt3-"), ("consul", "consul")] {
            assert_eq!(without_device(name.into()), safe);
            assert!(!is_device(&without_device(name.into())));
        }
    }
}
