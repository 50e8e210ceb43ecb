//! What the body, the title and the name of a file state: labelled lines, dates, services.

use super::{Draft, Options, front, labels};
use crate::parse::{
    self,
    body_actions::plain,
    dates::{self, Stated},
};
use jiff::{civil::Date, tz::TimeZone};

/// Reads what the body, the title and the file name state.
pub fn read(draft: &mut Draft, body: &str, path: &str, options: &Options<'_>) {
    let title = draft.title.clone().unwrap_or_default();
    let found = labels::all(body);
    let zone = zone_of(body).or_else(|| options.zone.clone());
    for label in found.iter().filter(|label| label.field == "day") {
        when(draft, label, zone.as_ref());
    }
    if draft.day.is_none() {
        let day_of = |text: &str| dates::all(&dates::ordered(text, draft.order));
        let (named, titled) = (day_of(path), day_of(&title));
        let day = titled.first().or(named.last()).copied();
        if let (Some(a), Some(b)) = (titled.first(), named.last())
            && a != b
        {
            draft.not.push(format!("the title says {a}, the name of the file {b}; the title was followed"));
        }
        let has_start = found.iter().any(|label| label.field == "started_at");
        if let Some(day) = day.filter(|_| !draft.times.contains_key("started_at")) {
            draft.day = Some(day);
            draft.day_of_file = titled.is_empty();
            if !has_start {
                draft.times.insert("started_at", day.to_string());
            }
        }
    }
    if let (None, Some(text)) = (draft.day, dates::ambiguous(&title).or(dates::ambiguous(path))) {
        draft.not.push(format!("`{text}` may put the day first or the month; it was not guessed"));
    }
    for label in &found {
        match label.field {
            "day" | "title" => {}
            "severity" => {
                if draft.severity.is_none() {
                    front::severity(label.value, &label.label, options, draft);
                }
            }
            "services" => service_label(draft, label, options),
            "duration" => {
                if !front::duration(label.value, draft)
                    && label.value.bytes().any(|b| b.is_ascii_digit())
                    && draft.duration.is_none()
                {
                    draft.not.push(format!("{}: `{}` is no duration that can be read", label.label, label.value));
                }
            }
            "detected_by" => detected_by(draft, label),
            _ => when(draft, label, zone.as_ref()),
        }
    }
    if let (None, Some(day)) = (draft.times.get("started_at"), draft.day) {
        draft.times.insert("started_at", day.to_string());
    }
    guess_services(draft, &title, path, options);
    if !draft.native.iter().any(|(key, _)| key == "type") && draft.kind.is_none() {
        let lower = title.to_lowercase();
        let planned = ["planned maintenance", "scheduled maintenance", "maintenance window"];
        draft.kind = (front::is_maintenance(&title) && planned.iter().any(|words| lower.contains(words)))
            .then_some("maintenance");
    }
}

fn when(draft: &mut Draft, label: &labels::Labelled<'_>, zone: Option<&TimeZone>) {
    let own = parse::clock::zone_hint(&format!("time {}", label.label));
    let zone = own.as_ref().or(zone);
    let value = dates::ordered(label.value, draft.order);
    let plain = value.split([' ', '\t']).take_while(|word| !word.starts_with(['(', '['])).collect::<Vec<_>>().join(" ");
    match dates::read(&value, zone, draft.day).or_else(|| dates::read(&plain, zone, draft.day)) {
        Some(Stated::Time(text, day)) if goes_back(draft, label.field, &text) => {
            draft.not.push(format!("{}: `{}` on {day} would be before the start", label.label, label.value));
        }
        Some(found) => {
            draft.moment(label.field, &label.label, label.value, found);
        }
        None if label.field == "day" && dates::all(&value).len() == 1 => {
            draft.moment("day", &label.label, label.value, Stated::Day(dates::all(&value)[0]));
            draft.not.push(format!("{}: only the day was taken of `{}`", label.label, label.value));
        }
        None if dates::ambiguous(label.value).is_some() => {
            let label_and = format!("{}: `{}`", label.label, label.value);
            draft.not.push(format!("{label_and} may put the day first or the month; it was not guessed"));
        }
        None if label.value.bytes().any(|b| b.is_ascii_digit()) => {
            draft.not.push(format!("{}: `{}` is no date or time that can be read", label.label, label.value));
        }
        None => {}
    }
}

/// Whether a clock time put on the day of the start would be before the start.
fn goes_back(draft: &Draft, field: &str, text: &str) -> bool {
    let at = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let started = draft.times.get("started_at").and_then(|text| at(text));
    field != "started_at" && field != "day" && started.zip(at(text)).is_some_and(|(started, at)| at < started)
}

fn zone_of(body: &str) -> Option<TimeZone> {
    let lines = body.lines().filter(|line| {
        let lower = line.to_lowercase();
        lower.contains("times") || lower.contains("timezone") || lower.contains("time zone")
    });
    lines.into_iter().find_map(parse::clock::zone_hint)
}

/// `+02:00`, as it holds on that day.
pub fn zone_words(zone: &TimeZone, day: Option<Date>) -> String {
    let at = day.and_then(|day| day.at(12, 0, 0, 0).to_zoned(zone.clone()).ok());
    let offset = at.map_or_else(|| zone.to_offset(jiff::Timestamp::UNIX_EPOCH), |at| at.offset());
    if offset.is_zero() {
        "UTC".to_owned()
    } else {
        jiff::Timestamp::UNIX_EPOCH.to_zoned(TimeZone::fixed(offset)).strftime("%:z").to_string()
    }
}

fn service_label(draft: &mut Draft, label: &labels::Labelled<'_>, options: &Options<'_>) {
    let names: Vec<String> = label.value.split([',', ';']).map(plain).filter(|name| !name.is_empty()).collect();
    let are_names =
        names.iter().all(|name| name.split_whitespace().count() <= 4 && name.len() <= 40 && !name.ends_with('.'));
    if are_names
        && !names.iter().any(|name| matches!(name.to_lowercase().as_str(), "none" | "n/a" | "tbd" | "unknown" | "all"))
    {
        for name in &names {
            draft.service(name, options);
        }
    } else {
        draft.not.push(format!("{}: `{}` is no list of names", label.label, label.value));
    }
}

fn detected_by(draft: &mut Draft, label: &labels::Labelled<'_>) {
    let word = label.value.trim().to_lowercase().replace([' ', '_'], "-");
    let found = crate::model::DetectedBy::ALL.iter().find(|(known, _)| *known == word);
    match found {
        Some((word, _)) => draft.detected_by = draft.detected_by.take().or(Some((*word).to_owned())),
        None => draft.not.push(format!("{}: `{}` is none of the words for it", label.label, label.value)),
    }
}

/// Services named in the title or the file name, by the lists that were given.
fn guess_services(draft: &mut Draft, title: &str, path: &str, options: &Options<'_>) {
    if !draft.services.is_empty() {
        return;
    }
    let known = options.config.services.values();
    let known = known.flat_map(|service| service.aliases.iter().chain([&service.id.value, &service.name]));
    let names: Vec<String> = options.services.iter().chain(known).cloned().collect();
    let words = |text: &str| {
        format!(" {} ", text.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" "))
    };
    let (title, path) = (words(title), words(path));
    for name in names.iter().filter(|name| name.len() >= 2) {
        if title.contains(&words(name)) || path.contains(&words(name)) {
            draft.service(name, options);
        }
    }
}
