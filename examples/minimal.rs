//! The minimal program that a build is measured against: read, YAML, Markdown, write. No checks, lists or templates.
//!
//! `cargo run --release --example minimal -- DIR OUT`: both folders are below the same machine's noise in the same run.

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use std::{fs, path::Path};

fn page(source: &Path, out: &Path) -> Option<()> {
    let text = fs::read_to_string(source).ok()?;
    let (front, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    let fields: serde_json::Value = serde_yaml::from_str(front).ok()?;
    let title = fields["title"].as_str()?;
    let mut page = format!("<!doctype html><title>{title}</title><h1>{title}</h1>");
    html::push_html(&mut page, Parser::new_ext(body, Options::all()));
    let folder = out.join(source.file_stem()?);
    fs::create_dir_all(&folder).ok()?;
    fs::write(folder.join("index.html"), page).ok()
}

/// Reads the reports below a root, and writes a page of each; returns how many.
pub fn run(root: &Path, out: &Path) -> usize {
    let files: Vec<_> = walkdir::WalkDir::new(root.join("reports"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "md"))
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.par_iter().filter_map(|file| page(file, out)).count()
}

#[allow(dead_code, reason = "the benchmark has its own")]
fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(root), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: minimal DIR OUT");
        std::process::exit(2);
    };
    println!("{} pages", run(Path::new(&root), Path::new(&out)));
}
