//! The keys of `site.toml`. Every mistake in the file is reported in one run.

use super::{Config, RuleOverride, Service, Severity, Team, Tier, defaults, policy, sources, toml_tree};
use crate::{
    diag::{Diagnostic, Level, reader},
    model::sections,
    snapshot::{File, RelPath, Span, Spanned},
    tree::{Fields, Node, Reader, closest},
};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Reads `site.toml`; without one, the defaults hold.
#[must_use]
pub fn parse(file: Option<&File>) -> (Config, Vec<Diagnostic>) {
    let mut config = defaults::config();
    let Some(file) = file else { return (config, Vec::new()) };
    let source = match std::str::from_utf8(&file.bytes) {
        Ok(source) => source,
        Err(error) => {
            let at = error.valid_up_to();
            let span = Span::new(&Config::path(), at..at + 1);
            let finding = Diagnostic::new(reader::UNREADABLE_FILE, &span, "site.toml is not UTF-8");
            return (config, vec![finding.help("save it as UTF-8")]);
        }
    };
    let (node, mut findings) = toml_tree::parse(&Config::path(), source);
    let mut reader = Reader::default();
    if let Some(fields) = reader.fields(&node) {
        top(&mut reader, fields, &mut config);
    }
    findings.append(&mut reader.diagnostics);
    (config, findings)
}

fn top(reader: &mut Reader, mut fields: Fields<'_>, config: &mut Config) {
    for (key, place) in [
        ("title", &mut config.title),
        ("description", &mut config.description),
        ("lang", &mut config.lang),
        ("reports", &mut config.reports_dir),
        ("output", &mut config.output_dir),
    ] {
        if let Some(text) = fields.take(key).and_then(|node| reader.text(node)) {
            text.value.trim_end_matches('/').clone_into(place);
        }
    }
    if let Some(node) = fields.take("base_url") {
        config.base_url = base_url(reader, node).unwrap_or_default();
    }
    config.feed_id = fields.take("feed_id").and_then(|node| feed_id(reader, node));
    if let Some(node) = fields.take("edit_url") {
        config.edit_url = edit_url(reader, node);
    }
    if let Some(node) = fields.take("theme") {
        config.theme_dir = reader.text(node).map(|text| text.value);
    }
    if let Some((zone, name)) = fields.take("time_zone").and_then(|node| zone(reader, node)) {
        (config.time_zone, config.time_zone_name) = (zone, name);
    }
    policy::read(reader, &mut fields, config);
    if let Some(node) = fields.take("cost") {
        policy::cost(reader, node, &mut config.cost);
    }
    config.deploys = fields.take("deploys").and_then(|node| file_below(reader, node));
    if let Some(node) = fields.take("limits") {
        limits(reader, node, config);
    }
    if let Some(node) = fields.take("severities") {
        config.severities = named(reader, node, severity);
        if let Some(last) = config.severities.last_mut()
            && !last.review_required
            && last.tier == Tier::Medium
        {
            last.tier = Tier::Low;
        }
        if config.severities.is_empty() {
            config.severities = defaults::severities();
        }
    }
    if let Some(node) = fields.take("teams") {
        config.teams = named(reader, node, team).into_iter().map(|team| (team.id.value.clone(), team)).collect();
    }
    if let Some(node) = fields.take("services") {
        let services = named(reader, node, service);
        config.services = services.into_iter().map(|service| (service.id.value.clone(), service)).collect();
    }
    if let Some(node) = fields.take("rules") {
        config.rules = named(reader, node, rule_override);
    }
    if let Some(node) = fields.take("sections") {
        config.section_aliases = section_aliases(reader, node);
    }
    if let Some(node) = fields.take("sources") {
        config.sources = sources::sources(reader, node, config);
    }
    fields.finish(reader);
    owners_exist(reader, config);
    revenue_has_a_currency(reader, config);
}

fn base_url(reader: &mut Reader, node: &Node) -> Option<String> {
    let text = reader.text(node)?;
    if !text.value.starts_with("https://") && !text.value.starts_with("http://") {
        reader.push(
            Diagnostic::new(reader::UNKNOWN_VALUE, &text.span, "the base URL has no `https://`")
                .help("write the whole address, as in `https://incidents.example.com/`"),
        );
        return None;
    }
    Some(format!("{}/", text.value.trim_end_matches('/')))
}

/// `tag:AUTHORITY,DATE`, as RFC 4151 has it.
fn feed_id(reader: &mut Reader, node: &Node) -> Option<String> {
    let text = reader.text(node)?;
    let parts = text.value.strip_prefix("tag:").and_then(|rest| rest.split_once(','));
    let fits = |(authority, date): (&str, &str)| {
        let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '@' | '_');
        let day = |c: char| c.is_ascii_digit() || c == '-';
        !authority.is_empty() && authority.chars().all(host) && date.len() >= 4 && date.chars().all(day)
    };
    if parts.is_some_and(fits) {
        return Some(text.value);
    }
    let message = format!("`{}` is no beginning of a tag", text.value);
    reader.push(
        Diagnostic::new(reader::UNKNOWN_VALUE, &text.span, message)
            .help("write a host of yours and a year in which it was yours, as in `tag:incidents.example.com,2024`"),
    );
    None
}

pub(super) fn edit_url(reader: &mut Reader, node: &Node) -> Option<String> {
    let text = reader.text(node)?;
    let whole = text.value.starts_with("https://") || text.value.starts_with("http://");
    if !whole || !text.value.contains("{path}") {
        let message = "the edit URL is not an address that holds `{path}`";
        let help = "write `{path}` where the path of the file goes, as in `https://git.example.com/incidents/edit/main/{path}`";
        reader.push(Diagnostic::new(reader::UNKNOWN_VALUE, &text.span, message).help(help));
        return None;
    }
    Some(text.value)
}

pub(super) fn zone(reader: &mut Reader, node: &Node) -> Option<(TimeZone, String)> {
    let text = reader.text(node)?;
    if let Ok(zone) = TimeZone::get(&text.value) {
        return Some((zone, text.value));
    }
    reader.push(
        Diagnostic::new(reader::UNKNOWN_VALUE, &text.span, format!("`{}` is not a known time zone", text.value))
            .help("use a name of the IANA database, such as `UTC` or `Europe/Berlin`"),
    );
    None
}

fn limits(reader: &mut Reader, node: &Node, config: &mut Config) {
    let Some(mut fields) = reader.fields(node) else { return };
    let clamp = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    if let Some(n) = fields.take("file_bytes").and_then(|node| reader.count(node)) {
        config.limits.file_bytes = n;
    }
    if let Some(n) = fields.take("front_matter_bytes").and_then(|node| reader.count(node)) {
        config.limits.front_matter_bytes = clamp(n);
    }
    if let Some(n) = fields.take("files").and_then(|node| reader.count(node)) {
        config.limits.files = clamp(n);
    }
    if let Some(n) = fields.take("total_bytes").and_then(|node| reader.count(node)) {
        config.limits.total_bytes = n;
    }
    if let Some(n) = fields.take("asset_bytes").and_then(|node| reader.count(node)) {
        config.limits.asset_bytes = n;
    }
    fields.finish(reader);
}

/// A table of tables whose keys are names: `[services.checkout]`.
fn named<T>(
    reader: &mut Reader,
    node: &Node,
    read: impl Fn(&mut Reader, Spanned<String>, &mut Fields<'_>) -> T,
) -> Vec<T> {
    let Some(mut outer) = reader.fields(node) else { return Vec::new() };
    let mut all = Vec::new();
    for (key, node) in outer.rest() {
        if let Some(mut fields) = reader.fields(node) {
            all.push(read(reader, key.clone(), &mut fields));
            fields.finish(reader);
        }
    }
    all
}

fn text_or(reader: &mut Reader, node: Option<&Node>, default: &str) -> String {
    node.and_then(|node| reader.text(node)).map_or_else(|| default.to_owned(), |text| text.value)
}

fn values(reader: &mut Reader, node: Option<&Node>) -> Vec<String> {
    node.map_or_else(Vec::new, |node| reader.texts(node).into_iter().map(|text| text.value).collect())
}

fn severity(reader: &mut Reader, id: Spanned<String>, fields: &mut Fields<'_>) -> Severity {
    let sections = fields.take("sections").map_or_else(Vec::new, |node| reader.texts(node));
    let review_required = fields.take("review_required").and_then(|node| reader.bool(node)).unwrap_or(false);
    let tier = fields.take("tier").and_then(|node| reader.choice(node, "tier", Tier::ALL));
    Severity {
        tier: tier.map_or(if review_required { Tier::High } else { Tier::Medium }, |tier| tier.value),
        name: text_or(reader, fields.take("name"), &id.value),
        meaning: text_or(reader, fields.take("meaning"), ""),
        aliases: values(reader, fields.take("aliases")),
        review_required,
        sections: sections.into_iter().filter_map(|name| section_name(reader, &name)).collect(),
        id,
    }
}

fn section_name(reader: &mut Reader, written: &Spanned<String>) -> Option<&'static str> {
    let found = sections::by_name(&written.value);
    if found.is_none() {
        let names = sections::SECTIONS.iter().map(|section| section.name);
        let help = match closest(&written.value, names.clone()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("known sections: {}", names.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("`{}` is not a known section", written.value);
        reader.push(Diagnostic::new(reader::UNKNOWN_VALUE, &written.span, message).help(help));
    }
    found.map(|section| section.name)
}

fn team(reader: &mut Reader, id: Spanned<String>, fields: &mut Fields<'_>) -> Team {
    Team { name: text_or(reader, fields.take("name"), &id.value), about: text_or(reader, fields.take("about"), ""), id }
}

fn service(reader: &mut Reader, id: Spanned<String>, fields: &mut Fields<'_>) -> Service {
    Service {
        name: text_or(reader, fields.take("name"), &id.value),
        team: fields.take("team").and_then(|node| reader.text(node)),
        about: text_or(reader, fields.take("about"), ""),
        tier: fields.take("tier").and_then(|node| reader.count(node)),
        aliases: values(reader, fields.take("aliases")),
        objective: fields.take("objective").and_then(|node| objective(reader, node)),
        revenue_per_minute: fields.take("revenue_per_minute").and_then(|node| reader.count(node)),
        id,
    }
}

/// A share above 0 and below 1: one that allows nothing has no budget.
fn objective(reader: &mut Reader, node: &Node) -> Option<f64> {
    let share = reader.number(node)?;
    if share > 0.0 && share < 1.0 {
        return Some(share);
    }
    let finding = Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, format!("{share} is no objective"));
    reader.push(finding.help("write a share above 0 and below 1, as in `0.999`"));
    None
}

/// A file of the repository.
fn file_below(reader: &mut Reader, node: &Node) -> Option<Spanned<String>> {
    let text = reader.text(node)?;
    if let Some(path) = RelPath::new(&text.value) {
        return Some(text.map(|_| path.as_str().to_owned()));
    }
    let message = format!("`{}` is no file of this repository", text.value);
    reader.push(Diagnostic::new(reader::UNKNOWN_VALUE, &text.span, message).help("write its path from the root"));
    None
}

/// The levels that `site.toml` may set; off has none.
pub const LEVELS: &[(&str, Option<Level>)] =
    &[("off", None), ("info", Some(Level::Info)), ("warning", Some(Level::Warning)), ("error", Some(Level::Error))];

fn rule_override(reader: &mut Reader, rule: Spanned<String>, fields: &mut Fields<'_>) -> RuleOverride {
    let span = rule.span.clone();
    let level = fields.require(reader, "level", &span).and_then(|node| reader.choice(node, "level", LEVELS));
    let reason = fields.require(reader, "reason", &span).and_then(|node| reader.text(node));
    RuleOverride {
        level: level.map_or(Some(Level::Error), |level| level.value),
        reason: reason.map_or_else(String::new, |text| text.value),
        paths: values(reader, fields.take("paths")),
        rule,
    }
}

fn section_aliases(reader: &mut Reader, node: &Node) -> BTreeMap<String, &'static str> {
    let mut aliases = BTreeMap::new();
    let Some(mut fields) = reader.fields(node) else { return aliases };
    for (key, node) in fields.rest() {
        if let Some(name) = section_name(reader, key) {
            for alias in reader.texts(node) {
                aliases.insert(alias.value.to_lowercase(), name);
            }
        }
    }
    aliases
}

fn revenue_has_a_currency(reader: &mut Reader, config: &Config) {
    if config.cost.currency.is_some() {
        return;
    }
    for service in config.services.values().filter(|service| service.revenue_per_minute.is_some()) {
        let message = format!("the revenue of `{}` has no currency", service.id.value);
        let finding = Diagnostic::new(reader::MISSING_FIELD, &service.id.span, message);
        reader.push(finding.help("write one for all services: `[cost]` with `currency = \"EUR\"`"));
    }
}

/// A service of a team that `[teams]` does not have is a slip of the pen.
fn owners_exist(reader: &mut Reader, config: &Config) {
    if config.teams.is_empty() {
        return;
    }
    for service in config.services.values() {
        let Some(team) = &service.team else { continue };
        if config.teams.contains_key(&team.value) {
            continue;
        }
        let mut finding =
            Diagnostic::new(reader::UNKNOWN_VALUE, &team.span, format!("there is no team `{}`", team.value));
        if let Some(word) = closest(&team.value, config.teams.keys().map(String::as_str)) {
            finding = finding.help(format!("did you mean `{word}`?"));
        }
        reader.push(finding);
    }
}
