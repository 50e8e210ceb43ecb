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

/// Whether the dates with slashes of a text put the month first; `None` where none of them says so, or they disagree.
pub fn month_first(text: &str) -> Option<bool> {
    let parts = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let mut parts = word.split(['/', '-', '.']).map(|part| (part.len(), part.parse::<i16>().ok()));
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        (first.0 <= 2 && second.0 <= 2 && year.0 == 4 && parts.next().is_none()).then_some((first.1?, second.1?))
    };
    let found: Vec<_> = text.split_whitespace().filter_map(parts).collect();
    let month_first = found.iter().any(|(_, second)| *second > 12);
    let day_first = found.iter().any(|(first, _)| *first > 12);
    (month_first != day_first).then_some(month_first)
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
}
