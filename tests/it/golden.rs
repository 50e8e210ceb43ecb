//! Golden sites: each folder of `tests/sites` is built, and what readers see is compared with its `golden.txt`.
//!
//! To add one: copy a folder, change its reports, run `BLESS=1 cargo test golden`, read the `golden.txt` that was written.

use crate::support::{TODAY, files_under};
use afterword::{disk, model::Visibility, pipeline, site::Site, snapshot::History};
use std::{collections::BTreeSet, fs, path::Path};

/// On a digest without incidents, and on no other.
const NOTHING_HAPPENED: &str = "<p class=\"lead breath quiet\">";

#[test]
fn golden_sites() {
    let sites: BTreeSet<String> = files_under("tests/sites", "md")
        .iter()
        .filter_map(|path| path.strip_prefix("tests/sites/")?.split('/').next().map(str::to_owned))
        .collect();
    assert!(sites.len() >= 3, "{sites:?}");
    for name in sites {
        let folder = format!("tests/sites/{name}");
        let mut snapshot = disk::read(Path::new(&folder), TODAY).expect("the folder can be read");
        snapshot.history = History::default();
        let built = pipeline::build(&snapshot, &pipeline::check(&snapshot), Visibility::Public).expect("a site");
        let found = told(&built.site);
        let path = format!("{folder}/golden.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &found).expect("the golden text can be written");
        }
        let wanted = fs::read_to_string(&path).unwrap_or_default();
        let first = wanted.lines().zip(found.lines()).position(|(wanted, found)| wanted != found);
        let at = first.unwrap_or_else(|| wanted.lines().count().min(found.lines().count()));
        let line = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").to_owned();
        assert!(wanted == found, "{path}:{}\nwanted: {}\n found: {}", at + 1, line(&wanted), line(&found));
    }
}

/// What a site says: the text and the links of every page, and files for machines as they are. The pages of rules and
/// the schemas are the same on every site, static files have names of their own content, and so has the index of the search. Of the
/// digests of periods in which nothing happened, one is enough.
fn told(site: &Site) -> String {
    let mut out = String::new();
    let mut quiet = false;
    for (path, bytes) in &site.files {
        let path = path.as_str();
        let index = path.starts_with("search/") && path.ends_with(".js");
        if path.starts_with("rules/") || path.starts_with("schema/") || path.starts_with("static/") || index {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        if path.starts_with("digests/") && text.contains(NOTHING_HAPPENED) && std::mem::replace(&mut quiet, true) {
            continue;
        }
        let text = if path.ends_with(".html") { readable(&text) } else { text.into_owned() };
        out.push_str(&format!("=== {path}\n{}\n", text.trim_end()));
    }
    out
}

/// The text of `main`, a line per block, links as `text <address>`.
pub fn readable(html: &str) -> String {
    const INLINE: &[&str] =
        &["a", "/a", "span", "/span", "code", "/code", "strong", "/strong", "em", "/em", "time", "/time"];
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let main = main.split("</main>").next().unwrap_or(main);
    let (mut out, mut address) = (String::new(), None);
    for part in main.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split([' ', '\n']).next().unwrap_or("");
        match name {
            "a" => address = tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()),
            "/a" => out.push_str(&address.take().map_or(String::new(), |address| format!(" <{address}>"))),
            _ if !INLINE.contains(&name) => out.push('\n'),
            _ => {}
        }
        out.push_str(text);
    }
    let lines = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
