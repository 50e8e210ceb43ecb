//! What publishing asks of a file system, so that a test can let each single request fail.

use rustix::fs::{CWD, FlockOperation, Mode, OFlags, RenameFlags, flock, open, renameat_with};
use std::{
    ffi::OsString,
    fs,
    io::{self, ErrorKind, Read},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

/// What lies at a path. A link is a link, wherever it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    Other,
}

/// Every request that publishing makes. Each is whole or fails, except [`create`](FileSystem::create), which may leave
/// the beginning of a file behind.
pub trait FileSystem: Sync {
    /// What lies there, and the number of the device that holds it.
    fn look(&self, path: &Path) -> io::Result<(Kind, u64)>;
    fn entries(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>>;
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Whether a file, and no link, holds just these bytes and has just these rights.
    fn holds(&self, path: &Path, bytes: &[u8], rights: u32) -> io::Result<bool>;
    /// The length and the digest of a file that is no link and has just these rights; `None` for anything else.
    fn digest(&self, path: &Path, rights: u32) -> io::Result<Option<(u64, blake3::Hash)>>;
    /// Writes a file that is not there yet: never into one that is, since it may have other names.
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Makes a folder and those that it lies in, where they are missing.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// A second name for a file.
    fn link(&self, file: &Path, name: &Path) -> io::Result<()>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Two folders take each other's place in one step.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Opens a file, creates it where it is missing, and holds it for this process alone; `WouldBlock` when another has it.
    fn lock(&self, path: &Path) -> io::Result<fs::File>;
}

/// The file system of the machine.
#[derive(Clone, Copy, Debug)]
pub struct Machine;

impl FileSystem for Machine {
    fn look(&self, path: &Path) -> io::Result<(Kind, u64)> {
        fs::symlink_metadata(path).map(|found| (kind(found.file_type()), found.dev()))
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        let entries = fs::read_dir(folder)?;
        entries.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), kind(entry.file_type()?))))).collect()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn holds(&self, path: &Path, bytes: &[u8], rights: u32) -> io::Result<bool> {
        let Some((mut file, length)) = plain_file(path, rights)? else { return Ok(false) };
        if length != bytes.len() as u64 {
            return Ok(false);
        }
        let (mut rest, mut buffer) = (bytes, vec![0; bytes.len().clamp(1, 1 << 16)]);
        while !rest.is_empty() {
            let length = match file.read(&mut buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read?,
            };
            match rest.strip_prefix(&buffer[..length]) {
                Some(left) if length > 0 => rest = left,
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    fn digest(&self, path: &Path, rights: u32) -> io::Result<Option<(u64, blake3::Hash)>> {
        let Some((file, length)) = plain_file(path, rights)? else { return Ok(None) };
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(file)?;
        Ok(Some((length, hasher.finalize())))
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        io::Write::write_all(&mut fs::File::create_new(path)?, bytes)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        fs::hard_link(file, name)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn lock(&self, path: &Path) -> io::Result<fs::File> {
        let flags = OFlags::CREATE | OFlags::RDWR | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = fs::File::from(open(path, flags, Mode::from_raw_mode(0o666))?);
        flock(&file, FlockOperation::NonBlockingLockExclusive)?;
        Ok(file)
    }
}

/// A file and its length, opened without waiting; `None` for what is no file or has other rights.
fn plain_file(path: &Path, rights: u32) -> io::Result<Option<(fs::File, u64)>> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = fs::File::from(open(path, flags, Mode::empty())?);
    let found = file.metadata()?;
    let fits = found.is_file() && found.permissions().mode() & 0o7777 == rights;
    Ok(fits.then_some((file, found.len())))
}

fn kind(found: fs::FileType) -> Kind {
    match found {
        found if found.is_file() => Kind::File,
        found if found.is_dir() => Kind::Folder,
        _ => Kind::Other,
    }
}
