//! Everything that came from outside, as one value: files, git history, today's date.
//!
//! Nothing here touches the disk; `disk::read` fills it.

use jiff::{Timestamp, civil::Date};
use std::{collections::BTreeMap, fmt, ops::Range, sync::Arc};

/// A path inside the repository, with `/` between its parts, never absolute and never with `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// Takes a path as it is written; `\` becomes `/`, `.` parts are dropped.
    ///
    /// Returns `None` for a path that is empty, absolute, or leaves the repository.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let is_plain = |part: &str| !matches!(part, "" | "." | "..");
        if !path.contains('\\') && path.split('/').all(is_plain) {
            return Some(Self(path.into()));
        }
        let path = path.replace('\\', "/");
        if path.starts_with('/') {
            return None;
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        (!parts.is_empty()).then(|| Self(parts.join("/").into()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows a folder in this path; `None` where it does not stand in it.
    #[must_use]
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The folder that holds it, `""` for the root.
    #[must_use]
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The file name without its last extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Resolves a link written in this file: relative to its folder, or to the root when it starts with `/`.
    #[must_use]
    pub fn resolve(&self, link: &str) -> Option<Self> {
        match link.strip_prefix('/') {
            Some(rooted) => Self::new(rooted),
            None => Self::new(format!("{}/{link}", self.parent()).trim_start_matches('/')),
        }
    }
}

impl fmt::Debug for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where links are written: a file, and the folder that `/` means in it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub file: &'a RelPath,
    /// From the root of the site's repository, which is `""`.
    pub root: &'a str,
}

impl<'a> Place<'a> {
    /// In a file of the site's own repository.
    #[must_use]
    pub const fn own(file: &'a RelPath) -> Self {
        Self { file, root: "" }
    }

    /// What a link can mean: `/…` from the folder of the source, else from the root of the site's repository, of which that
    /// may be a plain folder.
    pub fn resolve(self, link: &str) -> impl Iterator<Item = RelPath> + use<> {
        let rooted = link.strip_prefix('/').filter(|_| !self.root.is_empty());
        let in_source = rooted.and_then(|rooted| RelPath::new(&format!("{}/{}", self.root, RelPath::new(rooted)?)));
        in_source.into_iter().chain(self.file.resolve(link))
    }
}

/// One file, read once.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    pub bytes: Arc<[u8]>,
}

/// A range of bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub path: RelPath,
    pub start: u32,
    pub end: u32,
}

impl Span {
    #[must_use]
    pub fn new(path: &RelPath, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { path: path.clone(), start: clamp(range.start), end: clamp(range.end) }
    }

    /// The first byte of a file: for what concerns the file as a whole.
    #[must_use]
    pub fn start_of(path: &RelPath) -> Self {
        Self::new(path, 0..0)
    }

    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// What git knows of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHistory {
    pub first_change: Timestamp,
    pub last_change: Timestamp,
    pub changes: u32,
}

/// Git facts by file, or the one reason why there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub files: BTreeMap<RelPath, FileHistory>,
    /// `Some` when no dates can be had: no git, a shallow clone.
    pub missing_because: Option<String>,
    /// Folders of reports that lie in a repository of their own, by that repository's folder, and why they have no dates.
    pub checkouts: BTreeMap<RelPath, Option<String>>,
}

impl History {
    /// The repository within this one that holds a file or folder, or is it.
    #[must_use]
    pub fn checkout_of(&self, path: &RelPath) -> Option<&RelPath> {
        let holds = |folder: &&RelPath| path == *folder || path.below(folder.as_str()).is_some();
        self.checkouts.keys().filter(holds).max_by_key(|folder| folder.as_str().len())
    }
}

/// All input of a run. The same snapshot gives the same bytes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Reports, patterns, assets beside them, `site.toml`, the user's theme.
    pub files: BTreeMap<RelPath, File>,
    pub history: History,
    /// The date as of which everything is computed.
    pub today: Date,
    /// What reading itself found: symlinks refused, files too large.
    pub findings: Vec<crate::snapshot::ReadFinding>,
    /// Files below the folder of reports as they were at an earlier revision, where they are no longer the same.
    /// Empty unless a revision was named.
    pub before: BTreeMap<RelPath, File>,
}

/// Something on disk that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFinding {
    pub path: RelPath,
    pub kind: ReadFindingKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFindingKind {
    Symlink,
    NotAFile,
    /// The folder of a source is not there, or has nothing in it.
    NoSource,
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    TooManyFiles {
        limit: usize,
    },
    /// With this file all files together have more bytes than they may.
    TooMuch {
        limit: u64,
    },
    Unreadable {
        why: String,
    },
    BadName,
}
