//! The preview against those who would read it from elsewhere, make it deaf or fill its memory: threat 10 of
//! `docs/threats.md`, with the vulnerabilities of other preview servers by their ids.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

/// A preview, ended when the test is over.
struct Preview {
    child: Child,
    at: String,
    /// What it said until it answered.
    said: String,
    folder: PathBuf,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Preview {
    /// A line of `/proc/PID/status`, in KB.
    fn memory(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a process");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
        line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().expect("a number")
    }
}

fn preview(name: &str, files: &str) -> Preview {
    preview_with(name, files, "")
}

fn preview_with(name: &str, files: &str, arguments: &str) -> Preview {
    let folder = crate::publish::program::folder_with_report(name);
    let script = format!("ulimit -n {files}; exec \"$A\" serve --port 0 {arguments}");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(&folder).env("A", env!("CARGO_BIN_EXE_afterword"));
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a preview");
    let mut lines = BufReader::new(child.stderr.take().expect("stderr"));
    let mut said = String::new();
    let at = loop {
        let mut line = String::new();
        assert!(lines.read_line(&mut line).expect("a line") > 0, "the preview ended: {said}");
        said += &line;
        if let Some((at, _)) = line.strip_prefix("http://").and_then(|rest| rest.split_once('/')) {
            break at.to_owned();
        }
    };
    thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    Preview { child, at, said, folder }
}

fn ask(at: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(at).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(3))).expect("a limit");
    stream.write_all(request.replace("HOST", at).as_bytes()).expect("asked");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("")
}

/// Whom and what it refuses, by the vulnerability of another preview server that begins so.
const REQUESTS: &[(&str, &str, &[&str])] = &[
    ("the page itself", "GET / HTTP/1.1\r\nHost: HOST\r\n", &["200"]),
    ("CVE-2023-40274", "GET /../../../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2021-40978", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-30208", "GET /@fs/etc/passwd?raw?? HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-31125", "GET /@fs/etc/passwd?inline&import HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-31486", "GET /@fs/etc/passwd?.svg?.wasm?init HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-32395", "GET /@fs/x#/../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n", &["404", "400"]),
    ("CVE-2025-46565", "GET /.env/. HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-58751", "GET /../site.toml HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-58752", "GET /site.toml.html HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-62522", "GET /.env\\ HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2026-53571", "GET /site.toml::$DATA HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("CVE-2025-24010", "GET / HTTP/1.1\r\nHost: evil.example\r\n", &["403"]),
    ("CVE-2018-14732", "GET /_afterword/live HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\n", &["403"]),
    (
        "CVE-2025-30359",
        "GET / HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
        &["403"],
    ),
    ("CVE-2025-30360", "GET / HTTP/1.1\r\nHost: HOST\r\nOrigin: http://127.0.0.1.evil.example\r\n", &["403"]),
    ("CVE-2023-29159", "GET /..public/site.toml HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    ("JLSEC-2026-612", "GET /..%5c..%5csite.toml HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
    (
        "CVE-2026-50146",
        "GET /<script>alert(1)</script>?x=<script>alert(1)</script> HTTP/1.1\r\nHost: HOST\r\n",
        &["404", "400"],
    ),
    ("no host", "GET / HTTP/1.1\r\n", &["403"]),
    ("two hosts", "GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n", &["403"]),
    ("absolute form", "GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\n", &["400"]),
    ("another method", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n", &["405"]),
    ("options", "OPTIONS / HTTP/1.1\r\nHost: HOST\r\n", &["405"]),
    ("an encoded zero", "GET /%00 HTTP/1.1\r\nHost: HOST\r\n", &["404"]),
];

#[test]
fn t10_the_preview_refuses_what_others_answered() {
    let preview = preview("threats-preview", "256");
    for (id, head, wanted) in REQUESTS {
        let answer = ask(&preview.at, &format!("{head}Connection: close\r\n\r\n"));
        assert!(wanted.contains(&status(&answer)), "{id}: {answer}");
        assert!(!answer.to_lowercase().contains("access-control-allow"), "{id}");
        assert!(!answer.contains("root:x:") && !answer.contains("alert(1)"), "{id}");
    }
    // Each way of not answering, and the page itself, is for this machine only and of the moment.
    for (head, wanted) in [("GET /", "200"), ("GET /nowhere", "404"), ("POST /", "405"), ("GET http://x/", "400")] {
        let answer = ask(&preview.at, &format!("{head} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"));
        assert_eq!(status(&answer), wanted, "{answer}");
        for field in
            ["X-Content-Type-Options: nosniff", "Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-store"]
        {
            assert!(answer.contains(&format!("\r\n{field}\r\n")), "{head}: {answer}");
        }
    }
    // CVE-2020-35884, CVE-2025-6442: a second request inside the first one is not answered with the page.
    let smuggled = ask(
        &preview.at,
        "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding : chunked\r\nContent-Length: 44\r\nConnection: close\r\n\r\n0\r\n\r\nGET /_afterword/live.js HTTP/1.1\r\nHost: x\r\n",
    );
    assert!(!smuggled.contains("text/javascript"), "{smuggled}");
}

#[test]
fn t10_the_preview_survives_running_out_of_descriptors() {
    let preview = preview("threats-descriptors", "48");
    let held: Vec<_> = (0..120)
        .filter_map(|_| {
            TcpStream::connect_timeout(&preview.at.parse().expect("an address"), Duration::from_millis(200)).ok()
        })
        .collect();
    assert!(held.len() > 48, "{} connections were held", held.len());
    thread::sleep(Duration::from_secs(1));
    drop(held);
    let start = Instant::now();
    loop {
        let answer = TcpStream::connect(&preview.at)
            .ok()
            .map(|_| ask(&preview.at, "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"));
        if answer.as_deref().map(status) == Some("200") {
            println!("answers again after {:?}", start.elapsed());
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(5), "deaf for long");
    }
}

const PAGE: &str = "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n";

/// The files that a page at the root loads with it.
fn needed(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    crate::hostile::parsed(page.as_bytes(), &mut |element, attrs| {
        let address =
            attrs.iter().find(|(name, _)| ["script", "link"].contains(&element) && (name == "src" || name == "href"));
        found.extend(address.map(|(_, path)| format!("/{}", path.trim_start_matches('/'))));
    });
    found.retain(|path| path.starts_with("/static/") || path.starts_with("/_afterword/"));
    found
}

fn waits_for_news(at: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).expect("a connection");
    let news = ask(at, "GET /_afterword/live HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
    let version = news.split("\"version\":").nth(1).and_then(|rest| rest.split([',', '}']).next()).expect("a version");
    let head = format!("GET /_afterword/live?since={version} HTTP/1.1\r\nHost: {at}\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("asked");
    stream
}

/// A report that is saved while nothing can be opened is shown as soon as it can.
#[test]
fn t10_what_is_saved_without_descriptors_is_shown_later() {
    let preview = preview("threats-saved", "48");
    let held: Vec<_> = (0..60).filter_map(|_| TcpStream::connect(&preview.at).ok()).collect();
    thread::sleep(Duration::from_millis(300));
    let report = preview.folder.join("reports/2024/2024-03-01-checkout.md");
    let text = fs::read_to_string(&report).expect("a report");
    fs::write(&report, text.replace("title: Checkout", "title: Now checkout")).expect("saved");
    thread::sleep(Duration::from_secs(1));
    drop(held);
    shows(&preview, "Now checkout");
}

fn shows(preview: &Preview, words: &str) {
    let start = Instant::now();
    while !ask(&preview.at, PAGE).contains(words) {
        assert!(start.elapsed() < Duration::from_secs(10), "{words}: what was saved is not shown");
        thread::sleep(Duration::from_millis(100));
    }
}

/// A source that is named, fetched meanwhile and edited, without a new start.
#[test]
fn the_preview_watches_sources() {
    let preview = preview("threats-sources", "256");
    let folder = preview.folder.join("sources/payments/reports");
    let toml = "[[sources]]\nname = \"payments\"\npath = \"sources/payments\"\n";
    fs::write(preview.folder.join("site.toml"), toml).expect("written");
    thread::sleep(Duration::from_millis(500));
    assert!(!ask(&preview.at, PAGE).contains("Refunds"));
    fs::create_dir_all(&folder).expect("a folder");
    let report = fs::read_to_string(preview.folder.join("reports/2024/2024-03-01-checkout.md")).expect("a report");
    let of = |title: &str| report.replace("title: Checkout", &format!("title: {title}"));
    let file = folder.join("2024-03-02-refunds.md");
    fs::write(&file, of("Refunds")).expect("written");
    shows(&preview, "Refunds");
    fs::write(&file, of("Refunds twice")).expect("written");
    shows(&preview, "Refunds twice");
}

/// Tabs of a browser that is started again: all of them load the page and what it needs, and then wait for news.
#[test]
fn t10_many_tabs_come_at_the_same_moment() {
    let preview = preview("threats-moment", "256");
    for tabs in [7, 40] {
        let (barrier, at) = (Barrier::new(tabs), &preview.at);
        let open = || {
            barrier.wait();
            let start = Instant::now();
            let page = ask(at, PAGE);
            assert_eq!(status(&page), "200", "{page}");
            let needed = needed(&page);
            assert!(needed.len() >= 5, "{needed:?}");
            for path in needed {
                let request = PAGE.replace("GET /", &format!("GET {path}"));
                assert_eq!(status(&ask(at, &request)), "200", "{path}");
            }
            (start.elapsed(), waits_for_news(at))
        };
        let all: Vec<_> = thread::scope(|scope| {
            let tabs: Vec<_> = (0..tabs).map(|_| scope.spawn(open)).collect();
            tabs.into_iter().map(|tab| tab.join().expect("a tab")).collect()
        });
        let slowest = all.iter().map(|(took, _)| *took).max().expect("tabs");
        let start = Instant::now();
        assert_eq!(status(&ask(at, PAGE)), "200", "one more, while {tabs} wait");
        println!("{tabs} tabs: the slowest loaded in {slowest:?}, one more in {:?}", start.elapsed());
        assert!(slowest < Duration::from_secs(4) && start.elapsed() < Duration::from_secs(1));
    }
}

/// Nobody waits, and nobody is sent away, because more than there is room for are slow, say nothing, or stay after an answer.
#[test]
fn t10_slow_and_idle_ones_do_not_hold_up_others() {
    let preview = preview("threats-slow", "256");
    let held = |says: &str| {
        let mut stream = TcpStream::connect(&preview.at).expect("a connection");
        // Whose place is taken before it has said so is not what is looked at.
        let _ = stream.write_all(says.replace("HOST", &preview.at).as_bytes());
        stream
    };
    let mut slow: Vec<_> = (0..64).map(|_| held("GET / HTTP/1.1\r\nA: ")).collect();
    let stays = "GET /nowhere HTTP/1.1\r\nHost: HOST\r\n\r\n";
    let _idle: Vec<_> = (0..200).map(|n| held(if n % 2 == 0 { "" } else { stays })).collect();
    let mut times = Vec::new();
    for n in 0..100 {
        for stream in &mut slow {
            if stream.write_all(b"x").is_err() {
                *stream = held("GET / HTTP/1.1\r\nA: ");
            }
        }
        let start = Instant::now();
        let answer = ask(&preview.at, PAGE);
        assert_eq!(status(&answer), "200", "request {n}: {answer}");
        times.push(start.elapsed());
    }
    times.sort();
    println!("beside 64 slow and 200 idle ones: {:?} in the middle, {:?} of 99 %", times[50], times[98]);
    assert!(times[98] < Duration::from_secs(1), "{times:?}");
}

#[test]
fn t10_a_head_without_end_takes_no_memory() {
    let preview = preview("threats-memory", "256");
    let before = preview.memory("VmHWM");
    let endless = || {
        let mut stream = TcpStream::connect(&preview.at).expect("a connection");
        stream.set_write_timeout(Some(Duration::from_secs(5))).expect("a limit");
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nA: ");
        let part = vec![b'x'; 1 << 20];
        (0..64).take_while(|_| stream.write_all(&part).is_ok()).count()
    };
    thread::scope(|scope| {
        let all: Vec<_> = (0..16).map(|_| scope.spawn(endless)).collect();
        for one in all {
            assert!(one.join().expect("no panic") < 64, "a head of 64 MiB was taken");
        }
    });
    let grown = preview.memory("VmHWM") - before;
    println!("16 heads without end: {grown} KB more");
    assert!(grown < 32 * 1024, "{grown} KB");
    assert_eq!(status(&ask(&preview.at, PAGE)), "200");
}

#[test]
fn t10_who_listens_for_others_is_told_so() {
    let preview = preview_with("threats-open", "256", "--host 0.0.0.0");
    assert!(preview.said.contains("others on the network can read the preview"), "{}", preview.said);
    let local = preview.at.replace("0.0.0.0", "127.0.0.1");
    assert_eq!(status(&ask(&local, PAGE)), "200");
    for host in ["evil.example", "192.0.2.1"] {
        let port = local.split(':').nth(1).expect("a port");
        assert_eq!(status(&ask(&local, &PAGE.replace("HOST", &format!("{host}:{port}")))), "403", "{host}");
    }
}
