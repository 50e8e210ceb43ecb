//! A digest as data. Fields are added freely; what is there keeps its meaning within a `schema_version`.

use super::address;
use crate::pages::{
    digest::{
        amounts::{Amounts, Row, Side},
        sheet::{Compared, Entry, Figure, Part, Sheet},
    },
    incident_url,
    line::{Line, typed},
    subject::Directory,
};
use serde_json::{Value, json};

pub(super) fn render(directory: &Directory<'_>, sheet: &Sheet) -> String {
    let reports = sheet.reports.iter().map(|report| {
        json!({
            "id": report.id.value,
            "title": report.title.value,
            "severity": report.severity.value,
            "started_at": crate::pages::format::machine(report.times.started.value),
            "url": address(directory, &incident_url(report)),
        })
    });
    let last = sheet.period.end().yesterday().unwrap_or(sheet.period.end());
    let value = json!({
        "schema_version": 1,
        "period": sheet.period.to_string(),
        "title": sheet.title,
        "first": sheet.period.first().to_string(),
        "last": last.to_string(),
        "as_of": sheet.as_of.to_string(),
        "over": sheet.unfinished.is_none(),
        "url": address(directory, &sheet.address),
        "lead": sheet.lead.text(),
        "figures": sheet.figures.iter().map(figure).collect::<Vec<_>>(),
        "parts": sheet.parts.iter().map(|part| self::part(directory, part)).collect::<Vec<_>>(),
        "comparisons": sheet.compared.iter().map(compared).collect::<Vec<_>>(),
        "amounts": sheet.amounts.as_ref().map(amounts),
        "incidents": reports.collect::<Vec<_>>(),
        "method": sheet.method.text(),
    });
    let mut text = serde_json::to_string_pretty(&value).expect("plain data");
    text.push('\n');
    text
}

/// Numbers that JSON cannot hold are left out: an interval without an upper end has only `low`.
fn compared(one: &Compared) -> Value {
    let finite = |number: f64| number.is_finite().then_some(number);
    json!({
        "subject": one.name.text(),
        "now": one.now,
        "before": one.before,
        "ratio": finite(one.ratio),
        "low": one.interval.and_then(|(low, _)| finite(low)),
        "high": one.interval.and_then(|(_, high)| finite(high)),
        "p": one.p,
        "q": one.q,
        "verdict": one.verdict.word(),
    })
}

/// Sums beside those of the period before; `null` where no report states any.
fn amounts(amounts: &Amounts) -> Value {
    let side = |side: &Side| json!({ "value": side.value, "n": side.n, "left_out": side.left_out });
    let row = |row: &Row| json!({ "id": row.id, "name": row.name, "unit": row.unit, "now": side(&row.now), "before": side(&row.before) });
    json!({ "before": amounts.before.to_string(), "sums": amounts.rows.iter().map(row).collect::<Vec<_>>() })
}

fn figure(figure: &Figure) -> Value {
    let notes: Vec<String> = figure.notes.iter().map(Line::text).collect();
    json!({ "id": figure.id, "name": figure.name, "value": figure.value.as_ref().map(Line::text), "notes": notes })
}

fn part(directory: &Directory<'_>, part: &Part) -> Value {
    let entry = |entry: &Entry| {
        let links = entry.lines.iter().flat_map(|line| &line.0).filter(|run| !run.url.is_empty());
        let links: Vec<String> = links.map(|run| address(directory, &run.url)).filter(|url| !url.is_empty()).collect();
        json!({
            "label": entry.label,
            "when": entry.when,
            "lines": entry.lines.iter().map(Line::text).collect::<Vec<_>>(),
            "duration": typed(&entry.value),
            "links": links,
        })
    };
    json!({
        "id": part.id,
        "heading": part.heading,
        "entries": part.entries.iter().map(entry).collect::<Vec<_>>(),
        "editor": part.editor.as_ref().map(|words| words.markdown.trim()),
        "empty": if part.entries.is_empty() && part.editor.is_none() { part.empty.text() } else { String::new() },
        "note": part.note.text(),
    })
}
