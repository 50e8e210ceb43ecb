//! What is measured, how, and the values over all incidents.

use super::{
    Input,
    views::{self, Measure},
};
use crate::{analyze::metrics, markup::Html, site::Page};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: &'static str,
    definitions: Vec<Definition>,
    measured: Vec<Measure>,
    count: usize,
}

#[derive(Serialize)]
struct Definition {
    id: &'static str,
    title: &'static str,
    explain: Html,
}

pub(super) fn pages(input: &Input<'_>) -> Vec<Page> {
    const PATH: &str = "metrics/index.html";
    let definitions = metrics::ALL.iter().map(|metric| Definition {
        id: metric.id,
        title: metric.title,
        explain: input.markdown(metric.explain, None, PATH),
    });
    let view = View {
        title: "Metrics",
        definitions: definitions.collect(),
        measured: views::measures(&input.analysis.overall),
        count: input.analysis.overall.reports.len(),
    };
    input.page(PATH, "metrics.html", "metrics", &view).into_iter().collect()
}
