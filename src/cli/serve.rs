//! `afterword serve`.

use super::{Audience, Context};
use crate::serve::Options;
use std::{
    net::{IpAddr, Ipv4Addr},
    process::{Command, Stdio},
};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword serve --port 4000 --open")]
pub struct Args {
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 4321)]
    port: u16,
    /// The address to listen at; with another than this machine's own, others can read the preview
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
    /// Count drafts in numbers as if they had been reviewed
    #[arg(long)]
    drafts: bool,
    /// Whom the site is for: reports beyond are left out
    #[arg(long, value_enum, default_value_t)]
    audience: Audience,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    let say = |text: &str| super::note(text);
    if !args.host.is_loopback() {
        say(&format!("{} is not this machine alone: others on the network can read the preview", args.host));
    }
    let Args { host, port, audience, drafts, .. } = *args;
    let options = Options { host, port, audience: audience.into(), drafts };
    let ready = |address: &str| {
        if args.open && !open(address) {
            say("no browser could be opened");
        }
    };
    crate::serve::run(&context.root, context.today, options, &say, &ready)?;
    Ok(0)
}

/// Hands an address to what the system opens addresses with.
fn open(address: &str) -> bool {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
