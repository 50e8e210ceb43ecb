//! A staged site takes the place of the one before: by a rename, by an exchange, or file by file.

use super::{
    io::{FileSystem, Kind},
    journal,
    marker::{JOURNAL, MARKER, ours},
    publish::Mode,
    stage::Files,
};
use crate::snapshot::RelPath;
use anyhow::Context;
use rustix::io::Errno;
use std::{collections::BTreeSet, path::Path};

/// What file systems answer that cannot exchange two folders: mount points, overlays, old kernels.
const CANNOT: [Errno; 5] = [Errno::XDEV, Errno::INVAL, Errno::BUSY, Errno::NOSYS, Errno::OPNOTSUPP];

/// Puts a whole stage in place of `out`. After an exchange the site before is where the stage was.
pub fn swap(fs: &dyn FileSystem, files: &Files, stage: &Path, out: &Path) -> anyhow::Result<Mode> {
    let cannot = || format!("cannot put the new site in place of {}", out.display());
    if fs.look(out).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        fs.rename(stage, out).with_context(cannot)?;
        return Ok(Mode::Created);
    }
    match fs.exchange(stage, out) {
        Ok(()) => Ok(Mode::Exchanged),
        Err(error) if Errno::from_io_error(&error).is_some_and(|error| CANNOT.contains(&error)) => {
            journal::replace(fs, files, stage, out)?;
            Ok(Mode::Replaced)
        }
        Err(error) => Err(error).with_context(cannot),
    }
}

/// Whether the site before holds nothing but what we wrote: an exchange would take the rest away with it.
pub fn all_ours(fs: &dyn FileSystem, out: &Path) -> bool {
    let Ok(mut ours) = ours(fs, out) else { return false };
    ours.extend([MARKER, JOURNAL].into_iter().filter_map(RelPath::new));
    only(fs, out, "", &ours)
}

fn only(fs: &dyn FileSystem, folder: &Path, below: &str, ours: &BTreeSet<RelPath>) -> bool {
    let Ok(entries) = fs.entries(folder) else { return false };
    entries.into_iter().all(|(name, kind)| {
        let Some(name) = name.to_str() else { return false };
        match kind {
            Kind::Folder => only(fs, &folder.join(name), &format!("{below}{name}/"), ours),
            _ => RelPath::new(&format!("{below}{name}")).is_some_and(|path| ours.contains(&path)),
        }
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
