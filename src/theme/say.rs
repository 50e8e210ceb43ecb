//! The words of the interface in templates: `t.table.key` for plain texts, `say(key="table.key", n=3)` for the others.

use crate::words::{
    Words,
    text::{Piece, Value as Told},
};
use std::{collections::BTreeMap, sync::Arc};
use tera::{Error, Function, Kwargs, State, Tera, TeraResult, Value};

/// Gives all templates their words.
pub(super) fn register(tera: &mut Tera, words: &Arc<Words>) {
    let plain: BTreeMap<&str, BTreeMap<&str, &str>> = words
        .tables()
        .iter()
        .map(|(name, table)| {
            let plain = table.iter().filter(|(_, text)| text.is_plain());
            (name.as_str(), plain.map(|(key, text)| (key.as_str(), text.written())).collect())
        })
        .collect();
    tera.global_context().insert("t", &plain);
    tera.register_function("say", Say(words.clone()));
}

/// A text with its placeholders filled: numbers as the locale has them, everything escaped, links and code as HTML.
struct Say(Arc<Words>);

impl Function<TeraResult<Value>> for Say {
    fn call(&self, values: Kwargs, state: &State<'_>) -> TeraResult<Value> {
        let key = values.must_get::<&str>("key")?;
        let text = self.0.find(key).ok_or_else(|| Error::message(format!("there is no text `{key}`")))?;
        let n = values.get::<&Value>("n")?.and_then(Value::as_u64);
        let mut out = String::new();
        for piece in self.0.form(text, n) {
            match piece {
                Piece::Words(words) => out.push_str(&state.escape(words)?),
                Piece::Hole(name) => out.push_str(&self.filled(key, name, &values, state)?),
                Piece::Link(name) => {
                    out.push_str("<a href=\"");
                    out.push_str(&self.filled(key, name, &values, state)?);
                    out.push_str("\">");
                }
                Piece::EndLink => out.push_str("</a>"),
                Piece::Code => out.push_str("<code>"),
                Piece::EndCode => out.push_str("</code>"),
            }
        }
        Ok(Value::safe_string(&out))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

impl Say {
    /// The value of a placeholder, escaped.
    fn filled(&self, key: &str, name: &str, values: &Kwargs, state: &State<'_>) -> TeraResult<String> {
        let Some(value) = values.get::<&Value>(name)? else {
            return Err(Error::message(format!("the text `{key}` asks for `{name}`")));
        };
        if value.is_string() && value.is_safe() {
            return Ok(value.as_str().unwrap_or_default().to_owned());
        }
        let told = match (value.as_u64(), value.as_f64(), value.as_str()) {
            (Some(count), ..) => self.0.value(Told::Count(count)),
            (None, Some(number), _) => self.0.value(Told::Number(number)),
            (None, None, Some(text)) => self.0.value(Told::Text(text)),
            _ => return Err(Error::message(format!("the text `{key}` takes a number or words as `{name}`"))),
        };
        state.escape(&told)
    }
}
