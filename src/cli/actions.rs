//! `afterword actions`.

use super::{Audience, Context, FINDINGS, USAGE, note, print, readable};
use crate::{
    analyze::followup,
    diag::sanitize::sanitize,
    export::actions::{self, Filter, Selection},
    pipeline,
};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(
    after_help = "Examples:\n  afterword actions --overdue --owner platform\n  afterword actions --all --format csv > actions.csv\n  afterword actions --came-back"
)]
pub struct Args {
    /// Only items past their date
    #[arg(long, conflicts_with_all = ["all", "came_back"])]
    overdue: bool,
    /// Also items that are done, dropped, or of which nobody recorded a status
    #[arg(long)]
    all: bool,
    /// Only open items against a factor that took part in incidents again after they were promised
    #[arg(long, conflicts_with = "all")]
    came_back: bool,
    /// Only items of this team or role: what is written as `owner`, or a team that the item belongs to
    #[arg(long, value_name = "TEAM")]
    owner: Option<String>,
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Whom it is for: reports beyond are left out
    #[arg(long, value_enum, default_value_t)]
    audience: Audience,
    /// CSV for programs: texts that spreadsheets would take for formulas stay as they are
    #[arg(long)]
    raw_csv: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For the eye
    #[default]
    Table,
    /// For spreadsheets: no cell is a formula
    Csv,
    /// Data
    Json,
}

pub fn run(args: &Args, context: &Context) -> anyhow::Result<u8> {
    if args.raw_csv && args.format != Format::Csv {
        note("--raw-csv goes with --format csv");
        return Ok(USAGE);
    }
    let Some((snapshot, checked)) = readable(context, args.audience, "items of reports with errors are not listed")?
    else {
        return Ok(USAGE);
    };
    let config = &checked.config;
    let corpus = pipeline::published(&checked, args.audience.into());
    let only = match (args.overdue, args.all, args.came_back) {
        (true, ..) => Filter::Overdue,
        (_, true, _) => Filter::All,
        (.., true) => Filter::CameBack,
        _ => Filter::Open,
    };
    let owner = args.owner.as_deref();
    if let Some(owner) = owner
        && !corpus
            .reports
            .iter()
            .any(|report| report.actions.iter().any(|action| followup::is_of(config, report, action, owner)))
        && followup::team_named(config, owner).is_none()
    {
        note(&format!("no team of site.toml and no owner of an action is called {}", sanitize(owner)));
        return Ok(FINDINGS);
    }
    let selection = Selection::of(config, &corpus, snapshot.today, only, owner);
    let text = match args.format {
        Format::Table => sanitize(&actions::table(&selection)),
        Format::Csv => actions::csv(&selection, !args.raw_csv),
        Format::Json => actions::json(&selection),
    };
    print(&text).map(|()| 0)
}
