//! The JSON Schemas of `reports.json` and of the JSON of one report, published beside them. Types and meanings are those
//! of the table of reports of an export and of the fields of front matter; only what is in neither is described here.

use crate::{
    analyze::metrics,
    export::table,
    schema::{Field, REPORT, Value},
    words::Words,
};
use serde_json::{Map, Value as Json, json};

/// Addresses of the schemas, from the root of the site.
pub(in crate::export) const OF_ONE: &str = "schema/report.json";
pub(in crate::export) const OF_ALL: &str = "schema/reports.json";

/// A day, or a moment in UTC.
const MOMENT: &str = r"^-?\d{4,6}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$";

/// Where type and meaning of a field come from.
enum From {
    /// A column of the table of reports.
    Column,
    /// A field of front matter.
    FrontMatter,
    /// A field of front matter, and a further list of texts within it with its meaning.
    With(&'static str, &'static str),
    /// A meaning, and what it holds.
    Own(&'static str, fn() -> Json),
}

/// A field of a report in JSON.
struct Known {
    key: &'static str,
    /// It is in every report.
    always: bool,
    from: From,
}

const fn always(key: &'static str, from: From) -> Known {
    Known { key, always: true, from }
}

const fn recorded(key: &'static str, from: From) -> Known {
    Known { key, always: false, from }
}

const FIELDS: &[Known] = &[
    always("id", From::FrontMatter),
    always("url", From::Column),
    always("path", From::Column),
    always("title", From::Column),
    always("type", From::FrontMatter),
    always("severity", From::Column),
    always("status", From::FrontMatter),
    always("counted", From::Column),
    always("times", From::Own("Times as recorded, by their names in front matter.", times)),
    recorded("seconds", From::Own("Durations in seconds, by the metric.", seconds)),
    recorded("impact_seconds", From::Column),
    recorded("down_seconds", From::Column),
    recorded("customer_minutes", From::Column),
    recorded("source", From::Column),
    recorded("services", From::Column),
    recorded("teams", From::Column),
    recorded("regions", From::Column),
    recorded("tags", From::Column),
    recorded("detected_by", From::FrontMatter),
    recorded("trigger", From::FrontMatter),
    recorded("factors", From::FrontMatter),
    recorded("impact", From::With("estimated", "Which of these numbers are estimates.")),
    recorded("actions", From::FrontMatter),
    recorded("sources", From::FrontMatter),
    recorded("global", From::FrontMatter),
    recorded("business_functions", From::FrontMatter),
    recorded("context", From::FrontMatter),
    recorded("detected_early", From::FrontMatter),
    recorded("impact_windows", From::FrontMatter),
    recorded("recovery", From::FrontMatter),
    recorded("runbook", From::FrontMatter),
    recorded("deploys", From::FrontMatter),
    recorded("self_healing", From::FrontMatter),
    recorded("automation_opportunity", From::FrontMatter),
    recorded("evidence", From::FrontMatter),
    recorded("effort", From::FrontMatter),
    recorded("people_hours", From::Column),
    recorded("off_hours_pages", From::FrontMatter),
    recorded("delayed_projects", From::FrontMatter),
    recorded("cost", From::FrontMatter),
    recorded("report", From::FrontMatter),
    recorded("review", From::FrontMatter),
    recorded("lessons", From::FrontMatter),
    recorded("no_action_reason", From::FrontMatter),
    recorded("related", From::FrontMatter),
    recorded("not_related", From::FrontMatter),
    recorded("recurrence_of", From::Column),
];

/// What the JSON of one report has beyond its line among all.
const OF_ITS_OWN: &[Known] = &[
    always("schema_version", From::Own("What is there keeps its meaning within a version.", version)),
    always("as_of", From::Own("The day as of which the site was built.", day)),
    recorded("timeline", From::FrontMatter),
    always("text", From::Own("The words of the body, without markup.", || json!({ "type": "string" }))),
];

/// The schema of the JSON of one report.
pub(in crate::export) fn of_one() -> String {
    let fields: Vec<&Known> = FIELDS.iter().chain(OF_ITS_OWN).collect();
    document("A report of an incident", object(&fields))
}

/// The schema of `reports.json`.
pub(in crate::export) fn of_all() -> String {
    let line = object(&FIELDS.iter().collect::<Vec<_>>());
    let all = json!({
        "type": "object",
        "required": ["schema_version", "title", "as_of", "reports"],
        "properties": {
            "$schema": pointer(),
            "schema_version": version(),
            "title": { "type": "string", "description": "The name of the site." },
            "as_of": day(),
            "reports": { "type": "array", "items": line, "description": "The newest first." },
        },
    });
    document("All reports of a site", all)
}

fn document(title: &str, mut schema: Json) -> String {
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.insert("$schema".to_owned(), pointer());
    }
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn pointer() -> Json {
    json!({ "type": "string", "description": "This schema." })
}

fn version() -> Json {
    json!({ "const": 1 })
}

fn day() -> Json {
    json!({ "type": "string", "format": "date" })
}

fn times() -> Json {
    const KEYS: [&str; 6] =
        ["started_at", "detected_at", "acknowledged_at", "declared_at", "mitigated_at", "resolved_at"];
    let known: Vec<Field> = KEYS.into_iter().filter_map(front_matter).copied().collect();
    mapping(&known)
}

fn seconds() -> Json {
    let words = Words::english();
    let one = |id: &str| {
        let meaning = json!({ "type": "integer", "description": words.term("metric", id) });
        (id.replace('-', "_"), meaning)
    };
    let properties: Map<String, Json> = metrics::ALL.iter().map(|metric| one(metric.id)).collect();
    json!({ "type": "object", "properties": properties })
}

fn front_matter(key: &str) -> Option<&'static Field> {
    REPORT.iter().find(|field| field.key == key)
}

fn object(fields: &[&Known]) -> Json {
    let properties: Map<String, Json> = fields.iter().map(|field| (field.key.to_owned(), property(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.always).map(|field| field.key).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn property(known: &Known) -> Json {
    let field = || front_matter(known.key).map(of_field);
    let described = match known.from {
        From::Column => table::column_schema(known.key),
        From::FrontMatter => field(),
        From::With(key, meaning) => field().map(|mut schema| {
            schema["properties"][key] =
                json!({ "type": "array", "items": { "type": "string" }, "description": meaning });
            schema
        }),
        From::Own(meaning, holds) => {
            let mut schema = holds();
            schema["description"] = json!(meaning);
            Some(schema)
        }
    };
    described.expect("a test asks for every field")
}

fn of_field(field: &Field) -> Json {
    let mut schema = holds(field.value);
    schema["description"] = json!(field.doc.replace('`', ""));
    schema
}

fn mapping(fields: &[Field]) -> Json {
    let properties: Map<String, Json> = fields.iter().map(|field| (field.key.to_owned(), of_field(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// What a field of front matter holds once it was read: lists are lists, and short forms are long.
fn holds(value: Value) -> Json {
    match value {
        Value::Text | Value::Duration | Value::Name(_) => json!({ "type": "string" }),
        Value::Figure => json!({ "type": ["string", "number"] }),
        Value::Bool => json!({ "type": "boolean" }),
        Value::Count => json!({ "type": "integer", "minimum": 0 }),
        Value::Number => json!({ "type": "number" }),
        Value::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Value::Moment => json!({ "type": "string", "pattern": MOMENT }),
        Value::Day => day(),
        Value::Choice(words) => json!({ "enum": words() }),
        Value::List(inner) | Value::OneOrMany(inner) => json!({ "type": "array", "items": holds(*inner) }),
        Value::Range => json!({ "type": "array", "items": { "type": "integer" } }),
        Value::Map(fields) => mapping(fields),
        Value::Named(inner) => json!({ "type": "object", "additionalProperties": holds(*inner) }),
        // Of a number that may be an estimate the number alone.
        Value::Either(_, Value::Map([Field { key: "value", value, .. }, ..])) => holds(*value),
        Value::Either(_, long) => holds(*long),
    }
}
