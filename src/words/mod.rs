//! The words of the interface in one language: texts by key, and numbers, dates and durations as the locale has them.
//!
//! The texts are files of the theme, `i18n/en.toml` and so on: tables of texts, `table.key`. What a language lacks is
//! said in English.

use crate::words::text::{Piece, Value};
use anyhow::{Context as _, bail};
use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

pub mod fold;
mod locale;
pub mod money;
pub mod plural;
pub mod stem;
pub mod stop;
pub mod synonyms;
pub mod table;
pub mod text;
pub mod token;

pub use locale::{clock, day};
pub use text::Text;

/// The language that has every text.
pub const ENGLISH: &str = "en";
const ENGLISH_FILE: &str = include_str!("../../themes/default/i18n/en.toml");
/// Written from right to left.
const RIGHT_TO_LEFT: &[&str] = &["ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"];

type Texts = BTreeMap<String, BTreeMap<String, Text>>;

/// All words of one language.
#[derive(Debug)]
pub struct Words {
    texts: Texts,
    rule: plural::Rule,
    forms: locale::Forms,
}

impl Words {
    /// English as it is built in, for what is not part of a site in another language.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH_WORDS: LazyLock<Words> = LazyLock::new(|| {
            let files = [(ENGLISH.to_owned(), ENGLISH_FILE.to_owned())];
            Words::load(ENGLISH, &files).expect("a test reads the built-in English")
        });
        &ENGLISH_WORDS
    }

    /// The words for a site in `lang`. `files` are texts of languages (tag, content), each over those before it.
    /// Where there is no file for the language, texts are English and dates as in ISO 8601.
    ///
    /// # Errors
    /// A file that is not TOML or holds something that is not a text, by its tag.
    pub fn load(lang: &str, files: &[(String, String)]) -> anyhow::Result<Self> {
        let language = subtag(lang);
        let mut texts = Texts::new();
        let mut known = false;
        for wanted in chain(lang) {
            for (tag, content) in files.iter().filter(|(tag, _)| *tag == wanted) {
                merge(&mut texts, content).with_context(|| format!("i18n/{tag}.toml"))?;
                known = known || wanted != ENGLISH || language == ENGLISH;
            }
        }
        let rule = plural::rule(if known { &language } else { ENGLISH });
        let forms = locale::Forms::of(&texts, known);
        Ok(Self { texts, rule, forms })
    }

    /// A text without placeholders, by `table.key`. What does not exist is said as its key.
    #[must_use]
    pub fn text<'w>(&'w self, key: &'w str) -> &'w str {
        self.find(key).map_or(key, Text::written)
    }

    /// A text by `table.key`.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Text> {
        let (table, key) = key.split_once('.')?;
        self.texts.get(table)?.get(key)
    }

    /// A text with its placeholders filled; its plural goes by the value called `n`. Marks of links and code are left out.
    #[must_use]
    pub fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let Some(text) = self.find(key) else { return key.to_owned() };
        let n = values.iter().find_map(|(name, value)| match value {
            Value::Count(n) if *name == "n" => Some(*n),
            _ => None,
        });
        let mut out = String::new();
        for piece in self.form(text, n) {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Hole(hole) => {
                    if let Some((_, value)) = values.iter().find(|(name, _)| name == hole) {
                        out.push_str(&self.value(*value));
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// A text about a number: `3 incidents`.
    #[must_use]
    pub fn counted(&self, key: &str, n: usize) -> String {
        self.say(key, &[("n", n.into())])
    }

    /// A word of a vocabulary in the table of that name: `term("status", "in-review")`. A word that the table lacks is
    /// said as it is, with spaces for hyphens.
    #[must_use]
    pub fn term<'w>(&'w self, table: &str, word: &'w str) -> Cow<'w, str> {
        match self.texts.get(table).and_then(|table| table.get(word)) {
            Some(text) => Cow::Borrowed(text.written()),
            None if word.contains('-') => Cow::Owned(word.replace('-', " ")),
            None => Cow::Borrowed(word),
        }
    }

    /// The pieces of a text for a number.
    #[must_use]
    pub fn form<'t>(&self, text: &'t Text, n: Option<u64>) -> &'t [Piece] {
        text.form(self.rule, n)
    }

    /// A value as it stands in a text.
    #[must_use]
    pub fn value<'v>(&self, value: Value<'v>) -> Cow<'v, str> {
        match value {
            Value::Count(number) => Cow::Owned(self.count(number)),
            Value::Number(number) => Cow::Owned(self.number(number)),
            Value::Text(text) => Cow::Borrowed(text),
        }
    }

    /// All texts by table and key.
    #[must_use]
    pub const fn tables(&self) -> &BTreeMap<String, BTreeMap<String, Text>> {
        &self.texts
    }
}

/// The language of a tag: `de-AT` → `de`.
#[must_use]
pub fn subtag(lang: &str) -> String {
    lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// For the `dir` of a page or a text in a language.
#[must_use]
pub fn direction(lang: &str) -> &'static str {
    if RIGHT_TO_LEFT.contains(&subtag(lang).as_str()) { "rtl" } else { "ltr" }
}

/// The tags whose files count for a language, the later ones over the earlier ones.
fn chain(lang: &str) -> Vec<String> {
    let mut chain = vec![ENGLISH.to_owned(), subtag(lang), lang.to_owned()];
    chain.dedup();
    chain
}

fn merge(texts: &mut Texts, content: &str) -> anyhow::Result<()> {
    let tables: toml::Table = toml::from_str(content)?;
    for (name, table) in &tables {
        let Some(table) = table.as_table() else { bail!("`{name}` is not a table of texts") };
        let into = texts.entry(name.clone()).or_default();
        for (key, value) in table {
            into.insert(key.clone(), text(value).with_context(|| format!("{name}.{key}"))?);
        }
    }
    Ok(())
}

fn text(value: &toml::Value) -> anyhow::Result<Text> {
    if let Some(written) = value.as_str() {
        return Ok(Text::plain(written));
    }
    let Some(table) = value.as_table() else { bail!("a text is a string, or a table of plural forms") };
    let (mut other, mut forms) = (None, Vec::new());
    for (name, written) in table {
        let category = plural::Category::named(name);
        let (Some(category), Some(written)) = (category, written.as_str()) else {
            bail!("`{name}` is not a plural form: zero, one, two, few, many or other, each with a string")
        };
        match category {
            plural::Category::Other => other = Some(written),
            category => forms.push((category, written)),
        }
    }
    Ok(Text::plural(other.context("a plural lacks its form `other`")?, &forms))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lang: &str, files: &[(&str, &str)]) -> Words {
        let english = (ENGLISH.to_owned(), ENGLISH_FILE.to_owned());
        let files = files.iter().map(|(tag, content)| ((*tag).to_owned(), (*content).to_owned()));
        Words::load(lang, &std::iter::once(english).chain(files).collect::<Vec<_>>()).expect("texts")
    }

    #[test]
    fn a_language_lies_over_english_and_a_region_over_its_language() {
        let files = [("de", "[incident]\ntrigger = \"Auslöser\""), ("de-AT", "[incident]\ntimes = \"Zeit\"")];
        let german = words("de-AT", &files);
        assert_eq!(german.text("incident.trigger"), "Auslöser");
        assert_eq!(german.text("incident.times"), "Zeit");
        assert_eq!(german.text("incident.services"), Words::english().text("incident.services"));
        assert_eq!(words("de", &files).text("incident.times"), Words::english().text("incident.times"));
    }

    #[test]
    fn plurals_numbers_and_unknown_words() {
        let english = Words::english();
        assert_eq!(english.counted("count.incidents", 1), "1 incident");
        assert_eq!(english.counted("count.incidents", 1200), "1,200 incidents");
        assert_eq!(english.term("status", "in-review"), "in review");
        assert_eq!(english.term("status", "new-one"), "new one");
        assert_eq!(english.text("nothing.here"), "nothing.here");
    }

    #[test]
    fn a_wrong_text_is_named() {
        let told = |content: &str| {
            let files = [(ENGLISH.to_owned(), content.to_owned())];
            format!("{:#}", Words::load("en", &files).expect_err("a mistake"))
        };
        assert_eq!(told("[a]\nb = 3"), "i18n/en.toml: a.b: a text is a string, or a table of plural forms");
        assert_eq!(told("[a]\nb = { one = \"x\" }"), "i18n/en.toml: a.b: a plural lacks its form `other`");
        assert!(told("[a\n").starts_with("i18n/en.toml: TOML parse error at line 1"), "{}", told("[a\n"));
    }

    #[test]
    fn directions() {
        assert_eq!([direction("ar-EG"), direction("he"), direction("de")], ["rtl", "rtl", "ltr"]);
    }
}
