//! Addresses and machine values, and the words of English for what is not a page of the site.
//!
//! Pages take their words from [`super::Input::words`].

use super::line::typed;
pub use crate::site::slug;
use crate::{model::time::When, words::Words};
use jiff::civil::Date;

pub use crate::words::{clock, day};

/// For `<time datetime>`: `2021-10-28T20:37:00Z` or `2021-10-28`.
#[must_use]
pub fn machine(when: When) -> String {
    match when {
        When::Instant(timestamp) => timestamp.to_string(),
        When::Day(day) => day.to_string(),
    }
}

/// As [`Words::duration`] in English, with spaces as they are typed.
#[must_use]
pub fn duration(seconds: i64) -> String {
    typed(&Words::english().duration(seconds))
}

/// As [`Words::rounded`] in English.
#[must_use]
pub fn rounded(seconds: f64) -> String {
    Words::english().rounded(seconds)
}

/// As [`Words::date`] in English.
#[must_use]
pub fn date(date: Date) -> String {
    Words::english().date(date)
}

/// As [`Words::when`] in English.
#[must_use]
pub fn when(when: When) -> String {
    Words::english().when(when)
}

/// As [`Words::days`] in English.
#[must_use]
pub fn days(first: Date, last: Date) -> String {
    Words::english().days(first, last)
}

/// As [`Words::count`] in English.
#[must_use]
pub fn count(number: u64) -> String {
    Words::english().count(number)
}

/// As [`Words::percent`] in English.
#[must_use]
pub fn percent(share: f64) -> String {
    Words::english().percent(share)
}

/// From the start: `+0:14`, `−1:05`.
#[must_use]
pub fn offset(seconds: i64) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// `1 incident`, `3 incidents`
#[must_use]
pub fn plural(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", count(number as u64)) }
}

/// `config-change` → `config change`
#[must_use]
pub fn words(word: &str) -> String {
    word.replace('-', " ")
}

/// `config-change` → `Config change`
#[must_use]
pub fn sentence(word: &str) -> String {
    let words = words(word);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day_of;

    #[test]
    fn durations() {
        for (seconds, words) in [
            (0, "0 s"),
            (45, "45 s"),
            (14 * 60, "14 min"),
            (3600, "1 h"),
            (73 * 3600 + 8 * 60, "73 h 8 min"),
            (100 * 3600, "4 d 4 h"),
            (240 * 3600, "10 d"),
            (-90, "−1 min"),
        ] {
            assert_eq!(duration(seconds), words);
        }
        assert_eq!(offset(14 * 60), "+0:14");
        assert_eq!(offset(-65 * 60), "−1:05");
    }

    #[test]
    fn dates_and_counts() {
        assert_eq!(date(day_of(2021, 10, 28)), "28 Oct 2021");
        assert_eq!(days(day_of(2021, 10, 28), day_of(2021, 10, 31)), "28–31 Oct 2021");
        assert_eq!(days(day_of(2021, 10, 28), day_of(2021, 11, 1)), "28 Oct – 1 Nov 2021");
        assert_eq!(count(50_000_000), "50,000,000");
        assert_eq!(plural(1, "incident"), "1 incident");
        assert_eq!(slug("../a b"), "-a-b");
    }
}
