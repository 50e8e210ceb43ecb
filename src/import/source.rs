//! A file as it was found: is it a report, where does its front matter end, what does it hold.

use crate::{
    config::{Config, toml_tree},
    parse::{sections::canonical, yaml},
    snapshot::{RelPath, Spanned},
    tree::{Node, Value},
};

/// A file in two parts, with line ends as ours.
pub struct Source {
    pub fields: Vec<(Spanned<String>, Node)>,
    /// The front matter as written, where reading it lost something.
    pub raw: Option<String>,
    pub body: String,
    pub has_matter: bool,
    /// Comments of the front matter.
    pub comments: Vec<String>,
}

impl Source {
    /// Whether a key of the front matter says that it tells of an incident.
    pub fn is_telling(&self) -> bool {
        self.fields.iter().any(|(name, _)| super::front::is_telling(&name.value))
    }

    pub fn is_template(&self) -> bool {
        placeholders(self)
    }
}

/// Names of Markdown, also as site generators and notebooks call it.
const MARKDOWN: &[&str] = &["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"];

/// The name of a file and its extension; `.html.md.erb` is `.md`.
fn stem_and_extension(name: &str) -> (&str, &str) {
    let name = name.strip_suffix(".erb").unwrap_or(name);
    let split = name.rsplit_once('.').filter(|(_, ext)| ext.len() <= 8 && !ext.contains(' '));
    split.map_or((name, ""), |(stem, extension)| (stem.trim_end_matches(".html"), extension))
}

/// Why a file is no report by its name alone.
pub fn not_by_name(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = stem_and_extension(name);
    let lower = stem.to_lowercase().replace(['-', ' '], "_");
    let is_markdown = extension.is_empty() || MARKDOWN.contains(&extension.to_lowercase().as_str());
    if !is_markdown {
        return Some(super::NOT_MARKDOWN);
    }
    if path.split('/').any(|part| matches!(part, "_patterns" | "_digests")) {
        return Some("a page of Afterword that is no report");
    }
    if lower.split('_').any(|word| matches!(word, "template" | "templates"))
        || path.to_lowercase().contains("template/")
        || path.to_lowercase().contains("templates/")
    {
        return Some("a template");
    }
    let known = match lower.as_str() {
        "readme" => "a read-me",
        "index" | "_index" | "toc" | "summary" | "incident_log" | "incidents" => "an index",
        "license" | "licence" | "copying" | "notice" => "a license",
        "contributing"
        | "code_of_conduct"
        | "changelog"
        | "security"
        | "codeowners"
        | "authors"
        | "pull_request_template"
        | "makefile"
        | "dockerfile" => "about the repository",
        _ => return None,
    };
    Some(known)
}

/// Splits and reads a text.
pub fn open(path: &RelPath, text: &str) -> Source {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_start_matches(['\n', ' ']);
    let source = parts(path, text);
    Source { body: atx(&source.body), ..source }
}

/// Comments of a front matter that was read: whole lines, and the ends of lines without quotes.
fn comments(matter: &str) -> Vec<String> {
    let comment = |line: &str| {
        let whole = line.trim_start().strip_prefix('#');
        let end = || line.split_once(" #").filter(|(value, _)| !value.contains(['"', '\''])).map(|(_, rest)| rest);
        whole.or_else(end).map(|text| text.trim_matches(['#', ' ']).to_owned()).filter(|text| !text.is_empty())
    };
    matter.lines().filter_map(comment).collect()
}

/// Headings that are underlined, with `#` in front.
fn atx(body: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut open = None;
    for line in body.split('\n') {
        let code = crate::parse::lines::fence(line, &mut open);
        let under = line.trim_end();
        let mark = ['=', '-'].into_iter().find(|mark| under.len() >= 3 && under.chars().all(|c| c == *mark));
        let stands_alone = out.len() < 2 || out[out.len() - 2].trim().is_empty();
        let fits = |text: &String| {
            let is_other =
                text.starts_with(['#', '|', '>', ' ', '\t', '-', '*', '+', '`', '~']) && !text.starts_with("**");
            !text.trim().is_empty() && !is_other
        };
        match (mark, out.last_mut().filter(|text| !code && stands_alone && fits(text))) {
            (Some(mark), Some(text)) => *text = format!("{} {text}", if mark == '=' { "#" } else { "##" }),
            _ => out.push(line.to_owned()),
        }
    }
    out.join("\n")
}

fn parts(path: &RelPath, text: &str) -> Source {
    let Some((mark, matter, body)) = split(text) else {
        return Source {
            fields: Vec::new(),
            raw: None,
            body: text.to_owned(),
            has_matter: false,
            comments: Vec::new(),
        };
    };
    let (node, clean) = if mark == "+++" {
        let (node, findings) = toml_tree::parse(path, matter);
        (Some(node), findings.is_empty())
    } else {
        let (node, findings) = yaml::parse(path, matter, 0, yaml::Budget::default());
        (node, findings.is_empty())
    };
    match node.map(|node| node.value) {
        Some(Value::Map(fields)) => Source {
            comments: if clean { comments(matter) } else { Vec::new() },
            fields,
            raw: (!clean).then(|| matter.to_owned()),
            body: body.to_owned(),
            has_matter: true,
        },
        Some(Value::Null) if clean => Source {
            fields: Vec::new(),
            raw: None,
            body: body.to_owned(),
            has_matter: true,
            comments: comments(matter),
        },
        None if matter.lines().next().is_some_and(|line| line.contains(':')) => Source {
            fields: piecewise(path, matter),
            raw: Some(matter.to_owned()),
            body: body.to_owned(),
            has_matter: true,
            comments: Vec::new(),
        },
        _ => Source { fields: Vec::new(), raw: None, body: text.to_owned(), has_matter: false, comments: Vec::new() },
    }
}

/// The fields that can be read one by one, where the whole cannot.
fn piecewise(path: &RelPath, matter: &str) -> Vec<(Spanned<String>, Node)> {
    let mut parts: Vec<String> = Vec::new();
    for line in matter.split_inclusive('\n') {
        match parts.last_mut() {
            Some(part) if line.starts_with([' ', '\t', '-', '#', '\n']) => part.push_str(line),
            _ => parts.push(line.to_owned()),
        }
    }
    let mut fields: Vec<(Spanned<String>, Node)> = Vec::new();
    for part in parts {
        let (node, findings) = yaml::parse(path, &part, 0, yaml::Budget::default());
        if let (Some(Node { value: Value::Map(found), .. }), true) = (node, findings.is_empty()) {
            let is_new = |(key, _): &(Spanned<String>, Node)| fields.iter().all(|(other, _)| other.value != key.value);
            let found: Vec<_> = found.into_iter().filter(is_new).collect();
            fields.extend(found);
        }
    }
    fields
}

fn split(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.split_inclusive('\n').next()?;
    let mark = ["---", "+++"].into_iter().find(|mark| first.trim_end() == *mark)?;
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        if line.trim_end() == mark {
            return Some((mark, &text[first.len()..at], &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Why a text is no report.
pub fn not_by_text(path: &str, source: &Source, config: &Config) -> Option<&'static str> {
    if source.body.trim().is_empty() && source.fields.is_empty() {
        return Some("empty");
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_named = !stem_and_extension(name).1.is_empty();
    if !is_named && !source.has_matter && !source.body.starts_with("# ") {
        return Some(super::NOT_MARKDOWN);
    }
    if placeholders(source) {
        return Some("a template: its title is a placeholder");
    }
    if source.is_telling() {
        return None;
    }
    let lower = format!("{path} {}", source.body.lines().take(12).collect::<Vec<_>>().join(" ")).to_lowercase();
    let words = ["incident", "postmortem", "post-mortem", "post mortem", "outage", "retrospective", "rca", "downtime"];
    let said = words.iter().any(|word| lower.contains(word));
    let known = source.body.lines().filter(|line| line.starts_with('#') || super::body::bold_line(line).is_some());
    let known = known.filter(|line| canonical(line.trim_matches(['#', '*', ' ']), config).is_some()).count();
    let dated = !crate::parse::dates::all(path).is_empty();
    let labelled =
        super::labels::all(&source.body).iter().any(|found| found.field != "title" && found.field != "services");
    let evidence = usize::from(said) + known.min(2) + usize::from(dated) + usize::from(labelled);
    let is_dated_story = said && !crate::parse::dates::all(&source.body).is_empty();
    (evidence < 2 && known == 0 && !is_dated_story).then_some("nothing in it says that it is an incident report")
}

/// A title or a first heading that waits to be filled in.
fn placeholders(source: &Source) -> bool {
    let field = source.fields.iter().find(|(key, _)| key.value == "title").map(|(_, node)| &node.value);
    let title = match field {
        Some(Value::Text(text)) => text.clone(),
        _ => source
            .body
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or("")
            .trim_start_matches('#')
            .trim()
            .to_owned(),
    };
    let lower = title.to_lowercase();
    let words = [
        "yyyy",
        "{{",
        "<title",
        "<incident",
        "[title",
        "[incident",
        "<name",
        "<date",
        "incident title",
        "your title",
        "[date",
        "[insert",
    ];
    words.iter().any(|word| lower.contains(word))
        || lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "template") && lower.len() < 48
        || lower.starts_with('<') && lower.ends_with('>')
}
