//! Threats of `docs/threats.md` that need a repository on disk: what the program starts and opens, files that are swapped
//! while they are read, secrets and line ends in everything that it writes.

use super::{
    folder,
    program::{binary, folder_with_report, told},
    tree,
};
use afterword::disk;
use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
};

const REPORT: &str = "reports/2024/2024-03-01-checkout.md";

/// Puts text into the report: lines of front matter, and a body.
fn edit(folder: &Path, front: &str, body: &str) {
    let text = fs::read_to_string(folder.join(REPORT)).expect("a report");
    fs::write(folder.join(REPORT), text.replacen("---\n", &format!("---\n{front}"), 1) + body).expect("written");
}

/// Threat 1: of all calls to the system, those that start programs start `git`, and none opens a way to a network.
///
/// Needs `strace`; `AFTERWORD_STRACE=1` makes it an error that it is not there or may not trace.
#[test]
fn t01_nothing_is_started_and_nobody_is_asked() {
    let folder = folder_with_report("strace");
    let git = Command::new("git").args(["init", "-q"]).current_dir(&folder).status().expect("git");
    assert!(git.success());
    let calls = folder.join("calls");
    let trace = ["-f", "-qq", "-e", "trace=execve,execveat,socket,connect,bind", "-o"];
    let mut traced = Command::new("strace");
    traced.args(trace).arg(&calls).arg(env!("CARGO_BIN_EXE_afterword")).arg("build").current_dir(&folder);
    traced.env("XDG_CACHE_HOME", folder.join("cache")).stdin(Stdio::null());
    let output = traced.output().ok().filter(|output| output.status.success());
    let Some(calls) = output.and_then(|_| fs::read_to_string(&calls).ok()) else {
        assert!(std::env::var_os("AFTERWORD_STRACE").is_none(), "`strace` is not here, or may not trace");
        eprintln!("not run: `strace` is not here, or may not trace");
        let _ = fs::remove_dir_all(folder);
        return;
    };
    let started: Vec<&str> = calls.lines().filter(|line| line.contains("exec") && line.ends_with(" = 0")).collect();
    let programs: Vec<&str> = started.iter().filter_map(|line| line.split('"').nth(1)).collect();
    assert!(programs[0].ends_with("afterword") && programs.len() > 1, "{programs:?}");
    assert!(programs[1..].iter().all(|program| program.ends_with("/git")), "{programs:?}");
    let asked: Vec<&str> = calls.lines().filter(|line| line.contains("AF_INET") || line.contains("bind(")).collect();
    assert!(asked.is_empty(), "{asked:?}");
    let _ = fs::remove_dir_all(folder);
}

/// Threat 24, CVE-2026-24046 and CVE-2026-24047: a file and its folder turn into links that lead out, and back, all the time.
#[test]
fn t24_what_is_swapped_for_a_link_is_not_followed() {
    let outside = folder("swap-outside");
    fs::create_dir_all(outside.join("2023")).expect("a folder");
    let folder = folder_with_report("swap");
    let report = fs::read(folder.join(REPORT)).expect("a report");
    let secret = String::from_utf8_lossy(&report).replace("title: Checkout", "title: Outside").into_bytes();
    fs::create_dir_all(folder.join("reports/2023")).expect("a folder");
    for (at, text) in [(&outside, &secret), (&folder.join("reports"), &report)] {
        for n in 0..20 {
            fs::write(at.join(format!("2023/2023-03-02-{n}.md")), text).expect("written");
        }
    }
    let (file, year) = (folder.join("reports/2024/2024-03-02-x.md"), folder.join("reports/2023"));
    let stop = AtomicBool::new(false);
    let (mut whole, mut linked, mut followed) = (0, 0, Vec::new());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let [beside, away] = ["beside", "away"].map(|name| folder.join(name));
            while !stop.load(Ordering::Relaxed) {
                fs::write(&beside, &report).expect("written");
                fs::rename(&beside, &file).expect("a file");
                fs::rename(&year, &away).expect("away");
                symlink(outside.join("2023"), &year).expect("a link");
                symlink(outside.join("2023/2023-03-02-1.md"), &beside).expect("a link");
                fs::rename(&beside, &file).expect("a link");
                fs::remove_file(&year).expect("no link");
                fs::rename(&away, &year).expect("back");
            }
        });
        for _ in 0..400 {
            let snapshot = disk::read(&folder, crate::support::TODAY).expect("read");
            whole += snapshot.files.len();
            linked += snapshot.findings.len();
            let outside = snapshot.files.iter().filter(|(_, file)| file.bytes[..] == secret[..]);
            followed.extend(outside.map(|(path, _)| path.clone()));
        }
        stop.store(true, Ordering::Relaxed);
    });
    println!("{whole} files read, {linked} refused");
    assert!(followed.is_empty(), "{} were read from outside: {:?}", followed.len(), followed.first());
    assert!(whole > 400 && linked > 0, "{whole} files were read, {linked} were refused");
    let _ = fs::remove_dir_all(folder);
    let _ = fs::remove_dir_all(outside);
}

/// Threat 15: a secret stands in no format, page, file or log, whatever is asked of the program.
#[test]
fn t15_secrets_are_in_nothing_that_is_written() {
    // Put together here, so that no scanner takes this file for one that holds a key.
    let secrets = [format!("AKIA{}", "Q3EGVZHHWXRK7N2M"), format!("ghp_{}", "a8Xk2mQ9rT4vW7yZ1bC3dE5fG6hJ0kL8nP2q")];
    let folder = folder_with_report("secrets");
    let [first, second] = &secrets;
    edit(&folder, &format!("tags: [\"{first}\"]\n"), &format!("\nThe key was {second} and `{first}`.\n"));
    let mut asked: Vec<String> = ["human", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson"]
        .into_iter()
        .chain(["azure", "checkstyle"])
        .map(|format| format!("check --format {format}"))
        .collect();
    asked.extend(["check --diff", "check --statistics", "build", "build --keep-going", "actions"].map(str::to_owned));
    asked.extend(["export --format json --out e1", "digest 2024", "digest 2024 --format email"].map(str::to_owned));
    let mut found = 0;
    for arguments in &asked {
        let output = binary(&folder).args(arguments.split(' ')).output().expect("the binary runs");
        assert_ne!(output.status.code(), Some(2), "{arguments}: {}", told(&output));
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        found += usize::from(said.contains("AW901"));
        assert!(!secrets.iter().any(|secret| said.contains(&**secret)), "{arguments}: {said}");
    }
    assert!(found >= 11, "{found} runs told of it");
    for out in ["public", "e1"] {
        for (path, bytes) in tree(&folder.join(out)) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!secrets.iter().any(|secret| text.contains(&**secret)), "{out}/{path}");
        }
    }
    let _ = fs::remove_dir_all(folder);
}

/// Threats 17, 18 and 20: no title of a report or a site begins a line of its own, nor moves a cursor, in letters, lists, logs.
#[test]
fn t20_titles_begin_no_line() {
    let folder = folder_with_report("lines");
    let hostile = r#""A\r\nBcc: a@example.org\r\n\r\n::error::y\n##[error]z\u001b]8;;http://x\u0007\u009b2J\rB""#;
    let text = fs::read_to_string(folder.join(REPORT)).expect("a report");
    let lines = text
        .lines()
        .map(|line| if line.starts_with("title:") { format!("title: {hostile}\n") } else { format!("{line}\n") });
    fs::write(folder.join(REPORT), lines.collect::<String>()).expect("written");
    let config = hostile.replace("\\u001b", "").replace("\\u0007", "").replace("\\u009b", "");
    fs::write(folder.join("site.toml"), format!("title = {config}\nbase_url = \"https://example.org/\"\n"))
        .expect("written");
    for arguments in [
        "check",
        "check --format concise",
        "check --format github",
        "build --keep-going",
        "digest 2024 --format email",
        "digest 2024 --format text",
        "digest 2024",
        "actions",
        "similar 2024-03-01-checkout",
    ] {
        let output = binary(&folder).args(arguments.split(' ')).output().expect("the binary runs");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        // What comes after the head of a message is a page.
        let said = if arguments.ends_with("email") {
            said.replace('\r', "").split("\n\n").next().unwrap_or("").to_owned()
        } else {
            said
        };
        let begins = |line: &str| ["Bcc:", "::error::y", "##[error]z"].iter().any(|start| line.starts_with(start));
        assert!(!said.lines().any(begins), "{arguments}: {said}");
        assert!(!said.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{arguments}: {said:?}");
    }
    let _ = fs::remove_dir_all(folder);
}
