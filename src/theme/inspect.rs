//! A finished page, looked at as HTML: nothing inline that the content policy refuses, landmarks, ids, links.

use crate::{
    diag::{RuleId, theme as rules},
    site::Site,
    snapshot::RelPath,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong on a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub rule: RuleId,
    pub message: String,
    pub help: &'static str,
    /// Text that the template has where this comes from, probably.
    pub trace: String,
}

/// A tag with its attributes, names in small letters.
#[derive(Debug)]
struct Tag<'p> {
    name: String,
    is_end: bool,
    attributes: Vec<(String, &'p str)>,
    /// The text up to the next tag.
    text: &'p str,
}

impl<'p> Tag<'p> {
    fn get(&self, name: &str) -> Option<&'p str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

/// What is wrong on one page of a site.
#[must_use]
pub fn page(path: &RelPath, html: &str, site: &Site, ids: &BTreeMap<&RelPath, BTreeSet<String>>) -> Vec<Fault> {
    let tags = tags(html);
    let mut faults = inline(&tags);
    faults.extend(structure(&tags));
    faults.extend(repeated(&tags));
    faults.extend(dead(path, &tags, site, ids));
    faults
}

/// The ids of every page, for links into it.
#[must_use]
pub fn ids(site: &Site) -> BTreeMap<&RelPath, BTreeSet<String>> {
    let pages = site.files.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
    let of = |bytes: &[u8]| {
        let tags = tags(std::str::from_utf8(bytes).unwrap_or(""));
        tags.iter().filter_map(|tag| tag.get("id")).map(unescaped).collect()
    };
    pages.map(|(path, bytes)| (path, of(bytes))).collect()
}

fn fault(rule: RuleId, message: impl Into<String>, help: &'static str, trace: impl Into<String>) -> Fault {
    Fault { rule, message: message.into(), help, trace: trace.into() }
}

/// What the content policy would refuse to run or show.
fn inline(tags: &[Tag<'_>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for tag in tags.iter().filter(|tag| !tag.is_end) {
        let name = &tag.name;
        let is_data = tag.get("type") == Some("application/ld+json");
        if name == "script" && tag.get("src").is_none() && !is_data {
            let help = "put it into a file below `scripts/`, which is loaded on every page";
            faults.push(fault(rules::INLINE_CODE, "a script stands in the page", help, "<script"));
        }
        if name == "style" {
            let help = "put it into `user.css` or a file below `styles/`";
            faults.push(fault(rules::INLINE_CODE, "a style sheet stands in the page", help, "<style"));
        }
        for (attribute, value) in &tag.attributes {
            let help = if attribute == "style" {
                "give it a class, and the class a rule in `user.css`"
            } else if attribute.starts_with("on") {
                "listen in a file below `scripts/`"
            } else if value.trim_start().to_ascii_lowercase().starts_with("javascript:") {
                "use a button, and a file below `scripts/`"
            } else {
                continue;
            };
            let message = format!("`<{name}>` has an attribute `{attribute}` that the content policy refuses");
            faults.push(fault(rules::INLINE_CODE, message, help, format!("{attribute}=")));
        }
    }
    let has_policy = tags.iter().any(|tag| {
        tag.name == "meta" && tag.get("http-equiv").is_some_and(|of| of.eq_ignore_ascii_case("content-security-policy"))
    });
    if !has_policy {
        let help = "include `head.html` first in `<head>`";
        faults.push(fault(rules::INLINE_CODE, "the page has no content policy", help, "<head"));
    }
    faults
}

/// Language, title, landmarks with names, the link past the navigation.
fn structure(tags: &[Tag<'_>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut tell = |message: &str, help, trace: &str| faults.push(fault(rules::PAGE_STRUCTURE, message, help, trace));
    let starts = |name: &'static str| tags.iter().filter(move |tag| tag.name == name && !tag.is_end);
    let says = |tag: &Tag<'_>, name: &str| tag.get(name).is_some_and(|value| !value.trim().is_empty());
    if !starts("html").any(|tag| says(tag, "lang")) {
        tell("the page does not say its language", "write `<html lang=\"{{ site.lang }}\">`", "<html");
    }
    if !starts("title").any(|tag| !tag.text.trim().is_empty()) {
        tell("the page has no title", "put `{{ title }}` and `{{ site.title }}` into `<title>`", "<title");
    }
    let mains: Vec<_> = starts("main").collect();
    match mains[..] {
        [main] => {
            let target = main.get("id").unwrap_or("");
            let before = tags.iter().take_while(|tag| tag.name != "main");
            let skips = |tag: &Tag<'_>| {
                tag.name == "a" && tag.get("href").and_then(|href| href.strip_prefix('#')) == Some(target)
            };
            if target.is_empty() || !before.into_iter().any(skips) {
                let help = "begin `<body>` with `<a class=\"skip\" href=\"#main\">{{ t.site.skip }}</a>`, and give `<main>` that id";
                tell("no link leads past the navigation to `<main>`", help, "<main");
            }
        }
        [] => tell("the page has no `<main>`", "put what the page is about into one `<main id=\"main\">`", "<body"),
        _ => tell("the page has more than one `<main>`", "use `<section>` for parts of a page", "<main"),
    }
    if starts("nav").any(|tag| !says(tag, "aria-label") && !says(tag, "aria-labelledby")) {
        tell("a `<nav>` has no name", "pages have several; name each with `aria-label`", "<nav");
    }
    faults
}

fn repeated(tags: &[Tag<'_>]) -> Vec<Fault> {
    let (mut seen, mut faults) = (BTreeSet::new(), Vec::new());
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if !seen.insert(id) {
            let help = "an id names one place; use a class for several";
            faults.push(fault(
                rules::REPEATED_ID,
                format!("the id `{id}` is there twice"),
                help,
                format!("id=\"{id}\""),
            ));
        }
    }
    faults
}

/// Links and files that lead nowhere in the site.
fn dead(path: &RelPath, tags: &[Tag<'_>], site: &Site, ids: &BTreeMap<&RelPath, BTreeSet<String>>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let links = tags.iter().flat_map(|tag| [tag.get("href"), tag.get("src")]).flatten();
    for link in links.map(unescaped) {
        let scheme = link.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        if scheme || link.starts_with("//") || link.is_empty() {
            continue;
        }
        let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
        let file = file.split('?').next().unwrap_or(file);
        let target = if file.is_empty() { Some(path.clone()) } else { path.resolve(file) };
        let known = target.filter(|target| site.files.contains_key(target));
        let message = match &known {
            None => format!("`{file}` leads to nothing in the site"),
            Some(target) if !anchor.is_empty() && ids.get(target).is_some_and(|ids| !ids.contains(anchor)) => {
                format!("`#{anchor}` is nowhere on the page that it leads to")
            }
            Some(_) => continue,
        };
        let help = "addresses begin with `{{ root }}`, and files with `{{ root }}{{ assets[\"name\"] }}`";
        let trace = if known.is_some() { format!("#{anchor}") } else { file.trim_start_matches("../").to_owned() };
        faults.push(fault(rules::DEAD_SITE_LINK, message, help, trace));
    }
    faults
}

fn unescaped(value: &str) -> String {
    value.replace("&#x2F;", "/").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// The tags of a page, comments and what stands in scripts left out.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let (mut tags, mut rest) = (Vec::new(), html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let is_end = rest.starts_with('/');
        let named = rest.trim_start_matches('/');
        let length = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(named.len());
        if length == 0 {
            continue;
        }
        let name = named[..length].to_ascii_lowercase();
        let (attributes, after) = attributes(&named[length..]);
        rest = after;
        let text = rest.split('<').next().unwrap_or("");
        if !is_end && (name == "script" || name == "style") {
            rest = rest.find(&format!("</{name}")).map_or("", |end| &rest[end..]);
        }
        tags.push(Tag { name, is_end, attributes, text });
    }
    tags
}

/// The attributes of a tag, and what comes after its `>`.
fn attributes(mut rest: &str) -> (Vec<(String, &str)>, &str) {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (found, "");
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (found, after);
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
        let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            found.push((name, ""));
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|quote| *quote == '"' || *quote == '\'');
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
        };
        found.push((name, value));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<(&'static str, String)> {
        let path = RelPath::new("a/index.html").expect("a path");
        let site = Site { files: [(path.clone(), html.as_bytes().into())].into() };
        let ids = ids(&site);
        page(&path, html, &site, &ids).into_iter().map(|fault| (fault.rule.code, fault.message)).collect()
    }

    const HEAD: &str =
        "<html lang=en><head><meta http-equiv=\"Content-Security-Policy\" content=x><title>T</title></head>";

    #[test]
    fn a_sound_page_has_no_fault() {
        let body = "<body><a href='#main'>skip</a><nav aria-label=\"x\"></nav><main id=main><!-- <style> --><p id=\"p\">1 < 2</p>\
                    <a href=\"#p\">p</a><a href=\"https://example.com/x\">x</a></main><script type=\"application/ld+json\">{\"a\": \"<nav>\"}</script>";
        assert_eq!(told(&format!("{HEAD}{body}")), []);
    }

    #[test]
    fn each_fault_is_told() {
        let body = "<nav></nav><MAIN><p id='a' STYLE=\"x\"></p><p id=a onclick=go()></p><a href=\"JavaScript:x\"></a><a href=\"../b/\"></a>\
                    <a href=\"#none\"></a></main><script>x</script><style></style>";
        let codes: Vec<&str> = told(body).into_iter().map(|(code, _)| code).collect();
        let wanted = [
            "AW826", "AW826", "AW826", "AW826", "AW826", "AW826", "AW827", "AW827", "AW827", "AW827", "AW828", "AW829",
            "AW829",
        ];
        assert_eq!(codes, wanted, "{:#?}", told(body));
    }

    #[test]
    fn what_is_cut_short_is_read_as_far_as_it_goes() {
        for html in ["<", "<a", "<a b", "<a b=", "<a b='", "<!--", "<script>", "</", "<a =>", "<a é=ü"] {
            let _ = told(html);
        }
    }
}
