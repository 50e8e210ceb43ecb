//! Lists of evidence that are too long for the page of the numbers: it shows their beginning, and pages of their own all
//! of them.

use super::{Evidence, HERE, Link};
use crate::{markup::Html, pages::Input};
use serde::Serialize;

/// Items that the page of the numbers shows of a long list.
const SHOWN: usize = 20;
/// A list of up to so many items is not long.
const SHORT: usize = 40;
/// Items of a page of a long list.
const PER_PAGE: usize = 1200;

#[derive(Serialize)]
struct View {
    title: String,
    /// The page of the numbers.
    group: Link,
    list: String,
    items: Html,
    pages: Vec<Link>,
    number: usize,
}

/// Lays out the pages of long lists, and leaves their beginning. `group` is its title, the address of its page, and
/// the entry of the navigation.
pub(super) fn give(input: &Input<'_>, evidence: &mut Evidence, group: (&str, &str, &'static str)) {
    let mut number = 0;
    let words = input.words;
    let mut cut = |name: String, items: &mut Html, pages: &mut Vec<Link>| {
        number += 1;
        *pages = one(input, &name, items, number, group);
    };
    for list in evidence.severities.iter_mut().chain(&mut evidence.factors) {
        cut(list.text.clone(), &mut list.reports, &mut list.pages);
    }
    for recorded in &mut evidence.recorded {
        for list in &mut recorded.lists {
            cut(format!("{}: {}", recorded.title, list.text), &mut list.reports, &mut list.pages);
        }
    }
    for metric in &mut evidence.metrics {
        cut(metric.title.clone(), &mut metric.values, &mut metric.pages);
        for list in &mut metric.left_out {
            let name = words.say(
                "evidence.left_out_because",
                &[("metric", (&metric.title).into()), ("reason", (&list.text).into())],
            );
            cut(name, &mut list.reports, &mut list.pages);
        }
    }
}

fn one(
    input: &Input<'_>,
    name: &str,
    items: &mut Html,
    number: usize,
    (title, page, nav): (&str, &str, &'static str),
) -> Vec<Link> {
    let all: Vec<&str> = items.0.split_inclusive('\n').collect();
    if all.len() <= SHORT {
        *items = Html(items.0.replace(HERE, ""));
        return Vec::new();
    }
    let folder = page.trim_end_matches("index.html");
    let address = |at: usize| match at {
        1 => format!("{folder}numbers/list/{number}/index.html"),
        at => format!("{folder}numbers/list/{number}/{at}/index.html"),
    };
    let links: Vec<Link> =
        (1..=all.len().div_ceil(PER_PAGE)).map(|at| Link { text: at.to_string(), url: address(at) }).collect();
    for (at, chunk) in all.chunks(PER_PAGE).enumerate() {
        let back = if at == 0 { "../../" } else { "../../../" };
        let title = [("group", title.into()), ("list", name.into()), ("n", (at + 1).into())];
        let view = View {
            title: input.words.say("evidence.list_title", &title),
            group: Link { text: input.words.say("evidence.title", &title[..1]), url: super::numbers_url(page, 1) },
            list: name.to_owned(),
            items: Html(chunk.concat().replace(HERE, back)),
            pages: links.clone(),
            number: at + 1,
        };
        input.page(&address(at + 1), "list.html", nav, &view);
    }
    *items = Html(all[..SHOWN].concat().replace(HERE, ""));
    links
}
