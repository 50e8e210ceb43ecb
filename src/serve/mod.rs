//! The preview: the site in memory over HTTP at a loopback address, built again after every change.
//!
//! Requests never reach the file system: a path is a key of the site, or it is not found.

mod guard;

use crate::{
    diag::{Level, human},
    disk, lint, pipeline,
    site::Site,
    snapshot::{RelPath, Snapshot},
};
use anyhow::{Context, anyhow};
use jiff::civil::Date;
use notify::{EventKind, RecursiveMode, Watcher};
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};
use tiny_http::{Header, Method, Request, Response, Server};

/// After the last event, so that one save is one build.
const SETTLE: Duration = Duration::from_millis(40);

type Shared = Arc<Mutex<Arc<Site>>>;

/// Builds, serves and watches until the process ends. `say` receives what is to be told to the person.
///
/// # Errors
/// The first build fails on input or output, or the port is taken.
pub fn run(root: &Path, today: Date, port: u16, say: &dyn Fn(&str)) -> anyhow::Result<()> {
    let site: Shared = Arc::default();
    rebuild(root, today, &site, say)?;
    let server =
        Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("cannot listen at 127.0.0.1:{port}: {error}"))?;
    say(&format!("http://127.0.0.1:{port}/ shows the site; it is built again after every change (Ctrl-C ends)"));
    let shown = site.clone();
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let site = shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
            answer(request, &site, port);
        }
    });
    watch(root, || {
        if let Err(error) = rebuild(root, today, &site, say) {
            say(&format!("afterword: {error:#}"));
        }
    })
}

/// Calls `changed` once for every burst of events; an event says only that something changed.
fn watch(root: &Path, mut changed: impl FnMut()) -> anyhow::Result<()> {
    let (send, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(send).context("cannot watch for changes")?;
    for name in ["reports", "site.toml", "themes"] {
        let path = root.join(name);
        if path.exists() {
            watcher
                .watch(&path, RecursiveMode::Recursive)
                .with_context(|| format!("cannot watch {}", path.display()))?;
        }
    }
    while let Ok(event) = events.recv() {
        if matches!(event.map(|event| event.kind), Ok(EventKind::Access(_))) {
            continue;
        }
        while events.recv_timeout(SETTLE).is_ok() {}
        changed();
    }
    Ok(())
}

/// The same check and build as `afterword build`. On errors the last good site stays.
fn rebuild(root: &Path, today: Date, shared: &Shared, say: &dyn Fn(&str)) -> anyhow::Result<()> {
    let snapshot: Snapshot = disk::read(root, today)?;
    let checked = pipeline::check(&snapshot);
    let loud: Vec<_> = checked.diagnostics.iter().filter(|finding| finding.level > Level::Info).cloned().collect();
    say(human::render(&loud, &snapshot, false).trim_end());
    if checked.config_broken || lint::fails(&loud, Level::Error) {
        say("there are errors; the last good site is shown");
        return Ok(());
    }
    let site = pipeline::build(&snapshot, &checked)?;
    say(&format!("built {} files from {} reports", site.files.len(), checked.corpus.reports.len()));
    *shared.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
    Ok(())
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("our headers are ASCII")
}

fn answer(request: Request, site: &Site, port: u16) {
    let (status, kind, body) = match guard::refusal(&request, port) {
        Some((status, why)) => (status, "text/plain; charset=utf-8", Arc::from(why.as_bytes())),
        None => find(site, request.url()),
    };
    let headers = [
        ("Content-Type", kind),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
    ];
    let body: Arc<[u8]> = if *request.method() == Method::Head { Arc::from([]) } else { body };
    let headers = headers.into_iter().map(|(name, value)| header(name, value)).collect();
    let length = body.len();
    let _ = request.respond(Response::new(status.into(), headers, std::io::Cursor::new(body), Some(length), None));
}

type Answer = (u16, &'static str, Arc<[u8]>);

fn find(site: &Site, url: &str) -> Answer {
    let path = guard::path(url);
    let candidates = path.iter().flat_map(|path| [path.clone(), format!("{}/index.html", path.trim_end_matches('/'))]);
    let hit = candidates
        .filter_map(|path| RelPath::new(path.trim_start_matches('/')))
        .find_map(|path| Some((site.files.get(&path)?.clone(), path)));
    if let Some((bytes, path)) = hit {
        return (200, content_type(path.as_str()), bytes);
    }
    let not_found = RelPath::new("404.html").and_then(|path| site.files.get(&path).cloned());
    (404, "text/html; charset=utf-8", not_found.unwrap_or_else(|| Arc::from(&b"not found"[..])))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "txt" | "log" | "csv" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
