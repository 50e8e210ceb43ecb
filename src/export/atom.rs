//! The Atom feed: the newest fifty reports. `updated` comes from the incidents, never from a clock.

use crate::{config::Config, markup, model::Report, pages::incident_url};
use jiff::Timestamp;
use std::sync::Arc;

const LENGTH: usize = 50;

pub(super) fn feed(config: &Config, newest: &[Arc<Report>]) -> String {
    let entries = &newest[..newest.len().min(LENGTH)];
    let updated = entries.iter().map(|report| changed(report)).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let authority = authority(&config.base_url);
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    line(&mut out, "title", &config.title);
    line(&mut out, "id", &format!("tag:{authority},2000:feed"));
    line(&mut out, "updated", &updated.to_string());
    out.push_str(&format!("<author><name>{}</name></author>\n", xml(&config.title)));
    if !config.base_url.is_empty() {
        out.push_str(&format!("<link rel=\"self\" href=\"{}feed.xml\"/>\n", xml(&config.base_url)));
        out.push_str(&format!("<link href=\"{}\"/>\n", xml(&config.base_url)));
    }
    for report in entries {
        out.push_str("<entry>\n");
        line(&mut out, "title", &report.title.value);
        line(&mut out, "id", &format!("tag:{authority},2000:incident/{}", report.id.value));
        line(&mut out, "published", &report.times.started.value.sort_key().to_string());
        line(&mut out, "updated", &changed(report).to_string());
        out.push_str(&format!("<link href=\"{}{}\"/>\n", xml(&config.base_url), xml(&incident_url(report))));
        for factor in &report.factors {
            out.push_str(&format!("<category term=\"{}\"/>\n", xml(&factor.id.value)));
        }
        line(&mut out, "summary", &summary(report));
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

fn line(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>{}</{name}>\n", xml(text)));
}

/// Escaped, and without the characters that XML 1.0 does not allow at all.
fn xml(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    markup::escape(&text.chars().filter(allowed).collect::<String>())
}

fn changed(report: &Report) -> Timestamp {
    report.times.in_order().into_iter().map(|(_, when)| when.value.sort_key()).max().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn summary(report: &Report) -> String {
    let text = report.section_text("summary").map(markup::text).filter(|text| !text.is_empty());
    text.or_else(|| report.impact.summary.as_ref().map(|summary| summary.value.clone())).unwrap_or_default()
}

/// The host of the base address, for tag ids (RFC 4151).
fn authority(base_url: &str) -> String {
    let host = base_url.split("://").nth(1).and_then(|rest| rest.split(['/', ':', '?']).next()).unwrap_or("");
    if host.is_empty() { "afterword.invalid".to_owned() } else { host.to_ascii_lowercase() }
}
