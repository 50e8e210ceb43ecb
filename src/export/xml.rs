//! XML text: escaped, and without characters that XML does not allow or that reorder what is around them.

use crate::{markup, pages::plain};

/// Text for an element or an attribute. Line breaks stay.
pub(super) fn text(text: &str) -> String {
    let harmful = |c: char| c != '\n' && c != '\t' && plain::is_harmful(c);
    if text.contains(harmful) { markup::escape(&text.replace(harmful, "")) } else { markup::escape(text) }
}

/// `<name>text</name>` on a line.
pub(super) fn line(out: &mut String, name: &str, content: &str) {
    out.push_str(&format!("<{name}>{}</{name}>\n", text(content)));
}
