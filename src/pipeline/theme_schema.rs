//! The contract of themes as one document. What templates are given is recorded from the pages of the sample, and what
//! templates hold is read from them, so that the document says what is.

use super::{check, published};
use crate::{
    analyze,
    model::Visibility,
    pages::{self, subject::Directory},
    render::Renderer,
    site::{Body, Page},
    snapshot::Snapshot,
    theme::{FILES, Theme, anatomy, contract, css, overrides, sample},
    words::Words,
};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};
use tera::{Kwargs, State, Tera, TeraResult};

/// Slots: empty blocks, and what is there.
const SLOTS: &[(&str, &str)] = &[
    ("digest_top", "above the heading of a digest"),
    ("footer", "the end of the foot of every page"),
    ("head_extra", "the end of `<head>` of every page: links to icons, `<meta>`"),
    ("header_end", "behind the navigation of every page"),
    ("report_after", "below a report, before what is beside it"),
    ("report_meta", "below the facts at the head of a report"),
];

/// The document.
#[must_use]
pub fn render() -> String {
    let recorded = record();
    let templates = texts_in("templates/").map(|(name, text)| {
        let seen = recorded.get(name);
        let mut about = Map::new();
        about.insert("extends".to_owned(), json!(anatomy::extended(text)));
        about.insert("includes".to_owned(), json!(anatomy::included(text)));
        about.insert("included_by".to_owned(), json!(included_by(name)));
        about.insert("blocks".to_owned(), json!(anatomy::blocks(text)));
        about.insert(
            "slots".to_owned(),
            json!(anatomy::slots(text).iter().filter(|slot| is_slot(slot)).collect::<Vec<_>>()),
        );
        if let Some(seen) = seen {
            about.insert("kinds".to_owned(), json!(kinds(name, &seen.example)));
            about.insert("example".to_owned(), json!(seen.example));
            about.insert("context".to_owned(), seen.own().fields());
        }
        (name.to_owned(), Value::Object(about))
    });
    let mut shared = Shape::default();
    for seen in recorded.values() {
        shared.merge(&seen.shape.only(|key| seen.shared.contains(key)));
    }
    let slot = |(name, about): &(&'static str, &str)| (*name, json!({ "about": about, "templates": having(name) }));
    let slots: BTreeMap<_, _> = SLOTS.iter().map(slot).collect();
    let files = ["i18n", "scripts", "static", "styles"].map(|folder| (folder, names_in(folder)));
    let document = json!({
        "api": contract::API,
        "extends": contract::BASE,
        "slots": slots,
        "context": shared.fields(),
        "templates": templates.collect::<Map<_, _>>(),
        "files": BTreeMap::from(files),
        "tokens": tokens(),
        "texts": texts(),
    });
    format!("{document:#}\n")
}

/// The kinds of pages that a template makes: that of the table, or the one whose folder its pages lie in.
fn kinds(template: &str, example: &str) -> Vec<&'static str> {
    let by = |is: &dyn Fn(&pages::Kind) -> bool| -> Vec<&'static str> {
        pages::KINDS.iter().filter(|kind| is(kind)).map(|kind| kind.name).collect()
    };
    let stated = by(&|kind| kind.template == template);
    if stated.is_empty() { by(&|kind| example.split('/').next() == Some(kind.name)) } else { stated }
}

fn is_slot(name: &str) -> bool {
    SLOTS.iter().any(|(slot, _)| *slot == name)
}

fn texts_in(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(move |(name, bytes)| Some((name.strip_prefix(folder)?, std::str::from_utf8(bytes).ok()?)))
}

fn names_in(folder: &str) -> Vec<&'static str> {
    let below = |name: &str| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    FILES.iter().map(|(name, _)| *name).filter(|name| below(name)).collect()
}

fn included_by(template: &str) -> Vec<&'static str> {
    texts_in("templates/")
        .filter(|(_, text)| anatomy::included(text).contains(template))
        .map(|(name, _)| name)
        .collect()
}

fn having(slot: &str) -> Vec<&'static str> {
    texts_in("templates/").filter(|(_, text)| anatomy::slots(text).contains(&slot)).map(|(name, _)| name).collect()
}

/// The tokens with their usual values and what the sheet says of them.
fn tokens() -> Value {
    let sheet = overrides::base("styles/10-tokens.css").and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
    let usual = css::declarations(sheet).into_iter().filter(|found| found.scope == ["@layer base", ":root"]);
    usual
        .map(|found| (found.name.to_owned(), json!({ "value": found.value, "about": found.comment })))
        .collect::<Map<_, _>>()
        .into()
}

/// The keys of all texts, with what they say in English; plural forms where it has them.
fn texts() -> Value {
    let tables = Words::english().tables().iter();
    let texts = tables.flat_map(|(table, texts)| {
        texts.iter().map(move |(key, text)| (format!("{table}.{key}"), json!(text.written())))
    });
    texts.collect::<Map<_, _>>().into()
}

/// What was seen at one place of the data.
#[derive(Clone, Debug, Default)]
struct Shape {
    kinds: BTreeSet<&'static str>,
    fields: BTreeMap<String, Shape>,
    items: Option<Box<Shape>>,
    /// How often it was there, and how often its owner was.
    seen: usize,
    owners: usize,
}

impl Shape {
    fn take(&mut self, value: &Value) {
        self.seen += 1;
        self.kinds.insert(match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        });
        match value {
            Value::Array(items) => {
                let shape = self.items.get_or_insert_default();
                for item in items {
                    shape.take(item);
                }
            }
            Value::Object(fields) => {
                self.owners += 1;
                for (key, value) in fields {
                    self.fields.entry(key.clone()).or_default().take(value);
                }
            }
            _ => {}
        }
    }

    /// Takes what was seen at the same place elsewhere.
    fn merge(&mut self, other: &Self) {
        self.kinds.extend(&other.kinds);
        self.seen += other.seen;
        self.owners += other.owners;
        for (key, field) in &other.fields {
            self.fields.entry(key.clone()).or_default().merge(field);
        }
        if let Some(items) = &other.items {
            self.items.get_or_insert_default().merge(items);
        }
    }

    /// With only some of its fields.
    fn only(&self, keep: impl Fn(&str) -> bool) -> Self {
        let mut shape = self.clone();
        shape.fields.retain(|key, _| keep(key));
        shape
    }

    fn fields(&self) -> Value {
        let fields = self.fields.iter().map(|(key, field)| {
            let mut told = field.told();
            if field.seen < self.owners
                && let Value::Object(told) = &mut told
            {
                told.insert("optional".to_owned(), json!(true));
            }
            (key.clone(), told)
        });
        fields.collect::<Map<_, _>>().into()
    }

    fn told(&self) -> Value {
        let mut told = Map::new();
        let kinds: Vec<_> = self.kinds.iter().collect();
        told.insert("type".to_owned(), if let [kind] = kinds[..] { json!(kind) } else { json!(kinds) });
        if !self.fields.is_empty() {
            told.insert("fields".to_owned(), self.fields());
        }
        if let Some(items) = self.items.as_ref().filter(|items| items.seen > 0) {
            told.insert("items".to_owned(), items.told());
        }
        told.into()
    }
}

/// What the pages of one template were given.
#[derive(Debug, Default)]
struct Seen {
    /// The first address by name.
    example: String,
    shape: Shape,
    /// Fields that every page has.
    shared: BTreeSet<String>,
}

impl Seen {
    fn own(&self) -> Shape {
        self.shape.only(|key| !self.shared.contains(key))
    }
}

/// What each template is given, over all samples and audiences.
fn record() -> BTreeMap<&'static str, Seen> {
    let mut seen: BTreeMap<&'static str, Seen> = BTreeMap::new();
    for sample in sample::ALL {
        for audience in [Visibility::Public, Visibility::Restricted] {
            let snapshot = sample::snapshot(*sample, None);
            for (name, path, context) in contexts(&snapshot, audience) {
                let entry = seen.entry(name).or_default();
                if entry.example.is_empty() || path < entry.example {
                    entry.example = path;
                }
                entry.shape.take(&context);
            }
        }
    }
    let mut keys = seen.values().map(|seen| seen.shape.fields.keys().cloned().collect::<BTreeSet<_>>());
    let first = keys.next().unwrap_or_default();
    let shared = keys.fold(first, |all, keys| all.intersection(&keys).cloned().collect());
    for seen in seen.values_mut() {
        seen.shared.clone_from(&shared);
    }
    seen
}

/// Template, address and data of every page.
fn contexts(snapshot: &Snapshot, audience: Visibility) -> Vec<(&'static str, String, Value)> {
    let checked = check(snapshot);
    let Ok(theme) = Theme::load(snapshot, &checked.config) else { return Vec::new() };
    let corpus = published(&checked, audience);
    let analysis = analyze::analyze(&checked.config, &corpus, snapshot.today);
    let renderer = Renderer::new(&theme, &checked.config);
    let dump = dump();
    let found = Mutex::new(Vec::new());
    let accept = |page: Page| {
        let Body::Template { name, data } = page.body else { return };
        let path = page.path.as_str().to_owned();
        let Some(context) = json_of(&dump, &renderer.context(&page.path, data)) else { return };
        found.lock().unwrap_or_else(PoisonError::into_inner).push((name, path, context));
    };
    let history = &snapshot.history;
    let directory = Directory::new(&checked.config, &corpus, &analysis, history, &theme.words, audience);
    pages::each(&directory, &analysis, &checked.diagnostics, &accept);
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    found
}

/// A template engine whose one template says everything that it is given.
fn dump() -> Tera {
    let as_json = |value: &tera::Value, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
        serde_json::to_string(value).map_err(tera::Error::message)
    };
    let mut tera = Tera::new();
    tera.register_filter("as_json", as_json);
    tera.add_raw_template("all", "{{ __tera_context | as_json }}").expect("a template of ours");
    tera
}

fn json_of(dump: &Tera, context: &tera::Context) -> Option<Value> {
    serde_json::from_str(&dump.render("all", context).ok()?).ok()
}
