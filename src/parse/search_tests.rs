//! `search-tests.yaml` → what the repository expects its search to find.

use super::{front_matter, yaml};
use crate::{
    diag::Diagnostic,
    snapshot::{RelPath, Snapshot, Spanned},
    tree::{Node, Reader},
};

/// A query, and the reports that must be among its first results.
#[derive(Clone, Debug)]
pub struct Expectation {
    pub query: Spanned<String>,
    /// Ids; one of them must be found.
    pub expect: Vec<Spanned<String>>,
    /// How many results are looked at.
    pub top: usize,
}

/// Where the expectations stand.
#[must_use]
pub fn path() -> RelPath {
    RelPath::new("search-tests.yaml").expect("a constant path")
}

/// Reads the expectations; none where the file is not there.
#[must_use]
pub fn search_tests(snapshot: &Snapshot) -> (Vec<Expectation>, Vec<Diagnostic>) {
    let path = path();
    let Some(file) = snapshot.files.get(&path) else { return (Vec::new(), Vec::new()) };
    let text = match front_matter::decode(&path, &file.bytes) {
        Ok(text) => text,
        Err(finding) => return (Vec::new(), vec![finding]),
    };
    let (node, mut findings) = yaml::parse(&path, text, 0, yaml::Budget::default());
    let mut reader = Reader::default();
    let items = node.as_ref().map_or(&[][..], |node| reader.list(node));
    let read: Vec<Expectation> = items.iter().filter_map(|item| one(&mut reader, item)).collect();
    findings.append(&mut reader.diagnostics);
    (read, findings)
}

fn one(reader: &mut Reader, node: &Node) -> Option<Expectation> {
    let mut fields = reader.fields(node)?;
    let query = fields.require(reader, "query", &node.span);
    let expect = fields.require(reader, "expect", &node.span);
    let top = fields.take("top");
    fields.finish(reader);
    let query = reader.text(query?)?;
    let expect = reader.texts(expect?);
    let top = top.map_or(Some(10), |top| reader.count(top))?;
    (!expect.is_empty()).then_some(Expectation { query, expect, top: usize::try_from(top).unwrap_or(usize::MAX) })
}
