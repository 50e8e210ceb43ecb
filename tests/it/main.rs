//! The one test binary: what a user could see, mostly as data under `tests/`.

mod architecture;
mod audience;
mod changes;
mod cli;
mod fixing;
mod formats;
mod golden;
mod import;
mod known_items;
mod language;
mod lint;
mod live;
mod lsp;
mod properties;
mod samples;
mod schema;
mod search;
mod sites;
mod support;
mod yaml;
