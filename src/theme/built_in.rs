//! The files of the built-in theme, inside the program. A test holds this list equal to the folder.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../themes/default/", $name)))),+]
    };
}

/// As the folder `themes/default` has them, by name.
pub const FILES: &[(&str, &[u8])] = files!(
    "i18n/de.toml",
    "i18n/en.toml",
    "scripts/05-load.js",
    "scripts/10-theme.js",
    "scripts/20-keys.js",
    "scripts/30-copy.js",
    "scripts/35-zoom.js",
    "scripts/40-prefetch.js",
    "scripts/50-contents.js",
    "scripts/55-zones.js",
    "scripts/70-search.js",
    "static/boot.js",
    "static/icon.svg",
    "static/list.js",
    "static/search.js",
    "styles/10-tokens.css",
    "styles/20-base.css",
    "styles/30-frame.css",
    "styles/40-parts.css",
    "styles/50-incident.css",
    "styles/60-lists.css",
    "styles/65-groups.css",
    "styles/70-charts.css",
    "styles/80-search.css",
    "styles/90-print.css",
    "templates/404.html",
    "templates/actions.html",
    "templates/base.html",
    "templates/behind.html",
    "templates/brief.html",
    "templates/budget.html",
    "templates/calendar.html",
    "templates/digest.html",
    "templates/digests.html",
    "templates/evidence.html",
    "templates/facets.html",
    "templates/figures.html",
    "templates/groups.html",
    "templates/head.html",
    "templates/helped.html",
    "templates/home.html",
    "templates/incident.html",
    "templates/incidents.html",
    "templates/keys.html",
    "templates/list.html",
    "templates/measures.html",
    "templates/metrics.html",
    "templates/not-published.html",
    "templates/numbers.html",
    "templates/open.html",
    "templates/pattern.html",
    "templates/patterns.html",
    "templates/repeating.html",
    "templates/rolling.html",
    "templates/rows.html",
    "templates/rule.html",
    "templates/rules.html",
    "templates/search-dialog.html",
    "templates/search-form.html",
    "templates/search-words.html",
    "templates/search.html",
    "templates/service.html",
    "templates/severities.html",
    "templates/stack.html",
    "templates/strip.html",
    "templates/team.html",
    "templates/toll.html",
);

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_inside() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut on_disk = Vec::new();
        for folder in std::fs::read_dir(&root).expect("the theme").flatten().filter(|entry| entry.path().is_dir()) {
            for file in std::fs::read_dir(folder.path()).expect("a folder of the theme").flatten() {
                on_disk.push(format!("{}/{}", folder.file_name().display(), file.file_name().display()));
            }
        }
        on_disk.sort();
        let inside: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(inside, on_disk);
    }
}
