//! Files for machines: JSON of each report and of all, an Atom feed, a sitemap.

use crate::{
    analyze::Analysis,
    config::Config,
    model::corpus::Corpus,
    pages,
    site::{Body, Page},
    snapshot::RelPath,
};

mod atom;
mod json;

/// Everything that is not HTML.
#[must_use]
pub fn files(config: &Config, corpus: &Corpus, analysis: &Analysis) -> Vec<Page> {
    let newest = pages::newest_first(&corpus.reports);
    let mut files: Vec<Option<Page>> = newest
        .iter()
        .map(|report| {
            let address = pages::incident_url(report).replace("index.html", "index.json");
            raw(&address, json::pretty(&json::one(config, analysis, report)))
        })
        .collect();
    files.push(raw("reports.json", json::pretty(&json::all(config, analysis, &newest))));
    files.push(raw("feed.xml", atom::feed(config, &newest)));
    if !config.base_url.is_empty() {
        files.push(raw("sitemap.xml", sitemap(config, corpus, analysis)));
    }
    files.into_iter().flatten().collect()
}

fn raw(path: &str, text: String) -> Option<Page> {
    Some(Page { path: RelPath::new(path)?, body: Body::Raw(text.into_bytes().into()) })
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
