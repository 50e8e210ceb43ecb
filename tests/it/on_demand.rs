//! Pages that are made when they are asked for are those of a whole build, byte for byte.

use crate::support::own_repository;
use afterword::{
    disk,
    model::Visibility,
    pipeline::{
        self,
        live::Live,
        on_demand::{Memo, OnDemand},
    },
    snapshot::{File, History, RelPath, Snapshot},
    stats::bootstrap::Generator,
};
use jiff::civil::date;
use std::{fs, path::Path};

/// Every `step`-th file of a whole build, and what is not there.
fn same(snapshot: &Snapshot, audience: Visibility, step: usize) {
    let checked = pipeline::check(snapshot);
    let whole = pipeline::build(snapshot, &checked, audience).expect("a site").site;
    let made = OnDemand::new(snapshot.clone(), checked, audience, &Memo::default()).expect("a theme");
    for (path, bytes) in whole.files.iter().step_by(step) {
        let found = made.file(path).expect("it renders").unwrap_or_else(|| panic!("no file {path}"));
        assert!(found == *bytes, "{path} differs");
    }
    for path in ["incidents/nothing/index.html", "nothing.html", "search/nothing.js", "data/nothing.js", "favicon.ico"]
    {
        let path = RelPath::new(path).expect("a path");
        assert!(made.file(&path).expect("it renders").is_none(), "{path}");
    }
}

#[test]
fn pages_on_demand_are_those_of_a_build() {
    let mut example = disk::read(Path::new("example"), date(2026, 6, 30)).expect("the example");
    example.history = History::default();
    same(&example, Visibility::Public, 1);
    same(&example, Visibility::Restricted, 7);
    same(&own_repository(), Visibility::Public, 5);
    for site in ["broken", "german", "sources", "themed"] {
        let folder = format!("tests/sites/{site}");
        let mut snapshot = disk::read(Path::new(&folder), date(2026, 11, 23)).expect("a site");
        snapshot.history = History::default();
        same(&snapshot, Visibility::Internal, 1);
    }
}

/// What is kept from one save to the next changes no byte. `AFTERWORD_EDITS=1000` makes so many edits and compares every file
/// after each; by default there are 60, and a third of the files is compared after every sixth.
#[test]
fn a_preview_that_was_edited_is_that_of_a_new_start() {
    let wanted = std::env::var("AFTERWORD_EDITS").ok().map(|text| text.parse().expect("AFTERWORD_EDITS is a number"));
    let (steps, every, share) = wanted.map_or((60, 6, 3), |steps: usize| (steps, 1, 1));
    let mut snapshot = disk::read(Path::new("example"), date(2026, 6, 30)).expect("the example");
    snapshot.history = History::default();
    let (mut live, memo) = (Live::new(snapshot.clone()), Memo::default());
    let reports: Vec<RelPath> =
        snapshot.files.keys().filter(|path| path.as_str().starts_with("reports/20")).cloned().collect();
    let mut random = Generator(7);
    for step in 0..steps {
        let path = &reports[random.below(reports.len())];
        let bytes = snapshot.files.get(path).map(|file| String::from_utf8(file.bytes.to_vec()).expect("text"));
        let original = || fs::read_to_string(Path::new("example").join(path.as_str())).expect("a report");
        let edited = match (random.below(6), bytes) {
            (_, None) => Some(original()),
            (0, Some(_)) => None,
            (1, Some(text)) => Some(text.replace("factors:", "tags: [edited]\nfactors:")),
            (2, Some(text)) => Some(text.replace("status: closed", "status: reviewed")),
            (3, Some(text)) => Some(text.replace("title: ", &format!("title: Again {step} "))),
            (4, Some(text)) => Some(text.replace("severity: sev3", "severity: sev2")),
            (_, Some(text)) => Some(text.replace("## Summary\n", &format!("## Summary\n\nSaved {step}.\n"))),
        };
        let file = edited.map(|text| File { bytes: text.as_bytes().into() });
        match &file {
            Some(file) => drop(snapshot.files.insert(path.clone(), file.clone())),
            None => drop(snapshot.files.remove(path)),
        }
        live.change(path, file);
        live.settle(usize::MAX);
        let warm = OnDemand::new(snapshot.clone(), live.checked(), Visibility::Public, &memo).expect("a theme");
        if step % every != every - 1 {
            continue;
        }
        let cold = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site;
        for (path, bytes) in cold.files.iter().skip(step / every % share).step_by(share) {
            assert!(warm.file(path).expect("it renders").as_ref() == Some(bytes), "{path} differs at step {step}");
        }
    }
}
