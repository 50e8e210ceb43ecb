//! The findings that a repository had when it adopted the rules. The list only shrinks.

use super::{Diagnostic, fingerprint::fingerprints};
use crate::snapshot::Snapshot;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const VERSION: u32 = 1;

/// What was found and is not shown again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    /// Fingerprint → rule and path, for people who read the file.
    findings: BTreeMap<String, String>,
}

impl Baseline {
    /// Everything found now.
    #[must_use]
    pub fn of(findings: &[Diagnostic], snapshot: &Snapshot) -> Self {
        let line = |finding: &Diagnostic| format!("{} {}", finding.rule.code, finding.path());
        let findings = fingerprints(findings, snapshot).into_iter().zip(findings.iter().map(line)).collect();
        Self { version: VERSION, findings }
    }

    /// Reads what [`Self::text`] wrote.
    ///
    /// # Errors
    /// What is wrong with the text, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if read.version == VERSION { Ok(read) } else { Err(format!("version {} is not known", read.version)) }
    }

    #[must_use]
    pub fn text(&self) -> String {
        format!("{:#}\n", serde_json::json!({ "version": self.version, "findings": self.findings }))
    }

    /// The findings that are new, and how many of the list are gone.
    #[must_use]
    pub fn split(&self, findings: &[Diagnostic], snapshot: &Snapshot) -> (Vec<Diagnostic>, usize) {
        let marks = fingerprints(findings, snapshot);
        let found: std::collections::BTreeSet<&String> = marks.iter().collect();
        let gone = self.findings.keys().filter(|mark| !found.contains(mark)).count();
        let new = findings.iter().zip(&marks).filter(|(_, mark)| !self.findings.contains_key(*mark));
        (new.map(|(finding, _)| finding.clone()).collect(), gone)
    }

    /// The list without what is gone. Nothing is ever added.
    #[must_use]
    pub fn shrunk(&self, findings: &[Diagnostic], snapshot: &Snapshot) -> Self {
        let marks: std::collections::BTreeSet<String> = fingerprints(findings, snapshot).into_iter().collect();
        let kept = self.findings.iter().filter(|(mark, _)| marks.contains(*mark));
        Self { version: VERSION, findings: kept.map(|(mark, line)| (mark.clone(), line.clone())).collect() }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }
}
