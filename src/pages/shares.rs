//! Shares over all incidents, as rows of a table.

use super::{Input, views};
use crate::{analyze::shares::Counted, markup::Html};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Share {
    id: &'static str,
    title: String,
    explain: Html,
    /// `12 of 40`; `None` where nothing is recorded.
    told: Option<String>,
    percent: String,
    interval: Option<String>,
    left_out: usize,
}

/// In the order of the table; `page` is where they stand.
pub(super) fn of(input: &Input<'_>, page: &str) -> Vec<Share> {
    input.analysis.shares.iter().map(|counted| share(input, counted, page)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of reports")]
fn share(input: &Input<'_>, counted: &Counted, page: &str) -> Share {
    let words = input.words;
    let (so, known) = (counted.so.len(), counted.known());
    let percent = |share: f64| words.whole_percent(share);
    Share {
        id: counted.id,
        title: words.term("share", counted.id).into_owned(),
        explain: input.markdown(&words.term("share_explained", counted.id), None, page),
        told: (known > 0).then(|| words.say("digest.k_of_n", &[("k", so.into()), ("n", known.into())])),
        percent: percent(so as f64 / known.max(1) as f64),
        interval: counted.interval.map(|(low, high)| views::between(words, &percent(low), &percent(high))),
        left_out: counted.left_out.iter().map(|(_, reports)| reports.len()).sum(),
    }
}
