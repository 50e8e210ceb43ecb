//! A table of deployments (CSV) → [`Deploys`]. The first line names the columns: `date`, and perhaps `service` and
//! `count`; other columns are passed over. A line without a count is one deployment.

use super::front_matter;
use crate::{
    config::Config,
    diag::{Diagnostic, reader::DEPLOYS_FILE},
    model::deploys::Deploys,
    snapshot::{RelPath, Snapshot, Span, Spanned},
    tree::closest,
};
use csv::{ReaderBuilder, StringRecord};
use jiff::{Timestamp, civil::Date};

/// Where the columns stand that are read.
struct Columns {
    date: usize,
    service: Option<usize>,
    count: Option<usize>,
}

/// Reads the file that `site.toml` names; `None` where it names none, or one that cannot be read to the end.
#[must_use]
pub fn deploys(snapshot: &Snapshot, config: &Config) -> (Option<Deploys>, Vec<Diagnostic>) {
    let Some(written) = &config.deploys else { return (None, Vec::new()) };
    let path = RelPath::new(&written.value);
    let Some((path, file)) = path.and_then(|path| Some((path.clone(), snapshot.files.get(&path)?))) else {
        return (None, vec![missing(written)]);
    };
    match front_matter::decode(&path, &file.bytes) {
        Err(finding) => (None, vec![finding]),
        Ok(text) => Table { path: &path, text, config }.read(),
    }
}

fn missing(written: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(DEPLOYS_FILE, &written.span, format!("there is no file `{}`", written.value))
        .help("write its path from the root of the repository, or take the key out")
}

struct Table<'a> {
    path: &'a RelPath,
    text: &'a str,
    config: &'a Config,
}

impl Table<'_> {
    fn read(&self) -> (Option<Deploys>, Vec<Diagnostic>) {
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(self.text.as_bytes());
        let (mut found, mut findings, mut columns) = (Deploys::default(), Vec::new(), None);
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let at = error.position().map_or(0, csv::Position::byte);
                    findings.push(finding(&self.line(at), "this line is not CSV".to_owned()));
                    break;
                }
            };
            match &columns {
                None => match self.columns(&record) {
                    Ok(known) => columns = Some(known),
                    Err(finding) => return (None, vec![*finding]),
                },
                Some(columns) => self.row(columns, &record, &mut found, &mut findings),
            }
        }
        if columns.is_none() {
            findings.push(finding(&Span::start_of(self.path), "the file is empty".to_owned()));
        }
        // Numbers from a part of the file would be wrong.
        ((findings.is_empty() && !found.days.is_empty()).then_some(found), findings)
    }

    fn columns(&self, head: &StringRecord) -> Result<Columns, Box<Diagnostic>> {
        let at = |names: &[&str]| head.iter().position(|cell| names.contains(&cell.trim().to_lowercase().as_str()));
        let columns = at(&["date", "day", "at"]).map(|date| Columns {
            date,
            service: at(&["service"]),
            count: at(&["count", "deployments", "deploys"]),
        });
        columns.ok_or_else(|| Box::new(finding(&self.line_of(head), "no column is named `date`".to_owned())))
    }

    fn row(&self, columns: &Columns, record: &StringRecord, found: &mut Deploys, findings: &mut Vec<Diagnostic>) {
        let cell = |at: usize| record.get(at).unwrap_or("").trim();
        let date = self.date(cell(columns.date));
        if date.is_none() {
            findings.push(finding(&self.span(record, columns.date), format!("`{}` is no day", cell(columns.date))));
        }
        let count = columns.count.map_or(Some(1), |at| cell(at).parse::<u64>().ok().filter(|count| *count < 1 << 32));
        if count.is_none() {
            let at = columns.count.unwrap_or(columns.date);
            findings.push(finding(&self.span(record, at), format!("`{}` is no number of deployments", cell(at))));
        }
        let written = columns.service.map_or("", cell);
        let service = self.config.service(written).map(|service| service.id.value.clone());
        if let Some(at) = columns.service
            && service.is_none()
            && !written.is_empty()
            && !self.config.services.is_empty()
        {
            let mut finding = finding(&self.span(record, at), format!("there is no service `{written}`"));
            if let Some(known) = closest(written, self.config.services.keys().map(String::as_str)) {
                finding = finding.help(format!("did you mean `{known}`?"));
            }
            findings.push(finding);
        }
        if let (Some(date), Some(count)) = (date, count) {
            let service = service.unwrap_or_else(|| written.to_owned());
            *found.days.entry(date).or_default().entry(service).or_default() += count;
        }
    }

    /// A day, or a moment in the zone of the site.
    fn date(&self, written: &str) -> Option<Date> {
        if written.len() == 10 {
            return written.parse().ok();
        }
        let at = written.replacen(' ', "T", 1).parse::<Timestamp>().ok()?;
        Some(at.to_zoned(self.config.time_zone.clone()).date())
    }

    /// The place of a cell; of its whole line where quotes stand in it.
    fn span(&self, record: &StringRecord, at: usize) -> Span {
        let line = self.line_of(record);
        let text = &self.text[line.range()];
        let Some(cells) = (!text.contains('"')).then(|| text.split(',')) else { return line };
        let before: usize = cells.clone().take(at).map(|cell| cell.len() + 1).sum();
        let cell = cells.clone().nth(at).unwrap_or("");
        let start = line.start as usize + before.min(text.len()) + (cell.len() - cell.trim_start().len());
        Span::new(self.path, start..start + cell.trim().len())
    }

    fn line_of(&self, record: &StringRecord) -> Span {
        self.line(record.position().map_or(0, csv::Position::byte))
    }

    fn line(&self, at: u64) -> Span {
        let mut start = usize::try_from(at).unwrap_or(0).min(self.text.len());
        // A position is that of the end of the line before.
        start += self.text[start..].len() - self.text[start..].trim_start_matches(['\r', '\n']).len();
        let end = self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |end| start + end);
        Span::new(self.path, start..end)
    }
}

fn finding(at: &Span, message: String) -> Diagnostic {
    Diagnostic::new(DEPLOYS_FILE, at, message)
        .help("a line is `date,service,count`, as in `2024-03-01,checkout,4`; the first line has these names")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config, snapshot::File};
    use jiff::civil::date;

    fn read(text: &str) -> (Option<Deploys>, Vec<(u32, u32, String)>) {
        let file = |text: &str| File { bytes: text.as_bytes().into() };
        let site = "deploys = \"data/deploys.csv\"\ntime_zone = \"Europe/Berlin\"\n[services.checkout]\naliases = [\"shop\"]\n";
        let (config, _) = config::parse(Some(&file(site)));
        let files = [(RelPath::new("data/deploys.csv").expect("a path"), file(text))];
        let snapshot = Snapshot {
            files: files.into(),
            history: crate::snapshot::History::default(),
            today: date(2026, 1, 1),
            findings: Vec::new(),
            before: std::collections::BTreeMap::new(),
        };
        let (found, findings) = deploys(&snapshot, &config);
        let found_at = |finding: Diagnostic| {
            let span = &finding.labels[0].span;
            (span.start, span.end, finding.message.clone())
        };
        (found, findings.into_iter().map(found_at).collect())
    }

    #[test]
    fn days_moments_and_counts() {
        let (found, findings) = read(
            "service,date,count,who\r\nshop,2024-03-01,4,ci\r\ncheckout,2024-03-01T23:30:00Z,2,ci\r\n\r\n\"checkout\",2024-03-04,1,\"a, b\"\r\n",
        );
        assert_eq!(findings, []);
        let found = found.expect("deployments");
        assert_eq!(found.count(date(2024, 3, 1), date(2024, 3, 3)), 6, "half past midnight in Berlin is the second");
        assert_eq!(found.days[&date(2024, 3, 2)]["checkout"], 2);
        assert_eq!(found.covered(date(2024, 1, 1), date(2025, 1, 1)), Some((date(2024, 3, 1), date(2024, 3, 5))));
        assert_eq!(found.covered(date(2025, 1, 1), date(2025, 2, 1)), None);
    }

    #[test]
    fn every_mistake_at_its_place() {
        let text = "date,service,count\n2024-13-01,checkout,1\n2024-03-01,chekout,x\n2024-03-02,checkout,-1\n";
        let (found, findings) = read(text);
        let at = |words: &str| u32::try_from(text.rfind(words).expect("there")).expect("short");
        let span = |words: &str| (at(words), at(words) + u32::try_from(words.len()).expect("short"));
        let spans: Vec<(u32, u32)> = findings.iter().map(|(start, end, _)| (*start, *end)).collect();
        assert_eq!(spans, [span("2024-13-01"), span("x"), span("chekout"), span("-1")], "{findings:?}");
        assert_eq!(found, None);
        assert_eq!(read("when,service\n").1[0].2, "no column is named `date`");
        assert_eq!(read("").1[0].2, "the file is empty");
        assert_eq!(
            read("date\n2024-03-01\n2024-03-01\n").0.expect("read").count(date(2024, 1, 1), date(2025, 1, 1)),
            2
        );
    }
}
