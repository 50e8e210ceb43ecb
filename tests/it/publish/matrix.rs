//! Odd content, one row each: what `check` says, where, and how it ends. Rows of the disk and of signals are in `program`.

use super::program::{binary, folder_with_report};
use std::{fs, process::Command};

/// What happens to a sound repository (`$R` is its report, `$N` a new one's name), the code of `check`, what it says.
const ROWS: &[(&str, &str, i32, &str)] = &[
    ("nothing", ":", 0, "1 report checked"),
    ("a folder named like a report", "mkdir $N", 0, "2024-03-02-x.md:1:1: warning AW004"),
    ("a pipe, which must not block", "mkfifo $N", 0, "2024-03-02-x.md:1:1: warning AW004"),
    ("a link out of the repository", "ln -s /etc/passwd $N", 1, "2024-03-02-x.md:1:1: error AW003"),
    ("a link that leads nowhere", "ln -s nowhere $N", 1, "2024-03-02-x.md:1:1: error AW003"),
    ("a chain of links", "ln -s /etc/passwd a; ln -s ../../a $N", 1, "2024-03-02-x.md:1:1: error AW003"),
    ("a linked folder", "ln -s / reports/2023", 1, "reports/2023:1:1: error AW003"),
    ("reports that lie behind a link", "mv reports away; ln -s away reports", 1, "reports:1:1: error AW003"),
    (
        "a linked picture",
        "ln -s /etc/passwd reports/2024/x.png; echo '![x](x.png)' >> $R",
        1,
        "reports/2024/x.png:1:1: error AW003",
    ),
    ("a linked theme", "ln -s /etc looks; echo 'theme = \"looks\"' > site.toml", 1, "looks:1:1: error AW003"),
    ("a configuration that is a link", "ln -s /etc/passwd site.toml", 1, "site.toml:1:1: error AW003"),
    (
        "a page of HTML among reports, CVE-2026-50133",
        "echo '<script>alert(1)</script>' > reports/2024/2024-03-02-x.html",
        0,
        "1 report checked",
    ),
    (
        "a name that writes to a terminal",
        "cp $R \"$(printf 'reports/2024/2024-03-02-\\033[2J\\233x.md')\" || :; mkdir \"$(printf 'reports/2024/\\033[2Jx.md')\"",
        1,
        "\\u{1b}[2Jx.md",
    ),
    (
        "a name that begins a line",
        "mkdir \"$(printf 'reports/2024/x\\n::error::y.md')\"",
        0,
        "reports/2024/x\\n::error::y.md",
    ),
    (
        "a repository that lies elsewhere, as a submodule's does",
        "git init -q --separate-git-dir \"$PWD/.elsewhere\" . && git add -A && git -c user.name=a -c user.email=a@example.com commit -q -m x",
        0,
        "1 report checked",
    ),
    ("an empty file", ": > $N", 1, "2024-03-02-x.md:1:1: error AW101"),
    (
        "a gigabyte of nothing",
        "dd if=/dev/null of=$N bs=1 seek=1073741824 2>/dev/null",
        1,
        "AW002 the file has 1073741824 bytes",
    ),
    (
        "a name that is not UTF-8",
        "cp $R \"$(printf 'reports/2024/2024-03-02-\\377.md')\"",
        1,
        "reports/2024:1:1: error AW001",
    ),
    (
        "a byte that is not UTF-8",
        "printf 'a\\nb\\377' >> $R",
        1,
        "checkout.md:27:2: error AW001 not UTF-8 from line 27",
    ),
    ("a zero byte", "printf 'a\\nb\\000' >> $R", 1, "checkout.md:27:2: error AW001 not text from line 27"),
    (
        "more bytes than all files may have together",
        "printf '[limits]\\ntotal_bytes = 100\\n' > site.toml",
        1,
        "checkout.md:1:1: error AW002 with this file there are more than 100 bytes",
    ),
    ("UTF-16", "printf '\\377\\376-\\000' > $R", 1, "AW001 this file is UTF-16"),
    ("a byte order mark", "printf '\\357\\273\\277' | cat - $R > t && mv t $R", 0, "checkout.md:10:32: warning AW805"),
    (
        "lines that end in CR LF",
        "sed \"s/\\$/$(printf '\\r')/\" $R > t && mv t $R",
        0,
        "checkout.md:10:32: warning AW805",
    ),
    (
        "some lines that end in CR LF",
        "sed \"5,20s/\\$/$(printf '\\r')/\" $R > t && mv t $R",
        0,
        "checkout.md:10:32: warning AW805",
    ),
    ("lines that end in CR", "tr '\\n' '\\r' < $R > t && mv t $R", 1, "checkout.md:1:1: error AW101"),
    ("no end of the last line", "printf '%s' \"$(cat $R)\" > t && mv t $R", 0, "checkout.md:10:32: warning AW805"),
    ("a zero byte", "printf 'a\\000b' >> $R", 1, "checkout.md:26:2: error AW905 an invisible character, U+0000"),
    (
        "names that differ in normalization",
        "cp $R \"$(printf 'reports/2024/2024-03-01-caf\\303\\251.md')\"; cp $R \"$(printf 'reports/2024/2024-03-01-cafe\\314\\201.md')\"",
        0,
        "3 reports checked",
    ),
    (
        "names that differ in case",
        "cp $R reports/2024/2024-03-01-Checkout.md",
        1,
        "error AW110 the id `2024-03-01-checkout` is taken",
    ),
    ("a name of 255 bytes", "cp $R reports/2024/2024-03-01-$(printf '%0241d' 0).md", 0, "2 reports checked"),
    (
        "names that Windows keeps for itself",
        "cp $R reports/2024/con.md; cp $R reports/2024/nul.md",
        0,
        "reports/2024/con.md:1:1: warning AW813 Windows cannot hold this name: it has `con`",
    ),
    (
        "a path of 4,000 characters",
        "(cd reports; for n in $(seq 40); do d=$(printf '%0100d' 0); mkdir $d && cd $d || exit; done; echo > 2024-03-02-x.md)",
        1,
        "folders lie more than 32 deep",
    ),
    (
        "a start in the future",
        "sed 's/2024-03-01T08/2030-03-01T08/' $R > t && mv t $R",
        1,
        "checkout.md:5:13: error AW204",
    ),
    (
        "a time that the change of clocks skips",
        "sed 's/01T08:12:00Z/31T02:30:00/' $R > t && mv t $R",
        1,
        "error AW201 this time has no offset from UTC",
    ),
    (
        "a time that the change of clocks repeats",
        "sed 's/03-01T08:12:00Z/10-27T02:30:00/' $R > t && mv t $R",
        1,
        "error AW201 this time has no offset from UTC",
    ),
    ("a leap second", "sed 's/2024-03-01T08:12:00Z/2016-12-31T23:59:60Z/' $R > t && mv t $R", 1, "checkout.md:5:"),
    ("an hour that is fourteen ahead", "sed 's/08:12:00Z/22:12:00+14:00/' $R > t && mv t $R", 0, "1 report checked"),
    ("an hour that is twelve behind", "sed 's/08:12:00Z/08:12:00-12:00/' $R > t && mv t $R", 0, "1 report checked"),
    (
        "an hour that nobody has",
        "sed 's/08:12:00Z/08:12:00+30:00/' $R > t && mv t $R",
        1,
        "checkout.md:5:13: error AW202",
    ),
    ("a broken repository of git", "mkdir .git; echo nonsense > .git/HEAD", 0, "info AW005"),
];

#[test]
fn odd_content_is_told_and_never_fatal() {
    let mut wrong = Vec::new();
    for (n, (name, script, code, says)) in ROWS.iter().enumerate() {
        let folder = folder_with_report(&format!("row-{n}"));
        let script = format!("R=reports/2024/2024-03-01-checkout.md; N=reports/2024/2024-03-02-x.md; {script}");
        let made = Command::new("sh").args(["-c", &script]).current_dir(&folder).status().expect("a shell");
        assert!(made.success(), "{name}");
        let output = binary(&folder).args(["check", "--format", "concise"]).output().expect("the binary runs");
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        if output.status.code() != Some(*code) || !told.contains(says) || told.contains("fault of the program") {
            wrong.push(format!("{name}: {}, wanted {code} and `{says}`\n{told}", output.status));
        }
        let _ = fs::remove_dir_all(folder);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files that vanish and come back while the repository is read are read whole or told, whatever the moment.
#[test]
fn files_may_vanish_while_they_are_read() {
    use afterword::disk;
    use std::sync::atomic::{AtomicBool, Ordering};
    let folder = folder_with_report("vanish");
    let report = fs::read(folder.join("reports/2024/2024-03-01-checkout.md")).expect("a report");
    let files: Vec<_> = (0..40).map(|n| folder.join(format!("reports/2024/2024-03-02-{n}.md"))).collect();
    let stop = AtomicBool::new(false);
    let (mut whole, mut told) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                for file in &files {
                    fs::write(folder.join("beside"), &report).expect("written");
                    fs::rename(folder.join("beside"), file).expect("there");
                }
                for file in &files {
                    fs::remove_file(file).expect("gone");
                }
            }
        });
        for _ in 0..200 {
            let snapshot = disk::read(&folder, crate::support::TODAY).expect("read");
            whole += snapshot.files.len();
            told += snapshot.findings.len();
            assert!(snapshot.files.values().all(|file| file.bytes[..] == report[..]));
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(whole > 200, "{whole} files were read, {told} were told");
    let _ = fs::remove_dir_all(folder);
}
