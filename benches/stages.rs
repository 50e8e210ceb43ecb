//! `cargo bench`: every stage on generated reports. Write them first:
//! `cargo run --release --example corpus -- --reports 1000 --out target/corpus-1000`.

use afterword::{
    config, disk, lint,
    model::Visibility,
    parse,
    pipeline::{self, live::Live},
    search,
    snapshot::Snapshot,
    words::Words,
};
use divan::Bencher;
use jiff::civil::date;
use std::{path::Path, sync::LazyLock};

const CORPUS: &str = "target/corpus-1000";

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(read_corpus);

fn read_corpus() -> Snapshot {
    disk::read(Path::new(CORPUS), date(2026, 11, 23))
        .expect("write target/corpus-1000 first, see the head of this file")
}

fn main() {
    divan::main();
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    bencher.bench(read_corpus);
}

#[divan::bench]
fn parse_reports(bencher: Bencher<'_, '_>) {
    let (config, _) = config::parse(SNAPSHOT.files.get(&config::Config::path()));
    bencher.bench(|| parse::corpus(&SNAPSHOT, &config));
}

#[divan::bench]
fn check(bencher: Bencher<'_, '_>) {
    let (config, _) = config::parse(SNAPSHOT.files.get(&config::Config::path()));
    let (corpus, _) = parse::corpus(&SNAPSHOT, &config);
    let scope = lint::Scope { config: &config, corpus: &corpus, today: SNAPSHOT.today, before: &[] };
    bencher.bench(|| lint::run(scope, Vec::new(), &[]));
}

/// What the language server does for each key that is pressed.
#[divan::bench]
fn keystroke(bencher: Bencher<'_, '_>) {
    let mut live = Live::new(SNAPSHOT.clone());
    let path = live.corpus().reports[live.corpus().reports.len() / 2].path.clone();
    let file = SNAPSHOT.files[&path].clone();
    bencher.bench_local(|| {
        live.change(&path, Some(file.clone()));
        live.findings(&path)
    });
}

/// What it does when a change concerns all other files.
#[divan::bench(sample_count = 10)]
fn settle(bencher: Bencher<'_, '_>) {
    let mut live = Live::new(SNAPSHOT.clone());
    let path = live.corpus().reports[0].path.clone();
    let file = SNAPSHOT.files[&path].clone();
    bencher.bench_local(|| {
        live.change(&path, None);
        live.change(&path, Some(file.clone()));
        while !live.settle(16) {}
    });
}

#[divan::bench]
fn analyze(bencher: Bencher<'_, '_>) {
    let checked = pipeline::check(&SNAPSHOT);
    bencher.bench(|| pipeline::analyze(&SNAPSHOT, &checked, Visibility::Public));
}

/// The index of the search, from reports to the bytes of its files.
#[divan::bench(sample_count = 10)]
fn index(bencher: Bencher<'_, '_>) {
    let checked = pipeline::check(&SNAPSHOT);
    let corpus = pipeline::published(&checked, Visibility::Public);
    bencher.bench(|| search::each(&checked.config, &corpus, Words::english(), &|page| drop(divan::black_box(page))));
}

#[divan::bench(sample_count = 10)]
fn render(bencher: Bencher<'_, '_>) {
    let checked = pipeline::check(&SNAPSHOT);
    bencher.bench(|| pipeline::build(&SNAPSHOT, &checked, Visibility::Public).expect("a site").site);
}

#[divan::bench(sample_count = 10)]
fn publish(bencher: Bencher<'_, '_>) {
    let site = pipeline::build(&SNAPSHOT, &pipeline::check(&SNAPSHOT), Visibility::Public).expect("a site").site;
    let out = std::env::temp_dir().join(format!("afterword-bench-{}", std::process::id())).join("site");
    std::fs::create_dir_all(out.parent().expect("a parent")).expect("a folder");
    bencher.bench(|| disk::publish(&site, &out).expect("published"));
    let _ = std::fs::remove_dir_all(out.parent().expect("a parent"));
}

#[divan::bench(sample_count = 10)]
fn whole(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let snapshot = read_corpus();
        pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site").site
    });
}
