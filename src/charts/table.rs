//! The data of a chart as a table that opens beside it.

use crate::markup::{Html, escape};
use std::fmt::Write as _;

/// A field of the table. `url` is empty where there is nothing to follow.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub url: String,
    /// A number: aligned to the right.
    pub number: bool,
}

impl Cell {
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    #[must_use]
    pub fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self { text: text.into(), url: url.into(), number: false }
    }

    /// A number as it is said, that leads nowhere.
    #[must_use]
    pub fn number(text: impl Into<String>) -> Self {
        Self { text: text.into(), url: String::new(), number: true }
    }

    /// A count; nothing stands for zero.
    #[must_use]
    pub fn count(count: usize, url: impl Into<String>) -> Self {
        let text = if count == 0 { String::new() } else { count.to_string() };
        Self { text, url: if count == 0 { String::new() } else { url.into() }, number: true }
    }

    fn write(&self, out: &mut String, heads_row: bool) {
        let (open, close) = match (heads_row, self.number) {
            (true, _) => ("<th scope=\"row\">", "</th>"),
            (false, true) => ("<td class=\"r\">", "</td>"),
            (false, false) => ("<td>", "</td>"),
        };
        let text = escape(&self.text);
        let text = if self.url.is_empty() { text } else { format!("<a href=\"{}\">{text}</a>", escape(&self.url)) };
        let _ = write!(out, "{open}{text}{close}");
    }
}

/// A closed `<details>` with the data of a chart. The first field of each row is its heading. `summary` is what one
/// opens, `caption` what the table holds.
#[must_use]
pub fn twin(summary: &str, caption: &str, head: &[(&str, bool)], rows: &[Vec<Cell>]) -> Html {
    let (summary, caption) = (escape(summary), escape(caption));
    let mut out = format!(
        "<details class=\"twin\"><summary>{summary}</summary><div class=\"scroll\" role=\"region\" tabindex=\"0\" \
         aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr>"
    );
    for (text, number) in head {
        let class = if *number { " class=\"r\"" } else { "" };
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", escape(text));
    }
    out.push_str("</tr></thead><tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            cell.write(&mut out, at == 0);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div></details>");
    Html(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_caption_scopes_and_no_markup_of_others() {
        let rows = [vec![Cell::link("<b>", "x?a&b"), Cell::count(3, "#y"), Cell::count(0, "#z")]];
        let Html(html) = twin("Data", "By \"service\"", &[("Factor", false), ("n", true)], &rows);
        assert!(html.contains("<caption>By &quot;service&quot;</caption>"), "{html}");
        assert!(html.contains("<th scope=\"col\" class=\"r\">n</th>"), "{html}");
        assert!(html.contains("<th scope=\"row\"><a href=\"x?a&amp;b\">&lt;b&gt;</a></th>"), "{html}");
        assert!(html.contains("<td class=\"r\"><a href=\"#y\">3</a></td><td class=\"r\"></td>"), "{html}");
    }
}
