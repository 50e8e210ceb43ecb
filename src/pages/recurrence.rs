//! Whether an incident came again: how many before it, in how short a time, share a service or a factor with it.

use super::{Input, group, incident_url, pattern, views::Link};
use crate::{
    analyze::{self, Group},
    model::Report,
};
use jiff::Timestamp;
use serde::Serialize;
use std::sync::Arc;

/// How far back one looks, from the start of the incident.
const DAYS: i64 = 90;
/// So many of the earlier ones are named.
const NAMED: usize = 3;

/// “Third on checkout in 90 days, after …”.
#[derive(Serialize)]
pub(super) struct Recurrence {
    /// `third`, in words up to the tenth.
    ordinal: String,
    days: i64,
    /// A service rather than a factor.
    service: bool,
    shared: Link,
    /// Dates and addresses of those before, the latest first.
    earlier: Vec<Link>,
    /// How many more there are.
    more: usize,
}

/// Of the services and of the factors, that which came most often; nothing where the incident is in no number.
pub(super) fn of(input: &Input<'_>, report: &Report) -> Vec<Recurrence> {
    if !analyze::is_counted(report) {
        return Vec::new();
    }
    let services = analyze::services_of(input.config, report);
    let services =
        services.iter().map(|id| (input.analysis.by_service.get(id).map(Arc::as_ref), group::service_link(input, id)));
    let factors = analyze::factors_of(report);
    let factors =
        factors.iter().map(|id| (input.analysis.by_factor.get(*id).map(Arc::as_ref), pattern::link(input, id)));
    let most = |groups: &mut dyn Iterator<Item = (Option<&Group>, Link)>, service| {
        let earlier = groups.filter_map(|(group, link)| Some((before(group?, report), link)));
        let (earlier, shared) = earlier.reduce(|best, next| if next.0.len() > best.0.len() { next } else { best })?;
        (!earlier.is_empty()).then(|| told(input, earlier, shared, service))
    };
    [most(&mut services.into_iter(), true), most(&mut factors.into_iter(), false)].into_iter().flatten().collect()
}

/// Reports of a group, newest first, that began in the days before a report.
fn before<'g>(group: &'g Group, report: &Report) -> &'g [Arc<Report>] {
    fn key(report: &Report) -> (Timestamp, &str) {
        (report.times.started.value.sort_key(), &report.id.value)
    }
    let this = key(report);
    let later = group.reports.partition_point(|other| key(other) >= this);
    let earliest = this.0.as_second() - DAYS * 24 * 3600;
    let earlier = &group.reports[later..];
    &earlier[..earlier.partition_point(|other| key(other).0.as_second() >= earliest)]
}

fn told(input: &Input<'_>, earlier: &[Arc<Report>], shared: Link, service: bool) -> Recurrence {
    let number = earlier.len() + 1;
    let ordinal = match ORDINALS.get(number) {
        Some(key) => input.words.term("ordinal", key).into_owned(),
        None => input.words.say("ordinal.nth", &[("n", number.into())]),
    };
    let named = earlier.iter().take(NAMED).map(|other| Link {
        text: input.words.date(other.times.started.value.date(&input.config.time_zone)),
        url: incident_url(other),
    });
    let more = earlier.len().saturating_sub(NAMED);
    Recurrence { ordinal, days: DAYS, service, shared, earlier: named.collect(), more }
}

const ORDINALS: &[&str] =
    &["", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
