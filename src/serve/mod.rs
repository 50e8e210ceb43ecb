//! The preview: the site in memory over HTTP at a loopback address, built again after every change.
//!
//! Requests never reach the file system: a path is a key of the site, or it is not found.

mod guard;
mod watch;
mod watchdog;

use crate::{
    config::Config,
    diag::{Level, human, sanitize::sanitize},
    disk, lint,
    model::Visibility,
    pipeline,
    site::Site,
    snapshot::{RelPath, Snapshot},
};
use anyhow::Context;
use jiff::civil::Date;
use std::{
    net::TcpListener,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use tiny_http::{Header, Request, Response};

/// The site that is shown; none until the first build without errors.
type Shared = Arc<Mutex<Option<Arc<Site>>>>;

/// Builds, serves and watches until the process ends. `say` receives what is to be told to the person.
///
/// # Errors
/// The first build fails on input or output, or the port is taken.
pub fn run(root: &Path, today: Date, port: u16, audience: Visibility, say: &dyn Fn(&str)) -> anyhow::Result<()> {
    let root = &std::fs::canonicalize(root).with_context(|| format!("cannot read {}", root.display()))?;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .with_context(|| format!("cannot listen at 127.0.0.1:{port}; --port chooses another"))?;
    let port = listener.local_addr().context("the port is not known")?.port();
    let mut preview = Preview { root, today, audience, say, shown: Shared::default(), before: None };
    let mut config = preview.rebuild()?;
    let shown = preview.shown.clone();
    watchdog::start(listener, port, move |request| {
        let site = shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
        answer(request, site.as_deref(), port);
    })?;
    say(&format!("http://127.0.0.1:{port}/ shows the site; it is built again after every change (Ctrl-C ends)"));
    let mut watch = watch::Watch::new(root, say);
    loop {
        watch.wait(&config);
        match preview.rebuild() {
            Ok(changed) => config = changed,
            Err(error) => say(&format!("afterword: {}", sanitize(&format!("{error:#}")))),
        }
    }
}

/// What is built again and again.
struct Preview<'a> {
    root: &'a Path,
    today: Date,
    audience: Visibility,
    say: &'a dyn Fn(&str),
    shown: Shared,
    before: Option<Snapshot>,
}

impl Preview<'_> {
    /// The same check and build as `afterword build`. On errors the last good site stays. Returns what is to be watched.
    fn rebuild(&mut self) -> anyhow::Result<Config> {
        let snapshot = disk::read(self.root, self.today)?;
        let checked = pipeline::check(&snapshot);
        if self.before.as_ref().is_some_and(|before| same(before, &snapshot)) {
            return Ok(checked.config);
        }
        let loud: Vec<_> = checked.diagnostics.iter().filter(|finding| finding.level > Level::Info).cloned().collect();
        if !loud.is_empty() {
            (self.say)(human::render(&loud, &pipeline::masked(&snapshot, &checked.secrets), false).trim_end());
        }
        if checked.config_broken || lint::fails(&loud, Level::Error) {
            let none = self.shown.lock().unwrap_or_else(PoisonError::into_inner).is_none();
            let instead = if none { "there is no site to show yet" } else { "the last good site is shown" };
            (self.say)(&format!("there are errors; {instead}"));
        } else {
            let built = pipeline::build(&snapshot, &checked, self.audience);
            self.before = Some(snapshot);
            let built = built?;
            (self.say)(&format!("built {} files from {} reports", built.site.files.len(), built.reports));
            *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(built.site));
            return Ok(checked.config);
        }
        self.before = Some(snapshot);
        Ok(checked.config)
    }
}

/// Whether nothing changed that a site is made of: editors and tools touch files without changing them.
fn same(a: &Snapshot, b: &Snapshot) -> bool {
    a.findings == b.findings
        && a.history.files == b.history.files
        && a.history.missing_because == b.history.missing_because
        && a.files.len() == b.files.len()
        && a.files.iter().zip(&b.files).all(|(a, b)| a.0 == b.0 && a.1.bytes == b.1.bytes)
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("our headers are ASCII")
}

fn answer(request: Request, site: Option<&Site>, port: u16) {
    let text = "text/plain; charset=utf-8";
    let (answer, location) = match (guard::refusal(&request, port), site) {
        (Some((status, why)), _) => ((status, text, Arc::from(why.as_bytes())), None),
        (None, _) if request.url() == watchdog::HEALTH => ((200, text, Arc::from(&b"ok"[..])), None),
        (None, None) => ((503, text, Arc::from(&b"There is no site yet: the terminal lists what to mend."[..])), None),
        (None, Some(site)) => find(site, request.url()),
    };
    let (status, kind, body) = answer;
    let mut headers = vec![
        header("Content-Type", kind),
        header("X-Content-Type-Options", "nosniff"),
        header("Cache-Control", "no-store"),
        header("Cross-Origin-Resource-Policy", "same-origin"),
        header("Referrer-Policy", "no-referrer"),
    ];
    headers.extend(location.map(|location| header("Location", &location)));
    let length = body.len();
    let _ = request.respond(Response::new(status.into(), headers, std::io::Cursor::new(body), Some(length), None));
}

type Answer = (u16, &'static str, Arc<[u8]>);

/// A file of the site; `index.html` of a folder, whose address ends in `/` because links are relative to it.
fn find(site: &Site, url: &str) -> (Answer, Option<String>) {
    let path = guard::path(url);
    let get = |path: &str| RelPath::new(path).and_then(|path| Some((site.files.get(&path)?.clone(), path)));
    if let Some(path) = path.as_deref().map(|path| path.trim_start_matches('/')) {
        let is_folder = path.is_empty() || path.ends_with('/');
        if let Some((bytes, file)) = (!is_folder).then(|| get(path)).flatten() {
            return ((200, content_type(file.as_str()), bytes), None);
        }
        if let Some((bytes, index)) = get(&format!("./{path}/index.html")) {
            let location = (!is_folder).then(|| format!("/{}/", guard::encode(index.parent())));
            let status = if is_folder { 200 } else { 302 };
            return ((status, content_type("index.html"), bytes), location);
        }
    }
    let not_found = get("404.html").map_or_else(|| Arc::from(&b"not found"[..]), |(bytes, _)| bytes);
    ((404, content_type("404.html"), not_found), None)
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
        "ics" => "text/calendar; charset=utf-8",
        "txt" | "log" | "csv" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_folders_and_what_is_not_there() {
        let files = ["index.html", "404.html", "a/index.html", "ä b/index.html", "a/x.csv"];
        let files = files.map(|path| (RelPath::new(path).expect("a path"), Arc::from(path.as_bytes())));
        let site = Site { files: files.into_iter().collect() };
        let status = |url: &str| {
            let ((status, _, bytes), location) = find(&site, url);
            (status, String::from_utf8_lossy(&bytes).into_owned(), location)
        };
        assert_eq!(status("/"), (200, "index.html".into(), None));
        assert_eq!(status("/a/?q=1"), (200, "a/index.html".into(), None));
        assert_eq!(status("/a"), (302, "a/index.html".into(), Some("/a/".into())));
        assert_eq!(status("//a"), (302, "a/index.html".into(), Some("/a/".into())));
        assert_eq!(status("/%C3%A4%20b").2, Some("/%C3%A4%20b/".into()));
        assert_eq!(status("/a/x.csv").0, 200);
        for url in ["/nowhere", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%zz", "/a/x.csv/"] {
            assert_eq!(status(url), (404, "404.html".into(), None), "{url}");
        }
    }
}
