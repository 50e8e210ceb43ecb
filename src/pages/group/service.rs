//! One service: who owns it, its years, its phases, what is still to be done, what repeats and what helped.

use super::{
    Calendar, Input, Line, Link, Open, Overview, Shared, actions, evidence, figures, helped, line, service_link,
    shared, team_link,
};
use crate::{
    analyze::Group,
    markup::Html,
    pages::{budget, years},
};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct View {
    about: String,
    owner: Option<Link>,
    tier: Option<u64>,
    /// Described in `site.toml`.
    described: bool,
    calendar: Option<Calendar>,
    stack: Option<figures::Stack>,
    open: Open,
    rolling: Option<budget::Rolling>,
    budgets: Vec<budget::Row>,
    deployed: Html,
    deployments: Option<Html>,
    helped: helped::Helped,
    #[serde(flatten)]
    shared: Shared,
}

pub(in crate::pages) fn pages(input: &Input<'_>) {
    let groups: Vec<(&String, &Arc<Group>)> = input.analysis.by_service.iter().collect();
    let asked = groups.par_iter().filter(|(id, _)| input.wants_below(&service_link(input, id).url));
    asked.for_each(|(id, group)| page(input, id, group));
    let mut lines: Vec<Line> = groups
        .iter()
        .map(|(id, group)| {
            let (about, owner, tier) = facts(input, id);
            Line { owner, tier, ..line(input, service_link(input, id), about, group) }
        })
        .collect();
    lines.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    let overview = Overview {
        title: input.words.text("groups.services").to_owned(),
        about: input.words.text("groups.services_lead").to_owned(),
        owned: lines.iter().any(|line| line.owner.is_some()),
        tiered: lines.iter().any(|line| line.tier.is_some()),
        groups: lines,
    };
    input.page("services/index.html", "groups.html", "services", &overview);
}

fn facts(input: &Input<'_>, id: &str) -> (String, Option<Link>, Option<u64>) {
    let Some(service) = input.config.services.get(id) else { return (String::new(), None, None) };
    let owner = service.team.as_ref().map(|team| team_link(input, &team.value));
    (service.about.clone(), owner, service.tier)
}

fn page(input: &Input<'_>, id: &str, group: &Group) {
    let link = service_link(input, id);
    let (about, owner, tier) = facts(input, id);
    let failed = format!("{}#{}", evidence::url(&link.url, group), evidence::FAILED);
    let view = View {
        about,
        owner,
        tier,
        described: input.config.services.contains_key(id),
        calendar: figures::calendar(input, group, &link.url),
        stack: figures::stack(input, group),
        open: actions::open(input, &group.reports),
        rolling: budget::rolling(input, id, group),
        budgets: budget::of_service(input, id, group),
        deployed: years::deployed(input, Some(id), (Date::MIN, Date::MAX), group, &failed).html(&link.url),
        deployments: years::deployments(input, Some(id), group, &link.url),
        helped: helped::of(input, group),
        shared: shared(input, &link, group),
    };
    input.page(&link.url, "service.html", "services", &view);
    evidence::pages(input, &link.text, &link.url, "services", group);
}
