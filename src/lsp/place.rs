//! What stands at a place of a text that may be half written: a key or a value of front matter or of `site.toml`, the
//! rule of a comment that allows it, the destination of a link. Works line by line, so that it needs no sound YAML.

use std::ops::Range;

/// What the cursor is on, or is about to write.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// A key inside of the mapping that `keys` lead to.
    Key { keys: Vec<String>, word: Range<usize> },
    /// A value, alone or in a list; the last of `keys` is its own.
    Value { keys: Vec<String>, word: Range<usize> },
    /// A code or a name after `afterword: allow`.
    Allow { word: Range<usize> },
    /// Where a link leads.
    Link { word: Range<usize> },
    /// Anything else.
    Body,
}

/// Looks at a Markdown file.
#[must_use]
pub fn in_markdown(text: &str, offset: usize) -> Place {
    let line = line_at(text, offset);
    if let Some(word) = allowed(text, &line, offset) {
        return Place::Allow { word };
    }
    match front_matter(text) {
        Some(front) if front.contains(&offset) || front.end == offset && offset == text.len() => {
            in_yaml(text, front.start, &line, offset)
        }
        Some(front) if offset < front.start => Place::Body,
        _ => link(text, &line, offset).map_or(Place::Body, |word| Place::Link { word }),
    }
}

/// Looks at `site.toml`.
#[must_use]
pub fn in_toml(text: &str, offset: usize) -> Place {
    let line = line_at(text, offset);
    let written = &text[line.clone()];
    if let Some(names) = header(written) {
        let bare = written.trim_start();
        let mut at = line.end - bare.len() + if bare.starts_with("[[") { 2 } else { 1 };
        let mut keys = Vec::new();
        for name in names.split('.') {
            let word = trimmed(text, at..at + name.len());
            if offset <= at + name.len() {
                return Place::Value { keys, word };
            }
            keys.push(text[word].to_owned());
            at += name.len() + 1;
        }
        return Place::Body;
    }
    let table = text[..line.start].lines().rev().find_map(header);
    let mut keys: Vec<String> =
        table.map_or_else(Vec::new, |names| names.split('.').map(|name| unquoted(name.trim()).to_owned()).collect());
    match written.find('=') {
        Some(equals) if offset > line.start + equals => {
            keys.push(unquoted(written[..equals].trim()).to_owned());
            flow(text, line.start + equals + 1..line.end, offset, keys)
        }
        equals => {
            let end = equals.map_or(line.end, |equals| line.start + equals);
            Place::Key { keys, word: trimmed(text, line.start..end) }
        }
    }
}

/// The names of a TOML table's header.
fn header(line: &str) -> Option<&str> {
    let names = line.trim().strip_prefix('[')?;
    let names = names.strip_prefix('[').unwrap_or(names);
    Some(names.split(']').next().unwrap_or(names)).filter(|_| !names.contains('='))
}

fn line_at(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |at| offset + at);
    start..end
}

/// The bytes between the fences; to the end of the text while the second one is not yet written.
#[must_use]
pub fn front_matter(text: &str) -> Option<Range<usize>> {
    let start = text.find("---").filter(|at| text[..*at].trim_start_matches('\u{feff}').is_empty())?;
    let mut at = start;
    let mut from = None;
    for line in text[start..].split_inclusive('\n') {
        if let (Some(from), true) = (from, matches!(line.trim_end(), "---" | "...")) {
            return Some(from..at);
        }
        at += line.len();
        if from.is_none() {
            if line.trim_end() != "---" {
                return None;
            }
            from = Some(at);
        }
    }
    Some(from?..text.len())
}

/// A line of YAML: where its content begins after spaces and dashes, and its key.
struct Line {
    dash: Option<usize>,
    content: usize,
    /// Columns of the key.
    key: Option<Range<usize>>,
}

fn read(line: &str) -> Line {
    let mut content = line.len() - line.trim_start_matches(' ').len();
    let mut dash = None;
    while line[content..].starts_with("- ") || &line[content..] == "-" {
        dash = Some(content);
        content += 1;
        content += line[content..].len() - line[content..].trim_start_matches(' ').len();
    }
    let rest = &line[content..];
    let colon =
        rest.match_indices(':').map(|(at, _)| at).find(|at| matches!(rest.as_bytes().get(at + 1), None | Some(b' ')));
    let key = colon.filter(|_| !rest.starts_with(['"', '\'', '[', '{', '#'])).map(|end| content..content + end);
    Line { dash, content, key }
}

fn in_yaml(text: &str, front: usize, line: &Range<usize>, offset: usize) -> Place {
    let written = &text[line.clone()];
    let read_line = read(written);
    let column = offset - line.start;
    let blank = written.trim().is_empty();
    let depth = read_line.dash.map_or(if blank { column } else { read_line.content }, |dash| dash + 1);
    let mut keys = parents(&text[front.min(line.start)..line.start], depth);
    match read_line.key {
        Some(key) if column > key.end => {
            if read_line.dash.is_some_and(|dash| dash < key.start) {
                keys = parents(&text[front.min(line.start)..line.start], depth);
            }
            keys.push(written[key.clone()].trim().to_owned());
            flow(text, line.start + key.end + 1..line.end, offset, keys)
        }
        Some(key) => Place::Key { keys, word: line.start + key.start..line.start + key.end },
        None if read_line.dash.is_some() => flow(text, line.start + read_line.content..line.end, offset, keys),
        None => Place::Key { keys, word: if blank { offset..offset } else { trimmed(text, line.clone()) } },
    }
}

/// The keys that lead to a line of this depth, from the lines before it.
fn parents(before: &str, mut depth: usize) -> Vec<String> {
    let mut keys = Vec::new();
    for line in before.lines().rev() {
        if depth == 0 {
            break;
        }
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let read = read(line);
        if let Some(key) = read.key.filter(|key| key.start < depth) {
            keys.push(line[key].trim().to_owned());
            depth = read.dash.map_or(read.content, |dash| dash + 1);
        }
    }
    keys.reverse();
    keys
}

/// A value, which may be a list in brackets or a mapping in braces.
fn flow(text: &str, value: Range<usize>, offset: usize, mut keys: Vec<String>) -> Place {
    let offset = offset.clamp(value.start, value.end);
    let open = text[value.start..offset].rfind(['[', ',', '{']).map(|at| value.start + at);
    let start = open.map_or(value.start, |at| at + 1);
    let is_flow = text[value.clone()].trim_start().starts_with(['[', '{']);
    if !is_flow {
        return Place::Value { keys, word: trimmed(text, comment_off(text, value)) };
    }
    let end = text[offset..value.end].find([',', ']', '}']).map_or(value.end, |at| offset + at);
    let in_braces = text[value.start..offset].rfind('{') > text[value.start..offset].rfind('}');
    match text[start..end].find(':').filter(|_| in_braces) {
        Some(colon) if offset > start + colon => {
            keys.push(text[start..start + colon].trim().to_owned());
            Place::Value { keys, word: trimmed(text, start + colon + 1..end) }
        }
        Some(colon) => Place::Key { keys, word: trimmed(text, start..start + colon) },
        None if in_braces => Place::Key { keys, word: trimmed(text, start..end) },
        None => Place::Value { keys, word: trimmed(text, start..end) },
    }
}

fn comment_off(text: &str, value: Range<usize>) -> Range<usize> {
    let comment = text[value.clone()].find(" #").map_or(value.end, |at| value.start + at);
    value.start..comment
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(['"', '\''])
}

/// Without spaces and quotes around it; an empty one stands after the first space.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    if written.trim().is_empty() {
        let at = range.start + usize::from(written.starts_with(' '));
        return at..at;
    }
    let start = range.start + written.len() - written.trim_start().trim_start_matches(['"', '\'']).len();
    let end = range.end - (written.len() - written.trim_end().trim_end_matches(['"', '\'']).len());
    start..end.max(start)
}

fn allowed(text: &str, line: &Range<usize>, offset: usize) -> Option<Range<usize>> {
    const MARK: &str = "afterword: allow";
    let mark = line.start + text[line.clone()].find(MARK)? + MARK.len();
    let mark = if text[mark..].starts_with("-file") { mark + 5 } else { mark };
    let start = mark + text[mark..line.end].len() - text[mark..line.end].trim_start().len();
    let closed = text[start..line.end].find("-->").map_or(line.end, |at| start + at);
    let end = text[start..closed].find([' ', ':']).map_or(closed, |at| start + at);
    let word = if start == end { offset..offset } else { start..end };
    let end = end.max(start);
    (mark < offset && offset <= end).then_some(word)
}

/// The destination between `](` and `)`.
fn link(text: &str, line: &Range<usize>, offset: usize) -> Option<Range<usize>> {
    let start = line.start + text[line.start..offset].rfind("](")? + 2;
    if text[start..offset].contains([')', ' ']) {
        return None;
    }
    let end = text[offset..line.end].find([')', ' ']).map_or(offset, |at| offset + at);
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The cursor is at `|`; what is found is told as words.
    fn told(look: fn(&str, usize) -> Place, marked: &str) -> String {
        let offset = marked.find('|').expect("a cursor");
        let text = marked.replacen('|', "", 1);
        match look(&text, offset) {
            Place::Key { keys, word } => format!("key {} <{}>", keys.join("."), &text[word]),
            Place::Value { keys, word } => format!("value {} <{}>", keys.join("."), &text[word]),
            Place::Allow { word } => format!("allow <{}>", &text[word]),
            Place::Link { word } => format!("link <{}>", &text[word]),
            Place::Body => "body".to_owned(),
        }
    }

    #[test]
    fn front_matter_half_written() {
        for (marked, wanted) in [
            ("---\nti|t\n---\n", "key  <tit>"),
            ("---\n|\n---\n", "key  <>"),
            ("---\r\nseverity: se|v2 # why\r\n---\r\n", "value severity <sev2>"),
            ("---\nservices: [a, 'ch|eck']\n---\n", "value services <check>"),
            ("---\nservices: [a, |]\n", "value services <>"),
            ("---\nfactors:\n- cap|", "value factors <cap>"),
            ("---\nfactors:\n  - id: cap|\n    role: risk\n---\n", "value factors.id <cap>"),
            ("---\nfactors:\n  - id: cap\n    ro|\n---\n", "key factors <ro>"),
            ("---\nfactors:\n  - { id: x, ro|le: risk }\n---\n", "key factors <role>"),
            ("---\nfactors:\n  - { id: x, role: ri|sk }\n---\n", "value factors.role <risk>"),
            ("---\nactions:\n  - title: x\n    done:\n      tes|ted: 2024-01-01\n---\n", "key actions.done <tested>"),
            ("---\nimpact:\n  |\n---\n", "key impact <>"),
            ("---\ntitle: x # afterword: allow |\n---\n", "allow <>"),
            ("--|-\ntitle: x\n---\n", "body"),
            ("# no front| matter\n", "body"),
        ] {
            assert_eq!(told(in_markdown, marked), wanted, "{marked}");
        }
    }

    #[test]
    fn bodies() {
        for (marked, wanted) in [
            ("---\n---\nsee [b](../20|24/b.md) x", "link <../2024/b.md>"),
            ("---\n---\nsee [b](|", "link <>"),
            ("---\n---\nsee [b](x) and| y", "body"),
            ("---\n---\n<!-- afterword: allow AW7|01 quoted -->", "allow <AW701>"),
            ("---\n---\n🔥 <!-- afterword: allow-file | -->", "allow <>"),
        ] {
            assert_eq!(told(in_markdown, marked), wanted, "{marked}");
        }
    }

    #[test]
    fn site_toml() {
        for (marked, wanted) in [
            ("ti|tle = \"x\"", "key  <title>"),
            ("[services.check|out]\n", "value services <checkout>"),
            ("[services.checkout]\nte|", "key services.checkout <te>"),
            ("[services.checkout]\nteam = \"sh|op\"\n", "value services.checkout.team <shop>"),
            ("[services.checkout]\naliases = [\"a\", \"b|\"]\n", "value services.checkout.aliases <b>"),
        ] {
            assert_eq!(told(in_toml, marked), wanted, "{marked}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_places(text in "(---\n)?(\\PC|\n|: |- |\\[|\\{|,|afterword: allow|\\]\\(){0,40}") {
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                for place in [in_markdown(&text, offset), in_toml(&text, offset)] {
                    if let Place::Key { word, .. } | Place::Value { word, .. } | Place::Allow { word } | Place::Link { word } = place {
                        prop_assert!(text.get(word).is_some());
                    }
                }
            }
        }
    }
}
