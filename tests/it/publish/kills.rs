//! Kill -9 at random moments in every way of publishing, while somebody reads the folder all the time.
//!
//! `AFTERWORD_KILLS=1000` kills so often in each way; by default it is 25 times.

use super::{
    double::{Cannot, Double},
    folder, is_site, names, site, tree,
};
use afterword::{
    disk::publish::{Mode, publish_on},
    site::Site,
};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

const ABLE: Cannot = Cannot { exchange: false, link: false, cross: None, alike: false };
/// Name, what the disk cannot do, whether others have a file in the site, how it is then published.
const WAYS: &[(&str, Cannot, bool, Mode)] = &[
    ("created", ABLE, false, Mode::Created),
    ("exchanged", ABLE, false, Mode::Exchanged),
    ("replaced", ABLE, true, Mode::Replaced),
    ("replaced in a mount point", Cannot { cross: Some("site"), ..ABLE }, false, Mode::Replaced),
];
/// In every generation, so never missing.
const READ: [&str; 3] = ["index.html", "p/7/index.html", "data.json"];

pub fn kills(by_default: usize) -> usize {
    let wanted = std::env::var("AFTERWORD_KILLS").ok();
    wanted.map_or(by_default, |wanted| wanted.parse().expect("AFTERWORD_KILLS is a number"))
}

/// A random number below a bound. When a process is killed is nothing to repeat, so any source will do.
pub fn random(below: u64) -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish() % below
}

/// Says its generation at both ends, so that a file that is cut short is seen.
fn text(generation: usize, size: usize) -> Vec<u8> {
    format!("{generation} {} style-{generation}.css {generation}", "x".repeat(size)).into_bytes()
}

fn is_whole(bytes: &[u8]) -> bool {
    let first = bytes.iter().position(|byte| *byte == b' ').map(|end| &bytes[..end]);
    let last = bytes.iter().rposition(|byte| *byte == b' ').map(|start| &bytes[start + 1..]);
    first.is_some() && first == last
}

/// Pages that change, pages that stay, one that only every third generation has, and a style sheet under a new name.
fn generation(n: usize) -> Site {
    let mut files = vec![
        ("index.html".to_owned(), text(n, 20_000)),
        ("data.json".to_owned(), text(n, 100_000)),
        (format!("style-{n}.css"), text(n, 2_000)),
    ];
    files.extend((0..20).map(|page| (format!("p/{page}/index.html"), text(n, 3_000))));
    // The same in all generations.
    files.extend((0..20).map(|page| (format!("same/{page}.txt"), text(0, 4_000))));
    if n.is_multiple_of(3) {
        files.push((format!("only/{}/index.html", n % 9), text(n, 1_000)));
    }
    site(files)
}

/// The process that is killed: publishes one generation after the other, for ever.
#[test]
fn publishes_until_it_is_killed() {
    let Ok(job) = std::env::var("AFTERWORD_PUBLISHES") else { return };
    let (way, folder) = job.split_once(':').expect("a way and a folder");
    let way: usize = way.parse().expect("a number");
    let out = Path::new(folder).join("site");
    let (_, cannot, _, mode) = WAYS[way];
    let mut n = usize::try_from(random(1000)).expect("small") * 1000;
    println!("ready");
    loop {
        n += 1;
        let published = publish_on(&Double::sound(cannot), &generation(n), &out).expect("published");
        assert!(published.mode == mode || way != 0, "{published:?}");
        if mode == Mode::Created {
            fs::rename(&out, Path::new(folder).join("away")).expect("renamed");
            fs::remove_dir_all(Path::new(folder).join("away")).expect("removed");
        }
    }
}

fn spawn(way: usize, folder: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "publish::kills::publishes_until_it_is_killed", "--nocapture"])
        .env("AFTERWORD_PUBLISHES", format!("{way}:{}", folder.display()))
        .env("RAYON_NUM_THREADS", "2")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this test starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    assert!(lines.any(|line| line.is_ok_and(|line| line.ends_with("ready"))), "the process did not begin");
    child
}

/// Reads pages all the time, and says what it found broken.
fn reads(out: &Path, stop: &AtomicBool, count: &AtomicUsize) -> Vec<String> {
    let mut broken = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        for path in READ {
            match fs::read(out.join(path)) {
                Ok(bytes) if is_whole(&bytes) => {}
                Ok(bytes) => broken.push(format!("{path}: {} bytes", bytes.len())),
                Err(error) => broken.push(format!("{path}: {error}")),
            }
            count.fetch_add(1, Ordering::Relaxed);
        }
    }
    broken
}

/// What is wrong with the folder after a kill.
fn wrong(out: &Path, mode: Mode) -> Option<String> {
    let found = tree(out);
    if mode == Mode::Created && found.is_empty() {
        return (out.exists()).then(|| "an empty folder".to_owned());
    }
    let index = String::from_utf8_lossy(found.get("index.html")?).into_owned();
    let n: usize = index.split(' ').next()?.parse().ok()?;
    if mode != Mode::Replaced {
        return (!is_site(found, &generation(n))).then(|| format!("not whole: generation {n}"));
    }
    // File by file, pages may be of two generations, but each is whole and what it asks for is there.
    let of_the_site = |path: &str| !path.starts_with(".afterword") && path != "CNAME";
    found.iter().filter(|(path, _)| of_the_site(path)).find_map(|(path, bytes)| {
        let text = String::from_utf8_lossy(bytes);
        let asks_for = text.split(' ').rev().nth(1).unwrap_or_default();
        let there = path.starts_with("same/") || found.contains_key(asks_for);
        (!is_whole(bytes) || !there).then(|| format!("{path}, {} bytes, asks for {asks_for}", bytes.len()))
    })
}

fn kill_in(way: usize, times: usize) {
    let (name, cannot, others, mode) = WAYS[way];
    let folder = folder(&format!("kills-{way}"));
    let out = folder.join("site");
    if mode != Mode::Created {
        publish_on(&Double::sound(ABLE), &generation(1), &out).expect("published");
    }
    if others {
        fs::write(out.join("CNAME"), "incidents.example").expect("written");
    }
    let (stop, count) = (AtomicBool::new(mode == Mode::Created), AtomicUsize::new(0));
    let (mut broken, mut midway, mut kills) = (Vec::new(), 0, 0);
    let unread = thread::scope(|scope| {
        let reader = scope.spawn(|| reads(&out, &stop, &count));
        // On a loaded machine most kills come too early or too late; then there are more of them.
        while kills < times || midway * 10 <= times && kills < 20 * times {
            kills += 1;
            let mut child = spawn(way, &folder);
            thread::sleep(Duration::from_micros(random(25_000)));
            child.kill().expect("killed");
            child.wait().expect("ended");
            let staging = |folder: &Path| names(folder).iter().any(|name| name.contains("stage-"));
            midway += usize::from(staging(&folder) || out.exists() && staging(&out));
            broken.extend(wrong(&out, mode));
        }
        stop.store(true, Ordering::Relaxed);
        reader.join().expect("no panic")
    });
    let (reads, count) = (count.into_inner(), broken.len());
    println!("{name}: {kills} kills, {midway} of them midway, {count} broken; {reads} reads, {} broken", unread.len());
    assert!(midway * 10 > times, "{name}: of {kills} kills only {midway} came while a site was published");
    assert!(broken.is_empty(), "{name}: {broken:?}");
    assert!(unread.is_empty(), "{name}: {unread:?}");
    let last = generation(7);
    publish_on(&Double::sound(cannot), &last, &out).expect("published after kills");
    let _ = fs::remove_file(out.join("CNAME"));
    let _ = fs::remove_dir_all(folder.join("away"));
    assert!(is_site(tree(&out), &last), "{name}: {:?}", tree(&out).keys());
    assert_eq!(names(&folder), ["site"], "{name}");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn killed_while_the_first_site_is_published() {
    kill_in(0, kills(25));
}

#[test]
fn killed_while_folders_are_exchanged() {
    kill_in(1, kills(25));
}

#[test]
fn killed_while_files_are_replaced() {
    kill_in(2, kills(25));
}

#[test]
fn killed_while_files_are_replaced_in_a_mount_point() {
    kill_in(3, kills(25));
}
