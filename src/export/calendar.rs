//! Due dates of open action items as calendars (iCalendar, RFC 5545): of all, and of each team. All-day events that block
//! nobody's time, because calendars that people use do not show tasks. Time stamps come from reports and git.

use super::raw;
use crate::{
    analyze::followup,
    model::{Action, ActionStatus, Report, Status},
    pages::{
        format,
        head::CALENDAR,
        incident_url, newest_first, plain,
        subject::{Directory, Subject},
    },
    site::Page,
};
use jiff::civil::Date;

/// Bytes of a line, at most, without its end.
const LINE: usize = 75;

/// A date that somebody promised.
struct Due<'a> {
    date: Date,
    report: &'a Report,
    action: &'a Action,
    teams: Vec<String>,
}

/// Hands the calendars to `sink`. A team without due dates has an empty one, so that subscriptions do not break.
pub(super) fn each(directory: &Directory<'_>, sink: &(dyn Fn(Page) + Sync)) {
    let reports = newest_first(&directory.corpus.reports);
    let mut due: Vec<Due<'_>> = reports.iter().flat_map(|report| open(directory, report)).collect();
    due.sort_by_key(|due| (due.date, &due.report.id.value, &due.action.id.value));
    let site = &directory.config.title;
    let all: Vec<&Due<'_>> = due.iter().collect();
    sink(raw(CALENDAR, calendar(directory, &format!("{site}: action items"), &all)));
    for (folder, subject, _) in directory.groups() {
        if let Subject::Team(id, _) = subject {
            let own: Vec<&Due<'_>> = due.iter().filter(|due| due.teams.iter().any(|team| team == id)).collect();
            let title = format!("{site}: action items of {}", directory.name(subject));
            sink(raw(&format!("{folder}{CALENDAR}"), calendar(directory, &title, &own)));
        }
    }
}

/// What of a report is still to be done by a date; drafts promise nothing yet.
fn open<'r>(directory: &Directory<'_>, report: &'r Report) -> Vec<Due<'r>> {
    let ended = |action: &&Action| {
        let status = action.status.as_ref().map(|status| status.value);
        matches!(status, Some(ActionStatus::Done | ActionStatus::Dropped))
    };
    let actions = report.actions.iter().filter(|action| report.status != Status::Draft && !ended(action));
    let due = actions.filter_map(|action| {
        let date = action.due.as_ref()?.value;
        Some(Due { date, report, action, teams: followup::teams(directory.config, report, action) })
    });
    due.collect()
}

fn calendar(directory: &Directory<'_>, title: &str, due: &[&Due<'_>]) -> String {
    let mut out = String::new();
    let name = text(title);
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Afterword//Action items//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        &format!("NAME:{name}"),
        &format!("X-WR-CALNAME:{name}"),
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ] {
        push(&mut out, line);
    }
    for due in due {
        event(directory, due, &mut out);
    }
    if due.is_empty() {
        // A calendar must hold something.
        for line in ["BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000"] {
            push(&mut out, line);
        }
        for line in ["TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"] {
            push(&mut out, line);
        }
    }
    push(&mut out, "END:VCALENDAR");
    out
}

fn event(directory: &Directory<'_>, due: &Due<'_>, out: &mut String) {
    let Due { date, report, action, .. } = due;
    let stamp = directory.changed(report).sort_key().strftime("%Y%m%dT%H%M%SZ").to_string();
    let id = format!("action/{}/{}", format::slug(&report.id.value), plain::line(&action.id.value));
    let owner = action.owner.as_ref().map(|owner| format!("Owner: {}", plain::line(&owner.value)));
    let status = action.status.as_ref().map(|status| format!("Status: {}", format::words(status.value.word())));
    let about = Some(format!("After: {}", plain::line(&report.title.value)));
    let about: Vec<String> = [owner, status, about].into_iter().flatten().map(|line| text(&line)).collect();
    push(out, "BEGIN:VEVENT");
    push(out, &format!("UID:{}", directory.tag(&id).replace([',', ';'], ":")));
    push(out, &format!("DTSTAMP:{stamp}"));
    push(out, &format!("LAST-MODIFIED:{stamp}"));
    push(out, &format!("DTSTART;VALUE=DATE:{}", date.strftime("%Y%m%d")));
    push(out, &format!("SUMMARY:{}", text(&format!("Due: {}", action.title.value))));
    push(out, &format!("DESCRIPTION:{}", about.join("\\n")));
    if let Some(url) = directory.absolute(&incident_url(report)) {
        push(out, &format!("URL:{url}"));
    }
    push(out, "TRANSP:TRANSPARENT");
    push(out, "END:VEVENT");
}

/// A value of the type TEXT, on one line.
fn text(text: &str) -> String {
    plain::line(text).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

/// A content line, folded between characters.
fn push(out: &mut String, line: &str) {
    let mut room = LINE;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        let line = format!("SUMMARY:{}", "ä€😀".repeat(40));
        push(&mut out, &line);
        assert!(out.ends_with("\r\n"));
        assert!(
            out.trim_end().split("\r\n").all(|part| part.len() <= LINE && part.len() > 70 || part.starts_with(' '))
        );
        assert_eq!(out.replace("\r\n ", "").trim_end(), line);
    }

    #[test]
    fn nothing_in_a_text_begins_a_line() {
        assert_eq!(text("a;b,c\\d\r\nBEGIN:VEVENT\u{202e}"), "a\\;b\\,c\\\\d BEGIN:VEVENT");
    }
}
