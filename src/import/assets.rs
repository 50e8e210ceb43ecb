//! Files that a report shows or links to: where their copies go, and the links that lead there.

use super::{Outcome, write};
use crate::{
    markup,
    snapshot::{Place, RelPath},
};
use std::collections::{BTreeMap, BTreeSet};

/// What a site can carry beside its reports.
const KINDS: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg", "txt", "log", "csv", "pdf"];

/// Whether the name of a file says that it may be copied.
#[must_use]
pub fn is_asset(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| KINDS.contains(&extension.to_ascii_lowercase().as_str()))
}

/// A file to copy: its path below the folder given, and its place in the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asset {
    pub from: String,
    pub to: RelPath,
}

/// Rewrites the links of a body to files that are there; a path keeps its words, so the same file has one copy.
pub fn rewrite(
    body: &mut String,
    path: &str,
    known: &BTreeSet<String>,
    folder: &str,
    target: &RelPath,
) -> BTreeSet<Asset> {
    let mut copied = BTreeSet::new();
    let Some(path) = RelPath::new(path) else { return copied };
    let mut moves: BTreeMap<String, String> = BTreeMap::new();
    for destination in markup::destinations(body) {
        let Some(from) = markup::local(Place::own(&path), &destination, |from| known.contains(from.as_str())) else {
            continue;
        };
        let Some(to) = RelPath::new(&format!("{folder}/files/{from}")) else { continue };
        let up = "../".repeat(target.as_str().matches('/').count() - folder.matches('/').count() - 1);
        moves.insert(destination, format!("{up}files/{}", write::url(from.as_str())));
        copied.insert(Asset { from: from.as_str().to_owned(), to });
    }
    for (destination, address) in moves {
        for (before, after) in [("](", ")"), ("](", " "), ("](<", ">"), ("]: ", "\n"), ("]: ", " ")] {
            let after_address = if after == ">" { "" } else { after };
            let before_address = before.trim_end_matches('<');
            *body = body.replace(
                &format!("{before}{destination}{after}"),
                &format!("{before_address}{address}{after_address}"),
            );
        }
    }
    copied
}

/// Links from report to report lead to where these went; the old address stays as the title of the link.
pub fn between(outcomes: &mut [(String, Outcome)], folder: &str) {
    let places = outcomes.iter().filter_map(|(path, outcome)| match outcome {
        Outcome::Report(report) => Some((path.clone(), report.path.clone())),
        Outcome::Skipped(_) => None,
    });
    let places: BTreeMap<String, RelPath> = places.collect();
    for (path, outcome) in outcomes {
        let (Outcome::Report(report), Some(path)) = (outcome, RelPath::new(path)) else { continue };
        let up = "../".repeat(report.path.as_str().matches('/').count() - folder.matches('/').count() - 1);
        for destination in markup::destinations(&report.text).into_iter().collect::<BTreeSet<_>>() {
            let place =
                markup::local(Place::own(&path), &destination, |_| true).and_then(|found| places.get(found.as_str()));
            let Some(place) = place.filter(|_| !destination.contains('"')) else { continue };
            let anchor = destination.split_once('#').map_or(String::new(), |(_, anchor)| format!("#{anchor}"));
            let below = place.as_str().strip_prefix(folder).unwrap_or(place.as_str()).trim_start_matches('/');
            let address = format!("{up}{below}{anchor} \"{destination}\"");
            for (before, after) in [("](", ")"), ("]: ", "\n")] {
                let link = format!("{before}{address}{after}");
                report.text = report.text.replace(&format!("{before}{destination}{after}"), &link);
            }
        }
        report.told.dangling(&report.path, &report.text, &report.assets, &places);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_copies() {
        let known = BTreeSet::from(["2024/a b.png".to_owned(), "x.log".to_owned()]);
        let target = RelPath::new("reports/2024/2024-01-02-x.md").expect("a path");
        let mut body =
            "![a](a%20b.png) ![b](./a%20b.png \"t\") [l](../x.log) [out](../../y.png) [h](https://x/x.log)".to_owned();
        let copied = rewrite(&mut body, "2024/r.md", &known, "reports", &target);
        assert_eq!(
            body,
            "![a](../files/2024/a%20b.png) ![b](../files/2024/a%20b.png \"t\") [l](../files/x.log) [out](../../y.png) \
             [h](https://x/x.log)"
        );
        assert_eq!(copied.len(), 2);
    }
}
