//! The whole program on odd disks and under signals: the site before stays, the error names the path, the code is 3.
//!
//! What needs a mount runs where `unshare` may make one; `AFTERWORD_MOUNTS=1` makes it an error that it may not.

use super::{
    folder,
    kills::{kills, random},
    names, tree,
};
use std::{
    fs,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

const REPORT: &str = "reports/2024/2024-03-01-checkout.md";

/// A repository with one sound report.
pub fn folder_with_report(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::create_dir_all(folder.join("reports/2024")).expect("a folder");
    fs::copy(format!("tests/sites/minimal/{REPORT}"), folder.join(REPORT)).expect("copied");
    folder
}

/// The program with nothing of this environment but what a shell would need.
pub fn binary(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("SOURCE_DATE_EPOCH", "1795392000");
    command
}

fn build(folder: &Path) -> Output {
    binary(folder).arg("build").output().expect("the binary runs")
}

/// Puts another title into the report, so that the next build differs.
fn change(folder: &Path) {
    let text = fs::read_to_string(folder.join(REPORT)).expect("a report");
    fs::write(folder.join(REPORT), text.replace("title: Checkout", "title: Now checkout")).expect("written");
}

pub fn told(output: &Output) -> String {
    format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr))
}

/// Runs a script with the program as `$A`, in the repository.
fn shell(folder: &Path, script: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-ec", script]).current_dir(folder).env_clear().stdin(Stdio::null());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("SOURCE_DATE_EPOCH", "1795392000");
    command.env("A", env!("CARGO_BIN_EXE_afterword")).output().expect("a shell")
}

/// As [`shell`], as the root of a namespace of its own; `None` where this machine does not allow one.
fn shell_with_mounts(folder: &Path, script: &str) -> Option<Output> {
    let may = Command::new("unshare")
        .args(["-Urm", "sh", "-c", "mount -t tmpfs none /mnt"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !may {
        assert!(std::env::var_os("AFTERWORD_MOUNTS").is_none(), "`unshare -Urm` cannot mount here");
        eprintln!("not run: `unshare -Urm` cannot mount here");
        return None;
    }
    let quoted = script.replace('\'', "'\\''");
    Some(shell(folder, &format!("unshare -Urm sh -ec '{quoted}'")))
}

/// A built repository with a change to publish; `prepare` is run before the first build.
fn built_then_changed(name: &str) -> PathBuf {
    let folder = folder_with_report(name);
    let first = build(&folder);
    assert!(first.status.success(), "{}", told(&first));
    change(&folder);
    folder
}

/// The next build with a sound disk succeeds and leaves nothing beside the site.
fn next_is_clean(folder: &Path) {
    let next = build(folder);
    assert!(next.status.success(), "{}", told(&next));
    assert!(fs::read_to_string(folder.join("public/index.html")).expect("a page").contains("Now checkout"));
    assert_eq!(names(folder), ["public", "reports"]);
}

#[test]
fn a_limit_on_files_leaves_the_site_before() {
    let folder = built_then_changed("fsize");
    let before = tree(&folder.join("public"));
    let output = shell(&folder, "trap '' XFSZ; ulimit -f 8; exec $A build");
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("cannot write") && told(&output).contains(".public.stage-"), "{}", told(&output));
    assert_eq!(tree(&folder.join("public")), before);
    assert_eq!(names(&folder), ["public", "reports"]);
    next_is_clean(&folder);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_full_disk_leaves_the_site_before() {
    let folder = built_then_changed("full");
    // The site is on a small file system of its own, in a folder beside which a second one has no room.
    let script = "mkdir disk; mount -t tmpfs -o size=3400k none disk; cp -r public disk/site
        dd if=/dev/zero of=disk/filler bs=1k count=2800 2>/dev/null || true; dd if=/dev/zero of=disk/rest bs=1 count=4096 2>/dev/null || true
        sum() { (cd disk/site; find . -type f | sort | xargs cat | cksum); }; sum > before
        code=0; $A build --out disk/site || code=$?; echo code $code >&2; sum > after; cmp before after
        ls -A disk >&2; rm disk/filler disk/rest; $A build --out disk/site; grep -q 'Now checkout' disk/site/index.html; ls -A disk >&2";
    if let Some(output) = shell_with_mounts(&folder, script) {
        let told = told(&output);
        assert!(output.status.success(), "{told}");
        assert!(told.contains("code 3") && told.contains("No space left") && told.contains("disk/"), "{told}");
        assert!(told.contains("code 3\nfiller\nrest\nsite\n") && told.ends_with("\nsite\n"), "{told}");
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_read_only_disk_leaves_the_site_before() {
    let folder = built_then_changed("readonly");
    let script = "mount --bind . /mnt; mount -o remount,ro,bind /mnt; code=0; $A build --root /mnt || code=$?; echo code $code >&2";
    let before = tree(&folder.join("public"));
    if let Some(output) = shell_with_mounts(&folder, script) {
        let told = told(&output);
        assert!(told.contains("code 3") && told.contains("/mnt/public") && told.contains("Read-only"), "{told}");
    }
    assert_eq!(tree(&folder.join("public")), before);
    next_is_clean(&folder);
    let _ = fs::remove_dir_all(folder);
}

/// The way of containers: a folder is mounted, and the one around it is closed to us.
#[test]
fn a_mount_point_is_published_file_by_file() {
    let folder = built_then_changed("mount");
    for mount in [
        "mount -t tmpfs none public",
        "mkdir real; mount --bind real public",
        "mkdir real; mount --bind real public; mount --bind . /mnt; mount --bind real /mnt/public; mount -o remount,ro,bind /mnt; cd /mnt",
    ] {
        let script = format!("{mount}; $A build; $A build; sed -i 's/Now checkout/Then checkout/' {REPORT} || {{ mount -o remount,rw,bind /mnt; sed -i 's/Now checkout/Then checkout/' {REPORT}; mount -o remount,ro,bind /mnt; }}
            $A build; grep -q 'Then checkout' public/index.html; ls -A public | grep '^[.]' >&2; ls -A >&2");
        if let Some(output) = shell_with_mounts(&folder, &script) {
            let told = told(&output);
            assert!(output.status.success(), "{mount}: {told}");
            let beside: Vec<&str> = told.lines().rev().take_while(|line| *line != ".afterword").collect();
            assert!(beside.iter().all(|name| ["real", "public", "reports"].contains(name)), "{mount}: {told}");
            fs::write(
                folder.join(REPORT),
                fs::read_to_string(folder.join(REPORT)).expect("a report").replace("Then checkout", "Now checkout"),
            )
            .expect("written");
        }
        let _ = fs::remove_dir_all(folder.join("real"));
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_linked_output_stays_a_link() {
    let folder = folder_with_report("linked");
    fs::create_dir_all(folder.join("elsewhere/site")).expect("a folder");
    std::os::unix::fs::symlink("elsewhere/site", folder.join("public")).expect("a link");
    for _ in 0..2 {
        let output = build(&folder);
        assert!(output.status.success(), "{}", told(&output));
        assert!(folder.join("public").is_symlink() && folder.join("elsewhere/site/index.html").is_file());
        change(&folder);
    }
    assert_eq!(names(&folder.join("elsewhere")), ["site"]);
    fs::remove_dir_all(folder.join("elsewhere")).expect("removed");
    let output = build(&folder);
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("public is not a folder"), "{}", told(&output));
    let _ = fs::remove_dir_all(folder);
}

/// What a user may not read is a finding, and what may not be written is an error. Root may do both, so it steps down.
#[test]
fn rights_are_respected() {
    let folder = built_then_changed("rights");
    let before = tree(&folder.join("public"));
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let user = if root { "setpriv --reuid=65534 --regid=65534 --clear-groups" } else { "" };
    let program = format!("cp $A /tmp/afterword-rights-$$; {user} /tmp/afterword-rights-$$");
    let ended = "code=$?; rm /tmp/afterword-rights-$$; exit $code";
    let output = shell(&folder, &format!("set +e; chmod 555 . public; {program} build; {ended}"));
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("/public") && told(&output).contains("Permission denied"), "{}", told(&output));
    assert_eq!(tree(&folder.join("public")), before);
    let output = shell(&folder, &format!("set +e; chmod 755 . public; chmod 000 {REPORT}; {program} check; {ended}"));
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains(REPORT) && said.contains("Permission denied"), "{said}");
    shell(&folder, &format!("chmod 644 {REPORT}"));
    next_is_clean(&folder);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn of_two_builds_one_publishes_and_the_other_says_why_not() {
    let folder = built_then_changed("two");
    let lock = fs::File::create(folder.join("public.lock")).expect("a file");
    lock.lock().expect("locked");
    let output = build(&folder);
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("another build is writing"), "{}", told(&output));
    lock.unlock().expect("unlocked");
    let spawn = || binary(&folder).arg("build").stderr(Stdio::piped()).spawn().expect("the binary runs");
    let both = [spawn(), spawn(), spawn()].map(|child| child.wait_with_output().expect("ended"));
    for output in &both {
        assert!(output.status.success() || told(output).contains("another build is writing"), "{}", told(output));
    }
    assert!(both.iter().any(|output| output.status.success()));
    next_is_clean(&folder);
    let _ = fs::remove_dir_all(folder);
}

/// A build that ends by a signal, at any moment, leaves the site before or the new one.
#[test]
fn signals_leave_a_whole_site() {
    let folder = built_then_changed("signals");
    let out = folder.join("public");
    let before = tree(&out);
    let start = Instant::now();
    next_is_clean(&folder);
    let (takes, after) = (u64::try_from(start.elapsed().as_millis()).expect("short"), tree(&out));
    let mut ended = 0;
    for n in 0..kills(100) / 4 {
        let (name, number) = [("INT", 2), ("TERM", 15), ("KILL", 9)][n % 3];
        let text = fs::read_to_string(folder.join(REPORT)).expect("a report");
        let text = if n % 2 == 0 {
            text.replace("Now checkout", "Checkout")
        } else {
            text.replace("title: Checkout", "title: Now checkout")
        };
        fs::write(folder.join(REPORT), text).expect("written");
        let mut child = binary(&folder).arg("build").stderr(Stdio::null()).spawn().expect("the binary runs");
        thread::sleep(Duration::from_millis(random(takes + takes / 4)));
        let _ = Command::new("kill").args([format!("-{name}"), child.id().to_string()]).stderr(Stdio::null()).status();
        let status = child.wait().expect("ended");
        assert!(status.success() || status.signal() == Some(number), "{status}");
        ended += usize::from(!status.success());
        let now = tree(&out);
        assert!(now == before || now == after, "SIG{name} left {:?}", now.keys());
    }
    println!("{ended} builds ended by a signal");
    assert!(ended > 0, "no build was still running");
    fs::write(
        folder.join(REPORT),
        fs::read_to_string(folder.join(REPORT)).expect("a report").replace("title: Checkout", "title: Now checkout"),
    )
    .expect("written");
    next_is_clean(&folder);
    let _ = fs::remove_dir_all(folder);
}

/// The same words whatever the environment, and no trace of an error.
#[test]
fn odd_environments_change_nothing() {
    let folder = folder_with_report("environment");
    for (name, value) in [
        ("TZ", ""),
        ("TZ", "No/Where"),
        ("LANG", "C"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOME", ""),
        ("HOME", "/nowhere"),
        ("PATH", ""),
    ] {
        let output = binary(&folder).args(["check", "--format", "concise"]).env(name, value).output().expect("it runs");
        assert!(output.status.success(), "{name}={value}: {}", told(&output));
        assert!(String::from_utf8_lossy(&output.stdout).contains("AW805"), "{name}={value}");
    }
    for (seconds, code) in [("0", 1), ("4102444800", 0), ("-1", 1), ("never", 2), ("99999999999999999999", 2)] {
        let output = binary(&folder).arg("check").env("SOURCE_DATE_EPOCH", seconds).output().expect("it runs");
        assert_eq!(output.status.code(), Some(code), "{seconds}: {}", told(&output));
    }
    let closed = shell(&folder, "$A check | true; $A check >&- ; $A explain AW101 | true");
    assert!(!told(&closed).contains("fault of the program") && closed.status.success(), "{}", told(&closed));
    let _ = fs::remove_dir_all(folder);
}
