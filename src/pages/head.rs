//! The head of every page: what machines read. One view for all kinds, made from the address and what the page says.

use super::{
    Input, format, plain,
    subject::{Directory, SECTIONS, Subject, first_paragraph},
    views::Link,
};
use crate::{lint, markup::Html, model::Report, words::text::Value};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// Characters of a description, at most: more is not shown by search engines.
pub const DESCRIPTION: usize = 160;

/// A format of feeds: its file in the folder of what it is about.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    pub file: &'static str,
    pub media_type: &'static str,
    pub name: &'static str,
    /// Links in it may be relative; other formats need `base_url`.
    pub relative: bool,
}

pub const ATOM: Format = Format { file: "feed.xml", media_type: "application/atom+xml", name: "Atom", relative: true };
pub const RSS: Format = Format { file: "rss.xml", media_type: "application/rss+xml", name: "RSS", relative: false };
pub const JSON: Format =
    Format { file: "feed.json", media_type: "application/feed+json", name: "JSON Feed", relative: false };

/// The file with due dates of action items, of all and of each team.
pub const CALENDAR: &str = "actions.ics";
/// The name of all action items for spreadsheets.
pub const ACTIONS_CSV: &str = "actions.csv";
/// The name of all reports for spreadsheets.
pub const REPORTS_CSV: &str = "reports.csv";

/// What `head.html` shows, as `head`.
#[derive(Serialize)]
pub(super) struct Head {
    description: String,
    robots: Option<&'static str>,
    canonical: Option<String>,
    feeds: Vec<Feed>,
    /// Only on public pages with an address.
    social: Option<Social>,
    /// JSON-LD, safe to stand in a script element.
    structured: Option<Html>,
    /// From the home page to this one.
    crumbs: Vec<Link>,
}

/// `url` is from the root of the site.
#[derive(Serialize)]
struct Feed {
    title: String,
    media_type: &'static str,
    url: String,
}

#[derive(Serialize)]
struct Social {
    kind: &'static str,
    title: String,
    published: Option<String>,
    modified: Option<String>,
}

/// The head of the page at an address. `data` is the page's own view.
pub(super) fn of(input: &Input<'_>, address: &str, data: &tera::Context) -> Head {
    let directory = input.directory;
    let said = |key: &str| data.get(key).and_then(|value| value.as_str()).unwrap_or("");
    let title = if said("title").is_empty() { input.config.title.as_str() } else { said("title") };
    let title = plain::line(title);
    let description = description(directory, address, &title, &said);
    let crumbs = crumbs(directory, address, &title);
    let indexed = directory.is_indexed(address);
    let canonical = directory.absolute(address).filter(|_| indexed);
    let report = match directory.at(address) {
        Some(Subject::Report(report)) => Some(report),
        _ => None,
    };
    let social = canonical.is_some().then(|| Social {
        kind: if report.is_some() { "article" } else { "website" },
        published: report.map(|report| format::machine(directory.published(report))),
        modified: report.map(|report| format::machine(directory.changed(report))),
        title: title.clone(),
    });
    let structured = canonical.as_deref().map(|url| structured(directory, url, address, report, &description, &crumbs));
    Head {
        robots: (!indexed).then_some("noindex, nofollow"),
        feeds: feeds(directory, address),
        description,
        canonical,
        social,
        structured,
        crumbs,
    }
}

fn description<'s>(directory: &Directory<'_>, address: &str, title: &str, said: &impl Fn(&str) -> &'s str) -> String {
    let subject = directory.at(address);
    let told = subject.map(|subject| directory.sentence(subject)).unwrap_or_default();
    let rule =
        address.strip_prefix("rules/").and_then(|rest| rest.split('/').next()).filter(|code| *code != "index.html");
    let (config, words) = (directory.config, directory.words);
    let says = |key: &str, values: &[(&str, Value<'_>)]| words.say(key, values);
    let text = match (subject, rule) {
        _ if !said("description").is_empty() => said("description").to_owned(),
        (Some(Subject::Service(..) | Subject::Team(..)), _) if !told.is_empty() => {
            says("head.group_about", &[("title", title.into()), ("about", told.as_str().into())])
        }
        _ if !told.is_empty() => told,
        (Some(Subject::Service(..) | Subject::Team(..) | Subject::Pattern(..) | Subject::Digest(..)), _) => {
            says("head.group", &[("title", title.into())])
        }
        (Some(Subject::Report(_)), _) => says("head.report", &[("title", title.into())]),
        (None, Some(code)) => explained(code).unwrap_or_else(|| title.to_owned()),
        (None, None) if address == "index.html" && !config.description.is_empty() => config.description.clone(),
        (None, None) if address == "index.html" => says("head.site", &[("title", title.into())]),
        (None, None) => {
            let section = SECTIONS.iter().find(|(folder, ..)| address.strip_prefix(folder) == Some("index.html"));
            match section {
                Some((.., about)) => words.text(about).to_owned(),
                None if address.starts_with("incidents/") => says("head.list", &[("title", title.into())]),
                None => format!("{title}, {}", config.title),
            }
        }
    };
    plain::brief(&text, DESCRIPTION)
}

fn explained(code: &str) -> Option<String> {
    let rule = lint::rules::ALL.iter().find(|rule| rule.id.code == code)?;
    Some(format!("{}: {}", rule.id.code, first_paragraph(rule.explain)))
}

/// The pages above this one and itself. Folders without a page of their own are not steps.
fn crumbs(directory: &Directory<'_>, address: &str, title: &str) -> Vec<Link> {
    let mut crumbs =
        vec![Link { text: directory.words.text("site.key_home").to_owned(), url: "index.html".to_owned() }];
    if address == "index.html" {
        return crumbs;
    }
    let own = address.trim_end_matches("index.html");
    for (at, _) in address.match_indices('/') {
        let folder = &address[..=at];
        let section = SECTIONS.iter().find(|(section, ..)| *section == folder);
        let section = section.map(|(_, name, _)| directory.words.text(name).to_owned());
        let name = section.or_else(|| directory.at(folder).map(|subject| directory.name(subject)));
        if let Some(text) = name.filter(|_| folder != own) {
            crumbs.push(Link { text: plain::line(&text), url: format!("{folder}index.html") });
        }
    }
    crumbs.push(Link { text: title.to_owned(), url: address.to_owned() });
    crumbs
}

/// The feeds and the calendar of what the page is about; pages that have none show the feeds of the whole site.
fn feeds(directory: &Directory<'_>, address: &str) -> Vec<Feed> {
    let site = &directory.config.title;
    let group = match directory.around(address) {
        Some(subject @ (Subject::Service(..) | Subject::Team(..) | Subject::Pattern(..))) => Some(subject),
        _ => None,
    };
    let folder: String = group.iter().flat_map(|_| address.split_inclusive('/').take(2)).collect();
    let title = group.map_or_else(|| site.clone(), |subject| format!("{site}: {}", directory.name(subject)));
    let feed = |name: &str, media_type: &'static str, file: &str| Feed {
        title: plain::line(&format!("{title} ({name})")),
        media_type,
        url: format!("{folder}{file}"),
    };
    let possible = |format: &&Format| format.relative || !directory.config.base_url.is_empty();
    let formats = [ATOM, RSS, JSON];
    let feeds = formats.iter().filter(possible).map(|format| feed(format.name, format.media_type, format.file));
    let dated = matches!(group, Some(Subject::Team(..))) || address.starts_with("actions/");
    feeds.chain(dated.then(|| feed("due dates", "text/calendar", CALENDAR))).collect()
}

/// JSON-LD: the way to the page, and the article where there is one.
fn structured(
    directory: &Directory<'_>,
    url: &str,
    address: &str,
    report: Option<&std::sync::Arc<Report>>,
    description: &str,
    crumbs: &[Link],
) -> Html {
    let site = plain::line(&directory.config.title);
    let home = directory.absolute("");
    let website = json!({"@type": "WebSite", "name": site, "url": home});
    let steps = crumbs.iter().enumerate().map(|(at, crumb)| {
        json!({"@type": "ListItem", "position": at + 1, "name": crumb.text, "item": directory.absolute(&crumb.url)})
    });
    let mut graph = vec![json!({"@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>()})];
    if let Some(report) = report {
        graph.push(article(directory, report, url, description, &website));
    } else if address == "index.html" {
        graph.push(website);
    }
    let text = json!({"@context": "https://schema.org", "@graph": graph}).to_string();
    Html(in_script(&text))
}

fn article(directory: &Directory<'_>, report: &Report, url: &str, description: &str, website: &Json) -> Json {
    let config = directory.config;
    let services = report.services.iter().map(|written| {
        config.service(&written.value).map_or_else(|| written.value.clone(), |service| service.name.clone())
    });
    let factors = crate::analyze::factors_of(report).into_iter().map(|id| {
        let pattern = directory.corpus.patterns.get(id);
        pattern.map_or_else(|| format::words(id), |pattern| pattern.title.value.clone())
    });
    let about: Vec<Json> =
        services.chain(factors).map(|name| json!({"@type": "Thing", "name": plain::line(&name)})).collect();
    json!({
        "@type": "TechArticle",
        "headline": plain::line(&report.title.value),
        "description": description,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": format::machine(directory.published(report)),
        "dateModified": format::machine(directory.changed(report)),
        "inLanguage": report.lang.as_ref().unwrap_or(&config.lang),
        "about": about,
        "author": {"@type": "Organization", "name": plain::line(&config.title)},
        "isPartOf": website,
    })
}

/// JSON that cannot end the script element it stands in, nor begin a comment.
fn in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn json_cannot_leave_its_script() {
        let text = serde_json::json!({"a": "</script><!-- & ]]> \u{2028}"}).to_string();
        let safe = super::in_script(&text);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']), "{safe}");
        let back: serde_json::Value = serde_json::from_str(&safe).expect("still JSON");
        assert_eq!(back["a"], "</script><!-- & ]]> \u{2028}");
    }
}
