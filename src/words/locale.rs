//! Numbers, dates and durations as a locale writes them. Their patterns are texts like all others, read once.

use super::{
    Texts, Words,
    text::{Piece, pieces},
};
use crate::model::time::When;
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};

/// What numbers and dates are made with, ready for use: none of it is looked up for each number.
#[derive(Debug)]
pub(super) struct Forms {
    group: String,
    decimal: String,
    percent: Vec<Piece>,
    second: String,
    minute: String,
    hour: String,
    day: String,
    months: Vec<String>,
    months_short: Vec<String>,
    quarters: Vec<String>,
    weekdays: Vec<String>,
    weekdays_short: Vec<String>,
    date: Vec<Piece>,
    days_of_month: Vec<Piece>,
    days_of_year: Vec<Piece>,
    days: Vec<Piece>,
    instant: Vec<Piece>,
    month: Vec<Piece>,
    quarter: Vec<Piece>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const QUARTERS: [&str; 4] = ["first", "second", "third", "fourth"];

impl Forms {
    /// `known` is whether the language has texts of its own; else dates are those of ISO 8601.
    pub(super) fn of(texts: &Texts, known: bool) -> Self {
        let text = |table: &str, key: &str| {
            texts.get(table).and_then(|table| table.get(key)).map_or(String::new(), |text| text.written().to_owned())
        };
        let pattern = |table: &str, key: &str| pieces(&text(table, key));
        let date = |key: &str, iso: &str| if known { pattern("dates", key) } else { pieces(iso) };
        let all = |table: &str, keys: &[&str]| keys.iter().map(|key| text(table, key)).collect::<Vec<_>>();
        Self {
            group: text("numbers", "group"),
            decimal: text("numbers", "decimal"),
            percent: pattern("numbers", "percent"),
            second: text("durations", "second"),
            minute: text("durations", "minute"),
            hour: text("durations", "hour"),
            day: text("durations", "day"),
            months: all("months", &MONTHS),
            months_short: all("months_short", &MONTHS),
            quarters: all("quarters", &QUARTERS),
            weekdays: all("weekdays", &WEEKDAYS),
            weekdays_short: all("weekdays_short", &WEEKDAYS),
            date: date("date", "{year}-{month2}-{day2}"),
            days_of_month: date("days_of_month", "{first} – {last}"),
            days_of_year: date("days_of_year", "{first} – {last}"),
            days: date("days", "{first} – {last}"),
            instant: date("instant", "{date} {time} UTC"),
            month: date("month", "{year}-{month2}"),
            quarter: pattern("dates", "quarter"),
        }
    }
}

impl Words {
    /// `45 s`, `14 min`, `73 h 8 min`; days from one hundred hours on: `4 d 4 h`. No line ends within it.
    #[must_use]
    pub fn duration(&self, seconds: i64) -> String {
        let sign = if seconds < 0 { "−" } else { "" };
        let seconds = seconds.unsigned_abs();
        let (minutes, hours) = (seconds / 60, seconds / 3600);
        let Forms { second, minute, hour, day, .. } = &self.forms;
        let pair = |large: u64, unit: &str, small: u64, small_unit: &str| match small {
            0 => format!("{sign}{large}\u{a0}{unit}"),
            small => format!("{sign}{large}\u{a0}{unit}\u{a0}{small}\u{a0}{small_unit}"),
        };
        match (hours, minutes) {
            (0, 0) => format!("{sign}{seconds}\u{a0}{second}"),
            (0, minutes) => format!("{sign}{minutes}\u{a0}{minute}"),
            (hours, minutes) if hours < 100 => pair(hours, hour, minutes % 60, minute),
            (hours, _) => pair(hours / 24, day, hours % 24, hour),
        }
    }

    /// A duration that is told in minutes, however long: `90 min`.
    #[must_use]
    pub fn minutes(&self, minutes: u64) -> String {
        format!("{}\u{a0}{}", self.count(minutes), self.forms.minute)
    }

    /// Whole days: `3 d`.
    #[must_use]
    pub fn days_only(&self, days: i64) -> String {
        format!("{days}\u{a0}{}", self.forms.day)
    }

    /// A computed duration, to the second.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "durations of incidents are far below 2^53 seconds")]
    pub fn rounded(&self, seconds: f64) -> String {
        self.duration(seconds.round() as i64)
    }

    /// `28 Oct 2021`
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        self.dated(&self.forms.date, date, date)
    }

    /// `28–31 Oct 2021`, or one day where both are the same.
    #[must_use]
    pub fn days(&self, first: Date, last: Date) -> String {
        let pattern = if first >= last {
            return self.date(first);
        } else if (first.year(), first.month()) == (last.year(), last.month()) {
            &self.forms.days_of_month
        } else if first.year() == last.year() {
            &self.forms.days_of_year
        } else {
            &self.forms.days
        };
        self.dated(pattern, first, last)
    }

    /// From a day to a later one, as finely as it matters: `12 days`, `7 weeks`, `14 months`, `3 years`.
    #[must_use]
    pub fn span(&self, from: Date, to: Date) -> String {
        let days = usize::try_from((to - from).get_days()).unwrap_or(0);
        match days {
            ..28 => self.counted("ago.days", days),
            28..92 => self.counted("ago.weeks", days / 7),
            92..730 => self.counted("ago.months", days * 12 / 365),
            _ => self.counted("ago.years", days / 365),
        }
    }

    /// How long ago a day was: `today`, `yesterday`, `12 days ago`.
    #[must_use]
    pub fn ago(&self, day: Date, today: Date) -> String {
        match (today - day).get_days() {
            ..=0 => self.text("ago.today").to_owned(),
            1 => self.text("ago.yesterday").to_owned(),
            _ => self.say("ago.ago", &[("span", (&self.span(day, today)).into())]),
        }
    }

    /// `28 Oct 2021, 20:37 UTC`, or only the day where only that is known.
    #[must_use]
    pub fn when(&self, when: When) -> String {
        match when {
            When::Day(day) => self.date(day),
            When::Instant(timestamp) => filled(&self.forms.instant, |hole, out| match hole {
                "date" => out.push_str(&self.date(day(timestamp))),
                "time" => out.push_str(&clock(timestamp)),
                _ => {}
            }),
        }
    }

    /// `October 2021`; months are 1 to 12.
    #[must_use]
    pub fn month(&self, year: i16, month: i8) -> String {
        Date::new(year, month, 1).map_or_else(|_| year.to_string(), |date| self.dated(&self.forms.month, date, date))
    }

    /// `October`; months are 1 to 12.
    #[must_use]
    pub fn month_name(&self, month: i8) -> &str {
        named(&self.forms.months, month)
    }

    /// `Oct`; months are 1 to 12.
    #[must_use]
    pub fn month_short(&self, month: i8) -> &str {
        named(&self.forms.months_short, month)
    }

    /// `Monday`
    #[must_use]
    pub fn weekday(&self, day: Weekday) -> &str {
        named(&self.forms.weekdays, day.to_monday_one_offset())
    }

    /// `Mon`
    #[must_use]
    pub fn weekday_short(&self, day: Weekday) -> &str {
        named(&self.forms.weekdays_short, day.to_monday_one_offset())
    }

    /// `Fourth quarter 2021`; quarters are 1 to 4.
    #[must_use]
    pub fn quarter(&self, year: i16, quarter: i8) -> String {
        filled(&self.forms.quarter, |hole, out| match hole {
            "quarter" => out.push_str(named(&self.forms.quarters, quarter)),
            "year" => out.push_str(&year.to_string()),
            _ => {}
        })
    }

    /// `50,000,000`
    #[must_use]
    pub fn count(&self, number: u64) -> String {
        if number < 1000 {
            return number.to_string();
        }
        self.grouped(&number.to_string())
    }

    fn grouped(&self, digits: &str) -> String {
        let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(&self.forms.group);
            }
            out.push(digit);
        }
        out
    }

    /// A number as short as it can be said: `1,234.5`.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        let written = number.abs().to_string();
        let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
        let sign = if number < 0.0 { "−" } else { "" };
        let mark = if decimals.is_empty() { "" } else { &self.forms.decimal };
        format!("{sign}{}{mark}{decimals}", self.grouped(whole))
    }

    /// A number to so many decimals, as short as it can be said: `0.4`, `∞`.
    #[must_use]
    pub fn decimals(&self, number: f64, places: i32) -> String {
        let unit = 10_f64.powi(places);
        if number.is_finite() { self.number((number * unit).round() / unit) } else { "∞".to_owned() }
    }

    /// A probability to three decimals; what would be rounded to none is `< 0.001`.
    #[must_use]
    pub fn probability(&self, p: f64) -> String {
        if p < 0.0005 { format!("< {}", self.number(0.001)) } else { self.decimals(p, 3) }
    }

    pub(super) fn decimal_mark(&self) -> &str {
        &self.forms.decimal
    }

    /// A share from 0 to 1, to three decimals: `0.125` → `12.5 %`.
    #[must_use]
    pub fn percent(&self, share: f64) -> String {
        let number = self.number((share * 100_000.0).round() / 1000.0);
        filled(&self.forms.percent, |hole, out| {
            if hole == "n" {
                out.push_str(&number);
            }
        })
    }

    /// A measured share in whole percent: more would say more than few reports can.
    #[must_use]
    pub fn whole_percent(&self, share: f64) -> String {
        self.percent((share * 100.0).round() / 100.0)
    }

    fn dated(&self, pattern: &[Piece], first: Date, last: Date) -> String {
        filled(pattern, |hole, out| match hole {
            "day" => out.push_str(&last.day().to_string()),
            "day2" => out.push_str(&format!("{:02}", last.day())),
            "mon" => out.push_str(self.month_short(last.month())),
            "month" => out.push_str(self.month_name(last.month())),
            "month2" => out.push_str(&format!("{:02}", last.month())),
            "year" => out.push_str(&format!("{}", last.year())),
            "first_day" => out.push_str(&first.day().to_string()),
            "first_mon" => out.push_str(self.month_short(first.month())),
            "first" => out.push_str(&self.date(first)),
            "last" => out.push_str(&self.date(last)),
            _ => {}
        })
    }
}

fn filled(pattern: &[Piece], mut fill: impl FnMut(&str, &mut String)) -> String {
    let mut out = String::with_capacity(24);
    for piece in pattern {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Hole(hole) => fill(hole, &mut out),
            _ => {}
        }
    }
    out
}

/// Of a list that begins with 1.
fn named(names: &[String], number: i8) -> &str {
    names.get(usize::from(number.unsigned_abs()).wrapping_sub(1)).map_or("", String::as_str)
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn english() {
        let words = Words::english();
        assert_eq!(words.duration(73 * 3600 + 8 * 60), "73\u{a0}h\u{a0}8\u{a0}min");
        assert_eq!(words.date(date(2021, 10, 28)), "28 Oct 2021");
        assert_eq!(words.days(date(2021, 10, 28), date(2021, 10, 31)), "28–31 Oct 2021");
        assert_eq!(words.days(date(2021, 10, 28), date(2021, 11, 1)), "28 Oct – 1 Nov 2021");
        assert_eq!(words.days(date(2021, 12, 28), date(2022, 1, 1)), "28 Dec 2021 – 1 Jan 2022");
        assert_eq!(
            (words.month(2021, 10), words.quarter(2021, 4)),
            ("October 2021".into(), "Fourth quarter 2021".into())
        );
        assert_eq!((words.count(999), words.count(50_000_000)), ("999".into(), "50,000,000".into()));
        assert_eq!(
            (words.percent(0.125), words.percent(0.999), words.percent(1.0)),
            ("12.5\u{a0}%".into(), "99.9\u{a0}%".into(), "100\u{a0}%".into())
        );
        assert_eq!((words.number(0.0), words.number(-1234.5)), ("0".into(), "−1,234.5".into()));
        assert_eq!(words.weekday_short(date(2021, 10, 28).weekday()), "Thu");
    }

    #[test]
    fn how_long_ago() {
        let (words, today) = (Words::english(), date(2026, 11, 23));
        for (day, said) in [
            (today, "today"),
            (date(2026, 11, 22), "yesterday"),
            (date(2026, 11, 11), "12 days ago"),
            (date(2026, 10, 1), "7 weeks ago"),
            (date(2025, 11, 18), "12 months ago"),
            (date(2021, 10, 28), "5 years ago"),
        ] {
            assert_eq!(words.ago(day, today), said);
        }
    }

    #[test]
    fn without_texts_of_the_language_dates_are_of_the_standard() {
        let words = Words::load("tlh", &[("en".to_owned(), super::super::ENGLISH_FILE.to_owned())]).expect("texts");
        assert_eq!(words.date(date(2021, 3, 8)), "2021-03-08");
        assert_eq!(words.days(date(2021, 3, 8), date(2021, 3, 9)), "2021-03-08 – 2021-03-09");
        assert_eq!(words.month(2021, 3), "2021-03");
    }
}
