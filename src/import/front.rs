//! Front matter of other shapes → ours; what has no place is kept.

use super::{Draft, Options, write};
use crate::{
    diag::reader,
    parse::{
        self,
        dates::{self, Stated},
    },
    snapshot::{RelPath, Spanned},
    tree::{Node, Value},
};

/// Keys of other tools → field of ours, in lower case without `_` and `-`.
const KEYS: &[(&str, &[&str])] = &[
    ("title", &["title", "name", "incidenttitle"]),
    (
        "started_at",
        &[
            "startedat",
            "starttime",
            "start",
            "started",
            "startdate",
            "incidentstart",
            "impactstart",
            "begin",
            "beganat",
            "begantime",
            "starteddate",
        ],
    ),
    ("detected_at", &["detectedat", "detected", "detectiontime", "detecttime", "discoveredat"]),
    ("acknowledged_at", &["acknowledgedat", "acknowledged", "ackedat"]),
    ("declared_at", &["declaredat", "declared"]),
    ("mitigated_at", &["mitigatedat", "mitigated", "mitigationtime"]),
    (
        "resolved_at",
        &[
            "resolvedat",
            "resolvedwhen",
            "endtime",
            "end",
            "ended",
            "enddate",
            "endedat",
            "resolved",
            "resolvedtime",
            "resolutiontime",
            "incidentend",
            "impactend",
        ],
    ),
    ("day", &["date", "incidentdate", "occurredat", "day"]),
    ("severity", &["severity", "sev", "incidentseverity", "severitylevel", "priority"]),
    (
        "services",
        &[
            "services",
            "affected",
            "service",
            "affectedservices",
            "affectedservice",
            "components",
            "affectedcomponents",
            "systems",
            "affectedsystems",
        ],
    ),
    ("tags", &["tags", "keywords", "categories", "labels"]),
    ("sources", &["url", "archiveurl", "sourceurl", "link", "links", "source", "sources", "references"]),
    ("duration", &["duration", "outageduration", "incidentduration"]),
    ("summary", &["summary", "description", "abstract", "tldr", "excerpt"]),
];

fn field(key: &str) -> Option<&'static str> {
    let plain = key.to_lowercase().replace(['_', '-', ' '], "");
    KEYS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(field, _)| *field)
}

/// Whether a key says that the file tells of an incident.
pub fn is_telling(key: &str) -> bool {
    field(key).is_some_and(|field| !matches!(field, "title" | "day" | "tags" | "sources" | "summary" | "duration"))
        || matches!(key, "actions" | "timeline" | "impact" | "factors" | "postmortem" | "incident" | "resolved")
}

/// Reads all fields into the draft.
pub fn read(fields: &[(Spanned<String>, Node)], path: &RelPath, options: &Options<'_>, draft: &mut Draft) {
    for (key, node) in fields {
        if node.is_blank() {
            draft.keep(&key.value, node);
            continue;
        }
        let taken = match field(&key.value) {
            Some("title") => text(node).is_some_and(|text| take(&mut draft.title, text)),
            Some("severity") => text(node).is_some_and(|text| severity(&text, &key.value, options, draft)),
            Some("services") => services(node, options, draft),
            Some("tags") => texts(node).is_some_and(|found| {
                draft.tags.extend(found);
                true
            }),
            Some("sources") => texts(node).is_some_and(|found| sources(&found, draft)),
            Some("duration") => text(node).is_some_and(|text| duration(&text, draft)),
            Some("summary") => text(node).is_some_and(|text| take(&mut draft.summary, text)),
            Some(when) => text(node).is_some_and(|text| moment(when, &key.value, &text, options, draft)),
            None => false,
        };
        if !taken && !native(&key.value, node, path, options, draft) {
            draft.keep(&key.value, node);
        }
    }
    maintenance(fields, draft);
}

fn take(place: &mut Option<String>, text: String) -> bool {
    let free = place.is_none();
    if free {
        *place = Some(text);
    }
    free
}

fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.trim().to_owned()),
        Value::Int(number) => Some(number.to_string()),
        _ => None,
    }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    match &node.value {
        Value::List(items) => items.iter().map(text).collect(),
        _ => text(node).map(|text| vec![text]),
    }
}

/// Words for a severity, without their number.
const LEVELS: &[&str] = &[
    "sev", "severity", "s", "p", "prio", "critical", "major", "high", "medium", "moderate", "minor", "low", "trivial",
];

/// A severity keeps the word it was written with, unless site.toml has one of the same letters.
pub fn severity(text: &str, key: &str, options: &Options<'_>, draft: &mut Draft) -> bool {
    let text = text.trim().trim_matches(['*', '_', '`']).trim();
    let (word, rest) = first_level(text);
    let word = word.trim_matches(['*', '_', '`', ' ']).to_owned();
    let lower = key.to_lowercase();
    let joined = word.replace(['-', ' ', '_'], "").to_lowercase();
    let known = [word.as_str(), &joined, &format!("{}{joined}", if lower.contains("prio") { "p" } else { "sev" })]
        .into_iter()
        .find_map(|word| options.config.severity(word))
        .map(|severity| severity.id.value.clone());
    let is_word = word.split_whitespace().count() == 1 && word.len() <= 24 && word.chars().any(char::is_alphanumeric);
    let said = !matches!(joined.as_str(), "tbd" | "n/a" | "na" | "none" | "unknown" | "?");
    let is_level = LEVELS.iter().any(|level| joined.trim_end_matches(|c: char| c.is_ascii_digit()) == *level);
    let Some(found) = known.or_else(|| (is_word && (rest.is_empty() || is_level) && said).then(|| word.clone())) else {
        draft.not.push(format!("{key}: `{text}` names no severity"));
        return false;
    };
    let same = found.to_lowercase().ends_with(&joined);
    take(&mut draft.severity, found) && rest.is_empty() && same
}

/// `SEV-2 (major)` → `SEV-2` and the rest.
fn first_level(text: &str) -> (String, &str) {
    let end = text.find(['(', ',', ';', '–', '—', ':', '|']).or_else(|| text.find(" - ")).unwrap_or(text.len());
    (text[..end].trim().to_owned(), text[end..].trim())
}

fn services(node: &Node, options: &Options<'_>, draft: &mut Draft) -> bool {
    let Some(found) = texts(node) else { return false };
    for name in
        found.iter().flat_map(|text| if found.len() == 1 { text.split(',').collect() } else { vec![text.as_str()] })
    {
        draft.service(name.trim(), options);
    }
    true
}

fn sources(found: &[String], draft: &mut Draft) -> bool {
    let fine = found
        .iter()
        .all(|url| (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(char::is_whitespace));
    let fine = fine && draft.native.iter().all(|(key, _)| key != "sources");
    if fine {
        draft.sources.extend_from_slice(found);
    }
    fine
}

/// A duration that reads as one.
pub fn duration(text: &str, draft: &mut Draft) -> bool {
    parse::times::duration(text).is_some() && take(&mut draft.duration, text.trim().to_owned())
}

/// A time; false when the words as written say more than what was taken from them.
fn moment(field: &'static str, key: &str, text: &str, options: &Options<'_>, draft: &mut Draft) -> bool {
    let Some(found) = dates::read(text, options.zone.as_ref(), None) else {
        if text.bytes().any(|b| b.is_ascii_digit()) {
            draft.not.push(format!("{key}: `{text}` is no date or time that can be read"));
        }
        return false;
    };
    let exact = matches!(found, Stated::Time(..) | Stated::Day(_));
    draft.moment(field, key, text, found) && exact
}

/// A key of our own schema, where our reader accepts its value.
fn native(key: &str, node: &Node, path: &RelPath, options: &Options<'_>, draft: &mut Draft) -> bool {
    const TAKEN: &[&str] = &[
        "title",
        "severity",
        "services",
        "started_at",
        "tags",
        "duration",
        "resolved_at",
        "detected_at",
        "mitigated_at",
    ];
    let twice = key == "sources" && !draft.sources.is_empty();
    if twice || TAKEN.contains(&key) || draft.native.iter().any(|(other, _)| other == key) {
        return false;
    }
    let yaml = write::node(node);
    let trial = format!("---\ntitle: x\nseverity: x\nservices: [x]\nstarted_at: 2020-01-01\n{key}: {yaml}\n---\n");
    let (reading, findings) = parse::report(path, trial.as_bytes(), options.config);
    let fine = reading.is_some() && findings.iter().all(|finding| finding.rule == reader::NO_GIT_DATES);
    if fine {
        draft.native.push((key.to_owned(), yaml));
    }
    fine
}

/// Planned work, where a status page says so.
fn maintenance(fields: &[(Spanned<String>, Node)], draft: &mut Draft) {
    let value = |key: &str| fields.iter().find(|(name, _)| name.value == key).map(|(_, node)| &node.value);
    let is_status_page = value("section").is_some() && (value("resolved").is_some() || value("affected").is_some());
    let informational = matches!(value("informational"), Some(Value::Bool(true)));
    let section = matches!(value("section"), Some(Value::Text(text)) if text.to_lowercase().contains("maintenance"));
    let title = draft.title.as_ref().is_some_and(|title| is_maintenance(title));
    if is_status_page && (informational || section || title) && draft.native.iter().all(|(key, _)| key != "type") {
        draft.kind = Some("maintenance");
    }
}

/// A title that is about planned work, and not about what came of it.
pub fn is_maintenance(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    words.contains(&"maintenance")
        && !["unplanned", "after", "during", "due", "outage", "failed", "failure", "caused", "emergency"]
            .iter()
            .any(|word| words.contains(word))
}
