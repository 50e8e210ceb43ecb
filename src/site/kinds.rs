//! Which files beside reports a site may hold, and whether one is what its name says.

use crate::snapshot::RelPath;

/// Images that pages show.
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg"];
/// Other files that pages lead to.
const FILES: &[&str] = &["txt", "log", "csv", "pdf"];

/// Whether a file beside reports may be published when a report links to it.
#[must_use]
pub fn is_asset(path: &RelPath) -> bool {
    is_image(path) || FILES.contains(&extension(path).as_str())
}

/// Whether such a file is shown in the page itself.
#[must_use]
pub fn is_image(path: &RelPath) -> bool {
    IMAGES.contains(&extension(path).as_str())
}

/// Whether a file that may be published does not begin as files of its name do: whoever opens it may take it for something else.
#[must_use]
pub fn is_mistaken(path: &RelPath, bytes: &[u8]) -> bool {
    !match extension(path).as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" => is_picture(bytes),
        "pdf" => bytes.starts_with(b"%PDF-"),
        "svg" => is_svg(bytes),
        "txt" | "log" | "csv" => is_text(bytes),
        _ => true,
    }
}

/// One of the kinds of pictures, whichever: browsers show each under any name of them.
fn is_picture(bytes: &[u8]) -> bool {
    let begins: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"];
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    is_webp || begins.iter().any(|begin| bytes.starts_with(begin))
}

fn extension(path: &RelPath) -> String {
    path.file_name().rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// Its first element is `svg`, after what XML allows before that.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(end) = prologue(rest) {
        rest = rest[end..].trim_start();
    }
    let name = rest.strip_prefix('<').map(|rest| rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')));
    name.and_then(|mut parts| parts.next()).is_some_and(|name| name == "svg" || name.ends_with(":svg"))
}

/// Where a declaration, a comment or a document type ends that the text begins with.
fn prologue(text: &str) -> Option<usize> {
    let ends = if text.starts_with("<!--") {
        "-->"
    } else if text.starts_with("<?") {
        "?>"
    } else if text.get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case("<!doctype")) {
        if text.find('[') < text.find('>') && text.contains('[') { "]>" } else { ">" }
    } else {
        return None;
    };
    text.find(ends).map(|at| at + ends.len())
}

/// No zero byte where browsers look, unless it is UTF-16 and says so.
fn is_text(bytes: &[u8]) -> bool {
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let begin = &bytes[..bytes.len().min(1445)];
    is_utf16 || !begin.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistaken(name: &str, bytes: &[u8]) -> bool {
        is_mistaken(&RelPath::new(name).expect("a path"), bytes)
    }

    #[test]
    fn files_are_what_their_names_say() {
        let right: &[(&str, &[u8])] = &[
            ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ("a.JPG", b"\xff\xd8\xff\xe0"),
            ("a.jpeg", b"\xff\xd8\xff\xdb"),
            ("a.gif", b"GIF87a"),
            ("a.png", b"GIF89a"),
            ("a.jpg", b"\x89PNG\r\n\x1a\n"),
            ("a.webp", b"RIFF\x24\0\0\0WEBPVP8 "),
            ("a.pdf", b"%PDF-1.7"),
            ("a.svg", b"<svg/>"),
            (
                "a.svg",
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE svg PUBLIC 'x'>\n<svg:svg xmlns:svg='x'>",
            ),
            ("a.svg", b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>"),
            ("a.log", b"<html>an answer that was logged</html>"),
            ("a.txt", b"\xff\xfea\0"),
            ("a.csv", b""),
        ];
        for (name, bytes) in right {
            assert!(!mistaken(name, bytes), "{name}: {bytes:?}");
            assert!(is_asset(&RelPath::new(name).expect("a path")));
        }
    }

    #[test]
    fn what_begins_otherwise_is_found() {
        for name in ["a.png", "a.jpg", "a.gif", "a.webp", "a.pdf", "a.svg"] {
            for bytes in
                [b"".as_slice(), b"<html><script>x</script>", b"<!doctype html><p>", b"MZ\x90\0", b"PK\x03\x04"]
            {
                assert!(mistaken(name, bytes), "{name}: {bytes:?}");
            }
        }
        assert!(mistaken("a.png", b"<svg/>") && mistaken("a.png", b"%PDF-1.7") && mistaken("a.pdf", b"GIF89a"));
        assert!(mistaken("a.webp", b"RIFF\0\0\0\0WAVE") && mistaken("a.pdf", b" %PDF-1.7"));
        assert!(
            mistaken("a.svg", b"<html xmlns='x'><svg/></html>")
                && mistaken("a.svg", b"<svgx/>")
                && mistaken("a.svg", b"<!--")
        );
        assert!(mistaken("a.txt", b"a\0b") && mistaken("a.log", b"\x7fELF\0"));
    }
}
