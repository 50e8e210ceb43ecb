//! A site whose files are made when they are asked for, with the same bytes as those of a whole build.

use super::{Checked, published, rendered, told};
use crate::{
    analyze::{self, Analysis},
    config::Config,
    diag::Diagnostic,
    export,
    model::{Visibility, corpus::Corpus},
    pages::{self, Prepared, subject::Directory},
    render::{self, Done, Renderer},
    search,
    site::{Body, Memory, Page, Site},
    snapshot::{File, RelPath, Snapshot},
    theme::{Theme, overrides},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

type Bytes = Arc<[u8]>;
/// Receives files, from any thread.
type Sink<'s> = &'s (dyn Fn(Page) + Sync);

/// What a theme is made of.
type Files = Vec<(RelPath, File)>;

/// What can be used again for the next site.
#[derive(Default)]
pub struct Memo {
    theme: Mutex<Option<(Files, Arc<Theme>)>>,
    analysis: analyze::memo::Memo,
}

impl Memo {
    /// The theme of the last time, where neither its files nor `site.toml` have changed.
    fn theme(&self, snapshot: &Snapshot, config: &Config) -> anyhow::Result<Arc<Theme>> {
        let own = overrides::files(snapshot, config).into_values().map(|(path, _)| path.clone());
        let read = |path: RelPath| snapshot.files.get(&path).cloned().map(|file| (path, file));
        let files: Files = own.chain([Config::path()]).filter_map(read).collect();
        let mut last = self.theme.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, theme)) = last.as_ref().filter(|(made_of, _)| *made_of == files) {
            return Ok(theme.clone());
        }
        let theme = Arc::new(Theme::load(snapshot, config)?);
        *last = Some((files, theme.clone()));
        Ok(theme)
    }
}

/// Everything that pages are made from, and what was made so far.
pub struct OnDemand {
    snapshot: Snapshot,
    checked: Checked,
    audience: Visibility,
    config: Config,
    corpus: Corpus,
    analysis: Arc<Analysis>,
    findings: Vec<Diagnostic>,
    theme: Arc<Theme>,
    prepared: Prepared,
    made: Mutex<BTreeMap<RelPath, Option<Bytes>>>,
    /// Files that are made together when one of them is asked for.
    search: OnceLock<BTreeMap<RelPath, Bytes>>,
    machines: OnceLock<BTreeMap<RelPath, Bytes>>,
    assets: OnceLock<BTreeMap<RelPath, Bytes>>,
    whole: OnceLock<Site>,
}

impl OnDemand {
    /// Computes what all pages need, and no page. `memo` holds what can be used again the next time.
    ///
    /// # Errors
    /// A template of the user's theme that does not compile.
    pub fn new(snapshot: Snapshot, checked: Checked, audience: Visibility, memo: &Memo) -> anyhow::Result<Self> {
        let theme = memo.theme(&snapshot, &checked.config)?;
        let config = checked.config.for_audience(audience).into_owned();
        let corpus = published(&checked, audience);
        let findings = told(&checked, audience);
        let analysis = analyze::analyze_again(&config, &corpus, snapshot.today, &memo.analysis);
        // Most pages that somebody writes at are reports, which say what is like them.
        let begun = analysis.clone();
        std::thread::spawn(move || begun.join());
        let prepared = Prepared::of(&config, &corpus, &analysis);
        Ok(Self {
            snapshot,
            checked,
            audience,
            config,
            corpus,
            analysis,
            findings,
            theme,
            prepared,
            made: Mutex::default(),
            search: OnceLock::new(),
            machines: OnceLock::new(),
            assets: OnceLock::new(),
            whole: OnceLock::new(),
        })
    }

    /// Reports on the site.
    #[must_use]
    pub fn reports(&self) -> usize {
        self.corpus.reports.len()
    }

    /// Whether templates or scripts of the user's are on its pages.
    #[must_use]
    pub fn has_theme(&self) -> bool {
        self.checked.config.theme_dir.is_some()
    }

    /// Makes all files at once.
    ///
    /// # Errors
    /// As [`super::build`].
    pub fn make_all(&self) -> anyhow::Result<()> {
        let shelf = Memory::default();
        let Done { mut faults, .. } =
            rendered(&self.snapshot, &self.checked, &self.corpus, self.audience, &self.theme, &shelf, &|_| {});
        if let Some((_, fault)) = faults.pop_first() {
            return Err(fault);
        }
        let _ = self.whole.set(shelf.into_site());
        Ok(())
    }

    /// The bytes of a file; `None` where there is none.
    ///
    /// # Errors
    /// A template of the user's theme that does not render.
    pub fn file(&self, path: &RelPath) -> anyhow::Result<Option<Bytes>> {
        if let Some(site) = self.whole.get() {
            return Ok(site.files.get(path).cloned());
        }
        if let Some(bytes) = self.theme.static_files.get(path.as_str()) {
            return Ok(Some(bytes.clone()));
        }
        if let Some(made) = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(made.clone());
        }
        let bytes = self.make(path)?;
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes.clone());
        Ok(bytes)
    }

    fn make(&self, path: &RelPath) -> anyhow::Result<Option<Bytes>> {
        let directory = self.directory();
        let address = path.as_str();
        if address.ends_with(".html") || address.starts_with("data/") {
            let page = pages::one(&directory, &self.analysis, &self.findings, &self.prepared, address);
            return page.map(|page| Renderer::new(&self.theme, &self.config).render(page)).transpose();
        }
        let (folder, _) = address.split_once('/').unwrap_or_default();
        let is_data = [".json", ".csv", ".xml", ".ics"].iter().any(|ending| address.ends_with(ending));
        match folder {
            _ if export::tells_of_all(address) => {
                self.make_all()?;
                Ok(self.whole.get().and_then(|site| site.files.get(path).cloned()))
            }
            "search" => Ok(self.search().get(path).cloned()),
            "assets" => Ok(self.assets().get(path).cloned()),
            _ if is_data => Ok(self.machines(&directory).get(path).cloned()),
            _ => Ok(None),
        }
    }

    fn directory(&self) -> Directory<'_> {
        let (config, corpus, analysis) = (&self.config, &self.corpus, &self.analysis);
        Directory::new(config, corpus, analysis, &self.snapshot.history, &self.theme.words, self.audience)
    }

    fn search(&self) -> &BTreeMap<RelPath, Bytes> {
        let make = |sink: Sink<'_>| search::each(&self.config, &self.corpus, &self.theme.words, sink);
        self.search.get_or_init(|| collected(&make))
    }

    fn machines(&self, directory: &Directory<'_>) -> &BTreeMap<RelPath, Bytes> {
        let make = |sink: Sink<'_>| export::each(directory, &self.analysis, sink);
        self.machines.get_or_init(|| collected(&make))
    }

    fn assets(&self) -> &BTreeMap<RelPath, Bytes> {
        let make =
            |sink: Sink<'_>| render::assets(&self.config, &self.snapshot, &self.corpus).into_iter().for_each(sink);
        self.assets.get_or_init(|| collected(&make))
    }
}

/// Files that need no template.
fn collected(make: &dyn Fn(Sink<'_>)) -> BTreeMap<RelPath, Bytes> {
    let files = Mutex::new(BTreeMap::new());
    make(&|page: Page| {
        if let Body::Raw(bytes) = page.body {
            files.lock().unwrap_or_else(PoisonError::into_inner).insert(page.path, bytes);
        }
    });
    files.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config, snapshot::History};
    use jiff::civil::date;

    #[test]
    fn the_theme_is_kept_while_its_files_and_the_configuration_are() {
        let memo = Memo::default();
        let loaded = |title: &str, styles: &str| {
            let toml = format!("title = \"{title}\"\ntheme = \"look\"\n");
            let files = [("site.toml", toml.as_str()), ("look/user.css", styles)]
                .map(|(path, text)| (RelPath::new(path).expect("a path"), File { bytes: text.as_bytes().into() }));
            let (history, findings, before) = (History::default(), Vec::new(), BTreeMap::new());
            let snapshot = Snapshot { files: files.into(), history, today: date(2024, 6, 1), findings, before };
            let config = config::parse(snapshot.files.get(&Config::path())).0;
            memo.theme(&snapshot, &config).expect("a theme")
        };
        let first = loaded("A", "a {}");
        assert!(Arc::ptr_eq(&first, &loaded("A", "a {}")));
        let restyled = loaded("A", "b {}");
        assert!(!Arc::ptr_eq(&first, &restyled) && restyled.static_files != first.static_files);
        assert!(!Arc::ptr_eq(&restyled, &loaded("B", "b {}")));
    }
}
