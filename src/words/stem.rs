//! Words without their endings, as far as Snowball knows the language.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The language that words are reduced in; `None` leaves them as they are.
fn algorithm(lang: &str) -> Option<Algorithm> {
    Some(match lang.split(['-', '_']).next().unwrap_or_default() {
        "en" | "" => Algorithm::English,
        "de" => Algorithm::German,
        "fr" => Algorithm::French,
        "es" => Algorithm::Spanish,
        "it" => Algorithm::Italian,
        "pt" => Algorithm::Portuguese,
        "nl" => Algorithm::Dutch,
        "sv" => Algorithm::Swedish,
        "da" => Algorithm::Danish,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "fi" => Algorithm::Finnish,
        _ => return None,
    })
}

/// What reduces words of one language.
pub struct Stems(Option<Stemmer>);

impl Stems {
    #[must_use]
    pub fn of(lang: &str) -> Self {
        Self(algorithm(lang).map(Stemmer::create))
    }

    /// What is left of a folded word: names and numbers stay as they are.
    #[must_use]
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let letters = word.len() > 2 && word.chars().all(char::is_alphabetic);
        match &self.0 {
            Some(stemmer) if letters => stemmer.stem(word),
            _ => Cow::Borrowed(word),
        }
    }
}
