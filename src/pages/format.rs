//! Durations, dates and counts in the words that pages use.

use crate::model::time::When;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

pub(super) const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
pub(super) const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `45 s`, `14 min`, `73 h 8 min`; days from one hundred hours on: `4 d 4 h`.
#[must_use]
pub fn duration(seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "" };
    let seconds = seconds.unsigned_abs();
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    let pair = |large: u64, unit: &str, small: u64, small_unit: &str| match small {
        0 => format!("{sign}{large} {unit}"),
        small => format!("{sign}{large} {unit} {small} {small_unit}"),
    };
    match (hours, minutes) {
        (0, 0) => format!("{sign}{seconds} s"),
        (0, minutes) => format!("{sign}{minutes} min"),
        (hours, minutes) if hours < 100 => pair(hours, "h", minutes % 60, "min"),
        (hours, _) => pair(hours / 24, "d", hours % 24, "h"),
    }
}

/// A computed duration, to the second.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "durations of incidents are far below 2^53 seconds")]
pub fn rounded(seconds: f64) -> String {
    duration(seconds.round() as i64)
}

/// `28 Oct 2021`
#[must_use]
pub fn date(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

fn month(date: Date) -> &'static str {
    MONTHS.get(usize::from(date.month().unsigned_abs()).wrapping_sub(1)).copied().unwrap_or("")
}

/// The day in UTC.
#[must_use]
pub fn day(timestamp: Timestamp) -> Date {
    timestamp.to_zoned(TimeZone::UTC).date()
}

/// `20:37`
#[must_use]
pub fn clock(timestamp: Timestamp) -> String {
    let time = timestamp.to_zoned(TimeZone::UTC).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `28 Oct 2021, 20:37 UTC`, or only the day where only that is known.
#[must_use]
pub fn when(when: When) -> String {
    match when {
        When::Instant(timestamp) => format!("{}, {} UTC", date(day(timestamp)), clock(timestamp)),
        When::Day(day) => date(day),
    }
}

/// For `<time datetime>`: `2021-10-28T20:37:00Z` or `2021-10-28`.
#[must_use]
pub fn machine(when: When) -> String {
    match when {
        When::Instant(timestamp) => timestamp.to_string(),
        When::Day(day) => day.to_string(),
    }
}

/// From the start: `+0:14`, `−1:05`.
#[must_use]
pub fn offset(seconds: i64) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// `28–31 Oct 2021`, or one day where both are the same.
#[must_use]
pub fn days(first: Date, last: Date) -> String {
    if first >= last {
        return date(first);
    }
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format!("{}–{}", first.day(), date(last));
    }
    if first.year() == last.year() {
        return format!("{} {} – {}", first.day(), month(first), date(last));
    }
    format!("{} – {}", date(first), date(last))
}

/// `50,000,000`
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// With at most one decimal: `29`, `29.5`.
#[must_use]
pub fn decimal(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// A share from 0 to 1: `0.125` → `12.5 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = format!("{:.3}", share * 100.0);
    format!("{} %", percent.trim_end_matches('0').trim_end_matches('.'))
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

/// An id as part of an address: letters, digits, `-`, `_` and `.`.
#[must_use]
pub fn slug(id: &str) -> String {
    let slug: String =
        id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    let slug = slug.trim_matches('.');
    if slug.is_empty() { "unnamed".to_owned() } else { slug.to_owned() }
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
