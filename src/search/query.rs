//! What was typed: words, phrases, what must not be there, and what reports are narrowed by. The client reads it alike.

use super::formula::WORDS;
use crate::words::token::{Kind, tokens};

/// A word with its parts, as [`tokens`] tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Token {
    pub whole: String,
    pub parts: Vec<String>,
    pub joined: Option<String>,
    /// Being typed: it may go on.
    pub open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    pub facet: &'static str,
    pub value: String,
    pub not: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub words: Vec<Token>,
    pub phrases: Vec<Vec<String>>,
    pub without: Vec<Token>,
    pub filters: Vec<Filter>,
}

const OPERATORS: &[(&str, &str)] = &[
    ("service", "service"),
    ("sev", "severity"),
    ("severity", "severity"),
    ("pattern", "pattern"),
    ("factor", "pattern"),
    ("team", "team"),
    ("status", "status"),
    ("year", "year"),
    ("before", "before"),
    ("after", "after"),
];

/// The words of a text with their parts.
pub(super) fn words(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    tokens(text, &mut |word, kind| match (kind, found.last_mut()) {
        (Kind::Part, Some(last)) => last.parts.push(word.to_owned()),
        (Kind::Joined, Some(last)) => last.joined = Some(word.to_owned()),
        _ => found.push(Token { whole: word.to_owned(), ..Token::default() }),
    });
    found
}

/// Reads a query.
pub(super) fn parse(text: &str) -> Query {
    let mut query = Query::default();
    let mut rest = text.trim_start();
    let mut last_is_word = false;
    while !rest.is_empty() {
        let after_minus = rest.strip_prefix('-').filter(|after| after.starts_with(|c: char| !c.is_whitespace()));
        let minus = after_minus.is_some();
        rest = after_minus.unwrap_or(rest);
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let value = rest[letters..].strip_prefix(':').filter(|value| value.starts_with(|c: char| !c.is_whitespace()));
        let name = value.filter(|_| letters > 0).map(|value| {
            let name = &rest[..letters];
            rest = value;
            name
        });
        let quoted = rest.starts_with('"');
        let (value, after) = match rest.strip_prefix('"') {
            Some(inside) => inside.split_once('"').unwrap_or((inside, "")),
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        rest = after.trim_start();
        let operator = name.and_then(|name| OPERATORS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name)));
        last_is_word = operator.is_none() && !minus && !quoted;
        if let Some((_, facet)) = operator {
            query.filters.push(Filter { facet, value: value.to_owned(), not: minus });
            continue;
        }
        let found = words(&name.map_or_else(|| value.to_owned(), |name| format!("{name}:{value}")));
        if minus {
            query.without.extend(found);
        } else {
            if quoted && found.len() > 1 {
                query.phrases.push(found.iter().map(|token| token.whole.clone()).collect());
            }
            query.words.extend(found);
        }
    }
    if last_is_word
        && !text.ends_with(char::is_whitespace)
        && let Some(last) = query.words.last_mut()
    {
        last.open = true;
    }
    query.words.truncate(WORDS);
    query.without.truncate(WORDS);
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Query { words, phrases, without, filters } = parse(text);
        let word = |token: &Token| format!("{}{}", token.whole, if token.open { "…" } else { "" });
        let words: Vec<String> = words.iter().map(word).collect();
        let without: Vec<String> = without.iter().map(word).collect();
        let filter =
            |filter: &Filter| format!("{}{}={}", if filter.not { "-" } else { "" }, filter.facet, filter.value);
        let filters: Vec<String> = filters.iter().map(filter).collect();
        format!("{} | {phrases:?} | {} | {}", words.join(" "), without.join(" "), filters.join(" "))
    }

    #[test]
    fn words_phrases_and_operators() {
        for (text, expected) in [
            ("redis timeouts", "redis timeouts… | [] |  | "),
            ("redis ", "redis | [] |  | "),
            ("\"connection refused\" -dns", "connection refused | [[\"connection\", \"refused\"]] | dns | "),
            ("sev:sev1 -team:\"Team A\" x", "x… | [] |  | severity=sev1 -team=Team A"),
            ("net::ERR_X 14:05 service: a - b", "net::err_x 14:05 service a b… | [] |  | "),
            ("", " | [] |  | "),
            ("\"open", "open | [] |  | "),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn of_a_pasted_text_the_first_words_are_looked_up() {
        let pasted = (0..500).map(|n| format!("frame{n} ")).collect::<String>() + "last";
        let asked = parse(&pasted);
        assert_eq!((asked.words.len(), asked.words[39].whole.as_str()), (40, "frame39"));
        assert!(asked.words.iter().all(|word| !word.open));
    }
}
