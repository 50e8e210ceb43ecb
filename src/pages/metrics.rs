//! What is measured, how, and the values over all incidents.

use super::{
    Input,
    actions::{self, FollowUp},
    evidence::{self, Evidence},
    impact::{self, Impact},
    shares::{self, Share},
    starts,
    toll::{self, Amount},
    views::{self, Chart, Measure},
    years,
};
use crate::{analyze::metrics, markup::Html};
use jiff::civil::Date;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    title: String,
    definitions: Vec<Definition>,
    others: Vec<Definition>,
    measured: Vec<Measure>,
    impact: Option<Impact>,
    toll: Vec<Amount>,
    years: Option<Html>,
    deployed: Html,
    deployments: Option<Html>,
    follow_up: Option<FollowUp>,
    shares: Vec<Share>,
    starts: Option<Chart>,
    factors: Option<Chart>,
    count: usize,
    behind: String,
    evidence: Option<Evidence>,
}

/// What is defined beside metrics and shares.
const OTHERS: [&str; 7] = ["customer-minutes", "work", "cost", "error-budget", "burn-rate", "deployments", "follow-up"];

/// The numbers over all incidents.
pub(super) const PATH: &str = "metrics/index.html";

#[derive(Serialize)]
struct Definition {
    id: String,
    title: String,
    explain: Html,
}

pub(super) fn pages(input: &Input<'_>) {
    let overall = &input.analysis.overall;
    let words = input.words;
    let define = |id: &str, title: &str, explain: &str| Definition {
        id: id.to_owned(),
        title: title.to_owned(),
        explain: input.markdown(explain, None, PATH),
    };
    let measured = metrics::ALL.iter().map(|metric| metric.id);
    let measured = measured.map(|id| define(id, &words.term("metric", id), &words.term("metric_explained", id)));
    let others = OTHERS.iter().map(|id| define(id, &words.term("toll", id), &words.term("toll_explained", id)));
    let failed = format!("{}#{}", evidence::url(PATH, overall), evidence::FAILED);
    let view = View {
        title: input.words.text("metrics.title").to_owned(),
        definitions: measured.collect(),
        others: others.collect(),
        measured: views::measures(input, overall, PATH),
        impact: impact::of(input, overall, PATH),
        toll: toll::of(input, overall),
        years: years::by_year(input, PATH),
        deployed: years::deployed(input, None, (Date::MIN, Date::MAX), overall, &failed).html(PATH),
        deployments: years::deployments(input, None, overall, PATH),
        follow_up: actions::follow_up(input),
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
