//! Where an imported report goes: year, day and the words of its title.

use jiff::civil::Date;
use std::collections::BTreeSet;

/// At most sixty characters of lower-case words, joined by `-`.
#[must_use]
pub fn slug(title: &str) -> String {
    let words: String = title.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let mut slug = String::new();
    for word in words.split_whitespace() {
        if slug.len() + word.len() > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() { "incident".to_owned() } else { slug }
}

/// `2024/2024-03-01-dns`, without an extension, each given once.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    pub fn give(&mut self, day: Option<Date>, title: &str) -> String {
        let mut words = slug(title);
        if let Some(day) = day {
            for form in ["%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%m-%d-%Y"] {
                let date = day.strftime(form).to_string();
                let rest = words.strip_prefix(date.as_str()).map(|rest| rest.trim_start_matches('-').to_owned());
                words = rest.filter(|rest| !rest.is_empty()).unwrap_or(words);
            }
        }
        let stem = day.map_or_else(|| format!("undated/{words}"), |day| format!("{:04}/{day}-{words}", day.year()));
        let numbered = (2..).map(|n| format!("{stem}-{n}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|name| !self.0.contains(name));
        let name = free.unwrap_or(stem);
        self.0.insert(name.clone());
        name
    }
}

/// The name of a file as a title: `PM-004 - dns_outage.md` → `dns outage`.
pub fn title_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem =
        name.rsplit_once('.').filter(|(_, ext)| ext.len() <= 8 && !ext.contains(' ')).map_or(name, |(stem, _)| stem);
    let words = stem.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ' ' | '.'));
    let words = if words.is_empty() { stem } else { words };
    let spaced = words.replace('_', " ");
    if spaced.contains(' ') { spaced } else { spaced.replace('-', " ") }
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether the name of a file is a number or a random id, and no words.
pub fn is_number(path: &str) -> bool {
    let stem = path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or("");
    stem.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b'-' | b'_'))
}
