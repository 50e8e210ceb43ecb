//! Times in prose: `14:05`, `~2:05 PM`, `2021-06-22 08:21`, `22 June 2021`, `14:05–14:20 UTC`.

use super::times::ZONES;
use jiff::{
    civil::Date,
    tz::{Offset, TimeZone},
};

/// What a cell or the head of a line says.
#[derive(Debug, Default, PartialEq)]
pub struct Written {
    day: Option<(Option<i16>, i8, i8)>,
    pub clock: Option<(i8, i8, i8)>,
    pub approximate: bool,
    pub zone: Option<TimeZone>,
}

impl Written {
    /// The date it names; a year that is not written is that of the incident.
    #[must_use]
    pub fn date(&self, near: Date) -> Option<Date> {
        let (year, month, day) = self.day?;
        Date::new(year.unwrap_or(near.year()), month, day).ok()
    }
}

/// Names that hold in summer and in winter.
const REGIONS: [(&str, &str); 2] = [("PT", "America/Los_Angeles"), ("ET", "America/New_York")];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a text that is only a time (and perhaps a date and a zone).
#[must_use]
pub fn read(text: &str) -> Option<Written> {
    let mut written = Written::default();
    let lower = text.trim().trim_matches(['*', '_', '`', '[', ']']).to_lowercase();
    let start = lower.split([' ', '\u{a0}']).next().unwrap_or("");
    written.approximate = lower.starts_with(['~', '≈'])
        || matches!(start, "about" | "approx" | "approx." | "around" | "circa" | "ca." | "c.");
    let cleaned = lower.replace(['~', '≈', ',', '(', ')'], " ").replace(['–', '—'], " to ");
    let mut tokens = cleaned.split_whitespace().peekable();
    let mut numbers: Vec<i16> = Vec::new();
    let mut month = None;
    while let Some(token) = tokens.next() {
        if matches!(token, "about" | "approx" | "approx." | "around" | "circa" | "ca." | "c." | "at" | "on" | "of")
            || is_weekday(token)
        {
            continue;
        }
        if matches!(token, "to" | "-" | "until") {
            let end = read(&tokens.by_ref().collect::<Vec<_>>().join(" "))?;
            written.zone = written.zone.or(end.zone);
            break;
        }
        if let Some((date, rest)) = iso_date(token) {
            written.day = Some(date);
            if let Some(rest) = rest {
                clock_token(rest, None, &mut written)?;
            }
        } else if written.clock.is_none() && token.contains(':') {
            clock_token(token, tokens.peek().copied(), &mut written)?;
        } else if written.clock.is_none()
            && let dated = (written.day.is_some() || month.is_some() && numbers.iter().any(|n| *n > 1900))
            && let Some(clock) = without_colon(token, tokens.peek().copied(), dated, month.is_some())
        {
            clock_token(&clock, tokens.peek().copied(), &mut written)?;
        } else if matches!(token, "am" | "pm" | "a.m." | "p.m.")
            || written.clock.is_some() && matches!(token, "h" | "hrs" | "hours")
        {
            // Read together with its clock.
        } else if let Some(zone) = zone(token) {
            written.zone = Some(zone);
        } else if let Some(found) = MONTHS
            .iter()
            .position(|name| token.starts_with(name) && token.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.'))
        {
            month = i8::try_from(found + 1).ok();
        } else {
            numbers.push(ordinal(token).parse().ok()?);
        }
    }
    if let Some(month) = month {
        let day = numbers.iter().find(|n| (1..=31).contains(*n)).and_then(|n| i8::try_from(*n).ok())?;
        written.day = Some((numbers.iter().copied().find(|n| *n > 1900), month, day));
    } else if !numbers.is_empty() {
        return None;
    }
    (written.day.is_some() || written.clock.is_some()).then_some(written)
}

/// `22nd` → `22`.
fn ordinal(token: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| token.strip_suffix(ending)).unwrap_or(token)
}

fn is_weekday(token: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    DAYS.iter().any(|day| token.starts_with(day)) && token.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.')
}

type Day = (Option<i16>, i8, i8);

/// `2021-06-22`, `2021/06/22`, and what follows a `T`.
fn iso_date(token: &str) -> Option<(Day, Option<&str>)> {
    let (date, rest) = match token.find('t') {
        Some(at) if at >= 8 => (&token[..at], Some(&token[at + 1..])),
        _ => (token, None),
    };
    let mut parts = date.split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    Some(((Some(year.parse().ok()?), month.parse().ok()?, day.parse().ok()?), rest))
}

/// `14:05`, `14:05:30`, `2:05pm`, `14:05z`, `14:05-14:20`, `14:05+01:00`.
fn clock_token(token: &str, next: Option<&str>, written: &mut Written) -> Option<()> {
    let digits = token.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(token.len());
    let (clock, rest) = token.split_at(digits);
    let mut parts = clock.trim_end_matches(':').split(':');
    let mut hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: i8 = parts.next().map_or(Ok(0), str::parse).ok()?;
    let half = [Some(rest), next].into_iter().flatten().find_map(|text| match text {
        "am" | "a.m." => Some(false),
        "pm" | "p.m." => Some(true),
        _ => None,
    });
    match half {
        Some(true) if (1..12).contains(&hour) => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    if !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
        return None;
    }
    written.clock = Some((hour, minute, second));
    let rest = rest.trim_start_matches('.');
    if !rest.is_empty() && half.is_none() {
        let range = rest.starts_with('-') && rest.len() > 1 && written.day.is_none();
        if !range {
            written.zone = Some(zone(rest.trim_start_matches(|c: char| c.is_ascii_digit()))?);
        }
    }
    Some(())
}

/// `2pm`, `2 pm`, `14h05`, `12.39 utc`, `2233 utc`, and `2233` behind a date → the clock with a colon. A number that may be
/// a year is none.
fn without_colon(token: &str, next: Option<&str>, dated: bool, in_date: bool) -> Option<String> {
    let digits = token.find(|c: char| !c.is_ascii_digit()).unwrap_or(token.len());
    let (number, rest) = token.split_at(digits);
    let is_half = |text: &str| matches!(text, "am" | "pm" | "a.m." | "p.m.");
    let closes = |text: &str| is_half(text) || matches!(text, "h" | "hrs" | "hours") || zone(text).is_some();
    let closed = |rest: &str| if rest.is_empty() { next.is_some_and(closes) } else { closes(rest) };
    let tail = |rest: &str| rest.trim_start_matches("hrs").trim_start_matches('h').to_owned();
    match (number.len(), rest) {
        (1 | 2, _) if is_half(rest) || rest.is_empty() && next.is_some_and(is_half) => {
            Some(format!("{number}:00{rest}"))
        }
        (1 | 2, _) if rest.starts_with(['h', '.']) => {
            let minutes = rest.get(1..3).filter(|text| text.bytes().all(|b| b.is_ascii_digit()))?;
            (rest.starts_with('h') && rest.len() == 3 || closed(&rest[3..]))
                .then(|| format!("{number}:{minutes}{}", tail(&rest[3..])))
        }
        (4, _) if closed(rest) && (dated || !in_date) || rest.is_empty() && dated => {
            Some(format!("{}:{}{}", &number[..2], &number[2..], tail(rest)))
        }
        _ => None,
    }
}

/// An abbreviation, a numeric offset, or a region.
#[must_use]
pub fn zone(token: &str) -> Option<TimeZone> {
    let upper = token.to_uppercase();
    if let Some((_, offset)) = ZONES.iter().find(|(name, _)| *name == upper) {
        return numeric(offset);
    }
    let region = REGIONS.iter().find(|(name, _)| *name == upper).map_or(token, |(_, region)| region);
    if region.contains('/') && region.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return TimeZone::get(region).ok();
    }
    numeric(upper.trim_start_matches("UTC").trim_start_matches("GMT"))
}

fn numeric(offset: &str) -> Option<TimeZone> {
    let sign = match offset.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = offset[1..].chars().filter(|c| *c != ':').collect();
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (digits.as_str(), "0") };
    let seconds = sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60);
    Some(TimeZone::fixed(Offset::from_seconds(seconds).ok()?))
}

/// The zone that a heading or the first lines of a section name: `(times in BST)`, `Time (UTC)`, `All times in CET`.
#[must_use]
pub fn zone_hint(text: &str) -> Option<TimeZone> {
    text.lines().filter(|line| line.to_lowercase().contains("time")).find_map(|line| {
        let words = |inner: &'static [char]| {
            line.split(move |c: char| {
                !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | ':') && !inner.contains(&c)
            })
        };
        let is_upper = |word: &&str| word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        words(&[])
            .filter(is_upper)
            .find_map(|word| (word.len() >= 3 || REGIONS.iter().any(|(name, _)| *name == word)).then(|| zone(word))?)
            .or_else(|| words(&['/', '_']).filter(|word| word.len() > 6 && word.contains('/')).find_map(zone))
    })
}

/// How many bytes at the head of a line are its time: up to the separator before the text.
#[must_use]
pub fn leading(line: &str) -> usize {
    let ends = line
        .char_indices()
        .filter(|(at, c)| matches!(c, ' ' | '|' | '–' | '—' | ']' | '*') && *at > 0)
        .map(|(at, _)| at);
    let mut best = 0;
    for end in ends.chain([line.len()]).take_while(|end| *end <= 48) {
        const AROUND: [char; 12] = [' ', '*', '[', ']', '(', ')', '`', ':', '-', '–', '—', '_'];
        let head = line[..end].trim_end_matches(AROUND);
        if read(head.trim_start_matches(AROUND)).is_some() {
            best = head.len();
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn as_people_write_them() {
        let near = date(2021, 6, 22);
        for (text, day, clock) in [
            ("14:05", None, Some((14, 5, 0))),
            ("~2:05 PM", None, Some((14, 5, 0))),
            ("5:00 pm", None, Some((17, 0, 0))),
            ("12:10am", None, Some((0, 10, 0))),
            ("2021-06-22 08:21", Some(near), Some((8, 21, 0))),
            ("2021-06-22T08:21Z", Some(near), Some((8, 21, 0))),
            ("22 June 2021", Some(near), None),
            ("June 22nd, 2021 08:21 UTC", Some(near), Some((8, 21, 0))),
            ("14:05-14:20", None, Some((14, 5, 0))),
            ("14:05 – 14:20 CET", None, Some((14, 5, 0))),
            ("2021-06-22", Some(near), None),
            ("2pm", None, Some((14, 0, 0))),
            ("2 PM PT", None, Some((14, 0, 0))),
            ("14h05", None, Some((14, 5, 0))),
            ("12.39UTC", None, Some((12, 39, 0))),
            ("2233 UTC", None, Some((22, 33, 0))),
            ("2021-06-22 2233", Some(near), Some((22, 33, 0))),
            ("June 22nd, 2021 2233 UTC", Some(near), Some((22, 33, 0))),
        ] {
            let found = read(text).unwrap_or_else(|| panic!("{text} is a time"));
            assert_eq!((found.date(near), found.clock), (day, clock), "{text}");
        }
        for text in ["14:??", "HH:mm", "25:00", "soon", "", "12", "2015", "June 2015", "T+5m", "14.05", "9999 UTC"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read("~14:05").is_some_and(|found| found.approximate));
        assert!(zone_hint("Timeline (times in BST)").is_some());
        assert!(zone_hint("| Time (UTC) | Event |").is_some());
        assert_eq!(zone_hint("*(All times US/Pacific, 24-hour clock.)*"), TimeZone::get("US/Pacific").ok());
        assert!(zone_hint("the time and/or the place").is_none());
        for line in ["14:05 UTC - the alert fires", "14:05 UTC: the alert fires", "14:05 UTC the alert fires"] {
            assert_eq!(&line[..leading(line)], "14:05 UTC", "{line}");
        }
    }
}
