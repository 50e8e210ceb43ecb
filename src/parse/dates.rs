//! Dates and times that a text states; a zone is never assumed.

use crate::parse::clock;
use jiff::{
    Timestamp, Zoned,
    civil::{Date, Time},
    fmt::temporal::Pieces,
    tz::TimeZone,
};

/// What a value says about when.
#[derive(Clone, Debug, PartialEq)]
pub enum Stated {
    /// RFC 3339 with an offset, and its day.
    Time(String, Date),
    Day(Date),
    /// A clock time whose zone nobody states.
    NoZone(Date),
    /// A clock time whose day nobody states.
    NoDay,
    /// `~14:05`.
    Approximate(Option<Date>),
}

impl Stated {
    /// The day, where one is stated.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Time(_, day) | Self::Day(day) | Self::NoZone(day) => Some(*day),
            Self::Approximate(day) => *day,
            Self::NoDay => None,
        }
    }
}

/// Reads a value that is a time, a date, or both. `near` is the day a clock time without a date belongs to.
pub fn read(text: &str, zone: Option<&TimeZone>, near: Option<Date>) -> Option<Stated> {
    let text = text.trim().trim_matches(['*', '_', '`', '"', '\'']).trim();
    if let Some(found) = machine(text, zone) {
        return Some(found);
    }
    let text = text.trim_end_matches(['.', ',']);
    if text.len() > 64 {
        return None;
    }
    let written = clock::read(text).or_else(|| clock::read(&slashed(text)?))?;
    let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4);
    let day = if has_year { written.date(Date::ZERO) } else { near.and_then(|near| written.date(near)).or(near) };
    let day = day.filter(|day| day.year() >= 1970);
    let Some((hour, minute, second)) = written.clock else { return day.filter(|_| has_year).map(Stated::Day) };
    if written.approximate {
        return Some(Stated::Approximate(day));
    }
    let Some(day) = day else { return Some(Stated::NoDay) };
    let Some(zone) = written.zone.as_ref().or(zone) else { return Some(Stated::NoZone(day)) };
    zoned(day, Time::new(hour, minute, second, 0).ok()?, zone).map(|text| Stated::Time(text, day))
}

/// `2020-06-13 15:54:00`, `2020-06-13T15:54:00-00:00`, `2020-06-13 15:54 +0200`.
fn machine(whole: &str, zone: Option<&TimeZone>) -> Option<Stated> {
    let text = whole;
    let text = [" UTC", " GMT"].iter().find_map(|zone| text.strip_suffix(zone)).map(|clock| format!("{clock}Z"));
    let text = text
        .filter(|text| text.contains(':'))
        .unwrap_or_else(|| whole.to_owned())
        .replace(" +", "+")
        .replace(" -", "-")
        .replace(" Z", "Z");
    let is_utc = text.ends_with(['Z', 'z']);
    let pieces = Pieces::parse(&text).ok()?;
    let day = pieces.date();
    let Some(time) = pieces.time() else { return Some(Stated::Day(day)) };
    if is_utc || text.ends_with("-00:00") || text.ends_with("-0000") {
        return zoned(day, time, &TimeZone::UTC).map(|text| Stated::Time(text, day));
    }
    if let Some(offset) = pieces.to_numeric_offset() {
        return zoned(day, time, &TimeZone::fixed(offset)).map(|text| Stated::Time(text, day));
    }
    match zone {
        Some(zone) => zoned(day, time, zone).map(|text| Stated::Time(text, day)),
        None => Some(Stated::NoZone(day)),
    }
}

fn zoned(day: Date, time: Time, zone: &TimeZone) -> Option<String> {
    let time = time.with().subsec_nanosecond(0).build().ok()?;
    let at: Zoned = zone.to_ambiguous_zoned(day.to_datetime(time)).unambiguous().ok()?;
    let text = at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let text = if at.offset().is_zero() { text.replace("+00:00", "Z") } else { text };
    text.parse::<Timestamp>().ok().map(|_| text)
}

/// `06/22/2021 14:05` → `2021-06-22 14:05`, where only one reading is possible.
fn slashed(text: &str) -> Option<String> {
    let words = text.split_whitespace().map(|word| match numeric(word.trim_end_matches(',')) {
        Some(day) => day.to_string(),
        None => word.to_owned(),
    });
    let found = words.collect::<Vec<_>>().join(" ");
    (found != text).then_some(found)
}

/// `7-14-2016`, `14.07.2016`: only where the day cannot be a month.
fn numeric(word: &str) -> Option<Date> {
    let separator = ['/', '-', '.'].into_iter().find(|separator| word.matches(*separator).count() == 2)?;
    let mut parts = word.split(separator);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (first, second, year) = (first.parse::<i8>().ok()?, second.parse::<i8>().ok()?, year.parse().ok()?);
    match (first, second) {
        (13.., 1..=12) => Date::new(year, second, first).ok(),
        (1..=12, 13..) => Date::new(year, first, second).ok(),
        _ if first == second => Date::new(year, first, second).ok(),
        _ => None,
    }
}

/// `09/21/2022`, as it stands in a text: where, first, second, year.
fn numerics(text: &str) -> Vec<(std::ops::Range<usize>, i8, i8, i16)> {
    let bytes = text.as_bytes();
    let is_separator = |b: u8| matches!(b, b'/' | b'-' | b'.');
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let first = digits(at);
        if first == 0 {
            at += 1;
            continue;
        }
        let start = at;
        at += first;
        let Some(separator) = bytes.get(at).copied().filter(|b| is_separator(*b) && first <= 2) else { continue };
        let second = digits(at + 1);
        let year_at = at + 1 + second + 1;
        if !(1..=2).contains(&second) || bytes.get(year_at - 1) != Some(&separator) || digits(year_at) != 4 {
            continue;
        }
        let end = year_at + 4;
        let goes_on = bytes.get(end) == Some(&separator) && digits(end + 1) > 0;
        let goes_on =
            goes_on || start > 0 && bytes[start - 1] == separator && start > 1 && bytes[start - 2].is_ascii_digit();
        let part = |from: usize, n: usize| text[from..from + n].parse().ok();
        if let (false, Some(first), Some(second)) = (goes_on, part(start, first), part(year_at - 1 - second, second)) {
            found.push((start..end, first, second, text[year_at..end].parse().unwrap_or(0)));
            at = end;
        }
    }
    found
}

/// Whether the numeric dates of a text put the month first; `None` where none of them says so, or they disagree.
pub fn month_first(text: &str) -> Option<bool> {
    let found = numerics(text);
    let is_month = |n: i8| (1..=12).contains(&n);
    let month_first = found.iter().any(|(_, first, second, _)| is_month(*first) && *second > 12 && *second < 32);
    let day_first = found.iter().any(|(_, first, second, _)| is_month(*second) && *first > 12 && *first < 32);
    (month_first != day_first).then_some(month_first)
}

/// The first date of a text that may be read in two ways.
pub fn ambiguous(text: &str) -> Option<&str> {
    let is_open = |first: i8, second: i8| (1..=12).contains(&first) && (1..=12).contains(&second) && first != second;
    numerics(text).into_iter().find(|(_, first, second, _)| is_open(*first, *second)).map(|(range, ..)| &text[range])
}

/// The numeric dates of a text as `2022-09-21`, in the order that is known to hold.
pub fn ordered(text: &str, month_first: Option<bool>) -> String {
    let Some(month_first) = month_first else { return text.to_owned() };
    let mut out = text.to_owned();
    for (range, first, second, year) in numerics(text).into_iter().rev() {
        let (month, day) = if month_first { (first, second) } else { (second, first) };
        if let Ok(date) = Date::new(year, month, day) {
            out.replace_range(range, &date.to_string());
        }
    }
    out
}

/// A row that begins with `09/21/2022` begins with `2022-09-21`.
pub fn iso_row(line: &str, month_first: bool) -> Option<String> {
    let start = line.find(|c: char| c.is_ascii_digit())?;
    if !line[..start].chars().all(|c| matches!(c, ' ' | '-' | '*' | '+' | '|' | '[' | '#' | '_')) {
        return None;
    }
    let end = line[start..]
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '-' | '.'))
        .unwrap_or(line.len() - start);
    let word = line[start..start + end].trim_end_matches(['-', '.', '/']);
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    let [first, second, year] = parts[..] else { return None };
    if year.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(format!("{}{year}-{month:0>2}-{day:0>2}{}", &line[..start], &line[start + word.len()..]))
}

/// All dates in a text, in their order: `2021-06-22`, `20210622`, `June 22nd, 2021`, `22 June 2021`, `22/06/2021`.
pub fn all(text: &str) -> Vec<Date> {
    let mut found: Vec<(usize, Date)> = iso(text);
    let words: Vec<(usize, &str)> = words(text);
    for (n, (at, word)) in words.iter().enumerate() {
        if let Some(day) = numeric(word) {
            found.push((*at, day));
        }
        let rest = &text[*at..];
        let three = words.get(n + 2).map_or(rest.len(), |(at2, word)| at2 + word.len() - at);
        let four = words.get(n + 3).map_or(rest.len(), |(at2, word)| at2 + word.len() - at);
        for end in [three, four] {
            let phrase = rest[..end].trim_end_matches('.').replace('_', " ");
            let has_year = phrase.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4);
            let has_month =
                phrase.split_whitespace().filter(|word| word.bytes().all(|b| b.is_ascii_alphabetic())).count() > 0;
            let written = (has_year && has_month && !phrase.contains(':')).then(|| clock::read(&phrase)).flatten();
            if let Some(day) = written.and_then(|written| written.date(Date::ZERO)) {
                found.push((*at, day));
                break;
            }
        }
    }
    found.sort();
    found.dedup_by_key(|(_, day)| *day);
    found.into_iter().map(|(_, day)| day).collect()
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | ':' | '[' | ']' | '*' | '_');
    text.split(is_edge)
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect()
}

/// Dates of the form year, month, day with one separator or none.
fn iso(text: &str) -> Vec<(usize, Date)> {
    let bytes = text.as_bytes();
    let digits = |from: usize, n: usize| -> Option<i16> {
        let part = bytes.get(from..from + n)?;
        part.iter().all(u8::is_ascii_digit).then(|| text[from..from + n].parse().ok()).flatten()
    };
    let mut found = Vec::new();
    for at in 0..bytes.len() {
        if !bytes[at].is_ascii_digit() || at > 0 && bytes[at - 1].is_ascii_digit() {
            continue;
        }
        let Some(year) = digits(at, 4).filter(|year| (1970..2100).contains(year)) else { continue };
        let separated = bytes.get(at + 4).is_some_and(|b| matches!(b, b'-' | b'/' | b'_' | b'.'));
        let width = usize::from(separated);
        let second = at + 6 + width;
        if separated && bytes.get(second) != bytes.get(at + 4) {
            continue;
        }
        let end = second + width + 2;
        if bytes.get(end).is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let (Some(month), Some(day)) = (digits(at + 4 + width, 2), digits(second + width, 2)) else { continue };
        let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { continue };
        found.extend(Date::new(year, month, day).ok().map(|day| (at, day)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values() {
        let utc = TimeZone::UTC;
        let day = date(2021, 6, 22);
        let time = |text: &str| Some(Stated::Time(text.to_owned(), day));
        assert_eq!(read("2021-06-22 08:21", None, None), Some(Stated::NoZone(day)));
        assert_eq!(read("2021-06-22 08:21", Some(&utc), None), time("2021-06-22T08:21:00Z"));
        assert_eq!(read("2021-06-22T08:21:05-00:00", None, None), time("2021-06-22T08:21:05Z"));
        assert_eq!(read("2021-06-22 08:21 +0200", None, None), time("2021-06-22T08:21:00+02:00"));
        assert_eq!(read("June 22nd, 2021 08:21 BST", None, None), time("2021-06-22T08:21:00+01:00"));
        assert_eq!(read("06/22/2021 08:21 UTC", None, None), time("2021-06-22T08:21:00Z"));
        assert_eq!(read("2021-06-22 08:21 UTC", None, None), time("2021-06-22T08:21:00Z"));
        assert_eq!(read("14:05 UTC", None, None), Some(Stated::NoDay));
        assert_eq!(read("14:05 UTC", None, Some(day)), time("2021-06-22T14:05:00Z"));
        assert_eq!(read("~14:05 UTC", None, Some(day)), Some(Stated::Approximate(Some(day))));
        assert_eq!(read("14:??", None, Some(day)), None);
        assert_eq!(read("22 June", None, None), None);
    }

    #[test]
    fn dates_in_text() {
        let day = date(2016, 7, 14);
        for text in [
            "a 7-14-2016",
            "x/2016/07/14-b.md",
            "20160714_x",
            "On July 14, 2016 it",
            "on Thursday 14th July 2016.",
            "14.07.2016",
        ] {
            assert_eq!(all(text), [day], "{text}");
        }
        assert_eq!(all("2021-05/2021-05-09-x.md"), [date(2021, 5, 9)]);
        assert!(all("4-11-2017 and May 30 and v2021.1").is_empty());
    }

    #[test]
    fn the_order_of_a_date_comes_from_others() {
        assert_eq!(month_first("24-10-2024 x 01-02-2024"), Some(false));
        assert_eq!(month_first("2026/03/04-13-2026-x 1.2.2021.3"), Some(true));
        assert_eq!(month_first("01/02/2024 and 3/3/2024"), None);
        assert_eq!(ambiguous("on 3/3/2024 and 01/02/2024"), Some("01/02/2024"));
        assert_eq!(ordered("x/04-03-2026-y", Some(false)), "x/2026-03-04-y");
    }
}
