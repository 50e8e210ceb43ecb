//! The contract between themes and this program, by version, and `theme.toml`, in which a theme says which it was made for.

use crate::{
    config::toml_tree,
    diag::{Diagnostic, reader},
    snapshot::{File, RelPath, Span},
    tree::{Fields, Reader},
};

/// The version of the contract: templates with their blocks and data, slots, tokens, texts. It rises when a theme that
/// worked could stop working.
pub const API: u64 = 1;
/// The theme that all others lie over.
pub const BASE: &str = "default";
/// The file's name in the folder of a theme.
pub const MANIFEST: &str = "theme.toml";

/// What a theme says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    pub name: String,
    /// Of the theme; empty when it says none.
    pub version: String,
    pub about: String,
    pub license: String,
}

/// Reads a `theme.toml`; every mistake is found in one run.
#[must_use]
pub fn parse(path: &RelPath, file: &File) -> (Manifest, Vec<Diagnostic>) {
    let mut manifest = Manifest::default();
    let source = match std::str::from_utf8(&file.bytes) {
        Ok(source) => source,
        Err(error) => {
            let at = error.valid_up_to();
            let finding =
                Diagnostic::new(reader::UNREADABLE_FILE, &Span::new(path, at..at + 1), "theme.toml is not UTF-8");
            return (manifest, vec![finding.help("save it as UTF-8")]);
        }
    };
    let (node, mut findings) = toml_tree::parse(path, source);
    let mut reader = Reader::default();
    if let Some(fields) = reader.fields(&node) {
        top(&mut reader, fields, &mut manifest, &Span::start_of(path));
    }
    findings.append(&mut reader.diagnostics);
    (manifest, findings)
}

fn top(reader: &mut Reader, mut fields: Fields<'_>, manifest: &mut Manifest, start: &Span) {
    if let Some(text) = fields.require(reader, "name", start).and_then(|node| reader.text(node)) {
        manifest.name = text.value;
    }
    if let Some(node) = fields.require(reader, "api", start)
        && let Some(api) = reader.count(node)
        && api != API
    {
        let message = format!("the theme is made for version {api} of the contract");
        let help = format!("this program knows version {API}; `afterword theme schema` prints it");
        reader.push(Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, message).help(help));
    }
    for (key, place) in
        [("version", &mut manifest.version), ("about", &mut manifest.about), ("license", &mut manifest.license)]
    {
        if let Some(text) = fields.take(key).and_then(|node| reader.text(node)) {
            *place = text.value;
        }
    }
    if let Some(node) = fields.take("extends") {
        reader.choice(node, "theme to extend", &[(BASE, ())]);
    }
    fields.finish(reader);
}
