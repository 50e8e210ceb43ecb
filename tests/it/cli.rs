//! CLI cases as data: `tests/cli/<case>/` holds `cmd` (arguments, one per line), `code`, `stdout` and `stderr`,
//! and optionally `before/`, the folder the command runs in, and `after/`, files that are then in it. `BLESS=1` rewrites
//! what is expected.

use crate::support::files_under;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// Times differ from run to run, sizes with every change of the theme; folders differ from machine to machine.
fn steady(text: &str, folder: &Path) -> String {
    let text = text.replace(&*folder.to_string_lossy(), "[DIR]");
    let mut steady = String::new();
    for line in text.lines() {
        let words = line.split(' ').collect::<Vec<_>>();
        let is_duration = |n: usize| {
            words[n].parse::<f64>().is_ok()
                && words.get(n + 1).is_some_and(|unit| ["ms", "s", "ms,", "s,", "ms.", "ms:", "KB"].contains(unit))
        };
        let words: Vec<&str> =
            words.iter().enumerate().map(|(n, word)| if is_duration(n) { "[TIME]" } else { word }).collect();
        steady += words.join(" ").trim_end();
        steady.push('\n');
    }
    steady
}

fn run(case: &Path, folder: &Path) -> (String, String, String) {
    let arguments = fs::read_to_string(case.join("cmd")).expect("a cmd file");
    let output = Command::new(env!("CARGO_BIN_EXE_afterword"))
        .args(arguments.lines())
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("SOURCE_DATE_EPOCH", "1795392000")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs");
    let code = output.status.code().map_or_else(|| "killed".to_owned(), |code| code.to_string());
    let text = |bytes: &[u8]| steady(&String::from_utf8_lossy(bytes), folder);
    (code + "\n", text(&output.stdout), text(&output.stderr))
}

/// The files that a case expects after the run.
fn files_after(case: &Path) -> Vec<String> {
    let folder = format!("{}/after", case.display());
    let files = if Path::new(&folder).is_dir() { files_under(&folder, "") } else { Vec::new() };
    files.iter().map(|path| path[folder.len() + 1..].to_owned()).collect()
}

#[test]
fn cli_cases() {
    let mut cases: Vec<PathBuf> =
        fs::read_dir("tests/cli").expect("cases").map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    assert!(cases.len() >= 8, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let folder = std::env::temp_dir().join(format!("afterword-cli-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        if case.join("before").is_dir() {
            copy(&case.join("before"), &folder);
        }
        let (code, stdout, stderr) = run(&case, &folder);
        let mut told = vec![("code".to_owned(), code), ("stdout".to_owned(), stdout), ("stderr".to_owned(), stderr)];
        told.extend(files_after(&case).into_iter().map(|file| {
            let found = fs::read_to_string(folder.join(&file)).unwrap_or_else(|_| "(no such file)".to_owned());
            (format!("after/{file}"), found)
        }));
        for (file, found) in told {
            let path = case.join(&file);
            let wanted = fs::read_to_string(&path).unwrap_or_default();
            if wanted == found {
                continue;
            }
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &found).expect("written");
            } else {
                wrong.push(format!("{name}/{file}\n--- wanted\n{wanted}--- found\n{found}"));
            }
        }
        let _ = fs::remove_dir_all(&folder);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
