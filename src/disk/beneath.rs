//! Opens a file of the repository and never one outside, also when a folder on the way turns into a link meanwhile.

use crate::snapshot::RelPath;
use rustix::fs::{Mode, OFlags, open, openat};
use std::{fs::File, io, path::Path};

const FLAGS: OFlags = OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);

/// Opens the file `path`, whose end is `rel`, to be read. Folders before that end may be links: they are the user's own.
pub fn open_file(rel: &RelPath, path: &Path) -> io::Result<File> {
    let root = path.ancestors().nth(rel.as_str().split('/').count()).unwrap_or(path);
    let folder = FLAGS.union(OFlags::DIRECTORY).difference(OFlags::NOFOLLOW);
    let root = open(root, folder, Mode::empty())?;
    #[cfg(target_os = "linux")]
    {
        use rustix::{
            fs::{ResolveFlags, openat2},
            io::Errno,
        };
        let stay = ResolveFlags::BENEATH.union(ResolveFlags::NO_SYMLINKS);
        match openat2(&root, rel.as_str(), FLAGS, Mode::empty(), stay) {
            // Old kernels and some sandboxes have no such request.
            Err(Errno::NOSYS | Errno::PERM) => {}
            opened => return Ok(File::from(opened?)),
        }
    }
    step_by_step(root.into(), rel)
}

/// The same with a request for each folder on the way.
fn step_by_step(root: File, rel: &RelPath) -> io::Result<File> {
    let mut at = root;
    let mut parts = rel.as_str().split('/').peekable();
    while let Some(part) = parts.next() {
        let flags = if parts.peek().is_some() { FLAGS.union(OFlags::DIRECTORY) } else { FLAGS };
        at = File::from(openat(&at, part, flags, Mode::empty())?);
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::symlink};

    #[test]
    fn no_link_on_the_way_is_followed() {
        let root = std::env::temp_dir().join(format!("afterword-beneath-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("a/b")).expect("a folder");
        fs::write(root.join("a/b/c"), "x").expect("written");
        symlink("a", root.join("link")).expect("a link");
        symlink("c", root.join("a/b/end")).expect("a link");
        for (path, opens) in [("a/b/c", true), ("link/b/c", false), ("a/b/end", false), ("a/b/none", false)] {
            let rel = RelPath::new(path).expect("a path");
            let way = File::open(&root).expect("the root");
            assert_eq!(open_file(&rel, &root.join(path)).is_ok(), opens, "{path}");
            assert_eq!(step_by_step(way, &rel).is_ok(), opens, "{path}, step by step");
        }
        let _ = fs::remove_dir_all(root);
    }
}
