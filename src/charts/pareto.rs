//! Groups by how much they hold, the largest first, with the share that is reached by then.

use super::{Anchor, Drawing, Length, Mark, axis, text};

/// One group.
#[derive(Clone, Debug)]
pub struct Bar {
    pub name: String,
    pub says: String,
    pub url: String,
    /// At least zero.
    pub value: f64,
    /// The value, as it is said.
    pub text: String,
    /// What all until here hold of the whole, as it is said; empty where shares do not add up.
    pub reached: String,
}

const ROW: f64 = 38.0;
const FONT: f64 = 13.0;
/// Names are cut here: the width of a phone.
const NAME: f64 = 250.0;

/// Draws a bar under each name on one scale from zero, as wide as its place.
#[must_use]
pub fn draw(id: &str, title: &str, about: &str, bars: &[Bar]) -> Drawing {
    let most = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let most = if most > 0.0 { most } else { 1.0 };
    let mut marks = Vec::new();
    let mut top = 0.0;
    for bar in bars {
        let name = Mark::Text {
            class: "name",
            x: Length::Share(0.0),
            y: top + 14.0,
            anchor: Anchor::Start,
            turned: false,
            text: text::fitted(&bar.name, FONT, NAME),
        };
        marks.push(Mark::Link { url: bar.url.clone(), says: bar.says.clone(), mark: Box::new(name) });
        let said = if bar.reached.is_empty() { bar.text.clone() } else { format!("{} · {}", bar.text, bar.reached) };
        marks.push(Mark::Text {
            class: "number",
            x: Length::Share(1.0),
            y: top + 14.0,
            anchor: Anchor::End,
            turned: false,
            text: said,
        });
        let width = Length::Share((bar.value / most).clamp(0.0, 1.0));
        marks.push(axis::across("grid", top + 26.0));
        let rect = Mark::Rect { class: "column", x: Length::Share(0.0), y: top + 21.0, width, height: 10.0 };
        marks.push(Mark::Said { says: bar.says.clone(), mark: Box::new(rect) });
        top += ROW;
    }
    Drawing {
        id: id.to_owned(),
        class: "pareto",
        width: None,
        height: top,
        title: title.to_owned(),
        about: about.to_owned(),
        marks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_on_one_scale_from_zero() {
        let bar = |value: f64| Bar {
            name: "a <name>".to_owned(),
            says: "says".to_owned(),
            url: "x/".to_owned(),
            value,
            text: format!("{value}"),
            reached: "75 %".to_owned(),
        };
        let svg = draw("p", "t", "a", &[bar(4.0), bar(1.0), bar(0.0)]).svg().0;
        assert!(svg.contains("width=\"100%\" height=\"10\"") && svg.contains("width=\"25%\" height=\"10\""), "{svg}");
        assert!(svg.contains("a &lt;name&gt;") && svg.contains("4 · 75 %") && !svg.contains("style"), "{svg}");
        assert!(draw("p", "t", "a", &[bar(0.0)]).svg().0.contains("width=\"0%\""));
    }
}
