//! A digest as one page of HTML that loads nothing: tables and styles on elements, as readers of mail want them.
//!
//! Colors are those of the reader, so it is dark where the reader is; what is read second is only smaller.

use super::{address, editor, over, read_all};
use crate::{
    markup::escape,
    pages::{
        digest::sheet::{Entry, Figure, Layout, Part, Sheet},
        line::Line,
        subject::Directory,
    },
    words,
};

const BODY: &str = "margin:0;padding:0";
const TEXT: &str = "font-family:Georgia,'Times New Roman',serif;font-size:18px;line-height:1.5;margin:12px 0";
const SANS: &str = "font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5";
const SMALL: &str = "font-family:Arial,Helvetica,sans-serif;font-size:13px;line-height:1.5";
const TITLE: &str =
    "font-family:Georgia,'Times New Roman',serif;font-size:30px;font-weight:normal;line-height:1.2;margin:4px 0 8px";
const HEADING: &str = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.4;margin:24px 0 6px;padding-top:8px;border-top:1px solid #888888";
const NUMBER: &str = "font-family:Georgia,'Times New Roman',serif;font-size:21px;line-height:1.4";
const CELL: &str = "padding:4px 12px 4px 0;vertical-align:top";

pub(super) fn render(directory: &Directory<'_>, sheet: &Sheet) -> String {
    let lang = &directory.config.lang;
    let title = escape(&sheet.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\" style=\"color-scheme:light dark\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{title} · {}</title>\n</head>\n<body style=\"{BODY}\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>\
         <td align=\"center\" style=\"padding:20px 16px\">\n\
         <table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"max-width:600px;width:100%;text-align:start\"><tr><td>\n",
        escape(lang),
        words::direction(lang),
        escape(&directory.config.title)
    );
    out.push_str(&format!("<p style=\"{SMALL};margin:0\">{}</p>\n", escape(&over(sheet))));
    out.push_str(&format!(
        "<h1 style=\"{TITLE}\">{title}</h1>\n<p style=\"{TEXT}\">{}</p>\n",
        said(directory, &sheet.lead)
    ));
    out.push_str(&strip(directory, &sheet.figures));
    for part in &sheet.parts {
        out.push_str(&section(directory, part));
    }
    out.push_str(&format!(
        "<p style=\"{SMALL};margin:24px 0 0;padding-top:8px;border-top:1px solid #888888\">{}",
        said(directory, &sheet.method)
    ));
    if let Some(line) = read_all(directory, sheet) {
        out.push_str(&format!(" {}", said(directory, &line)));
    }
    out.push_str("</p>\n</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n");
    out
}

fn said(directory: &Directory<'_>, line: &Line) -> String {
    let mut line = line.clone();
    // Classes belong to the sheet of the site.
    line.0.iter_mut().for_each(|run| run.class.clear());
    line.html_with(&|url| address(directory, url)).0
}

fn strip(directory: &Directory<'_>, figures: &[Figure]) -> String {
    let row = |figure: &Figure| {
        let missing = || escape(directory.words.text("digest.not_recorded"));
        let value = figure.value.as_ref().map_or_else(missing, |value| said(directory, value));
        let notes: Vec<String> = figure.notes.iter().map(|note| said(directory, note)).collect();
        format!(
            "<tr><th scope=\"row\" align=\"left\" style=\"{SMALL};font-weight:normal;{CELL}\">{}</th>\
             <td style=\"{NUMBER};{CELL};white-space:nowrap\">{value}</td><td style=\"{SMALL};{CELL}\">{}</td></tr>\n",
            escape(&figure.name),
            notes.join("<br>")
        )
    };
    let rows: String = figures.iter().map(row).collect();
    format!(
        "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"border-top:1px solid #888888;margin-top:16px\">\n{rows}</table>\n"
    )
}

fn section(directory: &Directory<'_>, part: &Part) -> String {
    let mut out = format!("<h2 style=\"{HEADING}\">{}</h2>\n", escape(&part.heading));
    match (&part.editor, part.entries.is_empty()) {
        (Some(words), _) => out.push_str(&format!("<div style=\"{SANS}\">{}</div>\n", editor(directory, words).0)),
        (None, true) => {
            out.push_str(&format!("<p style=\"{SANS};margin:4px 0\">{}</p>\n", said(directory, &part.empty)));
        }
        (None, false) => {
            let rows: String = part.entries.iter().map(|entry| row(directory, part.layout, entry)).collect();
            out.push_str(&format!(
                "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n{rows}</table>\n"
            ));
        }
    }
    if !part.note.is_empty() {
        out.push_str(&format!("<p style=\"{SMALL};margin:4px 0\">{}</p>\n", said(directory, &part.note)));
    }
    out
}

fn row(directory: &Directory<'_>, layout: Layout, entry: &Entry) -> String {
    let lines: Vec<String> = entry.lines.iter().map(|line| said(directory, line)).collect();
    let lines = lines.join("<br>");
    let (label, when, value) = (escape(&entry.label), escape(&entry.when), escape(&entry.value));
    let cells = match layout {
        Layout::Plain => format!("<td style=\"{SANS};{CELL}\">{lines}</td>"),
        Layout::Labeled => {
            format!(
                "<td width=\"22%\" style=\"{SANS};{CELL}\"><b>{label}</b></td><td style=\"{SANS};{CELL}\">{lines}</td>"
            )
        }
        Layout::Incidents => format!(
            "<td width=\"12%\" style=\"{SMALL};{CELL}\"><b>{label}</b></td>\
             <td style=\"{SANS};{CELL}\">{lines}<br><span style=\"{SMALL}\">{when}</span></td>\
             <td align=\"right\" style=\"{SMALL};{CELL};padding-right:0;white-space:nowrap\">{value}</td>"
        ),
    };
    format!("<tr>{cells}</tr>\n")
}
