//! One team: its services, its year, what is still to be done and what repeats.

use super::{
    Calendar, Input, Line, Link, Open, Overview, Shared, actions, evidence, figures, line, service_link, shared,
    team_link,
};
use crate::{analyze::Group, config::Service};
use rayon::prelude::*;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

#[derive(Serialize)]
struct View {
    about: String,
    services: Vec<Owned>,
    calendar: Option<Calendar>,
    open: Open,
    #[serde(flatten)]
    shared: Shared,
}

/// A service of the team and its incidents.
#[derive(Serialize)]
struct Owned {
    text: String,
    url: String,
    about: String,
    count: usize,
}

pub(in crate::pages) fn pages(input: &Input<'_>) {
    let mut owned: BTreeMap<&str, Vec<&Service>> = BTreeMap::new();
    for service in input.config.services.values() {
        if let Some(team) = &service.team {
            owned.entry(&team.value).or_default().push(service);
        }
    }
    let about = |id: &str| input.config.teams.get(id).map_or(String::new(), |team| team.about.clone());
    let groups: Vec<(&String, &Arc<Group>)> = input.analysis.by_team.iter().collect();
    groups.par_iter().for_each(|(id, group)| {
        let link = team_link(input, id);
        if !input.wants_below(&link.url) {
            return;
        }
        let services = owned.get(id.as_str()).map_or(&[][..], Vec::as_slice);
        let view = View {
            about: about(id),
            services: services.iter().map(|service| service_of(input, service)).collect(),
            calendar: figures::calendar(input, group, &link.url),
            open: actions::open(input, &group.reports),
            shared: shared(input, &link, group),
        };
        input.page(&link.url, "team.html", "teams", &view);
        evidence::pages(input, &link.text, &link.url, "teams", group);
    });
    // Teams stand in the order of their names: nothing here is a ranking.
    let mut lines: Vec<Line> =
        groups.iter().map(|(id, group)| line(input, team_link(input, id), about(id), group)).collect();
    lines.sort_by(|a, b| a.text.cmp(&b.text));
    let (title, about) =
        (input.words.text("groups.teams").to_owned(), input.words.text("groups.teams_lead").to_owned());
    let overview = Overview { title, about, owned: false, tiered: false, groups: lines };
    input.page("teams/index.html", "groups.html", "teams", &overview);
}

fn service_of(input: &Input<'_>, service: &Service) -> Owned {
    let id = &service.id.value;
    let Link { text, url } = service_link(input, id);
    let count = input.analysis.by_service.get(id).map_or(0, |group| group.reports.len());
    Owned { text, url, about: service.about.clone(), count }
}
