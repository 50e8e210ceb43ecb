//! `afterword completions`.

use super::print;
use clap::CommandFactory;

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword completions zsh > ~/.zfunc/_afterword")]
pub struct Args {
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub fn run(args: &Args) -> anyhow::Result<u8> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "afterword", &mut text);
    print(&String::from_utf8_lossy(&text))?;
    Ok(0)
}
