//! How long a build takes and what it needs, stage by stage, on generated reports, beside the minimal program of the same run.
//!
//! `cargo run --release --example bench -- [SIZES] [--dir DIR]`: sizes are `1000,10000` unless given; folders are made below
//! `/dev/shm` where there is one, so that the disk is not measured. Each size runs in a process of its own: the most memory
//! of one says nothing of another.

#[path = "corpus.rs"]
mod corpus;
#[path = "minimal.rs"]
mod minimal;

use afterword::{
    disk::{self, io::Machine, last_build, publish::Publishing},
    model::Visibility,
    pipeline,
};
use jiff::civil::date;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

/// That of the program, and so of the minimal one too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The date as of which everything is computed.
const TODAY: jiff::civil::Date = date(2026, 11, 23);
/// Hands a size to the process that measures it.
const INNER: &str = "--measure";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut sizes, mut dir, mut inner) = ("1000,10000".to_owned(), None, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            INNER => inner = true,
            "--dir" => dir = arguments.next().map(PathBuf::from),
            known if known.split(',').all(|size| size.parse::<usize>().is_ok()) => known.clone_into(&mut sizes),
            _ => {
                eprintln!("usage: bench [1000,10000,100000] [--dir DIR]");
                return ExitCode::from(2);
            }
        }
    }
    let memory = Path::new("/dev/shm");
    let dir = dir.unwrap_or_else(|| if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() });
    let sizes = sizes.split(',').filter_map(|size| size.parse().ok());
    if inner {
        sizes.for_each(|size| measure(size, &dir));
        return ExitCode::SUCCESS;
    }
    let dir = dir.join(format!("afterword-bench-{}", std::process::id()));
    for size in sizes {
        corpus::write(size, &dir.join("corpus"), 1).expect("the corpus can be written");
        let itself = std::env::current_exe().expect("this program");
        let status = Command::new(itself).args([INNER, &size.to_string(), "--dir"]).arg(&dir).status();
        assert!(status.expect("it runs").success(), "measured");
        fs::remove_dir_all(&dir).expect("the folder can be removed");
    }
    ExitCode::SUCCESS
}

/// What a stage took.
#[derive(Clone, Copy)]
struct Took {
    wall: f64,
    cpu: f64,
}

/// Runs a stage and prints what it took, with the most memory since the last one.
fn stage<T>(name: &str, run: impl FnOnce() -> T) -> (T, Took) {
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (start, before) = (Instant::now(), cpu());
    let result = run();
    let took = Took { wall: start.elapsed().as_secs_f64(), cpu: cpu() - before };
    println!("{name:<22}{:>9.3} s{:>9.2} s{:>9} MiB", took.wall, took.cpu, peak() / 1024);
    (result, took)
}

/// Seconds of all threads, in user and kernel mode; 0 where the system does not say.
fn cpu() -> f64 {
    /// Clock ticks in a second, as Linux reports them.
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// The most memory in KiB since it was last cleared; 0 where the system does not say.
fn peak() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}

/// `dir` holds the corpus and takes what is written.
fn measure(size: usize, dir: &Path) {
    let root = dir.join("corpus");
    println!("{size} reports, {} threads", std::thread::available_parallelism().map_or(1, usize::from));
    println!("{:<22}{:>11}{:>11}{:>13}", "stage", "wall", "CPU", "peak");
    let (pages, least) = stage("minimal program", || minimal::run(&root, &dir.join("minimal")));
    assert!(pages >= size, "it reads every report");
    fs::remove_dir_all(dir.join("minimal")).expect("its pages can be removed");
    let (snapshot, read) = stage("read", || disk::read(&root, TODAY).expect("the corpus"));
    let (checked, check) = stage("check", || pipeline::check(&snapshot));
    let (_, _) = stage("  analyze (again below)", || pipeline::analyze(&snapshot, &checked, Visibility::Public));
    let out = dir.join("site");
    let build = || {
        let publishing = Publishing::start(&Machine, &out).expect("a folder of our own");
        pipeline::fill(&publishing, &snapshot, &checked, Visibility::Public).expect("a site");
        publishing.finish().expect("published")
    };
    let (made, took) = stage("analyze, render, write", build);
    let (_, compared) = stage("again, compared", build);
    let digest = made.digest;
    let (_, again) = stage("again, from digests", || {
        let inputs = last_build::inputs(&snapshot, Visibility::Public);
        let publishing = Publishing::start(&Machine, &out).expect("a folder of our own");
        inputs.and_then(|_| publishing.still(&digest)).expect("what was just published")
    });
    let all = [read, check, took];
    let wall: f64 = all.iter().map(|took| took.wall).sum();
    let cpu: f64 = all.iter().map(|took| took.cpu).sum();
    println!("{:<22}{wall:>9.3} s{cpu:>9.2} s", "build, all stages");
    println!("ratio to the minimal program: wall {:.1}, CPU {:.1}", wall / least.wall, cpu / least.cpu);
    for (name, again) in [("from digests", again), ("compared", compared)] {
        let unchanged = read.wall + check.wall + again.wall;
        println!("unchanged tree, {name}: {unchanged:.3} s ({:.1} x reading)", unchanged / read.wall);
    }
    output(&out, size);
    println!();
}

/// Bytes and files of the site by kind of file.
fn output(site: &Path, reports: usize) {
    let mut kinds: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for file in walkdir::WalkDir::new(site).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let path = file.path().strip_prefix(site).expect("below").to_string_lossy().into_owned();
        let folder = path.split_once('/').map_or("(root)", |(folder, _)| folder);
        let entry = kinds.entry(folder.to_owned()).or_default();
        *entry = (entry.0 + 1, entry.1 + file.metadata().map_or(0, |found| found.len()));
    }
    let (files, bytes) = kinds.values().fold((0, 0), |sum, kind| (sum.0 + kind.0, sum.1 + kind.1));
    println!("output: {files} files, {} KiB, {} bytes a report", bytes / 1024, bytes / reports as u64);
    for (folder, (files, bytes)) in kinds {
        println!("  {folder:<14}{files:>8} files{:>10} KiB{:>8} bytes each", bytes / 1024, bytes / files as u64);
    }
}
