//! What was read of reports, kept while they stay the same.

use super::document::{Document, Language};
use crate::{config::Config, model::Report};
use rayon::prelude::*;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Documents of the reports that were looked at last.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// What else a document depends on: the language of the site, and the names of services.
    read_with: String,
    /// By the place of the report in memory, which the report that is kept with it holds.
    documents: HashMap<usize, (Arc<Report>, Arc<Document>)>,
}

impl Memo {
    /// The documents of reports, in their order: those of reports that were not seen last time are read.
    pub(super) fn documents(&self, config: &Config, reports: &[Arc<Report>]) -> Vec<Arc<Document>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read_with = format!("{} {:?}", config.lang, config.services);
        if kept.read_with != read_with {
            *kept = Kept { read_with, ..Kept::default() };
        }
        let place = |report: &Arc<Report>| Arc::as_ptr(report).addr();
        let known = &kept.documents;
        let read = |language: &mut Option<Language>, report: &Arc<Report>| {
            if let Some((_, document)) = known.get(&place(report)) {
                return document.clone();
            }
            let language = language.get_or_insert_with(|| Language::of(&config.lang));
            Arc::new(Document::read(config, language, report))
        };
        let documents: Vec<Arc<Document>> = reports.par_iter().map_init(|| None, read).collect();
        let pairs = reports.iter().zip(&documents);
        kept.documents = pairs.map(|(report, document)| (place(report), (report.clone(), document.clone()))).collect();
        documents
    }
}
