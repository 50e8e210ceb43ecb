//! The lint rules: a table of all, and a page for each.

use super::Input;
use crate::{lint, markup::Html, site::Page};
use serde::Serialize;

#[derive(Serialize)]
struct Overview {
    title: &'static str,
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
    body: Html,
}

fn url(code: &str) -> String {
    format!("rules/{code}/index.html")
}

pub(super) fn overview(input: &Input<'_>) -> Vec<Page> {
    let rules = lint::rules::ALL.iter().map(|rule| Line {
        code: rule.id.code,
        name: rule.id.name,
        level: rule.id.level.word(),
        url: url(rule.id.code),
    });
    let view = Overview { title: "Rules", rules: rules.collect() };
    input.page("rules/index.html", "rules.html", "rules", &view).into_iter().collect()
}

pub(super) fn pages(input: &Input<'_>) -> Vec<Page> {
    let page = |rule: &lint::Rule| {
        let address = url(rule.id.code);
        let view = View {
            title: format!("{} {}", rule.id.code, rule.id.name),
            level: rule.id.level.word(),
            body: input.markdown(rule.explain, None, &address),
        };
        input.page(&address, "rule.html", "rules", &view)
    };
    lint::rules::ALL.iter().filter_map(page).collect()
}
