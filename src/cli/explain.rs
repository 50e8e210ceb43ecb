//! `afterword explain`.

use super::{USAGE, note, print};
use crate::{lint, tree::closest};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: afterword explain AW203")]
pub struct Args {
    /// A code or a name; without one, all rules are listed
    rule: Option<String>,
}

pub fn run(args: &Args) -> anyhow::Result<u8> {
    let Some(written) = &args.rule else {
        let line = |rule: &lint::Rule| format!("{}  {:<8} {}\n", rule.id.code, rule.id.level.word(), rule.id.name);
        print(&lint::rules::ALL.iter().map(line).collect::<String>())?;
        return Ok(0);
    };
    if let Some(rule) = lint::find(written) {
        print(&format!(
            "# {} {}\n\nLevel: {} · profile: {} and up · mended: {} · since {} · source: {}\n\n{}\n",
            rule.id.code,
            rule.id.name,
            rule.id.level.word(),
            rule.profile.word(),
            rule.fixes.phrase(),
            rule.since,
            rule.source,
            rule.explain.trim()
        ))?;
        return Ok(0);
    }
    let names = lint::rules::ALL.iter().flat_map(|rule| [rule.id.code, rule.id.name]);
    let hint = closest(written, names)
        .map_or_else(|| "`afterword explain` lists all rules".to_owned(), |name| format!("did you mean `{name}`?"));
    note(&format!("there is no rule `{written}`; {hint}"));
    Ok(USAGE)
}
