//! The colors of a theme's tokens against WCAG's contrast, in both palettes, and in those of more contrast.

use super::css;
use std::{collections::BTreeMap, ops::Range};

/// Red, green and blue of linear light, 0 to 1.
type Light = [f64; 3];

/// A style sheet of a theme.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'s> {
    /// As the theme names it, `styles/10-tokens.css`.
    pub name: &'s str,
    pub text: &'s str,
    /// Everything in it stands in `@layer user`.
    pub is_user: bool,
}

/// Where a token is set: the sheet's index, and the place in its text.
pub type Place = (usize, Range<usize>);

/// What was found about a token.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Two colors that are too close.
    Low { palette: &'static str, token: String, ground: &'static str, found: f64, least: f64, places: [Place; 2] },
    /// A color in a notation that is not read here, so that nothing is known.
    Unread { token: String, value: String, place: Place },
}

/// As written, in the light and in the dark.
type Tokens<'s> = BTreeMap<&'s str, [Option<(&'s str, Place)>; 2]>;

/// Grounds that text stands on.
const GROUNDS: &[&str] = &["--aw-paper", "--aw-paper-2"];
const LAYERS: &[&str] = &["reset", "base", "theme", "components", "user"];

/// What fails. Text that is read a lot is held at 7, other text at 4.5, marks at 3.
#[must_use]
pub fn faults(sheets: &[Sheet<'_>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for more in [false, true] {
        let tokens = tokens(sheets, more);
        for (at, palette) in [["light", "dark"], ["light, more contrast", "dark, more contrast"]][usize::from(more)]
            .into_iter()
            .enumerate()
        {
            for token in tokens.keys() {
                for ground in GROUNDS {
                    faults.extend(least(token).and_then(|least| compare(&tokens, at, palette, token, ground, least)));
                }
            }
            faults.extend(compare(&tokens, at, palette, "--aw-ink", "--aw-mark", 7.0));
            if more {
                faults.extend(compare(&tokens, at, palette, "--aw-rule", "--aw-paper", 3.0));
            }
        }
    }
    let mut kept: Vec<Fault> = Vec::new();
    for fault in faults {
        if !kept.iter().any(|other| same(other, &fault)) {
            kept.push(fault);
        }
    }
    kept
}

/// The palettes of more contrast repeat what the others said already, and every ground what cannot be read.
fn same(told: &Fault, fault: &Fault) -> bool {
    match (told, fault) {
        (Fault::Low { palette: first, .. }, Fault::Low { palette, .. }) => {
            told.about() == fault.about() && palette.starts_with(*first)
        }
        (Fault::Unread { place: first, .. }, Fault::Unread { place, .. }) => first == place,
        _ => false,
    }
}

impl Fault {
    /// What it is about, whatever the palette.
    fn about(&self) -> (&str, &str, &[Place]) {
        match self {
            Self::Low { token, ground, places, .. } => (token, ground, places),
            Self::Unread { token, place, .. } => (token, "", std::slice::from_ref(place)),
        }
    }
}

fn least(token: &str) -> Option<f64> {
    match token {
        "--aw-ink" | "--aw-ink-2" | "--aw-accent" => Some(7.0),
        _ if token.starts_with("--aw-sev-") || token.starts_with("--aw-code-") => Some(4.5),
        _ if token.starts_with("--aw-phase-") => Some(3.0),
        _ => None,
    }
}

fn compare(
    tokens: &Tokens<'_>,
    at: usize,
    palette: &'static str,
    token: &str,
    ground: &'static str,
    least: f64,
) -> Option<Fault> {
    let (first, second) = (tokens.get(token)?[at].as_ref()?, tokens.get(ground)?[at].as_ref()?);
    let mut colors = [[0.0; 3]; 2];
    for (color, (name, (value, place))) in colors.iter_mut().zip([(token, first), (ground, second)]) {
        let Some(read) = resolved(tokens, at, value, 8) else {
            return Some(Fault::Unread { token: name.to_owned(), value: (*value).to_owned(), place: place.clone() });
        };
        *color = read;
    }
    let found = contrast(colors[0], colors[1]);
    let places = [first.1.clone(), second.1.clone()];
    (found < least).then(|| Fault::Low { palette, token: token.to_owned(), ground, found, least, places })
}

/// The tokens as the cascade leaves them: by layer, then in the order of the sheets.
fn tokens<'s>(sheets: &[Sheet<'s>], more: bool) -> Tokens<'s> {
    let mut set = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        for found in css::declarations(sheet.text) {
            let Some((sides, layer)) = applies(&found.scope, more) else { continue };
            let layer = if sheet.is_user { LAYERS.len() - 1 } else { layer };
            set.push((layer, sides, found.name, found.value, (at, found.range)));
        }
    }
    set.sort_by_key(|(layer, ..)| *layer);
    let mut tokens = Tokens::new();
    for (_, sides, name, value, place) in set {
        let both = sides_of(value);
        let token = tokens.entry(name).or_default();
        for side in [0, 1].into_iter().filter(|side| sides[*side]) {
            token[side] = Some((both[side], place.clone()));
        }
    }
    tokens
}

/// For which palettes a rule sets the tokens of the whole page, and the rank of its layer; `None` where it does not.
fn applies(scope: &[&str], more: bool) -> Option<([bool; 2], usize)> {
    let (mut sides, mut layer) = ([true; 2], LAYERS.len());
    for around in scope {
        let around = around.replace(' ', "");
        let (light, dark) = (around.contains("light"), around.contains("dark"));
        if let Some(name) = around.strip_prefix("@layer") {
            layer = LAYERS.iter().position(|known| *known == name).unwrap_or(0);
        } else if around.starts_with("@media(prefers-color-scheme:") || around.starts_with(":root[data-theme=") {
            sides = [sides[0] && light, sides[1] && dark];
        } else if around == "@media(prefers-contrast:more)" {
            more.then_some(())?;
        } else if !around.split(',').any(|selector| selector == ":root" || selector == "html") {
            return None;
        }
    }
    Some((sides, layer))
}

/// `light-dark(day, night)` → both; anything else stands for both.
fn sides_of(value: &str) -> [&str; 2] {
    let Some(inside) = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) else {
        return [value; 2];
    };
    let mut depth = 0_i32;
    for (at, letter) in inside.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => return [inside[..at].trim(), inside[at + 1..].trim()],
            _ => {}
        }
    }
    [value; 2]
}

fn resolved(tokens: &Tokens<'_>, at: usize, value: &str, deep: usize) -> Option<Light> {
    let Some(name) = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) else { return color(value) };
    let (value, _) = tokens.get(name.trim())?[at].as_ref().filter(|_| deep > 0)?;
    resolved(tokens, at, value, deep - 1)
}

/// Lightness (0 to 1), chroma and hue (degrees) → linear light, cut to what a screen can show.
fn light([lightness, chroma, hue]: [f64; 3]) -> Light {
    let (green_red, blue_yellow) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let cone = |green_red_part: f64, blue_yellow_part: f64| {
        (lightness + green_red_part * green_red + blue_yellow_part * blue_yellow).powi(3)
    };
    let cones = [
        cone(0.396_337_777_4, 0.215_803_757_3),
        cone(-0.105_561_345_8, -0.063_854_172_8),
        cone(-0.089_484_177_5, -1.291_485_548),
    ];
    let channels = [
        [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
        [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
        [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701],
    ];
    let sum = |weights: [f64; 3]| weights.iter().zip(cones).map(|(weight, cone)| weight * cone).sum::<f64>();
    channels.map(|weights| sum(weights).clamp(0.0, 1.0))
}

fn luminance([r, g, b]: Light) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Light, b: Light) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// `oklch(98.5% 0.006 85)`, `#0072b2`, `rgb(0 114 178)`, `white`, `black`; nothing that lets something shine through.
fn color(written: &str) -> Option<Light> {
    let written = written.trim().to_ascii_lowercase();
    let inside = |name: &str| written.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    if let Some(inside) = inside("oklch") {
        let parts: Vec<&str> = inside.split_whitespace().collect();
        let [lightness, chroma, hue] = parts[..] else { return None };
        let lightness = match lightness.strip_suffix('%') {
            Some(percent) => percent.parse::<f64>().ok()? / 100.0,
            None => lightness.parse().ok()?,
        };
        return Some(light([lightness, chroma.parse().ok()?, hue.trim_end_matches("deg").parse().ok()?]));
    }
    if let Some(inside) = inside("rgb") {
        let parts: Vec<f64> =
            inside.replace(',', " ").split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
        return Some(<[f64; 3]>::try_from(parts).ok()?.map(linear));
    }
    if let Some(digits) = written.strip_prefix('#') {
        let digits: Vec<u32> = digits.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
        let channels: Vec<u32> = match digits.len() {
            3 => digits.iter().map(|digit| digit * 17).collect(),
            6 => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
            _ => return None,
        };
        return Some([0, 1, 2].map(|at| linear(f64::from(channels[at]))));
    }
    match written.as_str() {
        "white" => Some([1.0; 3]),
        "black" => Some([0.0; 3]),
        _ => None,
    }
}

/// A channel of sRGB, 0 to 255, as linear light.
fn linear(channel: f64) -> f64 {
    let channel = channel / 255.0;
    if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::overrides;

    fn built_in() -> Sheet<'static> {
        let name = "styles/10-tokens.css";
        let text = std::str::from_utf8(overrides::base(name).expect("the tokens")).expect("UTF-8");
        Sheet { name, text, is_user: false }
    }

    #[test]
    fn black_and_white_are_as_far_apart_as_can_be() {
        let [white, black] = ["oklch(100% 0 0)", "oklch(0% 0 0)"].map(|written| color(written).expect("a color"));
        assert!((contrast(white, black) - 21.0).abs() < 0.01);
        // #0072b2, as color tables have it: 5.19:1 on white.
        for blue in ["oklch(53.15% 0.1307 243.8)", "#0072b2", "rgb(0 114 178)", "rgb(0, 114, 178)"] {
            let found = contrast(white, color(blue).expect("a color"));
            assert!((found - 5.19).abs() < 0.1, "{blue}: {found}");
        }
        assert_eq!((color("rgb(0 0 0 / 50%)"), color("#12345678"), color("rebeccapurple")), (None, None, None));
    }

    #[test]
    fn text_and_marks_can_be_read_on_both_papers_in_all_palettes() {
        let tokens = tokens(&[built_in()], false);
        for needed in
            ["--aw-paper", "--aw-ink", "--aw-accent", "--aw-phase-4", "--aw-sev-4", "--aw-code-number", "--aw-mark"]
        {
            assert!(
                tokens.get(needed).is_some_and(|both| both.iter().all(Option::is_some)),
                "{needed} is not in the sheet"
            );
        }
        assert_eq!(faults(&[built_in()]), Vec::new());
    }

    /// What is held to a contrast is a token: a color beside them is in one palette what it is in the other.
    #[test]
    fn text_has_the_color_of_a_token() {
        let sheets = crate::theme::FILES.iter().filter(|(name, _)| {
            name.ends_with(".css") && !name.ends_with("10-tokens.css") && !name.ends_with("90-print.css")
        });
        let sheets: Vec<(&str, &str)> =
            sheets.map(|(name, bytes)| (*name, std::str::from_utf8(bytes).expect("text"))).collect();
        assert!(sheets.len() > 5);
        for (name, text) in sheets {
            let values = text.split(['{', ';']).filter_map(|rule| rule.trim().strip_prefix("color:"));
            let fixed: Vec<&str> = values.filter(|value| value.contains(['#', '('])).collect();
            let fixed: Vec<&&str> = fixed.iter().filter(|value| !value.trim_start().starts_with("var(")).collect();
            assert!(fixed.is_empty(), "{name}: {fixed:?}");
        }
    }

    #[test]
    fn a_pale_text_is_found_where_it_is_set() {
        let text = ":root { --aw-ink-2: var(--aw-rule); }";
        let own = Sheet { name: "user.css", text, is_user: true };
        let found = faults(&[built_in(), own]);
        assert_eq!(found.len(), 4, "{found:#?}");
        for fault in &found {
            let Fault::Low { token, places, .. } = fault else { panic!("{fault:?}") };
            assert_eq!(
                (token.as_str(), places[0].0, &text[places[0].1.clone()]),
                ("--aw-ink-2", 1, "--aw-ink-2: var(--aw-rule)")
            );
        }
    }

    #[test]
    fn one_palette_can_be_set_alone_and_the_layer_decides() {
        let text = "@layer user { :root[data-theme=\"dark\"] { --aw-accent: black; } } @layer base { :root { --aw-accent: #777 } }";
        let found = faults(&[built_in(), Sheet { name: "styles/95-own.css", text, is_user: false }]);
        let told: Vec<&str> = found
            .iter()
            .map(|fault| match fault {
                Fault::Low { palette, .. } => *palette,
                Fault::Unread { .. } => "unread",
            })
            .collect();
        assert_eq!(told, ["light", "light", "dark", "dark"]);
        let unread =
            Sheet { name: "user.css", text: ":root { --aw-ink: color-mix(in oklch, red, blue); }", is_user: true };
        assert!(matches!(&faults(&[built_in(), unread])[..], [Fault::Unread { token, .. }] if token == "--aw-ink"));
    }
}
