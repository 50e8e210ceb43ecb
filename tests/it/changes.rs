//! `check --since`, `--changed-lines` and `pr` in a real git repository.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"]);
    let output = git.args(arguments).current_dir(folder).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn afterword(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
    command.args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "1795392000").stdin(Stdio::null());
    String::from_utf8(command.output().expect("the binary runs").stdout).expect("UTF-8")
}

/// A repository with an old report that has a finding, one that is changed on a good line, and a new one.
fn repository() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("afterword-changes-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("reports/2024")).expect("a folder");
    let clean = fs::read_to_string("tests/lint/clean.md")
        .expect("a fixture")
        .replace("factors: [capacity]", "factors: [full-disk]");
    let bad = clean.replace("Checkout was slow.", "It was human error.");
    let write = |name: &str, text: &str| fs::write(folder.join("reports/2024").join(name), text).expect("written");
    write("2024-03-01-old.md", &bad);
    write("2024-03-02-changed.md", &bad.replace("2024-03-01", "2024-03-02"));
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "-m", "first"]);
    write(
        "2024-03-02-changed.md",
        &bad.replace("2024-03-01", "2024-03-02").replace("One order in five.", "Two orders in ten."),
    );
    write("2024-03-20-new.md", &bad.replace("2024-03-01", "2024-03-20").replace("slowly", "not | at all"));
    folder
}

#[test]
fn only_what_changed_is_told() {
    let folder = repository();
    let told = |arguments: &[&str]| {
        let text = afterword(&folder, &[&["check", "--format", "concise"], arguments].concat());
        let lines = text.lines().filter(|line| line.contains("AW703"));
        lines.map(|line| line.split(':').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    let all = ["2024-03-01-old", "2024-03-02-changed", "2024-03-20-new"].map(|name| format!("reports/2024/{name}.md"));
    assert_eq!(told(&[]), all);
    assert_eq!(told(&["--since", "HEAD"]), all[1..]);
    assert_eq!(told(&["--since", "HEAD", "--changed-lines"]), all[2..]);

    let summary = afterword(&folder, &["pr", "--since", "HEAD"]);
    for words in [
        "### 2 incident reports in this pull request",
        "**Checkout answers not &#124; at all**",
        "lasted 2 h 18 min · detected after 7 min",
        "Checkout answers slowly (2 Mar 2024): full-disk, checkout",
        "2 earlier incidents in the 90 days before",
        "AW703 human-error",
    ] {
        assert!(summary.contains(words), "{words} is not in\n{summary}");
    }
    assert!(!summary.contains("2024-03-01-old.md"), "{summary}");
    let _ = fs::remove_dir_all(folder);
}
