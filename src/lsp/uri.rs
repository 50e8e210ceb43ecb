//! `file:` addresses ↔ paths.

use lsp_types::Uri;
use std::path::{Path, PathBuf};

/// The path of a `file:` address; none for any other.
#[must_use]
pub fn path(uri: &Uri) -> Option<PathBuf> {
    uri.scheme().filter(|scheme| scheme.as_str().eq_ignore_ascii_case("file"))?;
    let path = uri.path().as_estr().decode().into_string().ok()?;
    path.starts_with('/').then(|| PathBuf::from(&*path))
}

/// The address of an absolute path.
#[must_use]
pub fn of(path: &Path) -> Option<Uri> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded = path
        .to_str()?
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    format!("file://{}", encoded.collect::<String>()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_other_letters_pass() {
        let there = Path::new("/tmp/a b/ä%#?.md");
        let uri = of(there).expect("an address");
        assert_eq!(uri.as_str(), "file:///tmp/a%20b/%C3%A4%25%23%3F.md");
        assert_eq!(path(&uri).as_deref(), Some(there));
        assert_eq!(path(&"untitled:Untitled-1".parse().expect("an address")), None);
        assert_eq!(path(&"file:///a%FFb".parse().expect("an address")), None);
    }
}
