//! What stands behind the numbers of a group: every count, value and omission with its reports.
//!
//! A group of up to [`INLINE`] reports shows this on its own page. A larger one has pages of its own for it, where
//! rows are numbered and lists refer to the numbers.

use super::{
    Input, format, root_of, starts, toll,
    views::{self, Link},
    years,
};
use crate::{
    analyze::{
        Group,
        downtime::{self, Impact},
        metrics::Measured,
        review,
        shares::Counted,
    },
    markup::{self, Html},
    model::{DetectedBy, Report},
    snapshot::RelPath,
    words::Words,
};
use jiff::civil::Date;
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Up to so many reports are listed on the page of their group.
pub(super) const INLINE: usize = 100;
/// Rows of a page of evidence.
const PER_PAGE: usize = 300;
/// Stands in items for the way from their page to the folder of the numbers.
const HERE: char = '\u{1}';

mod long;

#[derive(Serialize)]
pub(super) struct Evidence {
    severities: Vec<List>,
    /// Who or what noticed first, and whether the review was held in time.
    recorded: Vec<Recorded>,
    metrics: Vec<Metric>,
    factors: Vec<List>,
}

/// Reports that share something. `id` is the anchor, `reports` the items of a list: there are so many of them that
/// they are written here and not by a template.
#[derive(Serialize)]
struct List {
    id: String,
    text: String,
    count: usize,
    reports: Html,
    /// The pages of a list that is too long for this one.
    pages: Vec<Link>,
}

#[derive(Serialize)]
struct Metric {
    id: String,
    title: String,
    count: usize,
    /// Items of a list: the values in ascending order, as the median and the p90 see them, with their reports.
    values: Html,
    pages: Vec<Link>,
    left_out: Vec<List>,
    left_out_count: usize,
}

/// Reports by what they record of one thing. `id` is the anchor.
#[derive(Serialize)]
struct Recorded {
    id: &'static str,
    title: String,
    lists: Vec<List>,
}

/// Anchors of what reports record.
pub(super) const DETECTED: &str = "detected-by";
pub(super) const REVIEWS: &str = "reviews";
pub(super) const FAILED: &str = "failed-changes";

#[derive(Serialize)]
struct View {
    title: String,
    group: Link,
    count: usize,
    first: usize,
    rows: Vec<Row>,
    evidence: Option<Evidence>,
    pages: Vec<Link>,
    number: usize,
}

/// A report as a numbered row.
#[derive(Serialize)]
struct Row {
    date: String,
    severity: String,
    class: String,
    title: String,
    url: String,
    duration: Option<String>,
}

/// Where the evidence of a group is, from the root of the site. `page` is the address of the group.
pub(super) fn url(page: &str, group: &Group) -> String {
    if group.reports.len() <= INLINE { page.to_owned() } else { numbers_url(page, 1) }
}

fn numbers_url(page: &str, number: usize) -> String {
    let folder = page.trim_end_matches("index.html");
    if number == 1 { format!("{folder}numbers/index.html") } else { format!("{folder}numbers/{number}/index.html") }
}

/// The evidence for the page of a group; `None` where it has pages of its own.
pub(super) fn inline(input: &Input<'_>, group: &Group, page: &str) -> Option<Evidence> {
    let fits = !group.reports.is_empty() && group.reports.len() <= INLINE;
    let root = root_of(page);
    let refer = |report: &Report| {
        let Link { text, url } = views::link(report);
        Link { text, url: format!("{root}{url}") }
    };
    fits.then(|| evidence(input, group, &refer))
}

/// Lays out the pages of evidence of a large group.
pub(super) fn pages(input: &Input<'_>, title: &str, page: &str, nav: &'static str, group: &Group) {
    if group.reports.len() <= INLINE {
        return;
    }
    let numbers: HashMap<&RelPath, usize> =
        group.reports.iter().enumerate().map(|(at, report)| (&report.path, at)).collect();
    let root = root_of(&numbers_url(page, 1));
    let numbered = |report: &Report| {
        // The impact of a period can come from incidents that began before it.
        let Some(at) = numbers.get(&report.path).copied() else {
            let Link { text, url } = views::link(report);
            return Link { text, url: format!("{HERE}{root}{url}") };
        };
        let (number, on_page) = (at + 1, at / PER_PAGE + 1);
        let file = if on_page == 1 { String::new() } else { format!("{on_page}/index.html") };
        let file = if file.is_empty() { "index.html".to_owned() } else { file };
        Link { text: number.to_string(), url: format!("{HERE}{file}#r{number}") }
    };
    let mut all = evidence(input, group, &numbered);
    long::give(input, &mut all, (title, page, nav));
    let mut all = Some(all);
    let chunks = group.reports.chunks(PER_PAGE);
    let links: Vec<Link> =
        (1..=chunks.len()).map(|n| Link { text: n.to_string(), url: numbers_url(page, n) }).collect();
    for (index, chunk) in chunks.enumerate() {
        let view = View {
            title: input.words.say("evidence.title", &[("group", title.into())]),
            group: Link { text: title.to_owned(), url: page.to_owned() },
            count: group.reports.len(),
            first: index * PER_PAGE + 1,
            rows: chunk.iter().map(|report| row(input, report)).collect(),
            evidence: all.take(),
            pages: links.clone(),
            number: index + 1,
        };
        input.page(&numbers_url(page, index + 1), "numbers.html", nav, &view);
    }
}

fn row(input: &Input<'_>, report: &Report) -> Row {
    let views::Severity { id, class, .. } = views::severity(input, &report.severity.value);
    let Link { text, url } = views::link(report);
    Row {
        date: input.words.date(report.times.started.value.date(&input.config.time_zone)),
        severity: id,
        class,
        title: text,
        url,
        duration: views::duration(input.words, report),
    }
}

/// `refer` gives a report's words and its address from the page that the evidence is on.
fn evidence(input: &Input<'_>, group: &Group, refer: &dyn Fn(&Report) -> Link) -> Evidence {
    Evidence {
        severities: severities(input, group, refer),
        recorded: recorded(input, group, refer),
        metrics: metrics(input, group, refer)
            .into_iter()
            .chain(impact(input.words, group, refer))
            .chain(toll::behind(input.words, group).iter().map(|sums| summed(input.words, sums, refer)))
            .collect(),
        factors: factors(input, group, refer),
    }
}

/// Items of a list: what comes first in each, and the report.
fn items<'r>(reports: impl Iterator<Item = (String, &'r Arc<Report>)>, refer: &dyn Fn(&Report) -> Link) -> Html {
    let mut out = String::new();
    for (before, report) in reports {
        let Link { text, url } = refer(report);
        let (url, text) = (markup::escape(&url), markup::escape(&text));
        out.push_str(&format!("<li>{before}<a href=\"{url}\">{text}</a></li>\n"));
    }
    Html(out)
}

fn list(id: String, text: String, reports: &[&Arc<Report>], refer: &dyn Fn(&Report) -> Link) -> List {
    let items = items(reports.iter().map(|report| (String::new(), *report)), refer);
    List { id, text, count: reports.len(), reports: items, pages: Vec::new() }
}

fn severities(input: &Input<'_>, group: &Group, refer: &dyn Fn(&Report) -> Link) -> Vec<List> {
    let lists = group.by_severity.iter().enumerate().filter(|(_, (_, count))| *count > 0).map(|(rank, (id, _))| {
        let of_rank = |report: &&Arc<Report>| input.config.severity_rank(&report.severity.value) == rank;
        let reports: Vec<&Arc<Report>> = group.reports.iter().filter(of_rank).collect();
        list(format!("severity-{}", format::slug(id)), id.clone(), &reports, refer)
    });
    lists.collect()
}

fn recorded(input: &Input<'_>, group: &Group, refer: &dyn Fn(&Report) -> Link) -> Vec<Recorded> {
    let words = input.words;
    let mut detected: BTreeMap<DetectedBy, Vec<&Arc<Report>>> = BTreeMap::new();
    let mut reviews: BTreeMap<bool, Vec<&Arc<Report>>> = BTreeMap::new();
    for report in &*group.reports {
        if let Some(by) = report.detected_by {
            detected.entry(by).or_default().push(report);
        }
        if let Some(on_time) = review::on_time(input.config, report) {
            reviews.entry(on_time).or_default().push(report);
        }
    }
    let detected = detected
        .into_iter()
        .map(|(by, reports)| list(String::new(), words.term("detected_by", by.word()).into_owned(), &reports, refer));
    let told = |on_time| words.text(if on_time { "evidence.review_on_time" } else { "evidence.review_late" });
    let reviews = reviews
        .into_iter()
        .rev()
        .map(|(on_time, reports)| list(String::new(), told(on_time).to_owned(), &reports, refer));
    let service =
        input.analysis.by_service.iter().find(|(_, of_service)| std::ptr::eq(&raw const ***of_service, group));
    let service = service.map(|(id, _)| id.as_str());
    let failed = years::went_out(input, service, group, (Date::MIN, Date::MAX));
    let failed: Vec<&Arc<Report>> = failed.iter().flat_map(|known| &known.failed).collect();
    let after = words.text("deployments.failed").to_owned();
    let failed = (!failed.is_empty()).then(|| list(String::new(), after, &failed, refer));
    let all = [
        (DETECTED, words.text("evidence.detected_by"), detected.collect::<Vec<_>>()),
        (REVIEWS, words.text("evidence.reviews"), reviews.collect()),
        (FAILED, words.text("deployments.title"), failed.into_iter().collect()),
    ];
    let all = all.into_iter().filter(|(.., lists)| !lists.is_empty());
    let mut all: Vec<Recorded> =
        all.map(|(id, title, lists)| Recorded { id, title: title.to_owned(), lists }).collect();
    if views::is_overall(input, group) {
        all.extend(shares(input, refer));
        all.extend(starts(input, group, refer));
    }
    all
}

/// The shares over all incidents: those that were so, were not so, and were left out.
fn shares(input: &Input<'_>, refer: &dyn Fn(&Report) -> Link) -> Vec<Recorded> {
    let words = input.words;
    let of = |text: &str, reports: &[Arc<Report>]| {
        let reports: Vec<&Arc<Report>> = reports.iter().collect();
        (!reports.is_empty()).then(|| list(String::new(), text.to_owned(), &reports, refer))
    };
    let one = |counted: &Counted| {
        let left_out = counted.left_out.iter().filter_map(|(why, reports)| of(&words.term("left_out", why), reports));
        let lists = [of(words.text("evidence.so"), &counted.so), of(words.text("evidence.not_so"), &counted.not_so)];
        Recorded {
            id: counted.id,
            title: words.term("share", counted.id).into_owned(),
            lists: lists.into_iter().flatten().chain(left_out).collect(),
        }
    };
    input.analysis.shares.iter().map(one).collect()
}

/// The incidents that began in each hour of the week.
fn starts(input: &Input<'_>, group: &Group, refer: &dyn Fn(&Report) -> Link) -> Option<Recorded> {
    let lists: Vec<List> = starts::by_hour(input, &group.reports)
        .iter()
        .map(|(at, reports)| {
            let (name, anchor) = starts::hour_of(input, *at);
            list(anchor, name, reports, refer)
        })
        .collect();
    let title = input.words.text("metrics.starts").to_owned();
    (!lists.is_empty()).then_some(Recorded { id: "starts-at", title, lists })
}

/// Time under impact: what each report adds, and those that know no window.
fn impact(words: &Words, group: &Group, refer: &dyn Fn(&Report) -> Link) -> Option<Metric> {
    let Impact { used, left_out, .. } = &*group.impact;
    let left_out = if left_out.is_empty() { Vec::new() } else { vec![(downtime::NO_WINDOW, left_out.clone())] };
    let title = words.text("measures.impact_title").to_owned();
    let value = |seconds: i64| words.duration(seconds);
    (!used.is_empty()).then(|| metric(words, ("impact".to_owned(), title), used, &value, &left_out, refer))
}

/// A sum over reports: what each adds, and those that add nothing.
pub(super) struct Sums<'g> {
    pub id: String,
    pub title: String,
    pub used: &'g [(Arc<Report>, f64)],
    /// A value in words.
    pub value: Box<dyn Fn(f64) -> String + 'g>,
    /// Why, and which.
    pub left_out: (&'static str, &'g [Arc<Report>]),
}

fn summed(words: &Words, sums: &Sums<'_>, refer: &dyn Fn(&Report) -> Link) -> Metric {
    let (why, reports) = sums.left_out;
    let left_out = if reports.is_empty() { Vec::new() } else { vec![(why, reports.to_vec())] };
    metric(words, (sums.id.clone(), sums.title.clone()), sums.used, &sums.value, &left_out, refer)
}

fn metrics(input: &Input<'_>, group: &Group, refer: &dyn Fn(&Report) -> Link) -> Vec<Metric> {
    let words = input.words;
    let one = |measured: &Measured| {
        let title = words.term("metric", measured.id).into_owned();
        let value = |seconds: i64| words.duration(seconds);
        metric(words, (measured.id.to_owned(), title), &measured.used, &value, &measured.left_out, refer)
    };
    views::told(input, group).map(one).collect()
}

/// The values of a metric in ascending order, and what was left out.
fn metric<T: Copy + PartialOrd>(
    words: &Words,
    (id, title): (String, String),
    used: &[(Arc<Report>, T)],
    told: &dyn Fn(T) -> String,
    left_out: &[(&'static str, Vec<Arc<Report>>)],
    refer: &dyn Fn(&Report) -> Link,
) -> Metric {
    let mut used: Vec<_> = used.iter().collect();
    used.sort_by(|(_, a), (_, b)| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let value = |value: T| format!("<span class=\"value\">{}</span> ", markup::escape(&told(value)));
    let out = left_out.iter().map(|(why, reports)| {
        list(String::new(), words.term("left_out", why).into_owned(), &reports.iter().collect::<Vec<_>>(), refer)
    });
    Metric {
        id,
        title,
        count: used.len(),
        values: items(used.into_iter().map(|(report, amount)| (value(*amount), report)), refer),
        pages: Vec::new(),
        left_out: out.collect(),
        left_out_count: left_out.iter().map(|(_, reports)| reports.len()).sum(),
    }
}

fn factors(input: &Input<'_>, group: &Group, refer: &dyn Fn(&Report) -> Link) -> Vec<List> {
    let repeating = views::by_factor(group).into_iter().filter(|(_, reports)| reports.len() > 1);
    let lists = repeating.map(|(id, reports)| {
        list(format!("factor-{}", format::slug(id)), super::pattern::link(input, id).text, &reports, refer)
    });
    lists.collect()
}

/// What a page says of the rows that it leaves to the pages of evidence.
pub(super) fn more(input: &Input<'_>, page: &str, group: &Group) -> Option<Link> {
    let count = group.reports.len();
    (count > INLINE).then(|| Link {
        text: input.words.counted("count.all_incidents", count),
        url: format!("{}#reports", numbers_url(page, 1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(numbers_url("services/x/index.html", 1), "services/x/numbers/index.html");
        assert_eq!(numbers_url("services/x/index.html", 3), "services/x/numbers/3/index.html");
    }
}
