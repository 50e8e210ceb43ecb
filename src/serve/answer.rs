//! What a request gets: a file of the site, from memory. Requests never reach the file system.

use super::{
    guard,
    http::{Answer, Head},
    live,
};
use crate::{diag::sanitize::sanitize, pipeline::on_demand::OnDemand, snapshot::RelPath};
use std::sync::{Arc, Mutex, PoisonError};

/// The site that is shown, whom it answers, and who waits for news.
#[derive(Clone)]
pub struct Preview {
    /// None until the first build without errors.
    pub site: Option<Arc<OnDemand>>,
    /// Of the news that told of it.
    pub version: u64,
    pub live: live::Live,
    pub names: guard::Names,
}

/// Tells of a page what it is.
const PAGE: &str = "X-Afterword-Page";

/// What is shown, which changes while it is asked for.
pub type Shown = Arc<Mutex<Preview>>;

fn now(shown: &Shown) -> Preview {
    shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Answers a request, now or when there is news.
pub fn answer(head: &Head, shown: &Shown) -> Answer {
    let preview = now(shown);
    if let Some((status, why)) = guard::refusal(head, &preview.names) {
        return Answer::text(status, why);
    }
    let of = |status, kind, body| Answer { status, kind, body, forever: false, more: Vec::new() };
    let (path, query) = head.target.split_once('?').unwrap_or((&head.target, ""));
    if let Some(text) = live::own(path) {
        return Answer { forever: query == live::stamp(), ..of(200, content_type(path), text.as_bytes().into()) };
    }
    if path == live::ASK {
        let live = preview.live.clone();
        // Who waits keeps no site.
        drop(preview);
        return of(200, "application/json", news(query, &live, shown).into_bytes().into());
    }
    let Some(site) = &preview.site else {
        return of(503, content_type("index.html"), NOT_YET.as_bytes().into());
    };
    let (Found { status, kind, bytes, forever }, location) = match find(&|path| site.file(path), &head.target) {
        Ok(found) => found,
        Err(fault) => return Answer::text(500, &sanitize(&format!("{fault:#}\n"))),
    };
    let mut answer = Answer { forever, ..of(status, kind, bytes) };
    answer.more.extend(location.map(|location| ("Location", location)));
    if kind == content_type("index.html") {
        let digest = live::digest(&answer.body);
        answer.body = live::with_script(&answer.body, &digest, preview.version, !site.has_theme()).into();
        answer.more.push((PAGE, digest));
    }
    answer
}

/// What there is to tell, and what the page of the one who waited is by now.
fn news(query: &str, live: &live::Live, shown: &Shown) -> String {
    let (since, page) = query.split_once("&page=").unwrap_or((query, ""));
    let told = live.ask(since);
    let site = now(shown).site.filter(|_| !page.is_empty());
    let found = site.and_then(|site| find(&|path| site.file(path), page).ok());
    match found {
        Some((page, _)) => live::with_page(&told, &live::digest(&page.bytes)),
        None => told,
    }
}

/// Shown until there is a site: the script lists what is to be mended, and loads the page again.
const NOT_YET: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
    <title>Not built yet</title>\n<link rel=\"stylesheet\" href=\"/_afterword/live.css\">\n\
    <script defer src=\"/_afterword/live.js\" data-digest=\"\" data-version=\"\"></script>\n</head>\n<body>\n<main>\n<h1>There is no site to show yet</h1>\n\
    <p>It appears here as soon as what is wrong with the reports is mended; the terminal lists everything.</p>\n</main>\n</body>\n</html>\n";

#[derive(Debug, PartialEq)]
struct Found {
    status: u16,
    kind: &'static str,
    bytes: Arc<[u8]>,
    forever: bool,
}

/// Whether a file carries the digest of its content in its name, as those of themes do.
fn is_named_by_content(path: &str, bytes: &[u8]) -> bool {
    let mut parts = path.rsplit('.').skip(1);
    parts.next().is_some_and(|part| part.len() == 8 && blake3::hash(bytes).to_hex().starts_with(part))
}

/// The bytes of a file of the site.
type File<'a> = &'a dyn Fn(&RelPath) -> anyhow::Result<Option<Arc<[u8]>>>;

/// A file of the site; `index.html` of a folder, whose address ends in `/` because links are relative to it.
fn find(file: File<'_>, url: &str) -> anyhow::Result<(Found, Option<String>)> {
    let path = guard::path(url);
    let get = |path: &str| {
        let Some(path) = RelPath::new(path) else { return Ok(None) };
        Ok::<_, anyhow::Error>(file(&path)?.map(|bytes| (bytes, path)))
    };
    if let Some(path) = path.as_deref().map(|path| path.trim_start_matches('/')) {
        let is_folder = path.is_empty() || path.ends_with('/');
        if !is_folder && let Some((bytes, file)) = get(path)? {
            let forever = is_named_by_content(file.as_str(), &bytes);
            return Ok((Found { status: 200, kind: content_type(file.as_str()), bytes, forever }, None));
        }
        if let Some((bytes, index)) = get(&format!("./{path}/index.html"))? {
            let location = (!is_folder).then(|| format!("/{}/", guard::encode(index.parent())));
            let status = if is_folder { 200 } else { 302 };
            return Ok((Found { status, kind: content_type("index.html"), bytes, forever: false }, location));
        }
    }
    let not_found = get("404.html")?.map_or_else(|| Arc::from(&b"not found"[..]), |(bytes, _)| bytes);
    Ok((Found { status: 404, kind: content_type("404.html"), bytes: not_found, forever: false }, None))
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
        let files: std::collections::BTreeMap<RelPath, Arc<[u8]>> = files.into_iter().collect();
        let status = |url: &str| {
            let found = find(&|path| Ok(files.get(path).cloned()), url).expect("nothing fails");
            let (Found { status, bytes, .. }, location) = found;
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
