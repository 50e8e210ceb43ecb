//! The repository that is served, and what is open in the editor: unsaved text stands for what is on the disk.

use super::{
    position::{Encoding, Lines},
    uri,
};
use crate::{
    config::Config,
    disk,
    pipeline::live::Live,
    snapshot::{File, RelPath, Span},
};
use jiff::civil::Date;
use lsp_types::{Diagnostic, Location, Uri};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// A file that is open in the editor.
#[derive(Debug)]
pub struct Document {
    /// As the client writes it.
    pub uri: Uri,
    pub version: i32,
    pub text: String,
    /// What the client was told last.
    pub told: Vec<Diagnostic>,
}

/// The folder with `site.toml`, its files, and what is open of them.
#[derive(Debug)]
pub struct Repository {
    pub root: PathBuf,
    pub live: Live,
    pub documents: BTreeMap<RelPath, Document>,
    pub encoding: Encoding,
    today: Date,
}

impl Repository {
    /// Reads all files.
    ///
    /// # Errors
    /// The folder or its `site.toml` cannot be read.
    pub fn open(root: PathBuf, today: Date, encoding: Encoding) -> anyhow::Result<Self> {
        let live = Live::new(disk::read(&root, today)?);
        Ok(Self { root, live, documents: BTreeMap::new(), encoding, today })
    }

    /// Reads all files again; what is open stays as it is in the editor. A folder that cannot be read changes nothing.
    pub fn reload(&mut self) {
        let Ok(snapshot) = disk::read(&self.root, self.today) else { return };
        self.live = Live::new(snapshot);
        let open: Vec<RelPath> = self.documents.keys().cloned().collect();
        for path in &open {
            self.overlay(path);
        }
    }

    /// The path of a file that is served: `site.toml`, or Markdown below a folder of reports.
    #[must_use]
    pub fn path_of(&self, uri: &Uri) -> Option<RelPath> {
        let path = self.relative(&uri::path(uri)?)?;
        let below = self.live.config().among_reports(&path).is_some();
        (path == Config::path() || below && path.as_str().ends_with(".md")).then_some(path)
    }

    /// A path below the root; links that lead to the root are seen through.
    pub fn relative(&self, path: &Path) -> Option<RelPath> {
        let plain = path.strip_prefix(&self.root).ok().map(Path::to_owned);
        let resolved = || {
            let folder = path.parent()?.canonicalize().ok()?.join(path.file_name()?);
            folder.strip_prefix(self.root.canonicalize().ok()?).ok().map(Path::to_owned)
        };
        RelPath::new(plain.or_else(resolved)?.to_str()?)
    }

    /// Puts the text of the editor in the place of the file.
    pub fn overlay(&mut self, path: &RelPath) {
        let Some(document) = self.documents.get(path) else { return };
        if self.live.text(path) != Some(&document.text) {
            self.live.change(path, Some(File { bytes: document.text.as_bytes().into() }));
        }
    }

    /// Reads one file again, unless the editor has it.
    pub fn refresh(&mut self, path: &RelPath) {
        if self.documents.contains_key(path) {
            return;
        }
        match disk::read::one(&self.root, path, self.live.config()) {
            Some(Ok(file)) if self.live.snapshot().files.get(path).is_some_and(|old| old.bytes == file.bytes) => {}
            Some(Ok(file)) => self.live.change(path, Some(file)),
            None if self.live.snapshot().files.contains_key(path) => self.live.change(path, None),
            None => self.refresh_folder(path),
            Some(Err(_)) => self.reload(),
        }
    }

    /// Some clients tell of a folder and not of what was in it.
    fn refresh_folder(&mut self, path: &RelPath) {
        let inside = |file: &&RelPath| file.below(path.as_str()).is_some();
        let known: Vec<RelPath> = self.live.snapshot().files.keys().filter(inside).cloned().collect();
        if self.root.join(path.as_str()).is_dir() {
            self.reload();
        } else {
            for file in &known {
                self.refresh(file);
            }
        }
    }

    #[must_use]
    pub fn lines(&self, path: &RelPath) -> Lines<'_> {
        Lines::new(self.live.text(path).unwrap_or(""), self.encoding)
    }

    /// The address of a file, in the client's own words where it is open.
    #[must_use]
    pub fn uri(&self, path: &RelPath) -> Option<Uri> {
        self.documents
            .get(path)
            .map(|document| document.uri.clone())
            .or_else(|| uri::of(&self.root.join(path.as_str())))
    }

    #[must_use]
    pub fn location(&self, span: &Span) -> Option<Location> {
        let text = self.live.text(&span.path).unwrap_or("");
        let before = &text[..text.ceil_char_boundary((span.end as usize).min(text.len()))];
        Some(Location { uri: self.uri(&span.path)?, range: Lines::new(before, self.encoding).range(span.range()) })
    }
}
