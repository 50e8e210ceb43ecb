//! The floors of `lib.rs` hold, and files keep the shape that CONTRIBUTING.md promises.

use crate::support::files_under;
use std::{collections::BTreeMap, fs};

/// Module → floor, as the comments of `lib.rs` say.
fn floors() -> BTreeMap<String, usize> {
    let source = fs::read_to_string("src/lib.rs").expect("src/lib.rs");
    let mut floor = None;
    let mut floors = BTreeMap::new();
    for line in source.lines() {
        if let Some(number) = line.strip_prefix("// floor ") {
            floor = Some(number.trim().parse().expect("a floor number"));
        } else if let Some(module) = line.strip_prefix("pub mod ") {
            floors.insert(module.trim_end_matches(';').to_owned(), floor.expect("a floor above the module"));
        }
    }
    floors
}

/// Modules named after `crate::` in a source text, in paths and in braces of a `use`.
fn used_modules(source: &str) -> Vec<String> {
    let mut used = Vec::new();
    let source: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + 7..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => used.push(std::mem::take(&mut name)),
                    c if depth == 0 => name.push(c),
                    _ => {}
                }
            }
            used.push(name);
        } else {
            used.push(rest.to_owned());
        }
    }
    let first_word =
        |text: &String| text.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_owned();
    used.iter().map(first_word).filter(|word| !word.is_empty()).collect()
}

#[test]
fn imports_go_strictly_down() {
    let floors = floors();
    let mut wrong = Vec::new();
    for file in files_under("src", "rs") {
        let module = file.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("").to_owned();
        let Some(own) = floors.get(&module) else { continue };
        for used in used_modules(&fs::read_to_string(&file).expect("a source file")) {
            if let Some(other) = floors.get(&used)
                && used != module
                && other >= own
            {
                wrong.push(format!("{file}: `{module}` (floor {own}) uses `{used}` (floor {other})"));
            }
        }
    }
    assert!(floors.len() > 10, "lib.rs lists the floors");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_say_what_they_are_for_and_stay_small() {
    let mut wrong = Vec::new();
    for file in files_under("src", "rs") {
        let source = fs::read_to_string(&file).expect("a source file");
        if !source.starts_with("//!") {
            wrong.push(format!("{file}: does not open with `//!`"));
        }
        let lines = source.lines().count();
        if lines > 400 {
            wrong.push(format!("{file}: {lines} lines, at most 400"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_is_pure() {
    const FORBIDDEN: &[&str] =
        &["std::fs", "std::env", "SystemTime::now", "Timestamp::now", "Zoned::now", "println!", "eprintln!"];
    let floors = floors();
    let mut wrong = Vec::new();
    for file in files_under("src", "rs") {
        let module = file.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("").to_owned();
        if floors.get(&module).is_none_or(|floor| *floor >= floors["disk"]) {
            continue;
        }
        let source = fs::read_to_string(&file).expect("a source file");
        let code = source.split("#[cfg(test)]").next().unwrap_or("");
        for word in FORBIDDEN {
            if code.contains(word) {
                wrong.push(format!("{file}: `{word}` belongs on the floor of `disk`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
