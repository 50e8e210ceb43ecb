//! What is measured, how, and the values over all incidents.

use super::{
    Input,
    evidence::{self, Evidence},
    impact::{self, Impact},
    root_of,
    shares::{self, Share},
    starts,
    views::{self, Chart, Measure},
};
use crate::{analyze::metrics, markup::Html};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: String,
    definitions: Vec<Definition>,
    measured: Vec<Measure>,
    impact: Option<Impact>,
    impact_years: Option<Html>,
    shares: Vec<Share>,
    starts: Option<Chart>,
    factors: Option<Chart>,
    count: usize,
    behind: String,
    evidence: Option<Evidence>,
}

/// The numbers over all incidents.
pub(super) const PATH: &str = "metrics/index.html";

#[derive(Serialize)]
struct Definition {
    id: &'static str,
    title: String,
    explain: Html,
}

pub(super) fn pages(input: &Input<'_>) {
    let overall = &input.analysis.overall;
    let definitions = metrics::ALL.iter().map(|metric| Definition {
        id: metric.id,
        title: input.words.term("metric", metric.id).into_owned(),
        explain: input.markdown(&input.words.term("metric_explained", metric.id), None, PATH),
    });
    let view = View {
        title: input.words.text("metrics.title").to_owned(),
        definitions: definitions.collect(),
        measured: views::measures(input, overall, PATH),
        impact: impact::of(input, overall, PATH),
        impact_years: impact::by_year(input, &root_of(PATH)),
        shares: shares::of(input, PATH),
        starts: starts::heat(input, PATH),
        factors: starts::factors(input, PATH),
        count: overall.reports.len(),
        behind: evidence::url(PATH, overall),
        evidence: evidence::inline(input, overall, PATH),
    };
    evidence::pages(input, input.words.text("evidence.all_incidents"), PATH, "metrics", overall);
    input.page(PATH, "metrics.html", "metrics", &view);
}
