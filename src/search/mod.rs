//! The search of the site: an index in small scripts, of which a query loads the few that it needs.
//!
//! `search/index.js` names everything else: the dictionary in shards by the beginnings of words (`d-`), postings (`p-`),
//! words by their ends (`e-`), one file per facet (`f-`), and the words of each report (`t/`). Names carry a digest of
//! the content, except those of `index.js` and `t/`, which are asked for with the digest of the whole index.
//! `themes/default/static/search.js` reads it.

use crate::{
    config::Config,
    model::{Report, corpus::Corpus},
    site::{Body, Page},
    snapshot::RelPath,
    words::{Words, stop, synonyms},
};
use document::Document;
use jiff::civil::Date;
use rayon::prelude::*;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

mod code;
mod dictionary;
mod document;
pub mod expectations;
mod facets;
mod formula;
mod invert;
mod postings;
mod query;
mod rank;
mod shown;
mod signature;

pub use crate::words::token::{Kind, tokens};
pub use rank::Ranking;
pub use signature::signatures;

/// Changes when scripts of an older version could not read the index.
const VERSION: u32 = 1;

/// Where the files go.
struct Out<'s> {
    sink: &'s (dyn Fn(Page) + Sync),
    names: Mutex<BTreeSet<String>>,
}

impl Out<'_> {
    fn write(&self, name: &str, data: &str) {
        let path = RelPath::new(&format!("search/{name}.js")).expect("names are made here");
        let text = format!("afterword.search(\"{name}\",{data})\n");
        (self.sink)(Page { path, body: Body::Raw(text.into_bytes().into()) });
    }

    /// Writes a file whose name carries its content, once; returns that part of the name.
    fn hashed(&self, kind: &str, data: &str) -> String {
        let digest = blake3::hash(data.as_bytes()).to_hex()[..8].to_owned();
        let name = format!("{kind}-{digest}");
        if self.names.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone()) {
            self.write(&name, data);
        }
        digest
    }
}

/// The reports in the order of their numbers in the index: the oldest is 0, so that a new report changes no number.
fn in_order(config: &Config, corpus: &Corpus) -> Vec<(Date, Arc<Report>)> {
    let date = |report: &Arc<Report>| report.times.started.value.date(&config.time_zone);
    let mut reports: Vec<_> = corpus.reports.iter().map(|report| (date(report), report.clone())).collect();
    reports.sort_by(|(a_date, a), (b_date, b)| {
        let key = |report: &Report| report.times.started.value.sort_key();
        (a_date, key(a), &a.id.value).cmp(&(b_date, key(b), &b.id.value))
    });
    reports
}

/// Hands the index of what is published to `sink`, from any thread.
pub fn each(config: &Config, corpus: &Corpus, words: &Words, sink: &(dyn Fn(Page) + Sync)) {
    let out = Out { sink, names: Mutex::default() };
    let reports = in_order(config, corpus);
    let read = |(at, reports): (usize, &[(Date, Arc<Report>)])| {
        let first = u32::try_from(at * invert::CHUNK).expect("fewer reports than 2^32");
        let mut digests = Vec::with_capacity(reports.len());
        let documents = (first..).zip(reports).map(|(number, (date, report))| {
            let document = Document::of(config, corpus, words, report);
            let data = shown::of(config, report, *date, &document);
            digests.push(blake3::hash(data.as_bytes()));
            out.write(&format!("t/{number}"), &data);
            document
        });
        let chunk = invert::chunk(&config.lang, first, documents);
        (chunk, digests)
    };
    let (chunks, digests): (Vec<_>, Vec<_>) = reports.par_chunks(invert::CHUNK).enumerate().map(read).unzip();
    let index = invert::merge(chunks);
    let (words, ends) = rayon::join(|| dictionary::write(&index, &out), || dictionary::write_ends(&index, &out));
    let facets = facets::write(config, corpus, &reports, &out);
    let mut manifest = String::new();
    let shards = |manifest: &mut String, shards: &dictionary::Shards| {
        code::literals(manifest, shards.iter().flat_map(|(first, name)| [first.as_str(), name.as_str()]));
    };
    manifest.push_str(&format!("\"n\":{},\"k\":{},\"d\":", reports.len(), formula::manifest()));
    shards(&mut manifest, &words);
    manifest.push_str(",\"e\":");
    shards(&mut manifest, &ends);
    manifest.push_str(&format!(",\"f\":{{{facets}}},\"y\":[{}],\"stop\":", facets::years(&reports)));
    code::literal(&mut manifest, stop::words(&config.lang));
    manifest.push_str(",\"syn\":");
    code::literals(&mut manifest, index.told(synonyms::groups(&config.lang)));
    let mut whole = blake3::Hasher::new();
    whole.update(manifest.as_bytes());
    for digest in digests.iter().flatten() {
        whole.update(digest.as_bytes());
    }
    let version = whole.finalize().to_hex();
    out.write("index", &format!("{{\"v\":\"{VERSION}.{}\",{manifest}}}", &version[..8]));
}
