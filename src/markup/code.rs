//! Colors for code: comments, strings, numbers and keywords of the languages that reports hold. One pass, linear time.

use super::escape_into;

struct Language {
    names: &'static [&'static str],
    comments: &'static [&'static str],
    quotes: &'static str,
    keywords: &'static [&'static str],
}

const LANGUAGES: &[Language] = &[
    Language { names: &["json"], comments: &[], quotes: "\"", keywords: &["true", "false", "null"] },
    Language {
        names: &["yaml", "yml"],
        comments: &["#"],
        quotes: "\"'",
        keywords: &["true", "false", "null", "yes", "no"],
    },
    Language {
        names: &["sh", "bash", "shell", "console"],
        comments: &["#"],
        quotes: "\"'",
        keywords: &[
            "if", "then", "else", "elif", "fi", "for", "in", "do", "done", "while", "case", "esac", "function",
            "export", "sudo", "set",
        ],
    },
    Language {
        names: &["sql"],
        comments: &["--"],
        quotes: "'\"",
        keywords: &[
            "select", "from", "where", "and", "or", "not", "insert", "into", "values", "update", "delete", "set",
            "join", "left", "inner", "on", "group", "order", "by", "limit", "alter", "table", "create", "drop",
            "index", "add", "column", "begin", "commit", "rollback", "null",
        ],
    },
    Language {
        names: &["log"],
        comments: &[],
        quotes: "\"",
        keywords: &["error", "warn", "warning", "info", "debug", "fatal", "panic", "critical"],
    },
];

/// Whether a word may stand in a class name.
pub(super) fn is_language(word: &str) -> bool {
    (1..=32).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'.' | b'-'))
}

pub(super) fn highlight(out: &mut String, language: &str, text: &str) {
    if matches!(language, "diff" | "patch") {
        return diff(out, text);
    }
    match LANGUAGES.iter().find(|known| known.names.contains(&language)) {
        Some(known) => lex(out, known, text),
        None => escape_into(out, text),
    }
}

fn span(out: &mut String, class: &str, text: &str) {
    out.push_str("<span class=\"");
    out.push_str(class);
    out.push_str("\">");
    escape_into(out, text);
    out.push_str("</span>");
}

fn diff(out: &mut String, text: &str) {
    for line in text.split_inclusive('\n') {
        match line.as_bytes().first() {
            Some(b'+') => span(out, "s", line),
            Some(b'-') => span(out, "n", line),
            Some(b'@') => span(out, "k", line),
            Some(b'#') => span(out, "c", line),
            _ => escape_into(out, line),
        }
    }
}

fn lex(out: &mut String, language: &Language, text: &str) {
    let mut rest = text;
    let mut previous = '\n';
    while let Some(c) = rest.chars().next() {
        let at_break = !previous.is_alphanumeric() && previous != '_';
        let comment = language.comments.iter().any(|start| rest.starts_with(start))
            && (previous.is_whitespace() || language.comments == ["--"]);
        let (class, length) = if comment {
            ("c", rest.find('\n').unwrap_or(rest.len()))
        } else if language.quotes.contains(c) {
            ("s", quoted(rest, c))
        } else if at_break && c.is_ascii_digit() {
            ("n", word(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_'))
        } else if at_break && (c.is_alphabetic() || c == '_') {
            let length = word(rest, |c| c.is_alphanumeric() || c == '_');
            let known = length <= 16 && language.keywords.contains(&rest[..length].to_ascii_lowercase().as_str());
            (if known { "k" } else { "" }, length)
        } else {
            ("", c.len_utf8())
        };
        let (token, tail) = rest.split_at(length);
        if class.is_empty() {
            escape_into(out, token);
        } else {
            span(out, class, token);
        }
        previous = token.chars().next_back().unwrap_or('\n');
        rest = tail;
    }
}

fn word(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// To the closing quote on the same line, or to the end of the line.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}
