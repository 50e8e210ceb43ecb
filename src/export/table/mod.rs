//! Reports as tables for warehouses and notebooks. A column is a value in a table: name, type, meaning and how it is
//! read off; every format, the schema of the export and `docs/export.md` come from it.

use crate::{
    config::Config,
    model::{Action, Report, Visibility, corpus::Corpus, time::When},
    pages,
    site::Site,
    snapshot::{RelPath, Spanned},
};
use jiff::{Timestamp, civil::Date};
use std::fmt;

mod actions;
mod budgets;
mod csv;
mod json;
mod losses;
pub mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod reports;
#[cfg(feature = "sqlite")]
mod sqlite;
mod timeline;

/// Version of the tables. Columns and tables are added freely; what is there keeps its name, type and meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    Integer,
    Number,
    Boolean,
    Date,
    /// UTC, to the microsecond.
    Timestamp,
    /// A list of texts, which may be empty but is never absent.
    Texts,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not recorded.
    Null,
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Date(Date),
    Timestamp(Timestamp),
    Texts(Vec<String>),
}

/// A column without the way to its values.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    pub name: &'static str,
    pub kind: Type,
    /// Never empty.
    pub required: bool,
    pub meaning: &'static str,
}

/// A column of a table whose rows are made of `T`s.
struct Column<T: 'static> {
    heading: Heading,
    value: for<'a> fn(&Row<'a, T>) -> Value,
}

/// What the values of a row are read off.
struct Row<'a, T> {
    config: &'a Config,
    report: &'a Report,
    item: &'a T,
    /// From 1, within the report.
    number: usize,
}

/// A table before it has rows.
#[derive(Clone, Copy)]
pub struct Definition {
    pub name: &'static str,
    pub meaning: &'static str,
    /// The columns that name a row.
    pub key: &'static [&'static str],
    headings: fn() -> Vec<Heading>,
    /// On a day.
    rows: fn(&Config, &Corpus, Date) -> Vec<Vec<Value>>,
}

impl Definition {
    /// The columns; `report_id` and `year` are first where a row is about a report.
    #[must_use]
    pub fn headings(&self) -> Vec<Heading> {
        (self.headings)()
    }
}

/// Every table of an export.
pub const TABLES: &[Definition] = &[
    reports::REPORTS,
    reports::FACTORS,
    timeline::TIMELINE,
    actions::ACTIONS,
    reports::MEASURES,
    losses::LOSSES,
    losses::COSTS,
    budgets::BUDGETS,
];

/// A table with its rows: by the path of their report, then in the order written; of services in the order of their ids.
pub struct Table {
    pub definition: Definition,
    pub headings: Vec<Heading>,
    pub rows: Vec<Vec<Value>>,
}

/// What an export was made from.
pub struct Source<'a> {
    pub config: &'a Config,
    pub corpus: &'a Corpus,
    /// The day as of which it is.
    pub today: Date,
    pub audience: Visibility,
}

impl Source<'_> {
    fn tables(&self) -> Vec<Table> {
        TABLES.iter().map(|definition| self.table(*definition)).collect()
    }

    fn table(&self, definition: Definition) -> Table {
        Table {
            definition,
            headings: definition.headings(),
            rows: (definition.rows)(self.config, self.corpus, self.today),
        }
    }
}

/// The ways to write an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One file per table; `guarded` keeps spreadsheets from reading texts as formulas.
    Csv { guarded: bool },
    /// One document, and its JSON Schema.
    Json,
    /// One file per table, an object a line.
    JsonLines,
    /// A folder per table, divided by year.
    Parquet,
    /// One database.
    Sqlite,
}

/// Why an export could not be written.
#[derive(Debug)]
pub enum Failure {
    /// This build was made without the feature of this name.
    Absent(&'static str),
    /// The library that writes the format said no.
    Writer(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent(feature) => write!(
                f,
                "this build of afterword cannot write {feature}; `cargo install --path . --features {feature}` gives one that can, and csv, json and jsonl need nothing"
            ),
            Self::Writer(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Failure {}

/// Writes all tables in a format: the files of the export, the same bytes for the same source.
///
/// # Errors
/// The format is not part of this build, or its writer refuses.
pub fn write(format: Format, source: &Source<'_>) -> Result<Site, Failure> {
    let tables = source.tables();
    let files = match format {
        Format::Csv { guarded } => named(&tables, "csv", |table| csv::render(table, guarded)),
        Format::Json => json::document(source, &tables),
        Format::JsonLines => {
            let mut files = named(&tables, "jsonl", json::lines);
            files.push(("schema.json".to_owned(), json::schema(json::Of::Lines).into_bytes()));
            files
        }
        Format::Parquet => in_parquet(&tables)?,
        Format::Sqlite => in_sqlite(source, &tables)?,
    };
    let mut site = Site::default();
    for (path, bytes) in files {
        site.files.insert(RelPath::new(&path).expect("names of tables are words"), bytes.into());
    }
    Ok(site)
}

/// The tables that the site publishes for spreadsheets, guarded: address and text.
pub(super) fn published(config: &Config, corpus: &Corpus, today: Date) -> Vec<(&'static str, String)> {
    let render = |definition: Definition| {
        let rows = (definition.rows)(config, corpus, today);
        csv::render(&Table { definition, headings: definition.headings(), rows }, true)
    };
    vec![(pages::head::REPORTS_CSV, render(reports::REPORTS)), (pages::head::ACTIONS_CSV, render(actions::ACTIONS))]
}

/// One action item as a row of its table.
pub(super) fn action(config: &Config, report: &Report, action: &Action, number: usize) -> Vec<Value> {
    actions::row(config, report, action, number)
}

/// Some cells of a report in its table, by the names of their columns.
pub(super) fn of_report_by_name<'a>(
    config: &'a Config,
    report: &'a Report,
    names: &'a [&str],
) -> impl Iterator<Item = (String, serde_json::Value)> + 'a {
    let cells = reports::cells_of(config, report, names);
    cells.map(|(name, value)| (name.to_owned(), json::cell(&value)))
}

/// The schema of a column of the table of reports where it is recorded; `None` for one that does not exist.
pub(super) fn column_schema(name: &str) -> Option<serde_json::Value> {
    let headings = reports::REPORTS.headings();
    let heading = headings.iter().find(|heading| heading.name == name)?;
    Some(json::column(&Heading { required: true, ..*heading }))
}

/// The columns of action items.
pub(super) fn of_actions() -> Vec<Heading> {
    actions::ACTIONS.headings()
}

pub(super) use csv::line as csv_line;
pub(super) use json::object as json_object;

type Files = Vec<(String, Vec<u8>)>;

fn named(tables: &[Table], extension: &str, render: impl Fn(&Table) -> String) -> Files {
    let file = |table: &Table| (format!("{}.{extension}", table.definition.name), render(table).into_bytes());
    tables.iter().map(file).collect()
}

#[cfg(feature = "parquet")]
fn in_parquet(tables: &[Table]) -> Result<Files, Failure> {
    let files = tables.iter().map(|table| parquet::render(table).map_err(|why| Failure::Writer(why.to_string())));
    Ok(files.collect::<Result<Vec<_>, _>>()?.concat())
}

#[cfg(not(feature = "parquet"))]
const fn in_parquet(_: &[Table]) -> Result<Files, Failure> {
    Err(Failure::Absent("parquet"))
}

#[cfg(feature = "sqlite")]
fn in_sqlite(source: &Source<'_>, tables: &[Table]) -> Result<Files, Failure> {
    let bytes = sqlite::render(source, tables).map_err(|why| Failure::Writer(why.to_string()))?;
    Ok(vec![("afterword.sqlite".to_owned(), bytes)])
}

#[cfg(not(feature = "sqlite"))]
const fn in_sqlite(_: &Source<'_>, _: &[Table]) -> Result<Files, Failure> {
    Err(Failure::Absent("sqlite"))
}

const fn required(name: &'static str, kind: Type, meaning: &'static str) -> Heading {
    Heading { name, kind, required: true, meaning }
}

const fn optional(name: &'static str, kind: Type, meaning: &'static str) -> Heading {
    Heading { name, kind, required: false, meaning }
}

/// The year that a report belongs to: when it began, in the zone of the site.
fn year<T>(row: &Row<'_, T>) -> Value {
    Value::Integer(i64::from(row.report.times.started.value.date(&row.config.time_zone).year()))
}

fn report_id<T>(row: &Row<'_, T>) -> Value {
    Value::Text(row.report.id.value.clone())
}

fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.to_owned()))
}

fn count(count: Option<u64>) -> Value {
    count.and_then(|count| i64::try_from(count).ok()).map_or(Value::Null, Value::Integer)
}

fn boolean(value: Option<bool>) -> Value {
    value.map_or(Value::Null, Value::Boolean)
}

fn date(date: Option<Date>) -> Value {
    date.map_or(Value::Null, Value::Date)
}

/// A moment where it is known to the second; a day alone would be a made-up hour.
fn moment(when: Option<&Spanned<When>>) -> Value {
    when.and_then(|when| when.value.instant()).map_or(Value::Null, Value::Timestamp)
}

fn texts(list: &[Spanned<String>]) -> Value {
    Value::Texts(list.iter().map(|item| item.value.clone()).collect())
}

/// The columns that begin every table of what a report holds.
const fn of_report<T>() -> Column<T> {
    Column { heading: required("report_id", Type::Text, "The report"), value: report_id }
}

const fn of_year<T>() -> Column<T> {
    Column { heading: required("year", Type::Integer, "The year of the report"), value: year }
}

const fn numbered<T>() -> Column<T> {
    Column {
        heading: required("number", Type::Integer, "From 1, within the report"),
        value: |row| count(Some(row.number as u64)),
    }
}

/// The rows of what each report holds, numbered within it.
fn rows_of<'a, T>(
    columns: &[Column<T>],
    config: &'a Config,
    corpus: &'a Corpus,
    items: impl Fn(&'a Report) -> &'a [T],
) -> Vec<Vec<Value>> {
    let items = &items;
    let rows = corpus.reports.iter().flat_map(|report| {
        items(report).iter().zip(1..).map(move |(item, number)| Row { config, report, item, number })
    });
    cells(columns, rows)
}

/// Reads every value of every row off its columns.
fn cells<'a, T>(columns: &[Column<T>], rows: impl Iterator<Item = Row<'a, T>>) -> Vec<Vec<Value>>
where
    T: 'a,
{
    rows.map(|row| columns.iter().map(|column| (column.value)(&row)).collect()).collect()
}

fn headings<T>(columns: &[Column<T>]) -> Vec<Heading> {
    columns.iter().map(|column| column.heading).collect()
}
