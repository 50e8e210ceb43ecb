//! A file system that stands before the real one, refuses what some cannot do, and fails at the n-th request.

use afterword::disk::io::{FileSystem, Kind, Machine};
use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

/// How a request fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Io,
    Full,
    Denied,
    /// Half of a file is written, then the disk is full; other requests fail as [`Fault::Full`].
    Short,
}

/// What happens after the first request that fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Then {
    /// All is well again.
    #[default]
    Well,
    /// Every request that needs space fails.
    Full,
    /// Every request fails, so that nothing can be undone.
    Dead,
}

/// What a file system cannot do at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cannot {
    pub exchange: bool,
    pub link: bool,
    /// The output is a mount point: other device, no link and no rename across its border.
    pub cross: Option<&'static str>,
    /// As `cross`, and the devices look alike: folders mounted by bind.
    pub alike: bool,
}

#[derive(Debug, Default)]
pub struct Double {
    pub cannot: Cannot,
    fault: Option<(usize, Fault)>,
    then: Then,
    asked: AtomicUsize,
    pub failed: Mutex<Option<(&'static str, PathBuf)>>,
}

impl Double {
    pub fn new(cannot: Cannot, at: usize, fault: Fault, then: Then) -> Self {
        Self { cannot, fault: Some((at, fault)), then, ..Self::default() }
    }

    pub fn sound(cannot: Cannot) -> Self {
        Self { cannot, ..Self::default() }
    }

    fn ask(&self, what: &'static str, path: &Path) -> io::Result<()> {
        let n = self.asked.fetch_add(1, Ordering::Relaxed);
        let Some((at, fault)) = self.fault else { return Ok(()) };
        let needs_space = matches!(what, "create" | "create_folder" | "link");
        let still = match self.then {
            Then::Well => false,
            Then::Full => needs_space,
            Then::Dead => true,
        };
        if n != at && !(n > at && still) {
            return Ok(());
        }
        self.failed.lock().expect("no panic").get_or_insert((what, path.to_owned()));
        let number = match fault {
            Fault::Io => 5,
            Fault::Full | Fault::Short => 28,
            Fault::Denied => 13,
        };
        Err(io::Error::from_raw_os_error(number))
    }

    /// Whether two paths lie on both sides of the border of a mount.
    fn crosses(&self, one: &Path, other: &Path) -> bool {
        self.cannot.cross.is_some_and(|name| {
            let inside = |path: &Path| path.components().any(|part| part.as_os_str() == name);
            inside(one) != inside(other)
        })
    }
}

const XDEV: i32 = 18;

impl FileSystem for Double {
    fn look(&self, path: &Path) -> io::Result<(Kind, u64)> {
        self.ask("look", path)?;
        let (kind, device) = Machine.look(path)?;
        let other = !self.cannot.alike && self.cannot.cross.is_some_and(|name| path.ends_with(name));
        Ok((kind, device + u64::from(other)))
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        self.ask("entries", folder)?;
        Machine.entries(folder)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.ask("read", path)?;
        Machine.read(path)
    }

    fn holds(&self, path: &Path, bytes: &[u8], rights: u32) -> io::Result<bool> {
        self.ask("holds", path)?;
        Machine.holds(path, bytes, rights)
    }

    fn digest(&self, path: &Path, rights: u32) -> io::Result<Option<(u64, blake3::Hash)>> {
        self.ask("digest", path)?;
        Machine.digest(path, rights)
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.ask("create", path).inspect_err(|_| {
            if self.fault.is_some_and(|(_, fault)| fault == Fault::Short) {
                let _ = Machine.create(path, &bytes[..bytes.len() / 2]);
            }
        })?;
        Machine.create(path, bytes)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.ask("create_folder", path)?;
        Machine.create_folder(path)
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        self.ask("link", name)?;
        if self.crosses(file, name) {
            return Err(io::Error::from_raw_os_error(XDEV));
        }
        if self.cannot.link {
            return Err(io::Error::from_raw_os_error(1));
        }
        Machine.link(file, name)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask("rename", to)?;
        if self.crosses(from, to) { Err(io::Error::from_raw_os_error(XDEV)) } else { Machine.rename(from, to) }
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.ask("exchange", other)?;
        match self.cannot {
            Cannot { cross: Some(_), .. } => Err(io::Error::from_raw_os_error(16)),
            Cannot { exchange: true, .. } => Err(io::Error::from_raw_os_error(22)),
            _ => Machine.exchange(one, other),
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.ask("remove_file", path)?;
        Machine.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.ask("remove_folder", path)?;
        Machine.remove_folder(path)
    }

    fn lock(&self, path: &Path) -> io::Result<fs::File> {
        self.ask("lock", path)?;
        Machine.lock(path)
    }
}
