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
    !forbidden.iter().any(|word| lower.contains(word)) && !has_handler(&lower) && !fetches(&lower)
}

/// A reference to what is not in the file: an address that is no fragment and no image of its own. A link fetches nothing.
fn fetches(lower: &str) -> bool {
    let begins = |rest: &str, with: &str| rest.trim_start_matches(['"', '\'', ' ']).starts_with(with);
    let is_link = |at: usize| {
        let tag = lower[..at].rfind('<').map_or("", |start| &lower[start + 1..at]);
        tag.strip_prefix('a').is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    let attribute = |name: &str| {
        let elsewhere = lower.match_indices(name).filter(|(at, _)| !is_link(*at));
        let mut values = elsewhere.filter_map(|(at, _)| lower[at + name.len()..].trim_start().strip_prefix('='));
        values.any(|value| !begins(value, "#") && !begins(value, "data:image/"))
    };
    let styles = lower.match_indices("url(").any(|(at, _)| !begins(&lower[at + 4..], "#"));
    attribute("href") || attribute("src") || styles || lower.contains("@import") || lower.contains('\\')
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
        assert!(is_safe(
            b"<svg><use href=\"#a\"/><rect fill=\"url(#b)\"/><image href = 'data:image/png;base64,iVBO'/></svg>"
        ));
        assert!(is_safe(b"<svg><a xlink:href=\"https://example.org/\"><text>x</text></a></svg>"));
        for live in [
            "<svg onload=alert(1)>",
            "<svg><SCRIPT>x</SCRIPT></svg>",
            "<svg/onload=x>",
            "<svg><foreignObject/></svg>",
            "<a href=\"javascript:x\">",
            "<svg><image href=\"https://evil.example/x.png\"/></svg>",
            "<svg><use xlink:href = 'other.svg#a'/></svg>",
            "<svg><rect style=\"fill: url( 'https://evil.example/x' )\"/></svg>",
            "<svg><style>@import '//evil.example/x.css';</style></svg>",
            "<svg><style>a { background: u\\72l(//evil.example/x) }</style></svg>",
        ] {
            assert!(!is_safe(live.as_bytes()), "{live}");
        }
    }
}
