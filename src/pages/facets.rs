//! The facets of lists: by what reports can be narrowed down, and which reports each value has.

use super::{Input, format, group, pattern, views};
use crate::{
    analyze,
    model::{Kind, Report, Status},
};
use std::collections::BTreeMap;

/// A way to narrow a list.
pub(super) struct Facet {
    /// As addresses say it.
    pub id: &'static str,
    pub name: String,
    /// Whether a report can have several values.
    pub many: bool,
    /// In the order in which they are shown.
    pub values: Vec<Value>,
}

impl Facet {
    /// Whether lists can be narrowed by it.
    pub(super) const fn tells_apart(&self) -> bool {
        self.values.len() > 1
    }
}

pub(super) struct Value {
    /// As addresses say it.
    pub slug: String,
    pub name: String,
    /// The class of its mark, where it has one.
    pub class: String,
    /// The page that tells of it, from the root of the site; empty where there is none.
    pub about: String,
    /// Places in `Input::newest`, ascending.
    pub reports: Vec<usize>,
}

/// What a value is called, and where it stands among the others: ranks first, then names.
struct Named {
    name: String,
    class: String,
    about: String,
    rank: i64,
}

struct Definition {
    id: &'static str,
    many: bool,
    /// The values of a report, each once.
    of: fn(&Input<'_>, &Report) -> Vec<String>,
    /// What a value is called, by its id and how many reports have it.
    named: fn(&Input<'_>, &str, i64) -> Named,
}

/// Order is the order on pages. Teams stand in the order of their names: nothing here is a ranking.
const ALL: &[Definition] = &[
    Definition {
        id: "severity",
        many: false,
        of: |input, report| vec![views::severity(input, &report.severity.value).id],
        named: |input, id, _| {
            let views::Severity { class, .. } = views::severity(input, id);
            let rank = i64::try_from(input.config.severity_rank(id)).unwrap_or(i64::MAX);
            Named { name: id.to_owned(), class: format!("sev {class}"), about: String::new(), rank }
        },
    },
    Definition {
        id: "year",
        many: false,
        of: |input, report| vec![views::year(input, report)],
        named: |_, id, _| Named { rank: -id.parse().unwrap_or(0), ..plain(id.to_owned(), 0) },
    },
    Definition {
        id: "service",
        many: true,
        of: |input, report| analyze::services_of(input.config, report),
        named: |input, id, count| linked(group::service_link(input, id), -count),
    },
    Definition {
        id: "pattern",
        many: true,
        of: |_, report| analyze::factors_of(report).into_iter().map(str::to_owned).collect(),
        named: |input, id, count| linked(pattern::link(input, id), -count),
    },
    Definition {
        id: "team",
        many: true,
        of: |input, report| analyze::teams_of(input.config, report),
        named: |input, id, _| linked(group::team_link(input, id), 0),
    },
    Definition {
        id: SOURCE,
        many: false,
        of: |input, report| {
            let source = input.config.source_of(&report.path);
            vec![source.map_or_else(|| OWN.to_owned(), |source| source.name.value.clone())]
        },
        named: |input, id, _| match id {
            OWN => plain(input.words.text("list.own_source").to_owned(), -1),
            name => plain(name.to_owned(), 0),
        },
    },
    Definition {
        id: "status",
        many: false,
        of: |_, report| vec![report.status.word().to_owned()],
        named: |input, id, _| plain(format::sentence(&input.words.term("status", id)), place(Status::ALL, id)),
    },
    Definition {
        id: "kind",
        many: false,
        of: |_, report| vec![report.kind.word().to_owned()],
        named: |input, id, _| plain(format::sentence(&input.words.term("kind", id)), place(Kind::ALL, id)),
    },
];

fn plain(name: String, rank: i64) -> Named {
    Named { name, class: String::new(), about: String::new(), rank }
}

fn linked(link: views::Link, rank: i64) -> Named {
    Named { name: link.text, class: String::new(), about: link.url, rank }
}

fn place<T>(all: &[(&str, T)], word: &str) -> i64 {
    all.iter().position(|(known, _)| *known == word).map_or(i64::MAX, |at| i64::try_from(at).unwrap_or(i64::MAX))
}

/// The facet of sites that have sources.
const SOURCE: &str = "source";
/// The reports of the site's own repository. No source can have this name.
const OWN: &str = "-";

/// All facets over all reports, empty ones included.
pub(super) fn of(input: &Input<'_>) -> Vec<Facet> {
    let told = ALL.iter().filter(|definition| definition.id != SOURCE || !input.config.sources.is_empty());
    told.map(|definition| facet(input, definition)).collect()
}

fn facet(input: &Input<'_>, definition: &Definition) -> Facet {
    // By what addresses say, so that two ids that differ only in what addresses leave out share a page.
    let mut found: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (at, report) in input.newest.iter().enumerate() {
        for id in (definition.of)(input, report) {
            let (_, reports) = found.entry(format::slug(&id).into_owned()).or_insert_with(|| (id, Vec::new()));
            if reports.last() != Some(&at) {
                reports.push(at);
            }
        }
    }
    let mut values: Vec<(i64, Value)> = found
        .into_iter()
        .map(|(slug, (id, reports))| {
            let count = i64::try_from(reports.len()).unwrap_or(i64::MAX);
            let Named { name, class, about, rank } = (definition.named)(input, &id, count);
            (rank, Value { slug, name, class, about, reports })
        })
        .collect();
    values.sort_by(|(a, x), (b, y)| (a, &x.name, &x.slug).cmp(&(b, &y.name, &y.slug)));
    let values = values.into_iter().map(|(_, value)| value).collect();
    let name = input.words.term("facet", definition.id).into_owned();
    Facet { id: definition.id, name, many: definition.many, values }
}
