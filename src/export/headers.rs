//! `_headers`: what Netlify and Cloudflare Pages are to answer with. Rules come from the files that were really built.

use crate::{pages::subject::Directory, site::POLICY, snapshot::RelPath};
use std::collections::{BTreeMap, BTreeSet};

/// For each file. `frame-ancestors` works only here and not in a page.
const ALWAYS: &[(&str, &str)] = &[
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    (
        "Permissions-Policy",
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

/// The file for a site of these files. Hosts read it only where it lies at the root of what they serve, so that its paths begin
/// at the site, whatever `base_url` says.
pub(super) fn file(directory: &Directory<'_>, paths: &BTreeSet<RelPath>) -> String {
    let mut out = format!("/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n");
    out.extend(ALWAYS.iter().map(|(name, value)| format!("  {name}: {value}\n")));
    if !directory.is_public() {
        out.push_str("  X-Robots-Tag: noindex, nofollow\n");
    }
    let short = if directory.is_public() { "public, max-age=60" } else { "private, max-age=0, must-revalidate" };
    let (lasting, changing) = rules(paths.iter().map(RelPath::as_str));
    let rules = changing.into_iter().map(|rule| (rule, short));
    let rules = rules.chain(lasting.into_iter().map(|rule| (rule, "public, max-age=31536000, immutable")));
    out.extend(rules.map(|(rule, value)| format!("\n/{rule}\n  Cache-Control: {value}\n")));
    out
}

/// Rules for files that never change under their name, and for pages. No address falls under a rule of both: hosts
/// would send both values.
fn rules<'p>(paths: impl Iterator<Item = &'p str>) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths {
        folders.entry(path.split_once('/').map_or("", |(folder, _)| folder)).or_default().push(path);
    }
    let (mut lasting, mut changing) = (BTreeSet::new(), BTreeSet::from([String::new()]));
    for (folder, paths) in folders.into_iter().filter(|(folder, _)| !folder.is_empty()) {
        let extension = |path: &'p str| path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let hashed: BTreeSet<&str> = paths.iter().filter(|path| is_hashed(path)).map(|path| extension(path)).collect();
        let pages = paths.iter().any(|path| path.ends_with(".html"));
        if paths.iter().all(|path| is_hashed(path)) {
            lasting.insert(format!("{folder}/*"));
        } else if pages && hashed.is_empty() {
            changing.insert(format!("{folder}/*"));
        } else {
            let whole =
                |extension_of: &&str| paths.iter().all(|path| extension(path) != *extension_of || is_hashed(path));
            lasting.extend(hashed.into_iter().filter(whole).map(|extension| format!("{folder}/*.{extension}")));
            changing.extend(pages.then(|| format!("{folder}/")));
        }
    }
    (lasting, changing)
}

/// Whether a file's name carries a digest of its content: `style.1a2b3c4d.css`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let hex = |part: &str| part.len() >= 8 && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let mut parts = name.rsplit('.');
    parts.next().is_some() && parts.next().is_some_and(hex) && parts.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_kept_and_pages_are_not() {
        let (lasting, changing) = rules(
            [
                "index.html",
                "feed.xml",
                "static/style.0123abcd.css",
                "static/icon.89abcdef.svg",
                "incidents/index.html",
                "incidents/x/index.html",
                "search/index.html",
                "search/ab.0123abcd.js",
                "assets/a.png",
                "mixed/a.js",
                "mixed/b.0123abcd.js",
            ]
            .into_iter(),
        );
        assert_eq!(lasting.into_iter().collect::<Vec<_>>(), ["search/*.js", "static/*"]);
        assert_eq!(changing.into_iter().collect::<Vec<_>>(), ["", "incidents/*", "search/"]);
        assert!(!is_hashed("static/style.css") && !is_hashed("0123abcd.css") && !is_hashed("a.12345.css"));
    }
}
