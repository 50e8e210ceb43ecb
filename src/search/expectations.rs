//! `check --search`: does the search find what the repository expects of it?

use super::Ranking;
use crate::{
    diag::{Diagnostic, RuleId},
    parse::search_tests::Expectation,
};

/// AW810; explained in `lint/rules`.
pub const UNMET: RuleId = crate::lint::rules::SEARCH_EXPECTATION;

/// The expectations that the search does not meet.
#[must_use]
pub fn unmet(ranking: &Ranking<'_>, expectations: &[Expectation]) -> Vec<Diagnostic> {
    expectations.iter().filter_map(|expectation| one(ranking, expectation)).collect()
}

fn one(ranking: &Ranking<'_>, expectation: &Expectation) -> Option<Diagnostic> {
    let Expectation { query, expect, top } = expectation;
    let unknown = expect.iter().find(|id| !ranking.knows(&id.value));
    if let Some(id) = unknown {
        let finding = Diagnostic::new(UNMET, &id.span, format!("there is no report `{}` on the site", id.value));
        return Some(finding.help("use the id of a report that is published: its file name without `.md`"));
    }
    let found = ranking.find(&query.value);
    let is_expected = |found: &&str| expect.iter().any(|id| id.value == **found);
    if found.iter().take(*top).any(is_expected) {
        return None;
    }
    let message = match found.iter().position(is_expected) {
        Some(at) => format!("`{}` finds it at place {}, not among the first {top}", query.value, at + 1),
        None => format!("`{}` does not find `{}`", query.value, expect[0].value),
    };
    let help = match found.first() {
        Some(first) => format!("first comes `{first}`; name in the report what people would type"),
        None => "no report has these words; name in the report what people would type".to_owned(),
    };
    Some(Diagnostic::new(UNMET, &query.span, message).help(help))
}
