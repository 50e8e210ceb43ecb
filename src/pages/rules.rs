//! The lint rules: a table of all, and a page for each.

use super::Input;
use crate::{lint, markup::Html};
use serde::Serialize;

#[derive(Serialize)]
struct Overview {
    title: String,
    rules: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    code: &'static str,
    name: &'static str,
    level: &'static str,
    url: String,
}

#[derive(Serialize)]
struct View {
    title: String,
    level: &'static str,
    profile: &'static str,
    fixes: Html,
    since: &'static str,
    source: &'static str,
    body: Html,
}

fn url(code: &str) -> String {
    format!("rules/{code}/index.html")
}

pub(super) fn overview(input: &Input<'_>) {
    let rules = lint::rules::ALL.iter().map(|rule| Line {
        code: rule.id.code,
        name: rule.id.name,
        level: rule.id.level.word(),
        url: url(rule.id.code),
    });
    let view = Overview { title: input.words.text("rules.title").to_owned(), rules: rules.collect() };
    input.page("rules/index.html", "rules.html", "rules", &view);
}

pub(super) fn pages(input: &Input<'_>) {
    let page = |rule: &lint::Rule| {
        let address = url(rule.id.code);
        if !input.wants(&address) {
            return;
        }
        let view = View {
            title: format!("{} {}", rule.id.code, rule.id.name),
            level: rule.id.level.word(),
            profile: rule.profile.word(),
            fixes: input.line(rule.fixes.phrase(), &address),
            since: rule.since,
            source: rule.source,
            body: input.markdown(rule.explain, None, &address),
        };
        input.page(&address, "rule.html", "rules", &view);
    };
    lint::rules::ALL.iter().for_each(page);
}
