//! What a folder of a theme may hold, and whether what it overrides is still what it was copied from.
//!
//! A copy begins with a line that names its base and the first eight digits of the base's digest, BLAKE3:
//! `{# overrides: incident.html sha=12345678 -#}` in a template, `/* overrides: styles/20-base.css sha=12345678 */` elsewhere.

use super::{BUNDLES, anatomy, built_in, contract};
use crate::{
    config::Config,
    diag::{Diagnostic, theme as rules},
    snapshot::{RelPath, Snapshot, Span},
    tree::closest,
};
use regex::Regex;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// Folders of a theme and the ending that their files have; any, where it is empty.
const FOLDERS: &[(&str, &str)] =
    &[("templates", "html"), ("styles", "css"), ("scripts", "js"), ("i18n", "toml"), ("static", "")];
/// The style sheet that comes last and wins.
pub const USER_CSS: &str = "user.css";

static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"overrides:\s*(\S+)\s+sha=([0-9a-f]{8})\b").expect("a pattern of ours"));

/// A file of the built-in theme, `templates/incident.html`.
#[must_use]
pub fn base(name: &str) -> Option<&'static [u8]> {
    let at = built_in::FILES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    Some(built_in::FILES[at].1)
}

/// The full name of a built-in file by what people write: `incident.html` is `templates/incident.html`.
#[must_use]
pub fn full_name(written: &str) -> Option<&'static str> {
    built_in::FILES
        .iter()
        .map(|(name, _)| *name)
        .find(|name| *name == written || name.strip_prefix("templates/") == Some(written))
}

/// The file whose name is closest to what was written.
#[must_use]
pub fn near(written: &str) -> Option<&'static str> {
    let names = || built_in::FILES.iter().map(|(name, _)| *name);
    closest(written, names().chain(names().filter_map(|name| name.strip_prefix("templates/"))))
}

/// The first eight digits of a file's digest.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().as_str()[..8].to_owned()
}

/// The line that a copy of a built-in file begins with, its end included; empty where a file has no comments of that kind.
#[must_use]
pub fn mark(name: &str) -> String {
    let Some(bytes) = base(name) else { return String::new() };
    let digest = digest(bytes);
    if let Some(short) = name.strip_prefix("templates/") {
        format!("{{# overrides: {short} sha={digest} -#}}\n")
    } else if can_be_marked(name) {
        format!("/* overrides: {name} sha={digest} */\n")
    } else {
        String::new()
    }
}

fn can_be_marked(name: &str) -> bool {
    name.starts_with("templates/") || name.ends_with(".css") || name.ends_with(".js")
}

/// The files of the theme that the configuration names: name in the folder → path and bytes.
#[must_use]
pub fn files<'s>(snapshot: &'s Snapshot, config: &Config) -> BTreeMap<String, (&'s RelPath, &'s [u8])> {
    let Some(folder) = config.theme_dir.as_deref().and_then(RelPath::new) else { return BTreeMap::new() };
    let below = |path: &RelPath| path.below(folder.as_str()).map(str::to_owned);
    let found = snapshot.files.iter().filter_map(|(path, file)| Some((below(path)?, (path, &*file.bytes))));
    found.collect()
}

/// What is wrong with the files of the user's theme.
#[must_use]
pub fn findings(snapshot: &Snapshot, config: &Config) -> Vec<Diagnostic> {
    let Some(folder) = &config.theme_dir else { return Vec::new() };
    let files = files(snapshot, config);
    if files.is_empty() {
        let finding =
            Diagnostic::new(rules::UNKNOWN_FILE, &Config::span(), format!("the theme `{folder}` has no files"));
        return vec![
            finding.help("`theme` names a folder beside site.toml; `afterword theme override` writes a first file"),
        ];
    }
    let text = |name: &str| files.get(name).and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let used: BTreeSet<&str> = files
        .keys()
        .filter_map(|name| text(name).filter(|_| name.starts_with("templates/")))
        .flat_map(|text| anatomy::included(text).into_iter().chain(anatomy::extended(text)))
        .collect();
    let mut found = Vec::new();
    for (name, (path, bytes)) in &files {
        if name == contract::MANIFEST {
            let file = &snapshot.files[*path];
            found.extend(contract::parse(path, file).1);
        } else if let Some(finding) = unknown(name, path, &used) {
            found.push(finding);
        } else if can_be_marked(name) && name != USER_CSS {
            found.extend(of_override(name, path, std::str::from_utf8(bytes).unwrap_or("")));
        }
    }
    found
}

/// A file that nothing would ever look at.
fn unknown(name: &str, path: &RelPath, used: &BTreeSet<&str>) -> Option<Diagnostic> {
    let finding = |message: String| Diagnostic::new(rules::UNKNOWN_FILE, &Span::start_of(path), message);
    let meant =
        |near: Option<&str>, otherwise: String| near.map_or(otherwise, |near| format!("did you mean `{near}`?"));
    let Some((folder, rest)) = name.split_once('/') else {
        let of_people = name.ends_with(".md") || name.starts_with("LICENSE") || name.starts_with("NOTICE");
        let known = [contract::MANIFEST, USER_CSS];
        let help = || meant(closest(name, known), format!("a theme has {}, and folders", known.join(", ")));
        return (!of_people && !known.contains(&name))
            .then(|| finding(format!("a theme has no file `{name}`")).help(help()));
    };
    let Some((_, ending)) = FOLDERS.iter().find(|(known, _)| *known == folder) else {
        let names = FOLDERS.iter().map(|(known, _)| *known);
        let help =
            meant(closest(folder, names.clone()), format!("its folders are {}", names.collect::<Vec<_>>().join(", ")));
        return Some(finding(format!("a theme has no folder `{folder}`")).help(help));
    };
    if !ending.is_empty() && rest.rsplit_once('.').is_none_or(|(_, found)| found != *ending) {
        return Some(
            finding(format!("`{folder}/` holds files that end in `.{ending}`"))
                .help("move it to `static/`, or out of the theme"),
        );
    }
    if let Some((bundle, _)) = BUNDLES.iter().find(|(_, whole)| name.strip_prefix("static/") == Some(whole)) {
        let help = format!("put the styles into {USER_CSS}, or a file into `{bundle}`");
        let help = if *bundle == "scripts/" { "put a file into `scripts/`".to_owned() } else { help };
        return Some(finding(format!("`{rest}` is made of the files in `{bundle}`")).help(help));
    }
    let may_be_new = folder != "templates" || rest.starts_with("partials/") || used.contains(rest);
    if may_be_new || base(name).is_some() {
        return None;
    }
    let templates = built_in::FILES.iter().filter_map(|(known, _)| known.strip_prefix("templates/"));
    let help = "`afterword theme schema` lists the templates; new ones go to `templates/partials/`, or another one includes them";
    Some(
        finding(format!("there is no template `{rest}` to override"))
            .help(meant(closest(rest, templates), help.to_owned())),
    )
}

/// Whether a copy says what it was copied from, and whether that is still so.
fn of_override(name: &str, path: &RelPath, text: &str) -> Option<Diagnostic> {
    let first = text.lines().next().unwrap_or("");
    let Some(found) = MARK.captures(first) else {
        let base = base(name)?;
        let short = name.strip_prefix("templates/").unwrap_or(name);
        if anatomy::extended(text).is_some_and(|extended| extended == format!("{}/{short}", contract::BASE)) {
            return None;
        }
        let message = format!("this file takes the place of a built-in one (now {}) and does not say so", digest(base));
        let (start, mark) = (Span::start_of(path), mark(name));
        let help = format!(
            "begin it with `{}`, and you are told when that file changes; or fill blocks with `{{% extends \"default/{short}\" %}}`",
            mark.trim_end()
        );
        let help =
            if name.starts_with("templates/") { help } else { help.split("; or").next().unwrap_or("").to_owned() };
        return Some(Diagnostic::new(rules::UNMARKED_OVERRIDE, &start, message).help(help).guess(
            "say what it was copied from",
            &start,
            mark,
        ));
    };
    let (written, stated) = (found.get(1)?, found.get(2)?);
    let Some(of) = full_name(written.as_str()) else {
        let span = Span::new(path, written.range());
        let finding = Diagnostic::new(
            rules::UNKNOWN_FILE,
            &span,
            format!("the built-in theme has no file `{}`", written.as_str()),
        );
        let help = "it may have been renamed; `afterword theme schema` lists the files".to_owned();
        return Some(finding.help(near(written.as_str()).map_or(help, |near| format!("did you mean `{near}`?"))));
    };
    let now = digest(base(of)?);
    if now == stated.as_str() {
        return None;
    }
    let message =
        format!("`{}` changed since it was copied: it was {}, and is {now}", written.as_str(), stated.as_str());
    let help = format!(
        "`afterword theme check` shows how this file differs from it; take over what is new, then write sha={now}"
    );
    Some(
        Diagnostic::new(rules::OUTDATED_OVERRIDE, &Span::new(path, stated.range()), message)
            .label("the base was this")
            .help(help),
    )
}
