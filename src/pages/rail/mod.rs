//! The rail: the timeline of an incident drawn to scale beside its text, as SVG that is styled by classes only.
//!
//! Phases are textured bars, each entry of the timeline is a tick that leads to it, times stand in the margin. Where a
//! long silence would press everything else together the rail is broken, and says for how long.

mod scale;

use super::{Input, format, phases};
use crate::{
    markup::{self, Html},
    model::{Report, time::When, words::EventKind},
    words::Words,
};
use jiff::Timestamp;
use scale::Scale;
use std::fmt::Write as _;

/// The drawing, in pixels where it is not made smaller: heights between the first and the last moment, and around them.
const HEIGHT: f64 = 560.0;
const MARGIN: f64 = 10.0;
/// Of a line of text.
const LINE: f64 = 15.0;
/// Labels beyond are left out; their ticks stay.
const MOST_LABELS: usize = 34;
/// Where the times end, the bar begins and ends, and the words begin.
const TIMES: u16 = 52;
const BAR: (u16, u16) = (70, 84);
const WORDS: u16 = 102;

/// Something at a moment.
struct Mark {
    /// Seconds from the start of the incident, or from the first entry where the start is a day.
    at: i64,
    when: Timestamp,
    /// The first entry of the timeline at this moment, from 1.
    entry: Option<usize>,
    text: String,
    /// The milestone that it is, in words.
    milestone: Option<String>,
    /// Decisions and detections are labeled before others.
    matters: bool,
}

/// A line of text beside the bar.
struct Label<'m> {
    /// Where it belongs.
    height: f64,
    mark: Option<&'m Mark>,
    time: String,
    word: String,
}

/// The rail of a report; `None` where fewer than two moments are known to the second.
pub(super) fn of(input: &Input<'_>, report: &Report) -> Option<Html> {
    let (marks, from_start) = marks(input.words, report)?;
    let moments: Vec<i64> = marks.iter().map(|mark| mark.at).collect();
    let scale = Scale::new(&moments, HEIGHT, LINE);
    let mut out = format!(
        "<svg class=\"rail\" viewBox=\"0 0 200 {}\" role=\"group\" aria-labelledby=\"rail-title\" aria-describedby=\"rail-desc\">\
         <title id=\"rail-title\">{}</title><desc id=\"rail-desc\">{}</desc>",
        HEIGHT + 2.0 * MARGIN,
        markup::escape(input.words.text("incident.rail")),
        markup::escape(&described(input.words, report, &marks)),
    );
    bars(&mut out, report, &scale, &marks, from_start);
    let labels = labels(input.words, &scale, &marks, from_start);
    let places = scale::apart(&labels.iter().map(|label| label.height).collect::<Vec<_>>(), LINE, HEIGHT);
    let unlabeled = |mark: &&Mark| !labels.iter().any(|label| label.mark.is_some_and(|of| of.at == mark.at));
    for mark in marks.iter().filter(unlabeled) {
        let tick = format!("M{} {}h8", BAR.0 - 8, px(scale.height(mark.at)));
        link(&mut out, input.words, mark, &format!("<path class=\"tick\" d=\"{tick}\"/>"));
    }
    for (label, place) in labels.iter().zip(places) {
        draw(&mut out, input.words, label, place);
    }
    out.push_str("</svg>");
    Some(Html(out))
}

/// The moments that are known to the second, each once, in order; and whether they count from the start.
fn marks(words: &Words, report: &Report) -> Option<(Vec<Mark>, bool)> {
    let start = report.times.started.value.instant();
    let entries = report.timeline.entries.iter().enumerate();
    let entries = entries.filter_map(|(index, entry)| Some((entry.at.instant()?, index, entry)));
    let mut marks: Vec<Mark> = Vec::new();
    for (when, index, entry) in entries {
        let matters = matches!(entry.kind, Some(EventKind::Detect | EventKind::Decision));
        let text = markup::text(&entry.text).split_whitespace().collect::<Vec<_>>().join(" ");
        marks.push(Mark { at: 0, when, entry: Some(index + 1), text, milestone: None, matters });
    }
    for (name, when) in report.times.in_order() {
        if let Some(when) = when.value.instant() {
            let milestone = Some(words.term("milestone", name.trim_end_matches("_at")).into_owned());
            marks.push(Mark { at: 0, when, entry: None, text: String::new(), milestone, matters: true });
        }
    }
    marks.sort_by_key(|mark| (mark.when, mark.entry.is_none(), mark.entry));
    marks.dedup_by(|next, kept| {
        let same = next.when.as_second() == kept.when.as_second();
        if same {
            kept.matters |= next.matters;
            kept.milestone = match (kept.milestone.take(), next.milestone.take()) {
                (Some(first), Some(second)) => Some(format!("{first}, {second}")),
                (first, second) => first.or(second),
            };
        }
        same
    });
    let zero = start.or_else(|| Some(marks.first()?.when))?;
    for mark in &mut marks {
        mark.at = mark.when.as_second() - zero.as_second();
    }
    (marks.len() > 1).then_some((marks, start.is_some()))
}

/// The spine, the phases on it, and the breaks.
fn bars(out: &mut String, report: &Report, scale: &Scale, marks: &[Mark], from_start: bool) {
    let (left, right) = BAR;
    let _ = write!(out, "<path class=\"spine\" d=\"M{} {}v{}\"/>", left + 7, MARGIN, HEIGHT);
    let mut phases = if from_start { phases::of(report) } else { Vec::new() };
    if let (Some(end), Some(last)) = (report.times.resolved.as_ref().and(phases.last()).map(|p| p.to), marks.last())
        && last.at > end
    {
        phases.push(phases::Phase { class: "after", from: end, to: last.at });
    }
    for phase in phases {
        let (top, bottom) = (scale.height(phase.from), scale.height(phase.to));
        let _ = write!(
            out,
            "<rect class=\"{}\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            phase.class,
            px(top),
            right - left,
            tall(bottom - top)
        );
    }
    for stretch in scale.stretches.iter().filter(|stretch| stretch.cut) {
        let y = px(stretch.top + scale::CUT / 2.0 - 3.0);
        let (x, zigzag) = (left - 4, "l5.5 -4 5.5 8 5.5 -8 5.5 4");
        let _ = write!(
            out,
            "<path class=\"gap\" d=\"M{x} {y}{zigzag}v6l-5.5 -4 -5.5 8 -5.5 -8 -5.5 4z\"/><path class=\"break\" d=\"M{x} {y}{zigzag}m-22 6{zigzag}\"/>"
        );
    }
}

/// What is written beside the bar, from top to bottom.
fn labels<'m>(words: &Words, scale: &Scale, marks: &'m [Mark], from_start: bool) -> Vec<Label<'m>> {
    let cuts = scale.stretches.iter().filter(|stretch| stretch.cut);
    let cuts = cuts.map(|cut| Label {
        height: f64::midpoint(cut.top, cut.bottom),
        mark: None,
        time: String::new(),
        word: words.duration(cut.to - cut.from),
    });
    let mut labels: Vec<Label<'m>> = cuts.collect();
    let matter = marks.iter().filter(|mark| mark.matters).count();
    let others = marks.len() - matter;
    let room = MOST_LABELS.saturating_sub(matter + labels.len()).min(others);
    let mut seen = 0;
    for mark in marks {
        if !mark.matters {
            seen += 1;
            if (seen * room) / others == ((seen - 1) * room) / others {
                continue;
            }
        }
        let time = if from_start && mark.at != 0 { format::offset(mark.at) } else { format::clock(mark.when) };
        let word = mark.milestone.clone().unwrap_or_default();
        labels.push(Label { height: scale.height(mark.at), mark: Some(mark), time, word });
    }
    labels.sort_by(|a, b| a.height.total_cmp(&b.height));
    labels
}

fn draw(out: &mut String, words: &Words, label: &Label<'_>, place: f64) {
    let (left, right) = BAR;
    let (y, line) = (px(label.height), px(place));
    let text = px(place + 4.0);
    let Some(mark) = label.mark else {
        let _ = write!(out, "<text class=\"cut\" x=\"{WORDS}\" y=\"{text}\">{}</text>", markup::escape(&label.word));
        return;
    };
    let is_milestone = !label.word.is_empty();
    let (class, from) = if is_milestone { ("tick milestone", left) } else { ("tick", left) };
    let mut drawn = format!(
        "<path class=\"{class}\" d=\"M{} {line}L{} {y}H{}\"/><text class=\"at\" x=\"{TIMES}\" y=\"{text}\">{}</text>",
        TIMES + 3,
        from - 5,
        if is_milestone { right } else { from },
        label.time
    );
    if is_milestone {
        let _ = write!(
            drawn,
            "<path class=\"tick milestone\" d=\"M{right} {y}h5L{} {line}\"/><text x=\"{WORDS}\" y=\"{text}\">{}</text>",
            WORDS - 3,
            markup::escape(&label.word)
        );
    }
    link(out, words, mark, &drawn);
}

/// A drawing that leads to its entry, and says what it is.
fn link(out: &mut String, words: &Words, mark: &Mark, drawing: &str) {
    const MOST: usize = 90;
    let mut text: String = mark.text.chars().take(MOST).collect();
    if mark.text.chars().count() > MOST {
        text.push('…');
    }
    let when = words.when(When::Instant(mark.when));
    let parts = [Some(when), mark.milestone.clone(), (!text.is_empty()).then_some(text)];
    let title = markup::escape(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    let _ = match mark.entry {
        Some(entry) => write!(out, "<a href=\"#t{entry}\" tabindex=\"-1\"><title>{title}</title>{drawing}</a>"),
        None => write!(out, "<g><title>{title}</title>{drawing}</g>"),
    };
}

/// The drawing in a sentence.
fn described(words: &Words, report: &Report, marks: &[Mark]) -> String {
    let ends = [marks.first(), marks.last()].map(|mark| mark.map(|mark| words.when(When::Instant(mark.when))));
    let [Some(from), Some(to)] = ends else { return String::new() };
    let phases = phases::of(report).iter().map(|phase| phase.said(words)).collect::<Vec<_>>().join(", ");
    words.say("incident.rail_told", &[("from", (&from).into()), ("to", (&to).into()), ("phases", (&phases).into())])
}

/// A height in the drawing, to a tenth.
fn px(height: f64) -> String {
    let text = format!("{:.1}", height + MARGIN);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn tall(height: f64) -> String {
    format!("{:.1}", height.max(2.0))
}
