//! `afterword man`.

use super::print;
use clap::CommandFactory;

pub fn run() -> anyhow::Result<u8> {
    let mut text = Vec::new();
    clap_mangen::Man::new(super::Args::command()).render(&mut text)?;
    print(&String::from_utf8_lossy(&text))?;
    Ok(0)
}
