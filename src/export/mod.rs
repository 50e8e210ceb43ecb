//! Files for machines: JSON of each report and of all, an Atom feed, a sitemap.

use crate::{
    analyze::Analysis,
    config::Config,
    model::corpus::Corpus,
    pages,
    site::{Body, Page},
    snapshot::RelPath,
};
use rayon::prelude::*;

mod atom;
mod json;
pub mod pull_request;
mod record;

/// Hands everything that is not HTML to `sink`, from any thread.
pub fn each(config: &Config, corpus: &Corpus, analysis: &Analysis, sink: &(dyn Fn(Page) + Sync)) {
    let newest = pages::newest_first(&corpus.reports);
    let line = |report: &std::sync::Arc<crate::model::Report>| {
        let address = pages::incident_url(report).replace("index.html", "index.json");
        let line = json::fields(config, report).to_string();
        sink(raw(&address, json::one(&line, analysis, report)));
        line
    };
    let lines: Vec<String> = newest.par_iter().map(line).collect();
    sink(raw("reports.json", json::all(config, analysis, &lines)));
    sink(raw("feed.xml", atom::feed(config, &newest)));
    if !config.base_url.is_empty() {
        sink(raw("sitemap.xml", sitemap(config, corpus, analysis)));
    }
}

fn raw(path: &str, text: String) -> Page {
    let path = RelPath::new(path).expect("addresses are made of slugs");
    Page { path, body: Body::Raw(text.into_bytes().into()) }
}

fn sitemap(config: &Config, corpus: &Corpus, analysis: &Analysis) -> String {
    let mut addresses: Vec<String> =
        ["", "incidents/", "patterns/", "services/", "teams/", "actions/", "digests/", "metrics/"]
            .map(String::from)
            .into();
    addresses.extend(corpus.reports.iter().map(|report| pages::incident_url(report)));
    addresses.extend(analysis.by_factor.keys().map(|id| format!("patterns/{}/", pages::format::slug(id))));
    addresses.extend(analysis.by_period.iter().map(|(period, _)| format!("digests/{period}/")));
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses {
        let address = address.trim_end_matches("index.html");
        out.push_str(&format!(
            "<url><loc>{}</loc></url>\n",
            crate::markup::escape(&format!("{}{address}", config.base_url))
        ));
    }
    out.push_str("</urlset>\n");
    out
}
