//! From a name to where it is defined, and to where it is used.

use super::{names, place::Place, repository::Repository};
use crate::{
    markup,
    snapshot::{RelPath, Span},
};
use lsp_types::{Location, Position};

#[must_use]
pub fn definition(repository: &Repository, path: &RelPath, at: Position) -> Option<Location> {
    let live = &repository.live;
    let offset = repository.lines(path).offset(at);
    if let Some(name) = names::at(live, path, offset) {
        return repository.location(&names::definition(live, name.kind, &name.id)?);
    }
    let Place::Link { word } = names::place_at(live, path, offset) else { return None };
    let there = |target: &RelPath| live.corpus().paths.contains_key(target);
    let target = markup::local(live.config().place_of(path), live.text(path)?.get(word)?, there)?;
    repository.location(&Span::start_of(&target))
}

#[must_use]
pub fn references(
    repository: &Repository,
    path: &RelPath,
    at: Position,
    definition_too: bool,
) -> Option<Vec<Location>> {
    let live = &repository.live;
    let name = names::at(live, path, repository.lines(path).offset(at))?;
    let defined = names::definition(live, name.kind, &name.id).filter(|_| definition_too);
    let all = defined.into_iter().chain(names::uses(live, name.kind, &name.id));
    Some(all.filter_map(|span| repository.location(&span)).collect())
}
