//! Words that are the same on all pages, written into built-in templates once instead of on every page.

use crate::{markup, words::Words};

const START: &str = "{{ t.";
const END: &str = " }}";

/// A template in which `{{ t.table.key }}` is the words themselves, escaped. What is no plain text stays as it is, for
/// the template's own messages.
pub(super) fn with_words(template: &str, words: &Words) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find(START) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let said = rest.find(END).and_then(|end| Some((plain(words, &rest[START.len()..end])?, end + END.len())));
        let (said, taken) = said.unwrap_or_else(|| (START.to_owned(), START.len()));
        out.push_str(&said);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// A text that holds nothing for a page to fill, nor anything that a template would read as its own.
fn plain(words: &Words, key: &str) -> Option<String> {
    let text = words.find(key).filter(|text| text.is_plain() && !text.written().contains(['{', '}']))?;
    Some(markup::escape(text.written()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_are_written_in_and_nothing_else() {
        let words = Words::english();
        let skip = words.text("site.skip");
        assert_eq!(
            with_words("<a title=\"{{ t.site.skip }}\">{{ t.site.skip }}{{ t.site.skip | upper }}", words),
            format!("<a title=\"{skip}\">{skip}{{{{ t.site.skip | upper }}}}")
        );
        for kept in [
            "{{ t.no.such }}",
            "{{ t.count.reports }}",
            "{{ t.site.skip",
            "{{ t. }}",
            "{{ t.patterns.none }}",
            "{{ title }}",
        ] {
            assert_eq!(with_words(kept, words), kept);
        }
    }
}
