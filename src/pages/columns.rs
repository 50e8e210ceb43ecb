//! All reports as columns for the script of the lists: what it filters, counts and sorts by.
//!
//! A value is one character, `0` for the first of its dictionary, so that a column is a text. `data/incidents.js` holds
//! the dictionaries and the newest reports, further blocks the older ones, and `data/titles-n.js` the titles and rails,
//! which only rows and the text field need.

use super::{Input, facets::Facet, format, phases, views};
use crate::{
    model::{Kind, Report},
    site::Body,
    snapshot::RelPath,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The file that the script asks for first.
pub(super) const PATH: &str = "data/incidents.js";
/// The folder of all of them.
pub(super) const FOLDER: &str = "data/";
/// Reports of a block of columns.
const BLOCK: usize = 20_000;
/// Reports of a file of titles.
const TITLES: usize = 2_000;
/// The classes of the phases, in their order.
const PHASES: [&str; 3] = ["unnoticed", "responding", "recovering"];
/// Rails are drawn in so many steps.
const STEPS: i64 = 20;

pub(super) fn pages(input: &Input<'_>, facets: &[Facet]) {
    let durations = durations(input);
    let places: Vec<Vec<Vec<usize>>> = facets.iter().map(|facet| by_report(facet, input.newest.len())).collect();
    let blocks = input.newest.len().div_ceil(BLOCK).max(1);
    for block in 0..blocks {
        let from = block * BLOCK;
        let reports = input.newest.get(from..(from + BLOCK).min(input.newest.len())).unwrap_or(&[]);
        let mut value = Map::new();
        if block == 0 {
            head(&mut value, input, facets, &durations);
        }
        for (facet, places) in facets.iter().zip(&places) {
            value.insert(facet.id.to_owned(), column(facet, &places[from..from + reports.len()]));
        }
        value.insert("days".to_owned(), days(input, reports.iter().map(AsRef::as_ref)));
        let text = |of: &dyn Fn(&Report) -> String| Value::String(reports.iter().map(|report| of(report)).collect());
        value.insert("open".to_owned(), text(&|report| code(usize::from(report.is_open())).into()));
        value.insert("duration".to_owned(), text(&|report| code(duration_place(&durations, report)).into()));
        give(input, &block_path(block), &Value::Object(value));
    }
    for (at, reports) in input.newest.chunks(TITLES).enumerate() {
        let lines =
            |of: &dyn Fn(&Report) -> String| reports.iter().map(|report| of(report)).collect::<Vec<_>>().join("\n");
        let titles = lines(&|report| report.title.value.split_whitespace().collect::<Vec<_>>().join(" "));
        let slugs = lines(&|report| format::slug(&report.id.value).into_owned());
        let rails: String = reports.iter().map(|report| rail(report)).collect();
        give(input, &format!("data/titles-{}.js", at + 1), &json!([slugs, titles, rails]));
    }
}

fn block_path(block: usize) -> String {
    if block == 0 { PATH.to_owned() } else { format!("data/incidents-{}.js", block + 1) }
}

fn give(input: &Input<'_>, path: &str, value: &Value) {
    let path = RelPath::new(path).expect("addresses are made of slugs");
    let text = format!("afterword.take({value});\n");
    input.give(path, Body::Raw(text.into_bytes().into()));
}

/// What the columns refer to.
fn head(value: &mut Map<String, Value>, input: &Input<'_>, facets: &[Facet], durations: &BTreeMap<i64, String>) {
    let dictionary = |facet: &Facet| {
        let values: Vec<Value> = facet
            .values
            .iter()
            .map(|value| match value.class.as_str() {
                "" => json!([value.slug, value.name]),
                class => json!([value.slug, value.name, class]),
            })
            .collect();
        json!({ "id": facet.id, "name": facet.name, "many": facet.many, "values": values })
    };
    value.insert("total".to_owned(), json!(input.newest.len()));
    value.insert("block".to_owned(), json!(BLOCK));
    value.insert("titles".to_owned(), json!(TITLES));
    value.insert("steps".to_owned(), json!(STEPS));
    let phases = PHASES.map(|phase| json!([phase, input.words.term("phase", phase)]));
    value.insert("phases".to_owned(), json!(phases));
    let kinds = Kind::ALL.iter().filter(|(_, kind)| *kind != Kind::Incident);
    let mut notes: Map<String, Value> =
        kinds.map(|(word, _)| ((*word).to_owned(), json!(input.words.term("kind", word)))).collect();
    for word in ["draft", "open"] {
        notes.insert(word.to_owned(), json!(input.words.term("status", word)));
    }
    value.insert("notes".to_owned(), Value::Object(notes));
    value.insert("facets".to_owned(), facets.iter().map(dictionary).collect());
    value.insert("durations".to_owned(), json!(durations.values().collect::<Vec<_>>()));
}

/// The values of each report, as places in the dictionary of the facet.
fn by_report(facet: &Facet, reports: usize) -> Vec<Vec<usize>> {
    let mut places = vec![Vec::new(); reports];
    for (place, value) in facet.values.iter().enumerate() {
        value.reports.iter().for_each(|report| places[*report].push(place));
    }
    places
}

fn column(facet: &Facet, places: &[Vec<usize>]) -> Value {
    let texts: Vec<String> = places.iter().map(|places| places.iter().map(|place| code(*place)).collect()).collect();
    Value::String(if facet.many { texts.join(" ") } else { texts.concat() })
}

/// A place as a character: `0` is the first. Surrogates are no characters, so what would fall on them comes after.
fn code(place: usize) -> char {
    let code = u32::try_from(place).unwrap_or(0) + u32::from('0');
    char::from_u32(code).or_else(|| char::from_u32(code + 0x800)).unwrap_or('0')
}

/// Runs of reports of one day: the day in words, and how many.
fn days<'r>(input: &Input<'_>, reports: impl Iterator<Item = &'r Report>) -> Value {
    let mut runs: Vec<(String, usize)> = Vec::new();
    for report in reports {
        let day = input.words.date(report.times.started.value.date(&input.config.time_zone));
        match runs.last_mut() {
            Some((last, count)) if *last == day => *count += 1,
            _ => runs.push((day, 1)),
        }
    }
    json!(runs)
}

/// Every duration in words, ascending. Some that differ read alike and share an entry.
fn durations(input: &Input<'_>) -> BTreeMap<i64, String> {
    let seconds = input.newest.iter().filter_map(|report| views::seconds(report));
    seconds.map(|seconds| (spoken(seconds), input.words.duration(seconds))).collect()
}

/// To the minute, from a hundred hours on to the hour: as finely as it is said.
const fn spoken(seconds: i64) -> i64 {
    match seconds {
        ..60 => seconds,
        60..360_000 => seconds - seconds % 60,
        _ => seconds - seconds % 3600,
    }
}

/// 0 where there is none, else the place in the durations and one.
fn duration_place(durations: &BTreeMap<i64, String>, report: &Report) -> usize {
    views::seconds(report).map_or(0, |seconds| durations.range(..=spoken(seconds)).count())
}

/// Three characters: where each phase ends, or `/` where it is not there.
fn rail(report: &Report) -> String {
    let phases = phases::of(report);
    let total = phases.last().map_or(1, |last| last.to);
    let end = |class: &&str| {
        let phase = phases.iter().rfind(|phase| phase.class == *class);
        phase.map_or('/', |phase| code(usize::try_from((phase.to * STEPS / total).clamp(1, STEPS)).unwrap_or(1)))
    };
    PHASES.iter().map(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_characters() {
        assert_eq!((code(0), code(9), code(10)), ('0', '9', ':'));
        assert_eq!(u32::from(code(0xD7FF - 48)), 0xD7FF);
        assert_eq!(u32::from(code(0xD800 - 48)), 0xE000);
    }

    #[test]
    fn durations_are_as_fine_as_they_are_said() {
        for (a, b) in [(60, 119), (7_260, 7_319), (360_000, 363_599)] {
            assert_eq!(format::duration(a), format::duration(b));
            assert_eq!(spoken(a), spoken(b));
        }
        assert_ne!(spoken(59), spoken(58));
    }
}
