//! Incidents as rails below each other, aligned at detection: what was unnoticed lies before the line, what followed
//! after it. Lengths are square roots of times, so that minutes stay visible beside days.

use super::{Anchor, Drawing, Length, Mark};
use crate::markup::Html;

/// The milestones of an incident in seconds from its detection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phases {
    /// At most 0.
    pub started: i64,
    pub mitigated: Option<i64>,
    pub resolved: Option<i64>,
}

/// A scale on which all rails of a stack are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    before: f64,
    after: f64,
}

/// Moments of the axis: seconds.
const TICKS: [i64; 9] = [900, 3600, 4 * 3600, 12 * 3600, 86_400, 3 * 86_400, 7 * 86_400, 30 * 86_400, 120 * 86_400];

fn root(seconds: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "times of incidents are far below 2^53 seconds")]
    let seconds = seconds as f64;
    seconds.signum() * seconds.abs().sqrt()
}

impl Scale {
    /// From the earliest start to the latest end, with at least a quarter of an hour on each side.
    #[must_use]
    pub fn of(all: &[Phases]) -> Self {
        let before = all.iter().map(|phases| -phases.started).max().unwrap_or(0).max(900);
        let ends = all.iter().filter_map(|phases| phases.resolved.max(phases.mitigated));
        Self { before: root(before), after: root(ends.max().unwrap_or(0).max(900)) }
    }

    /// The share of the width at which a moment stands; 0.5 % are left free on both sides.
    #[must_use]
    pub fn place(self, seconds: i64) -> f64 {
        0.005 + 0.99 * (root(seconds) + self.before) / (self.before + self.after)
    }

    /// Moments that are labeled: none closer to another than the width of a label.
    fn ticks(self) -> Vec<i64> {
        const APART: f64 = 0.16;
        let mut ticks = vec![0];
        let all = TICKS.iter().rev().flat_map(|tick| [-tick, *tick]);
        for tick in all.filter(|tick| (0.03..=0.97).contains(&self.place(*tick))) {
            if ticks.iter().all(|known| (self.place(*known) - self.place(tick)).abs() >= APART) {
                ticks.push(tick);
            }
        }
        ticks.sort_unstable();
        ticks
    }

    /// The axis above a stack. `says` gives the words of a moment; 0 is the detection.
    #[must_use]
    pub fn axis(self, id: &str, title: &str, about: &str, says: &dyn Fn(i64) -> String) -> Drawing {
        let mut marks = Vec::new();
        for tick in self.ticks() {
            let x = Length::Share(self.place(tick));
            let class = if tick == 0 { "zero" } else { "grid" };
            marks.push(Mark::Line { class, x1: x, y1: 19.0, x2: x, y2: 24.0 });
            let class = if tick == 0 { "number" } else { "label" };
            let anchor = match self.place(tick) {
                at if at < 0.06 => Anchor::Start,
                at if at > 0.94 => Anchor::End,
                _ => Anchor::Middle,
            };
            marks.push(Mark::Text { class, x, y: 13.0, anchor, turned: false, text: says(tick) });
        }
        let (id, title, about) = (id.to_owned(), title.to_owned(), about.to_owned());
        Drawing { id, class: "axis", width: None, height: 24.0, title, about, marks }
    }

    /// The rail of one incident. What it shows stands in words beside it, so it is hidden from those who hear a page.
    #[must_use]
    pub fn rail(self, phases: Phases) -> Html {
        let mut out = String::from(r#"<svg class="chart rail" aria-hidden="true">"#);
        for tick in self.ticks() {
            let x = Length::Share(self.place(tick));
            let class = if tick == 0 { "zero" } else { "grid" };
            out.push_str(&format!(r#"<line class="{class}" x1="{x}" y1="0" x2="{x}" y2="100%"></line>"#));
        }
        for (class, from, to) in phases.bars() {
            let (from, to) = (self.place(from), self.place(to));
            let (x, width) = (Length::Share(from), Length::Share((to - from).max(0.003)));
            out.push_str(&format!(r#"<rect class="{class}" x="{x}" y="11" width="{width}" height="12"></rect>"#));
        }
        out.push_str("</svg>");
        Html(out)
    }
}

impl Phases {
    /// The phases that have a length: class, from, to.
    fn bars(self) -> Vec<(&'static str, i64, i64)> {
        let mut bars = Vec::new();
        if self.started < 0 {
            bars.push(("unnoticed", self.started, 0));
        }
        let mut from = 0;
        for (class, end) in [("responding", self.mitigated), ("recovering", self.resolved)] {
            if let Some(to) = end.filter(|to| *to > from) {
                bars.push((class, from, to));
                from = to;
            }
        }
        bars
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATE: Phases = Phases { started: -3600, mitigated: Some(3600), resolved: Some(4 * 3600) };

    #[test]
    fn all_rails_share_the_place_of_detection_and_keep_their_order() {
        let scale = Scale::of(&[LATE, Phases { started: 0, mitigated: Some(60), resolved: None }]);
        let places: Vec<f64> = [-3600, 0, 3600, 4 * 3600].map(|at| scale.place(at)).into();
        assert!(places.is_sorted(), "{places:?}");
        assert!((places[0] - 0.005).abs() < 1e-9 && (places[3] - 0.995).abs() < 1e-9, "{places:?}");
        // One hour, and four: twice as far.
        assert!(((places[3] - places[1]) / (places[2] - places[1]) - 2.0).abs() < 1e-9, "{places:?}");
    }

    #[test]
    fn phases_without_length_are_not_drawn() {
        assert_eq!(LATE.bars().len(), 3);
        let short = Phases { started: 0, mitigated: Some(0), resolved: Some(60) };
        assert_eq!(short.bars(), [("recovering", 0, 60)]);
        assert_eq!(Phases { started: 0, mitigated: None, resolved: None }.bars(), []);
    }

    #[test]
    fn labels_of_the_axis_do_not_run_into_each_other() {
        for days in [0, 1, 3, 30, 400] {
            let scale = Scale::of(&[Phases { started: -60, mitigated: Some(days * 86_400), resolved: None }]);
            let ticks = scale.ticks();
            assert!(ticks.contains(&0));
            for pair in ticks.windows(2) {
                assert!(scale.place(pair[1]) - scale.place(pair[0]) >= 0.16, "{days}: {ticks:?}");
            }
        }
    }

    #[test]
    fn a_rail_is_drawn_in_shares_of_its_place() {
        let svg = Scale::of(&[LATE]).rail(LATE).0;
        assert!(svg.contains(r#"<rect class="unnoticed" x="0.5%" y="11" width="33%" height="12">"#), "{svg}");
        assert!(!svg.contains("style") && !svg.contains("viewBox"), "{svg}");
        assert_eq!(svg, Scale::of(&[LATE]).rail(LATE).0);
        let axis = Scale::of(&[LATE]).axis("r", "Phases", "One rail.", &|seconds| format!("<{seconds}>")).svg().0;
        assert!(axis.contains("&lt;0&gt;") && axis.contains("<desc id=\"r-d\">One rail.</desc>"), "{axis}");
    }
}
