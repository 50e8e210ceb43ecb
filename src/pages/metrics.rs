//! What is measured, how, and the values over all incidents.

use super::{
    Input,
    evidence::{self, Evidence},
    views::{self, Measure},
};
use crate::{analyze::metrics, markup::Html};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: &'static str,
    definitions: Vec<Definition>,
    measured: Vec<Measure>,
    count: usize,
    behind: String,
    evidence: Option<Evidence>,
}

/// The numbers over all incidents.
pub(super) const PATH: &str = "metrics/index.html";

#[derive(Serialize)]
struct Definition {
    id: &'static str,
    title: &'static str,
    explain: Html,
}

pub(super) fn pages(input: &Input<'_>) {
    let overall = &input.analysis.overall;
    let definitions = metrics::ALL.iter().map(|metric| Definition {
        id: metric.id,
        title: metric.title,
        explain: input.markdown(metric.explain, None, PATH),
    });
    let view = View {
        title: "Metrics",
        definitions: definitions.collect(),
        measured: views::measures(overall, PATH),
        count: overall.reports.len(),
        behind: evidence::url(PATH, overall),
        evidence: evidence::inline(input, overall, PATH),
    };
    evidence::pages(input, "all incidents", PATH, "metrics", overall);
    input.page(PATH, "metrics.html", "metrics", &view);
}
