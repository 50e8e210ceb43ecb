//! A staged site takes the place of the one before: by a rename, by an exchange, or file by file.

use super::{
    journal,
    publish::{MARKER, Mode, listed},
};
use crate::{site::Site, snapshot::RelPath};
use anyhow::Context;
use rustix::{
    fs::{CWD, RenameFlags, renameat_with},
    io::Errno,
};
use std::{fs, path::Path};
use walkdir::WalkDir;

/// What file systems answer that cannot exchange two folders: mount points, overlays, old kernels.
const CANNOT: [Errno; 5] = [Errno::XDEV, Errno::INVAL, Errno::BUSY, Errno::NOSYS, Errno::OPNOTSUPP];

/// Puts the stage in place of `out`. After an exchange the site before is where the stage was.
pub fn swap(site: &Site, stage: &Path, out: &Path) -> anyhow::Result<Mode> {
    let cannot = || format!("cannot put the new site in place of {}", out.display());
    if fs::symlink_metadata(out).is_err() {
        fs::rename(stage, out).with_context(cannot)?;
        return Ok(Mode::Created);
    }
    if all_ours(out) {
        match renameat_with(CWD, stage, CWD, out, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(Mode::Exchanged),
            Err(error) if CANNOT.contains(&error) => {}
            Err(error) => return Err(error).with_context(cannot),
        }
    }
    journal::replace(site, stage, out)?;
    Ok(Mode::Replaced)
}

/// Whether the site before holds nothing but what we wrote: an exchange would take the rest away with it.
fn all_ours(out: &Path) -> bool {
    let mut ours = listed(&out.join(MARKER));
    ours.extend(listed(&out.join(journal::JOURNAL)));
    ours.extend([MARKER, journal::JOURNAL].into_iter().filter_map(RelPath::new));
    WalkDir::new(out).into_iter().all(|entry| {
        let Ok(entry) = entry else { return false };
        let path = entry.path().strip_prefix(out).ok().and_then(Path::to_str).and_then(RelPath::new);
        entry.file_type().is_dir() || path.is_some_and(|path| ours.contains(&path))
    })
}

#[cfg(test)]
mod tests {
    use super::super::publish::{
        Mode, publish,
        tests::{folder, site},
    };
    use std::fs;

    #[test]
    fn what_others_put_into_the_site_stays() {
        let folder = folder("cname");
        let out = folder.join("site");
        publish(&site(&[("index.html", "1"), ("old/index.html", "x")]), &out).expect("published");
        fs::write(out.join("CNAME"), "incidents.example").expect("written");
        let second = publish(&site(&[("index.html", "2")]), &out).expect("published");
        assert_eq!(second.mode, Mode::Replaced);
        assert_eq!(fs::read_to_string(out.join("index.html")).expect("a page"), "2");
        assert!(out.join("CNAME").is_file() && !out.join("old").exists());
        let _ = fs::remove_dir_all(folder);
    }
}
