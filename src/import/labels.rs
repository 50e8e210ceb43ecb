//! Labelled lines: `**Start:** …`, `- Severity: …`, `| Detected | … |`, a heading `Date` with a value below it.

/// What a labelled line says, and what its label means here.
#[derive(Debug)]
pub struct Labelled<'t> {
    pub field: &'static str,
    pub label: String,
    pub value: &'t str,
}

/// Labels in lower case → field. `day` is the day of the incident, with or without a time.
const LABELS: &[(&str, &[&str])] = &[
    (
        "started_at",
        &[
            "start",
            "started",
            "started at",
            "start time",
            "start date",
            "begin",
            "began",
            "begin time",
            "time started",
            "incident start",
            "incident started",
            "incident start time",
            "impact start",
            "impact started",
            "outage start",
            "outage started",
            "start of impact",
            "start of incident",
            "start of outage",
            "start date/time",
        ],
    ),
    (
        "detected_at",
        &[
            "detected",
            "detected at",
            "time detected",
            "detection time",
            "discovered",
            "discovered at",
            "time of detection",
        ],
    ),
    ("acknowledged_at", &["acknowledged", "acknowledged at", "time acknowledged", "acked", "acked at"]),
    ("declared_at", &["declared", "declared at", "incident declared"]),
    ("mitigated_at", &["mitigated", "mitigated at", "time mitigated", "mitigation time", "impact mitigated"]),
    (
        "resolved_at",
        &[
            "end",
            "ended",
            "ended at",
            "end time",
            "end date",
            "time ended",
            "resolved",
            "resolved at",
            "time resolved",
            "resolution time",
            "incident end",
            "incident ended",
            "incident end time",
            "impact end",
            "impact ended",
            "outage end",
            "outage ended",
            "end of impact",
            "end of incident",
            "incident resolved",
            "end date/time",
            "time of resolution",
            "recovered",
            "recovered at",
        ],
    ),
    (
        "day",
        &[
            "date",
            "incident date",
            "date of incident",
            "date of outage",
            "day",
            "when",
            "date/time",
            "date and time",
            "date & time",
            "occurred",
            "date of occurrence",
            "outage date",
            "event date",
            "time of incident",
        ],
    ),
    ("severity", &["severity", "sev", "severity level", "incident severity", "priority", "incident priority"]),
    (
        "services",
        &[
            "service",
            "services",
            "affected service",
            "affected services",
            "services affected",
            "service affected",
            "affected component",
            "affected components",
            "components affected",
            "component",
            "components",
            "systems affected",
            "affected systems",
            "affected system",
            "impacted services",
            "services impacted",
            "impacted service",
            "impacted systems",
            "service(s)",
            "affected service(s)",
        ],
    ),
    (
        "duration",
        &[
            "duration",
            "incident duration",
            "outage duration",
            "total duration",
            "duration of incident",
            "duration of outage",
        ],
    ),
    ("detected_by", &["detected by", "detection source", "detection method"]),
    ("title", &["title", "incident title", "incident name"]),
];

/// The field that a label stands for.
pub fn field(label: &str) -> Option<&'static str> {
    let label = label.trim().to_lowercase();
    let plain = label.split(" (").next().unwrap_or("").trim();
    LABELS.iter().find(|(_, names)| names.contains(&label.as_str()) || names.contains(&plain)).map(|(field, _)| *field)
}

/// All labelled lines of a body whose label is known, outside code.
pub fn all(body: &str) -> Vec<Labelled<'_>> {
    let mut found = Vec::new();
    let mut fence = None;
    let mut heading: Option<(&'static str, String)> = None;
    for line in body.lines() {
        if crate::parse::lines::fence(line, &mut fence) || line.trim().is_empty() {
            continue;
        }
        let one = if line.trim_start().starts_with('|') { row(line) } else { labelled(line) };
        let is_heading = line.starts_with('#');
        match one {
            Some((field, label, value)) if !value.is_empty() => {
                found.push(Labelled { field, label, value });
                heading = None;
            }
            _ if is_heading => {
                let text = line.trim_matches(['#', ' ', ':', '*', '\t']);
                heading = field(text).map(|field| (field, text.to_owned()));
            }
            _ => {
                let value = line.trim().trim_start_matches(['-', '*', '+']).trim();
                if let Some((field, label)) = heading.take().filter(|_| value.len() <= 80) {
                    found.push(Labelled { field, label, value });
                }
            }
        }
    }
    found
}

fn labelled(line: &str) -> Option<(&'static str, String, &str)> {
    let text = line.trim().trim_start_matches(['#', '>', ' ']);
    let text = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text).trim_start();
    let at = text.find(':').filter(|at| *at <= 48)?;
    let label = text[..at].trim_matches(['*', '_', '`', ' ']);
    let value = text[at + 1..].trim().trim_start_matches(['*', '_']).trim();
    Some((field(label)?, label.to_owned(), value))
}

/// A row of two cells.
fn row(line: &str) -> Option<(&'static str, String, &str)> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    let (label, value) = inner.split_once('|')?;
    if value.contains('|') {
        return None;
    }
    let label = label.trim().trim_matches(['*', '_', '`', ' ']).trim_end_matches(':').trim_end_matches('*');
    let value = value.trim().trim_matches('*');
    (value.chars().any(char::is_alphanumeric)).then_some(())?;
    Some((field(label)?, label.to_owned(), value))
}
