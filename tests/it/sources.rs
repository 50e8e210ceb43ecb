//! `[[sources]]`: reports of several repositories on one site, with real checkouts, links, limits and audiences.

use crate::{
    changes::{commit, git},
    cli::copy,
    support::{TODAY, snapshot},
};
use afterword::{
    config::{self, Config},
    disk::{self, last_build, seen::Seen},
    model::Visibility,
    pipeline,
    snapshot::{ReadFindingKind, RelPath, Snapshot},
};
use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

mod mistakes;

/// A copy of the golden site with two sources, each a place of its own.
fn site(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("afterword-sources-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    copy(Path::new("tests/sites/sources"), &folder);
    fs::remove_file(folder.join("golden.txt")).expect("removed");
    folder
}

fn read(folder: &Path) -> Snapshot {
    disk::read(folder, TODAY).expect("the folder can be read")
}

fn path(text: &str) -> RelPath {
    RelPath::new(text).expect("a path")
}

fn told(snapshot: &Snapshot, code: &str) -> Vec<String> {
    let found = pipeline::check(snapshot).diagnostics;
    let found = found.iter().filter(|finding| finding.rule.code == code);
    found.map(|finding| format!("{}: {}", finding.path(), finding.message)).collect()
}

fn init(folder: &Path) {
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    commit(folder, "first");
}

const REFUNDS: &str = "sources/payments/reports/2024-04-02-refunds.md";
const INDEX: &str = "teams/search/docs/incidents/2024-06-03-index.md";

fn append(folder: &Path, file: &str, words: &str) {
    let text = fs::read_to_string(folder.join(file)).expect("a report");
    fs::write(folder.join(file), text + words).expect("written");
}

/// The site's own repository with a checkout that it does not know, and one source that is a plain folder of it.
fn with_checkout(name: &str) -> PathBuf {
    let folder = site(name);
    init(&folder.join("sources/payments"));
    fs::write(folder.join(".gitignore"), "/sources\n").expect("written");
    init(&folder);
    folder
}

#[test]
fn dates_come_from_the_repository_of_the_source() {
    let folder = with_checkout("dates");
    append(&folder, REFUNDS, "\nMore.\n");
    commit(&folder.join("sources/payments"), "more");
    let snapshot = read(&folder);
    let changes = |file: &str| snapshot.history.files.get(&path(file)).map(|file| file.changes);
    assert_eq!((changes(REFUNDS), changes(INDEX)), (Some(2), Some(1)), "{:?}", snapshot.history);
    assert_eq!(snapshot.history.checkouts.len(), 1);
    let built = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site");
    let page = |id: &str| crate::support::page_text(&built.site, &format!("incidents/{id}/index.html")).to_owned();
    assert!(page("2024-04-02-refunds").contains("/payments/edit/main/reports/2024-04-02-refunds.md\""));
    assert!(page("2024-06-03-index").contains("/site/edit/main/teams/search/docs/incidents/2024-06-03-index.md\""));

    // Without an address of its own, a file in another repository has none: the site's would lead nowhere.
    let toml = fs::read_to_string(folder.join("site.toml")).expect("a file");
    let toml = toml.lines().filter(|line| !line.contains("payments/edit")).collect::<Vec<_>>().join("\n");
    fs::write(folder.join("site.toml"), toml).expect("written");
    let snapshot = read(&folder);
    let built = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site");
    let page = crate::support::page_text(&built.site, "incidents/2024-04-02-refunds/index.html");
    assert!(!page.contains("/edit/main/"));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_shallow_or_broken_checkout_is_told_of_at_its_source() {
    let folder = with_checkout("shallow");
    let source = folder.join("sources/payments");
    append(&folder, REFUNDS, "\nMore.\n");
    commit(&source, "more");
    let url = format!("file://{}", source.display());
    git(&folder, &["clone", "--quiet", "--depth", "1", &url, "sources/copy"]);
    fs::remove_dir_all(&source).expect("removed");
    fs::rename(folder.join("sources/copy"), &source).expect("renamed");
    let found = told(&read(&folder), "AW005");
    assert!(found.len() == 1 && found[0].starts_with("site.toml: pages of `payments`"), "{found:?}");
    assert!(found[0].contains("fetch-depth: 0"), "{found:?}");
    fs::remove_dir_all(source.join(".git")).expect("removed");
    fs::create_dir(source.join(".git")).expect("a folder");
    let found = told(&read(&folder), "AW005");
    assert!(found.len() == 1 && found[0].contains("is no repository"), "{found:?}");
    let _ = fs::remove_dir_all(folder);
}

/// The site with the source `payments` as a submodule; and where that came from.
fn with_submodule(name: &str) -> (PathBuf, PathBuf) {
    let other = site(&format!("{name}-other"));
    append(&other, REFUNDS, BLAME);
    init(&other.join("sources/payments"));
    let folder = site(name);
    // The phrases that rules know are English.
    let toml = fs::read_to_string(folder.join("site.toml")).expect("a file").replace("lang = \"ja\"\n", "");
    fs::write(folder.join("site.toml"), toml).expect("written");
    fs::remove_dir_all(folder.join("sources")).expect("removed");
    let index = fs::read_to_string(folder.join(INDEX)).expect("a report");
    fs::write(folder.join(INDEX), index.replace("The report itself", "It was human error. The report"))
        .expect("written");
    init(&folder.join("teams/search"));
    fs::write(folder.join(".gitignore"), "/teams\n").expect("written");
    init(&folder);
    let url = other.join("sources/payments").display().to_string();
    git(&folder, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "sources/payments"]);
    (folder, other)
}

const BLAME: &str = "\nIt was human error.\n";

/// What git would run for a submodule if it were asked carelessly.
#[test]
fn nothing_of_a_submodule_is_run() {
    let (folder, other) = with_submodule("hooks");
    commit(&folder, "a submodule");
    let source = folder.join("sources/payments");
    let (ran, script) = (other.join("ran"), other.join("script"));
    fs::write(&script, format!("#!/bin/sh\ntouch {}\n", ran.display())).expect("written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("executable");
    let script = script.display().to_string();
    for key in ["core.pager", "diff.external", "core.sshCommand", "gpg.program", "core.fsmonitor"] {
        git(&source, &["config", key, &script]);
    }
    for hook in ["post-index-change", "post-checkout", "fsmonitor-watchman"] {
        let hooks = folder.join(".git/modules/sources/payments/hooks");
        fs::create_dir_all(&hooks).expect("a folder");
        fs::copy(&script, hooks.join(hook)).expect("copied");
    }
    append(&folder, REFUNDS, "\nMore.\n");
    check(&folder, &[]);
    check(&folder, &["--since", "HEAD"]);
    assert!(!ran.exists());
    let _ = (fs::remove_dir_all(folder), fs::remove_dir_all(other));
}

/// A filter is a program that git runs on a file before it compares it.
#[test]
fn no_filter_of_a_checkout_is_run() {
    let folder = with_checkout("filters");
    let (source, ran) = (folder.join("sources/payments"), folder.join("ran"));
    let touch = format!("touch '{}'; cat", ran.display());
    for repository in [&folder, &source] {
        for name in ["evil", "Evil.Two"] {
            for key in ["clean", "smudge", "process"] {
                git(repository, &["config", &format!("filter.{name}.{key}"), &touch]);
            }
            git(repository, &["config", &format!("filter.{name}.required"), "true"]);
        }
        fs::write(repository.join(".gitattributes"), "*.md filter=evil diff=evil\n").expect("written");
        fs::write(repository.join(".git/info/attributes"), "2024-04-02-refunds.md filter=Evil.Two\n").expect("written");
        for key in ["diff.evil.command", "diff.evil.textconv", "diff.external"] {
            git(repository, &["config", key, &touch]);
        }
    }
    append(&folder, REFUNDS, "\nMore.\n");
    append(&folder, INDEX, "\n[none](none.md)\n");
    for arguments in [
        &["check"][..],
        &["check", "--since", "HEAD"],
        &["check", "--since", "HEAD", "--changed-lines"],
        &["pr", "--since", "HEAD"],
        &["build", "--keep-going"],
        &["export", "--format", "csv", "--out", "tables"],
    ] {
        let output = afterword(&folder, arguments);
        assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {output:?}");
        assert!(!ran.exists(), "{arguments:?}");
    }
    assert!(check(&folder, &["--since", "HEAD"]).contains(INDEX), "the change is told all the same");
    for key in ["clean", "process"] {
        git(&folder, &["config", &format!("filter.a=b.{key}"), &touch]);
    }
    fs::write(folder.join(".gitattributes"), "*.md filter=a=b\n").expect("written");
    let refused = afterword(&folder, &["check", "--since", "HEAD"]);
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && told.contains("a filter with a name that cannot be switched off"), "{told}");
    assert!(!ran.exists());
    let _ = Command::new("git").args(["diff", "--raw", "HEAD"]).current_dir(&source).output();
    let _ = Command::new("git").args(["diff", "HEAD"]).current_dir(&source).output();
    assert!(ran.exists(), "without care git runs them");
    let _ = fs::remove_dir_all(folder);
}

fn afterword(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).env("SOURCE_DATE_EPOCH", "1795392000");
    command.output().expect("the binary runs")
}

fn check(folder: &Path, arguments: &[&str]) -> String {
    let output = afterword(folder, &[&["check", "--format", "concise"], arguments].concat());
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Of a submodule only what changed in it counts, also in lines; of a checkout that the repository does not know, nothing.
#[test]
fn what_changed_in_a_submodule_is_told() {
    let (folder, other) = with_submodule("changes");
    let blamed = |arguments: &[&str]| {
        let text = check(&folder, arguments);
        let lines = text.lines().filter(|line| line.contains("AW703"));
        lines.map(|line| line.split(' ').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(blamed(&["--since", "HEAD"]).len(), 1, "a new submodule is new in all files");
    commit(&folder, "a submodule");
    assert_eq!(blamed(&[]).len(), 2);
    assert_eq!(blamed(&["--since", "HEAD"]), [""; 0]);
    append(&folder, REFUNDS, BLAME);
    let found = blamed(&["--since", "HEAD", "--changed-lines"]);
    assert!(found.len() == 1 && found[0].starts_with(&format!("{REFUNDS}:15:")), "{found:?}");
    commit(&folder.join("sources/payments"), "blame");
    assert_eq!(blamed(&["--since", "HEAD", "--changed-lines"]), found, "also when the submodule has a new commit");
    let _ = (fs::remove_dir_all(folder), fs::remove_dir_all(other));
}

#[test]
fn folders_that_are_links_are_refused_at_their_value() {
    let folder = site("links");
    fs::rename(folder.join("sources/payments"), folder.join("elsewhere")).expect("renamed");
    symlink("../elsewhere", folder.join("sources/payments")).expect("a link");
    let snapshot = read(&folder);
    assert!(snapshot.files.keys().all(|path| !path.as_str().starts_with("sources/")));
    let found = pipeline::check(&snapshot).diagnostics;
    let found: Vec<_> = found.iter().filter(|finding| finding.rule.code == "AW003").collect();
    assert_eq!(found.len(), 1, "{found:?}");
    let toml = fs::read_to_string(folder.join("site.toml")).expect("a file");
    assert!(toml[found[0].primary().range()].contains("sources/payments"));
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn the_limit_of_files_is_one_for_all() {
    let folder = site("limits");
    let toml = fs::read_to_string(folder.join("site.toml")).expect("a file");
    let limited = |files: usize| {
        fs::write(folder.join("site.toml"), format!("{toml}\n[limits]\nfiles = {files}\n")).expect("written");
        let snapshot = read(&folder);
        let too_many =
            snapshot.findings.iter().filter(|found| matches!(found.kind, ReadFindingKind::TooManyFiles { .. })).count();
        (snapshot.files.keys().filter(|path| path.as_str().ends_with(".md")).count(), too_many)
    };
    assert_eq!(limited(100), (9, 0));
    assert_eq!(limited(9), (9, 0));
    assert_eq!(limited(4), (4, 1), "told once");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn the_limit_of_all_bytes_is_one_for_all() {
    let folder = site("bytes");
    let toml = fs::read_to_string(folder.join("site.toml")).expect("a file");
    let limited = |bytes: u64| {
        fs::write(folder.join("site.toml"), format!("{toml}\n[limits]\ntotal_bytes = {bytes}\n")).expect("written");
        read(&folder)
    };
    let whole = limited(1 << 30);
    assert!(whole.findings.is_empty());
    let sum: usize =
        whole.files.iter().filter(|(path, _)| path.as_str() != "site.toml").map(|(_, file)| file.bytes.len()).sum();
    assert_eq!(limited(sum as u64).files.len(), whole.files.len());
    let over = limited(sum as u64 - 1);
    assert_eq!(over.files.keys().map(RelPath::as_str).collect::<Vec<_>>(), ["site.toml"], "nothing else is read");
    let found = pipeline::check(&over).diagnostics;
    let found: Vec<_> = found.iter().filter(|finding| finding.rule.code == "AW002").collect();
    assert_eq!(found.len(), 1, "{found:?}");
    let _ = fs::remove_dir_all(folder);
}

/// The last build, the preview and the editor see what changes in a source.
#[test]
fn changes_in_a_source_are_seen() {
    let folder = site("warm");
    let mut seen = Seen::default();
    let before = disk::read::read_again(&folder, TODAY, &mut seen).expect("read");
    append(&folder, REFUNDS, "\nMore.\n");
    let after = disk::read::read_again(&folder, TODAY, &mut seen).expect("read");
    assert_ne!(before.files[&path(REFUNDS)].bytes, after.files[&path(REFUNDS)].bytes);
    assert_ne!(last_build::inputs(&before, Visibility::Public), last_build::inputs(&after, Visibility::Public));
    let config = config::parse(after.files.get(&Config::path())).0;
    for file in [REFUNDS, INDEX, "sources/payments/reports/_patterns/capacity.md"] {
        assert!(disk::read::one(&folder, &path(file), &config).is_some_and(|found| found.is_ok()), "{file}");
    }
    assert!(disk::read::one(&folder, &path("sources/payments/site.toml"), &config).is_none());
    let _ = fs::remove_dir_all(folder);
}

/// Everything in the restricted source begins with a canary, its name, its factor and its image included.
#[test]
fn a_restricted_source_leaves_no_trace() {
    const PUBLIC: &str = "---\ntitle: All can read this\nseverity: sev3\nservices: [checkout]\nstarted_at: 2024-02-01T08:00:00Z\nresolved_at: 2024-02-01T09:00:00Z\nfactors: [capacity]\n---\n\n## Summary\n\nSlow.\n";
    let secret = "---\ntitle: zq-title\nseverity: sev3\nstarted_at: 2024-03-01T08:00:00Z\nresolved_at: 2024-03-01T09:00:00Z\nfactors: [zq-factor, capacity]\n---\n\n## Summary\n\nzq-summary ![zq-alt](zq-graph.gif)\n";
    let pattern = |title: &str| format!("---\ntitle: {title}\n---\n\n## What it is\n\n{title}, told at length.\n");
    let (hidden, open) = (pattern("zq-page"), pattern("Capacity"));
    let broken = secret.replace("severity: sev3\n", "");
    let repository = |visibility: &str, secret: &str| {
        let toml = format!(
            "base_url = \"https://example.org/\"\n[rules.AW301]\nlevel = \"off\"\nreason = \"small\"\n[[sources]]\nname = \"zq-name\"\npath = \"zq-folder\"\nservices = [\"checkout\"]\nvisibility = \"{visibility}\"\n[[sources]]\nname = \"open\"\npath = \"open\"\n"
        );
        snapshot(&[
            ("site.toml", &toml),
            ("reports/2024-02-01-public.md", PUBLIC),
            ("zq-folder/reports/2024-03-01-zq.md", secret),
            ("zq-folder/reports/zq-graph.gif", "GIF89a zq-pixels"),
            ("zq-folder/reports/_patterns/zq-factor.md", &hidden),
            ("zq-folder/reports/_patterns/capacity.md", &hidden),
            ("open/reports/_patterns/capacity.md", &open),
        ])
    };
    let traces = |snapshot: &Snapshot, audience: Visibility| -> Vec<String> {
        let built = pipeline::build(snapshot, &pipeline::check(snapshot), audience).expect("a site");
        let tells = |path: &str, bytes: &[u8]| path.contains("zq-") || String::from_utf8_lossy(bytes).contains("zq-");
        let files = built.site.files.iter().filter(|(path, bytes)| tells(path.as_str(), bytes));
        files.map(|(path, _)| path.to_string()).collect()
    };
    for (visibility, secret, audience) in [
        ("restricted", secret, Visibility::Public),
        ("restricted", secret, Visibility::Internal),
        ("internal", secret, Visibility::Public),
        ("secret", secret, Visibility::Internal),
        ("restricted", broken.as_str(), Visibility::Public),
        ("restricted", "no front matter", Visibility::Internal),
    ] {
        assert_eq!(traces(&repository(visibility, secret), audience), [""; 0], "{visibility} for {audience:?}");
    }
    let shown = traces(&repository("restricted", secret), Visibility::Restricted);
    assert!(shown.iter().any(|path| path.starts_with("incidents/2024-03-01-zq/")), "{shown:?}");
    // The report's own word wins, for more and for less.
    let own = secret.replace("severity", "visibility: public\nseverity");
    assert!(!traces(&repository("restricted", &own), Visibility::Public).is_empty());
    let own = secret.replace("severity", "visibility: anything\nseverity");
    assert_eq!(
        traces(&repository("public", &own), Visibility::Internal).iter().filter(|p| p.contains("2024-03-01")).count(),
        0
    );
    // Where the first page about a factor is withheld, the next one is published.
    let snapshot = repository("restricted", secret);
    let built = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site");
    assert!(
        crate::support::page_text(&built.site, "patterns/capacity/index.html").contains("Capacity, told at length.")
    );
}
