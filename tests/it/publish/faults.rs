//! The n-th request to the disk fails, for every n until a run completes, in every way of publishing.

use super::{
    double::{Cannot, Double, Fault, Then},
    folder, is_site, names, site, tree,
};
use afterword::{
    disk::{
        self,
        publish::{Mode, publish_on},
    },
    site::Site,
};
use std::{collections::BTreeMap, fs, path::Path};

/// A way of publishing: whether there is a site before, whether others have a file in it, and what the disk cannot do.
struct Way {
    name: &'static str,
    before: bool,
    others: bool,
    cannot: Cannot,
    mode: Mode,
}

const ABLE: Cannot = Cannot { exchange: false, link: false, cross: None, alike: false };

const WAYS: &[Way] = &[
    Way { name: "created", before: false, others: false, cannot: ABLE, mode: Mode::Created },
    Way { name: "exchanged", before: true, others: false, cannot: ABLE, mode: Mode::Exchanged },
    Way {
        name: "exchanged, no links",
        before: true,
        others: false,
        cannot: Cannot { link: true, ..ABLE },
        mode: Mode::Exchanged,
    },
    Way { name: "others have a file in it", before: true, others: true, cannot: ABLE, mode: Mode::Replaced },
    Way {
        name: "no exchange",
        before: true,
        others: false,
        cannot: Cannot { exchange: true, ..ABLE },
        mode: Mode::Replaced,
    },
    Way {
        name: "no exchange, no links",
        before: true,
        others: false,
        cannot: Cannot { exchange: true, link: true, ..ABLE },
        mode: Mode::Replaced,
    },
    Way {
        name: "a mount point",
        before: true,
        others: false,
        cannot: Cannot { cross: Some("site"), ..ABLE },
        mode: Mode::Replaced,
    },
    Way {
        name: "a folder mounted by bind",
        before: true,
        others: true,
        cannot: Cannot { cross: Some("site"), alike: true, ..ABLE },
        mode: Mode::Replaced,
    },
];

/// By default the first four; `AFTERWORD_FAULTS=1` runs them all.
const FAULTS: [(Fault, Then); 12] = [
    (Fault::Io, Then::Well),
    (Fault::Denied, Then::Well),
    (Fault::Short, Then::Full),
    (Fault::Io, Then::Dead),
    (Fault::Full, Then::Well),
    (Fault::Short, Then::Well),
    (Fault::Io, Then::Full),
    (Fault::Full, Then::Full),
    (Fault::Denied, Then::Full),
    (Fault::Full, Then::Dead),
    (Fault::Denied, Then::Dead),
    (Fault::Short, Then::Dead),
];

fn sites() -> [Site; 2] {
    let page = |path: &str, text: &str| (path.to_owned(), text.repeat(40).into_bytes());
    let before =
        [("index.html", "1"), ("same/index.html", "s"), ("old/a/index.html", "o"), ("turns", "f"), ("b/c", "d")];
    let after = [("index.html", "2"), ("same/index.html", "s"), ("new/x.css", "n"), ("turns/a.html", "g"), ("b", "e")];
    [before, after].map(|files| site(files.map(|(path, text)| page(path, text))))
}

/// Makes the state before, and tells what is in the folder.
fn prepare(way: &Way, folder: &Path, before: &Site) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("a folder");
    if way.before {
        disk::publish(before, &folder.join("site")).expect("published");
    }
    if way.others {
        fs::write(folder.join("site/CNAME"), "incidents.example").expect("written");
    }
}

/// What is published: a staging folder that could not be removed waits for the next build.
fn shown(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = tree(out);
    found.retain(|path, _| !path.starts_with(".afterword-stage-") && path != ".afterword-lock");
    found
}

/// Whether the output is this site, and the file that others have in it.
fn is_now(way: &Way, out: &Path, site: &Site) -> bool {
    let mut found = shown(out);
    let others = found.remove("CNAME").is_some_and(|bytes| bytes == b"incidents.example");
    others == way.others && is_site(found, site)
}

/// One run with a fault; `false` when it was not reached.
fn run(way: &Way, folder: &Path, [before, after]: &[Site; 2], at: usize, fault: Fault, then: Then) -> bool {
    let out = folder.join("site");
    prepare(way, folder, before);
    let was = shown(&out);
    let double = Double::new(way.cannot, at, fault, then);
    let result = publish_on(&double, after, &out);
    let failed = double.failed.lock().expect("no panic").clone();
    let what = format!("{}: {fault:?} at request {at} (then {then:?}), {failed:?}: {result:?}", way.name);
    match &result {
        Ok(published) => {
            assert!(is_now(way, &out, after), "{what}");
            assert!(failed.is_some() || published.mode == way.mode, "{what}");
        }
        // Where files are replaced one by one and nothing can be put back, pages are of two builds, but whole.
        Err(error) if format!("{error:#}").contains("pages in") => {
            assert!(then == Then::Dead && way.mode == Mode::Replaced, "{what}");
            let whole = |(path, bytes): (&String, &Vec<u8>)| {
                let of = |site: &Site| {
                    site.files.iter().any(|(name, whole)| name.as_str() == path && whole[..] == bytes[..])
                };
                path.starts_with(".afterword") || path == "CNAME" || of(before) || of(after)
            };
            assert!(shown(&out).iter().all(whole), "{what}");
        }
        Err(error) => {
            assert_eq!(shown(&out), was, "{what}");
            assert_eq!(out.exists(), way.before, "{what}");
            assert!(format!("{error:#}").contains(&*folder.to_string_lossy()), "{what}");
        }
    }
    let next = publish_on(&Double::sound(way.cannot), after, &out).unwrap_or_else(|error| panic!("{what}; {error:#}"));
    assert!(is_now(way, &out, after), "{what}; then {next:?}: {:?}", shown(&out).keys());
    assert_eq!(names(folder), ["site"], "{what}; then {next:?}");
    let folders = names(&out);
    assert!(!folders.iter().any(|name| name.starts_with(".afterword-")), "{what}; then {folders:?}");
    failed.is_some()
}

#[test]
fn every_request_may_fail() {
    let folder = folder("faults");
    let all = std::env::var_os("AFTERWORD_FAULTS").is_some();
    let sites = sites();
    // One thread, so that the n-th request is the same in each run.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let mut runs = 0;
    for way in WAYS {
        for (fault, then) in FAULTS.into_iter().take(if all { FAULTS.len() } else { 4 }) {
            let reached = |at: &usize| pool.install(|| run(way, &folder, &sites, *at, fault, then));
            let failed = (0..10_000).take_while(reached).count();
            assert!(failed > 20, "{}: only {failed} requests", way.name);
            runs += failed;
        }
    }
    println!("{runs} runs failed at one request each");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_folder_of_others_where_a_page_should_come_changes_nothing() {
    let folder = folder("in-the-way");
    let [before, after] = &sites();
    let way = &WAYS[3];
    let out = folder.join("site");
    prepare(way, &folder, before);
    fs::remove_file(out.join("index.html")).expect("removed");
    fs::create_dir_all(out.join("index.html/mine")).expect("a folder");
    let was = shown(&out);
    let error = disk::publish(after, &out).expect_err("a folder is in the way");
    assert!(format!("{error:#}").contains("site/index.html"), "{error:#}");
    assert_eq!(shown(&out), was);
    fs::remove_dir_all(out.join("index.html")).expect("removed");
    disk::publish(after, &out).expect("published");
    assert!(is_now(way, &out, after));
    let _ = fs::remove_dir_all(folder);
}
