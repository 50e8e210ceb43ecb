//! A test of the colors: the tokens of the built-in theme, read from its style sheet, against WCAG's contrast.

use super::built_in;
use std::collections::BTreeMap;

/// Red, green and blue of linear light, 0 to 1.
type Light = [f64; 3];

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

/// `oklch(98.5% 0.006 85)`
fn color(written: &str) -> Option<Light> {
    let inside = written.trim().strip_prefix("oklch(")?.strip_suffix(')')?;
    let parts: Vec<f64> = inside.split(' ').filter_map(|part| part.trim_end_matches('%').parse().ok()).collect();
    let [lightness, chroma, hue] = parts[..] else { return None };
    Some(light([lightness / 100.0, chroma, hue]))
}

/// The colors of a block, by token: in the light, in the dark.
fn palettes(css: &str) -> BTreeMap<String, [Light; 2]> {
    let mut tokens = BTreeMap::new();
    for line in css.lines().map(str::trim).filter(|line| line.starts_with("--aw-")) {
        let Some((name, value)) = line.split_once(": ") else { continue };
        let Some(inside) = value.split(';').next().and_then(|value| value.strip_prefix("light-dark(")) else {
            continue;
        };
        let (day, night) = inside.trim_end_matches(')').split_once("), ").expect("two colors");
        let both = [format!("{day})"), format!("{night})")].map(|written| color(&written).expect(name));
        tokens.insert(name.to_owned(), both);
    }
    tokens
}

fn sheet() -> &'static str {
    let (_, bytes) = built_in::FILES.iter().find(|(name, _)| *name == "styles/10-tokens.css").expect("the tokens");
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// What fails, as lines; text that is read a lot is held at 7, other text at 4.5, marks at 3.
fn failures(tokens: &BTreeMap<String, [Light; 2]>) -> Vec<String> {
    let least = |name: &str| match name {
        "--aw-ink" | "--aw-ink-2" | "--aw-accent" => Some(7.0),
        _ if name.starts_with("--aw-sev-") || name.starts_with("--aw-code-") => Some(4.5),
        _ if name.starts_with("--aw-phase-") => Some(3.0),
        _ => None,
    };
    let mut failures = Vec::new();
    for (palette, at) in [("light", 0), ("dark", 1)] {
        for ground in ["--aw-paper", "--aw-paper-2"] {
            for (name, colors) in tokens {
                let Some(least) = least(name) else { continue };
                let found = contrast(colors[at], tokens[ground][at]);
                if found < least {
                    failures.push(format!("{palette}: {name} on {ground} is {found:.2}:1, less than {least}:1"));
                }
            }
        }
        let marked = contrast(tokens["--aw-ink"][at], tokens["--aw-mark"][at]);
        if marked < 7.0 {
            failures.push(format!("{palette}: text on --aw-mark is {marked:.2}:1, less than 7:1"));
        }
    }
    failures
}

#[test]
fn black_and_white_are_as_far_apart_as_can_be() {
    let [white, black] = ["oklch(100% 0 0)", "oklch(0% 0 0)"].map(|written| color(written).expect("a color"));
    assert!((contrast(white, black) - 21.0).abs() < 0.01);
    // #0072b2, as color tables have it: 5.19:1 on white.
    let blue = color("oklch(53.15% 0.1307 243.8)").expect("a color");
    assert!((contrast(white, blue) - 5.19).abs() < 0.1, "{}", contrast(white, blue));
}

#[test]
fn text_and_marks_can_be_read_on_both_papers_in_both_palettes() {
    let (usual, more) = sheet().split_once("@media (prefers-contrast: more)").expect("a palette of more contrast");
    let tokens = palettes(usual);
    for needed in ["--aw-paper", "--aw-ink", "--aw-accent", "--aw-phase-4", "--aw-sev-4", "--aw-code-number"] {
        assert!(tokens.contains_key(needed), "{needed} is not in the sheet");
    }
    assert_eq!(failures(&tokens), Vec::<String>::new());

    let mut strong = tokens.clone();
    strong.extend(palettes(more));
    assert_eq!(failures(&strong), Vec::<String>::new(), "with more contrast");
    for at in [0, 1] {
        let rule = |tokens: &BTreeMap<String, [Light; 2]>| contrast(tokens["--aw-rule"][at], tokens["--aw-paper"][at]);
        assert!(rule(&strong) >= 3.0, "hairlines are marks with more contrast: {:.2}", rule(&strong));
    }
}

#[test]
fn a_pale_text_is_found() {
    let mut tokens = palettes(sheet());
    tokens.insert("--aw-ink-2".to_owned(), [tokens["--aw-rule"][0], tokens["--aw-rule"][1]]);
    assert_eq!(failures(&tokens).len(), 4);
}
