//! The list of all reports, newest first, a hundred to a page.

use super::{
    Input,
    views::{self, Row},
};
use rayon::prelude::*;
use serde::Serialize;

const PER_PAGE: usize = 100;

#[derive(Serialize)]
struct View {
    title: String,
    rows: Vec<Row>,
    total: usize,
    number: usize,
    pages: Vec<Numbered>,
}

#[derive(Clone, Serialize)]
struct Numbered {
    number: usize,
    url: String,
}

fn url(number: usize) -> String {
    match number {
        1 => "incidents/index.html".to_owned(),
        number => format!("incidents/page/{number}/index.html"),
    }
}

pub(super) fn pages(input: &Input<'_>) {
    let count = input.newest.len().div_ceil(PER_PAGE).max(1);
    let pages: Vec<Numbered> = (1..=count).map(|number| Numbered { number, url: url(number) }).collect();
    let page = |number: usize| {
        let reports = input.newest.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE);
        let view = View {
            title: match number {
                1 => input.words.text("list.title").to_owned(),
                number => input.words.counted("list.title_page", number),
            },
            rows: reports.map(|report| views::row(input, report)).collect(),
            total: input.newest.len(),
            number,
            pages: pages.clone(),
        };
        input.page(&url(number), "incidents.html", "incidents", &view);
    };
    (1..=count).into_par_iter().for_each(page);
}
