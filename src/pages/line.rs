//! A line of words with links in it, which pages, mails and plain texts all can say.

use super::root_of;
use crate::{
    markup::{self, Html},
    words::{
        Words,
        text::{Piece, Value},
    },
};

/// Some words. `url` is from the root of the site, and empty where they lead nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub url: String,
    /// How a page draws them: the class of a severity.
    pub class: String,
    pub code: bool,
}

/// Words in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Run>);

/// Words with spaces as they are typed, for what is not laid out.
#[must_use]
pub fn typed(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

impl Line {
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Run { text: text.into(), ..Run::default() }])
    }

    #[must_use]
    pub fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self(vec![Run { text: text.into(), url: url.into(), ..Run::default() }])
    }

    /// A text of the interface, filled; the addresses of its links are values too.
    #[must_use]
    pub fn say(words: &Words, key: &str, values: &[(&str, Value<'_>)]) -> Self {
        let Some(text) = words.find(key) else { return Self::plain(key) };
        let value = |name: &str| {
            let found = values.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| words.value(*value).into_owned()).unwrap_or_default()
        };
        let n = values.iter().find_map(|(name, value)| match value {
            Value::Count(n) if *name == "n" => Some(*n),
            _ => None,
        });
        let mut line = Self::default();
        let (mut url, mut code) = (String::new(), false);
        for piece in words.form(text, n) {
            let said = match piece {
                Piece::Words(words) => words.clone(),
                Piece::Hole(name) => value(name),
                Piece::Link(name) => {
                    url = value(name);
                    continue;
                }
                Piece::EndLink => {
                    url.clear();
                    continue;
                }
                Piece::Code | Piece::EndCode => {
                    code = matches!(piece, Piece::Code);
                    continue;
                }
            };
            line.push(Run { text: said, url: url.clone(), class: String::new(), code });
        }
        line
    }

    /// Goes on with the run before where it leads to the same place.
    fn push(&mut self, run: Run) {
        match self.0.last_mut() {
            Some(last) if (&last.url, &last.class, last.code) == (&run.url, &run.class, run.code) => {
                last.text.push_str(&run.text);
            }
            _ => self.0.push(run),
        }
    }

    /// Both, with a space between them where neither is empty.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        if !self.is_empty() && !next.is_empty() {
            self.push(Run { text: " ".to_owned(), ..Run::default() });
        }
        next.0.into_iter().for_each(|run| self.push(run));
        self
    }

    /// Both, with nothing between them.
    #[must_use]
    pub fn and(mut self, next: Self) -> Self {
        next.0.into_iter().for_each(|run| self.push(run));
        self
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|run| run.text.is_empty())
    }

    /// The words alone, with spaces as they are typed.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|run| typed(&run.text)).collect()
    }

    /// How many words.
    #[must_use]
    pub fn count(&self) -> usize {
        self.text().split_whitespace().count()
    }

    /// As it stands on the page at an address.
    pub(super) fn html(&self, page: &str) -> Html {
        let root = root_of(page);
        self.html_with(&|url| match url.strip_prefix(page) {
            // What is told on its own page leads nowhere, or further down.
            Some(anchor) if anchor.is_empty() || anchor.starts_with('#') => anchor.to_owned(),
            _ => format!("{root}{url}"),
        })
    }

    /// As HTML; `address` makes an address of one from the root of the site, and an empty one where there is none.
    pub fn html_with(&self, address: &dyn Fn(&str) -> String) -> Html {
        let mut out = String::new();
        for run in &self.0 {
            let text = markup::escape(&run.text);
            let text = if run.code { format!("<code>{text}</code>") } else { text };
            let class = if run.class.is_empty() { String::new() } else { format!(" class=\"{}\"", run.class) };
            let url = if run.url.is_empty() { String::new() } else { address(&run.url) };
            out.push_str(&match (url.is_empty(), class.is_empty()) {
                (true, true) => text,
                (true, false) => format!("<span{class}>{text}</span>"),
                (false, _) => format!("<a{class} href=\"{}\">{text}</a>", markup::escape(&url)),
            });
        }
        Html(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_links_is_said_on_pages_and_in_plain_words() {
        let page = "digests/2024/index.html";
        let values = [
            ("k", 1_usize.into()),
            ("n", 2_usize.into()),
            ("hours", 72_u64.into()),
            ("url", "digests/2024/index.html#x".into()),
        ];
        let line = Line::say(Words::english(), "digest.reviews_told", &values);
        assert!(
            line.text().starts_with("The review was held within 72 hours after 1 of 2 incidents"),
            "{}",
            line.text()
        );
        let Html(html) = line.html(page);
        assert!(html.contains("<a href=\"#x\">was held within 72 hours</a> after"), "{html}");
        let Html(elsewhere) = Line::link("<b>", "a/index.html").html(page);
        let Html(here) = Line::link("here", page).html(page);
        assert_eq!(here, "here");
        assert_eq!(elsewhere, "<a href=\"../../a/index.html\">&lt;b&gt;</a>");
    }

    #[test]
    fn lines_are_joined_by_a_space() {
        let (a, b) = (Line::plain("One."), Line::plain("Two."));
        assert_eq!(a.clone().then(b).text(), "One. Two.");
        assert_eq!(a.then(Line::default()).count(), 1);
    }
}
