//! `check --since`, `--changed-lines` and `pr` in a real git repository.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

pub fn git(folder: &Path, arguments: &[&str]) {
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

fn empty(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("afterword-changes-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("docs/reports/2024")).expect("a folder");
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    folder
}

pub fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "--all", "."]);
    git(folder, &["commit", "--quiet", "-m", message]);
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

/// The clean report with action items of these ids.
fn with_actions(day: &str, actions: &[&str]) -> String {
    let clean = fs::read_to_string("tests/lint/clean.md").expect("a fixture");
    let clean = clean.replace("2024-03-01", day).replace("factors: [capacity]", "factors: [full-disk]");
    let item = |id: &&str| {
        format!("  - {{ id: {id}, title: Limit the retries of {id}, owner: shop, kind: prevent, due: 2027-01-10 }}\n")
    };
    clean.replacen("\n---\n", &format!("\nactions:\n{}---\n", actions.iter().map(item).collect::<String>()), 1)
}

/// The reports lie in a folder of the repository; one of them has a name that git would quote.
#[test]
fn actions_that_disappear_are_told() {
    let folder = empty("actions");
    let root = folder.join("docs");
    let reports = root.join("reports/2024");
    let write = |name: &str, text: &str| fs::write(reports.join(name), text).expect("written");
    write("2024-03-01-kept ä\".md", &with_actions("2024-03-01", &["A1", "A2", "A3"]));
    write("2024-03-02-deleted.md", &with_actions("2024-03-02", &["B1"]));
    write("2024-03-03-moved.md", &with_actions("2024-03-03", &["C1"]).replace("title: Ch", "id: moved\ntitle: Ch"));
    write("2024-03-04-large.md", &(with_actions("2024-03-04", &["D1"]) + &"long ".repeat(250_000)));
    std::os::unix::fs::symlink("2024-03-02-deleted.md", reports.join("2024-03-05-link.md")).expect("a link");
    commit(&folder, "first");
    git(&folder, &["checkout", "--quiet", "-b", "work"]);
    write("2024-03-01-kept ä\".md", &with_actions("2024-03-01", &["A1", "A3"]));
    for name in ["2024-03-02-deleted.md", "2024-03-03-moved.md", "2024-03-04-large.md", "2024-03-05-link.md"] {
        fs::remove_file(reports.join(name)).expect("removed");
    }
    write("2024-03-03-new-name.md", &with_actions("2024-03-03", &[]).replace("title: Ch", "id: moved\ntitle: Ch"));
    commit(&folder, "fewer actions");

    let told = |arguments: &[&str]| {
        let text = afterword(&root, &[&["check", "--format", "concise"], arguments].concat());
        text.lines().filter(|line| line.contains("AW621")).map(str::to_owned).collect::<Vec<_>>()
    };
    let all = [
        "reports/2024/2024-03-01-kept ä\".md:10:1: warning AW621 action `A2` is gone: Limit the retries of A2",
        "reports/2024/2024-03-02-deleted.md:1:1: warning AW621 the report `2024-03-02-deleted` is gone, and with it its open \
         action `B1`: Limit the retries of B1",
        "reports/2024/2024-03-03-new-name.md:11:1: warning AW621 action `C1` is gone: Limit the retries of C1",
    ];
    assert_eq!(told(&[]), Vec::<String>::new());
    assert_eq!(told(&["--since", "main"]), all);
    assert_eq!(told(&["--since", "main", "--changed-lines"]), all, "the line of a deletion is not there to point at");
    assert_eq!(told(&["--since", "work"]), Vec::<String>::new());
    let summary = afterword(&root, &["pr", "--since", "main"]);
    assert_eq!(summary.matches("| warning | AW621 disappeared-action |").count(), 3, "{summary}");

    // What came to main after the branch was not taken away by the branch.
    git(&folder, &["checkout", "--quiet", "main"]);
    write("2024-03-01-kept ä\".md", &with_actions("2024-03-01", &["A1", "A2", "A3", "A4"]));
    commit(&folder, "one more");
    git(&folder, &["checkout", "--quiet", "work"]);
    assert_eq!(told(&["--since", "main"]), all);

    // Allowed where it happens, and not in vain in runs that compare with nothing.
    let text = with_actions("2024-03-01", &["A1", "A3"]);
    let allowed = text.replace("actions:\n", "actions: # afterword: allow AW621 it was written twice\n");
    write("2024-03-01-kept ä\".md", &allowed);
    assert_eq!(told(&["--since", "main"]), all[1..]);
    assert!(!afterword(&root, &["check", "--format", "concise"]).contains("AW006"));
    let _ = fs::remove_dir_all(folder);
}
