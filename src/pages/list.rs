//! The lists of reports: all of them, and those that share a value of a facet. Newest first, a hundred to a page.
//!
//! The page of a service, team or pattern says what is known about it; its list here is for finding a report. Only
//! incidents enter numbers, and so those pages; lists hold every report.

use super::{
    Input, columns,
    facets::{self, Facet, Value},
    views::{self, Row},
};
use rayon::prelude::*;
use serde::Serialize;

/// The list of all reports.
pub(super) const ALL: &str = "incidents/index.html";
const PER_PAGE: usize = 100;
/// So many values of a facet stand beside a list; beside the list of all reports, the others can be unfolded.
const SHOWN: usize = 10;

/// A list before it is cut into pages.
struct Listing<'f> {
    /// Where its pages are, ending in `/`.
    folder: String,
    /// What it is narrowed to: a facet and one of its values.
    narrowed: Option<(&'f Facet, &'f Value)>,
    /// Places in `Input::newest`.
    reports: Vec<usize>,
}

#[derive(Serialize)]
struct View<'f> {
    title: String,
    /// What all reports share that are listed here.
    narrowed: Option<Narrowed<'f>>,
    rows: Vec<Row>,
    total: usize,
    first: usize,
    last: usize,
    number: usize,
    pages: Vec<Numbered>,
    facets: Vec<Choice<'f>>,
    columns: &'static str,
}

#[derive(Serialize)]
struct Narrowed<'f> {
    facet: &'static str,
    name: &'f str,
    text: &'f str,
    slug: &'f str,
    /// The page that tells of it; empty where there is none.
    about: &'f str,
}

#[derive(Serialize)]
struct Choice<'f> {
    id: &'static str,
    name: &'f str,
    values: Vec<Chosen<'f>>,
    /// Unfolded on demand, beside the list of all reports.
    others: Vec<Chosen<'f>>,
    /// How many values are only beside the list of all reports.
    left_out: usize,
}

#[derive(Serialize)]
struct Chosen<'f> {
    text: &'f str,
    slug: &'f str,
    class: &'f str,
    count: usize,
    current: bool,
}

/// A page of a list; without an address it stands for pages that are left out.
#[derive(Serialize)]
pub(super) struct Numbered {
    number: usize,
    url: String,
}

fn url(folder: &str, number: usize) -> String {
    if number == 1 { format!("{folder}index.html") } else { format!("{folder}page/{number}/index.html") }
}

/// The folder of the list of the reports that have a value of a facet.
fn folder(facet: &str, slug: &str) -> String {
    format!("incidents/{facet}/{slug}/")
}

pub(super) fn pages(input: &Input<'_>) {
    let facets = facets::of(input);
    if input.wants(columns::FOLDER) {
        columns::pages(input, &facets);
    }
    let all = Listing { folder: "incidents/".to_owned(), narrowed: None, reports: (0..input.newest.len()).collect() };
    let narrowed = facets.iter().filter(|facet| facet.many || facet.tells_apart()).flat_map(|facet| {
        facet.values.iter().map(move |value| Listing {
            folder: folder(facet.id, &value.slug),
            narrowed: Some((facet, value)),
            reports: value.reports.clone(),
        })
    });
    let listings: Vec<Listing<'_>> = std::iter::once(all).chain(narrowed).collect();
    listings.par_iter().for_each(|listing| {
        let count = listing.reports.len().div_ceil(PER_PAGE).max(1);
        let asked = (1..=count).into_par_iter().filter(|number| input.wants(&url(&listing.folder, *number)));
        asked.for_each(|number| page(input, &facets, listing, number, count));
    });
}

fn page(input: &Input<'_>, facets: &[Facet], listing: &Listing<'_>, number: usize, count: usize) {
    let from = (number - 1) * PER_PAGE;
    let shown: Vec<usize> = listing.reports.iter().skip(from).take(PER_PAGE).copied().collect();
    let title = listing.narrowed.map_or_else(|| input.words.text("list.title"), |(_, value)| &value.name);
    let view = View {
        title: match number {
            1 => title.to_owned(),
            number => input.words.say("list.page_of", &[("title", title.into()), ("n", number.into())]),
        },
        narrowed: listing.narrowed.map(|(facet, value)| Narrowed {
            facet: facet.id,
            name: &facet.name,
            text: &value.name,
            slug: &value.slug,
            about: &value.about,
        }),
        rows: rows(input, &shown, listing.narrowed.is_none_or(|(facet, _)| facet.id != "year")),
        total: listing.reports.len(),
        first: from + 1,
        last: from + shown.len(),
        number,
        pages: numbered(number, count, |page| url(&listing.folder, page)),
        facets: facets.iter().filter_map(|facet| choice(facet, listing)).collect(),
        columns: columns::PATH,
    };
    input.page(&url(&listing.folder, number), "incidents.html", "incidents", &view);
}

/// Rows of a page, the first of each year with the year over it.
fn rows(input: &Input<'_>, shown: &[usize], years: bool) -> Vec<Row> {
    let mut last = String::new();
    let row = |at: &usize| {
        let report = &input.newest[*at];
        let year = views::year(input, report);
        let begins = years && year != last;
        last.clone_from(&year);
        Row { year: begins.then_some(year), ..views::row(input, report) }
    };
    shown.iter().map(row).collect()
}

/// The first, the last, and those around the page itself: pages link to few others, however many there are.
pub(super) fn numbered(number: usize, count: usize, url: impl Fn(usize) -> String) -> Vec<Numbered> {
    if count <= 1 {
        return Vec::new();
    }
    let near = (number.saturating_sub(2)..=number + 2).filter(|near| (1..=count).contains(near));
    let mut numbers: Vec<usize> = near.chain([1, count]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut pages: Vec<Numbered> = Vec::new();
    for number in numbers {
        if pages.last().is_some_and(|last| last.number + 1 < number) {
            pages.push(Numbered { number: 0, url: String::new() });
        }
        pages.push(Numbered { number, url: url(number) });
    }
    pages
}

/// A facet as it stands beside a list. One that tells nothing apart is left out.
fn choice<'f>(facet: &'f Facet, listing: &Listing<'_>) -> Option<Choice<'f>> {
    if !facet.tells_apart() {
        return None;
    }
    let own = listing.narrowed.filter(|(narrowed, _)| narrowed.id == facet.id).map(|(_, value)| &value.slug);
    let whole = listing.narrowed.is_none();
    let chosen = |value: &'f Value| Chosen {
        text: &value.name,
        slug: &value.slug,
        class: &value.class,
        count: value.reports.len(),
        current: own == Some(&value.slug),
    };
    // The value of the page itself is always there, and one value alone is not worth unfolding.
    let shown = |at: usize, value: &Value| at < SHOWN || facet.values.len() == SHOWN + 1 || own == Some(&value.slug);
    let (first, rest): (Vec<_>, Vec<_>) = facet.values.iter().enumerate().partition(|(at, value)| shown(*at, value));
    Some(Choice {
        id: facet.id,
        name: &facet.name,
        values: first.into_iter().map(|(_, value)| chosen(value)).collect(),
        left_out: if whole { 0 } else { rest.len() },
        others: if whole { rest.into_iter().map(|(_, value)| chosen(value)).collect() } else { Vec::new() },
    })
}

/// Where the list of the reports that have a value of a facet is, where there are any and not all.
pub(super) fn url_of(facet: &str, id: &str) -> String {
    url(&folder(facet, &super::format::slug(id)), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_link_to_few_others() {
        let numbers = |number, count| {
            let pages = numbered(number, count, |page| url("incidents/", page));
            pages.iter().map(|page| page.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers(1, 1), [0; 0]);
        assert_eq!(numbers(1, 3), [1, 2, 3]);
        assert_eq!(numbers(50, 100), [1, 0, 48, 49, 50, 51, 52, 0, 100]);
        assert_eq!(numbers(3, 1000), [1, 2, 3, 4, 5, 0, 1000]);
        assert_eq!(url("incidents/year/2024/", 2), "incidents/year/2024/page/2/index.html");
    }
}
