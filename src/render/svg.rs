//! Whether an SVG file can be published as it is.

/// Stands in for an SVG that was left out.
pub(super) const NOTICE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 60\" role=\"img\">\
<rect width=\"480\" height=\"60\" fill=\"#f4f1ea\"/><text x=\"16\" y=\"36\" font-family=\"sans-serif\" font-size=\"16\">\
Image left out: it contains active content.</text></svg>\n";

/// True when nothing in the file runs, embeds HTML or fetches: refuses more than it must.
pub(super) fn is_safe(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let lower = text.to_ascii_lowercase();
    let forbidden = [
        "<script",
        ":script",
        "foreignobject",
        "javascript:",
        "<!entity",
        "<!doctype",
        "<?xml-stylesheet",
        "<iframe",
        "<animate",
        "<set",
        "<handler",
        "data:text",
        "&#",
    ];
    !forbidden.iter().any(|word| lower.contains(word)) && !has_handler(&lower)
}

/// An attribute that begins with `on`.
fn has_handler(lower: &str) -> bool {
    lower.match_indices("on").any(|(at, _)| {
        let before = lower[..at].chars().next_back();
        let rest = lower[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        before.is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '/')) && rest.trim_start().starts_with('=')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_still_images_pass() {
        assert!(is_safe(b"<svg><rect width=\"1\"/></svg>"));
        assert!(is_safe(NOTICE.as_bytes()));
        for live in [
            "<svg onload=alert(1)>",
            "<svg><SCRIPT>x</SCRIPT></svg>",
            "<svg/onload=x>",
            "<svg><foreignObject/></svg>",
            "<a href=\"javascript:x\">",
        ] {
            assert!(!is_safe(live.as_bytes()), "{live}");
        }
    }
}
