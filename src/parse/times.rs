//! Times as people write them in front matter, and durations as text.

use crate::{
    diag::{Diagnostic, reader},
    model::time::When,
    snapshot::{Span, Spanned},
    tree::{Node, Reader},
};
use jiff::{Timestamp, civil::Date};

/// Abbreviations of zones with the offset that most people mean by them.
pub const ZONES: &[(&str, &str)] = &[
    ("UTC", "+00:00"),
    ("GMT", "+00:00"),
    ("Z", "+00:00"),
    ("BST", "+01:00"),
    ("IST", "+05:30"),
    ("WEST", "+01:00"),
    ("CET", "+01:00"),
    ("CEST", "+02:00"),
    ("EET", "+02:00"),
    ("EEST", "+03:00"),
    ("JST", "+09:00"),
    ("AEST", "+10:00"),
    ("AEDT", "+11:00"),
    ("EST", "-05:00"),
    ("EDT", "-04:00"),
    ("CST", "-06:00"),
    ("CDT", "-05:00"),
    ("MST", "-07:00"),
    ("MDT", "-06:00"),
    ("PST", "-08:00"),
    ("PDT", "-07:00"),
];

/// A milestone: RFC 3339 with an offset, or a date alone.
pub fn when(reader: &mut Reader, node: &Node) -> Option<Spanned<When>> {
    let text = reader.text(node)?;
    let value = text.value.trim();
    let found = if value.len() == 10 { value.parse().ok().map(When::Day) } else { instant(value).map(When::Instant) };
    if let Some(when) = found {
        return Some(Spanned { value: when, span: text.span });
    }
    reader.push(complaint(value, &text.span));
    None
}

/// A calendar date.
pub fn date(reader: &mut Reader, node: &Node) -> Option<Spanned<Date>> {
    let text = reader.text(node)?;
    let value = text.value.trim();
    let found = (value.len() == 10).then(|| value.parse().ok()).flatten();
    if found.is_none() {
        reader.push(
            Diagnostic::new(reader::IMPOSSIBLE_TIME, &text.span, format!("`{value}` is not a date"))
                .help("write it as `2024-03-01`"),
        );
    }
    Some(Spanned { value: found?, span: text.span })
}

fn instant(value: &str) -> Option<Timestamp> {
    let bytes = value.as_bytes();
    let shaped = value.is_ascii() && bytes.len() >= 17 && matches!(bytes[10], b'T' | b't' | b' ') && bytes[13] == b':';
    if !shaped || bytes.get(17..19) == Some(b"60") {
        return None;
    }
    let has_offset = value.ends_with(['Z', 'z']) || value[16..].contains(['+', '-']);
    (has_offset && !value[11..].starts_with("24")).then(|| value.parse().ok()).flatten()
}

/// Why a time could not be read, at the smallest place that is wrong.
fn complaint(value: &str, span: &Span) -> Diagnostic {
    let quoted = span.range().len() >= value.len() + 2;
    let inner = span.start as usize + usize::from(quoted);
    let (clock, zone) = split_zone(value);
    if is_local_time(clock) {
        let end = inner + value.len();
        let at =
            Span::new(&span.path, if zone.is_empty() { end..end } else { inner + (value.len() - zone.len())..end });
        let offset = ZONES.iter().find(|(name, _)| *name == zone).map(|(_, offset)| *offset);
        return match offset {
            Some(offset) => Diagnostic::new(reader::TIME_WITHOUT_OFFSET, &at, format!("`{zone}` is not an offset"))
                .help(format!("`{zone}` most likely means `{offset}`; write `{}{offset}`", clock.replace(' ', "T")))
                .guess(format!("write `{offset}`"), span, format!("{}{offset}", clock.replace(' ', "T"))),
            None => Diagnostic::new(reader::TIME_WITHOUT_OFFSET, &at, "this time has no offset from UTC")
                .label("the offset is missing here")
                .help(format!(
                    "write `{}Z` for UTC, or the offset, as in `{}+01:00`",
                    clock.replace(' ', "T"),
                    clock.replace(' ', "T")
                )),
        };
    }
    Diagnostic::new(reader::IMPOSSIBLE_TIME, span, format!("`{value}` is not a time that exists"))
        .help("write it as `2024-03-01T14:05:00Z`, or `2024-03-01` where only the day is known")
}

fn split_zone(value: &str) -> (&str, &str) {
    let letters = value.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let (clock, zone) = value.split_at(value.len() - letters);
    (clock.trim_end(), zone)
}

fn is_local_time(clock: &str) -> bool {
    clock.is_ascii()
        && clock.len() >= 16
        && clock.replace(' ', "T").parse::<jiff::civil::DateTime>().is_ok()
        && !clock[16..].contains(['+', '-'])
}

/// A duration in words, in seconds: `19 hours 43 minutes.`, `1h 5m`, `279 minutes [^3]`, `~2 h`.
/// `?`, `N/A` and whatever else says no number give `None`.
#[must_use]
pub fn duration(text: &str) -> Option<i64> {
    let text = text.split("[^").next().unwrap_or("").to_lowercase();
    let text = text.trim().trim_start_matches(['~', '≈']).trim_start_matches("about").trim_end_matches('.');
    let mut total = 0.0;
    let mut seen = false;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number: f64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        total += number * unit_seconds(&rest[..letters])?;
        seen = true;
        rest = rest[letters..].trim_start_matches([',', ' ', '.']).trim_start();
        rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded below")]
    (seen && total < 1e12).then_some(total.round() as i64)
}

fn unit_seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600.0,
        "d" | "day" | "days" => 86_400.0,
        "w" | "week" | "weeks" => 604_800.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_text() {
        for (text, seconds) in [
            ("19 hours 43 minutes.", Some(70_980)),
            ("11 Days", Some(950_400)),
            ("279 minutes [^3]", Some(16_740)),
            ("1h 5m", Some(3_900)),
            ("~2 h", Some(7_200)),
            ("3 hours and 31 minutes", Some(12_660)),
            ("0 minutes", Some(0)),
            ("?", None),
            ("N/A", None),
            ("", None),
            ("5", None),
        ] {
            assert_eq!(duration(text), seconds, "{text}");
        }
    }

    #[test]
    fn instants() {
        for text in ["2021-10-28T20:37:00Z", "2021-10-28 20:37+01:00", "2021-10-28T20:37Z", "2021-10-28T20:37:05-08:00"]
        {
            assert!(instant(text).is_some(), "{text}");
        }
        for text in ["2021-10-28T20:37:00", "2021-13-28T20:37:00Z", "2021-10-28T24:00:00Z", "2021-10-28T20:37:60Z", "x"]
        {
            assert!(instant(text).is_none(), "{text}");
        }
    }
}
