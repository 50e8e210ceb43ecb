//! Action items in front matter.

use super::{
    fields::{choice, items},
    record, times,
};
use crate::{
    model::{Action, ActionStatus, Category, DelayReason, DelayResponse, Done, Horizon, Purpose},
    snapshot::Spanned,
    tree::{Fields, Node, Reader, Value},
};

/// All entries of `actions:` that can be read, and whether those are all that there are; an entry without an id gets
/// `A1`, `A2`, … by its place.
pub fn read(reader: &mut Reader, fields: &mut Fields<'_>) -> (Vec<Action>, bool) {
    let Some(node) = fields.take("actions") else { return (Vec::new(), true) };
    let items = reader.list(node).iter().enumerate();
    let actions: Vec<Action> = items.filter_map(|(index, node)| action(reader, node, index + 1)).collect();
    let whole = matches!(&node.value, Value::List(items) if items.len() == actions.len());
    (actions, whole)
}

fn action(reader: &mut Reader, node: &Node, number: usize) -> Option<Action> {
    let mut fields = reader.fields(node)?;
    let f = &mut fields;
    let text = |reader: &mut Reader, f: &mut Fields<'_>, key| f.take(key).and_then(|node| reader.text(node));
    let id = text(reader, f, "id").unwrap_or_else(|| Spanned { value: format!("A{number}"), span: node.span.clone() });
    let title = f.require(reader, "title", &node.span).and_then(|node| reader.text(node));
    let owner = text(reader, f, "owner");
    let created = f.take("created_at").and_then(|node| times::date(reader, node)).map(|date| date.value);
    let due = f.take("due").and_then(|node| times::date(reader, node));
    let status = f.take("status").and_then(|node| reader.choice(node, "status", ActionStatus::ALL));
    let kind = choice(reader, f, "kind", Purpose::ALL);
    let horizon = choice(reader, f, "horizon", Horizon::ALL);
    let category = choice(reader, f, "category", Category::ALL);
    let priority = text(reader, f, "priority").map(|text| text.value);
    let tracker = text(reader, f, "tracker").map(|text| text.value);
    let verify = text(reader, f, "verify").map(|text| text.value);
    let delay_reason = f.take("delay_reason").and_then(|node| reader.choice(node, "delay reason", DelayReason::ALL));
    let delay_response = choice(reader, f, "delay_response", DelayResponse::ALL);
    let dropped_reason = text(reader, f, "dropped_reason").map(|text| text.value);
    let addresses = f.take("addresses").map_or_else(Vec::new, |node| reader.texts(node));
    let checkins = items(reader, f, "checkins", record::check_in);
    let impact = f.take("impact").and_then(|node| record::measured_impact(reader, node));
    let done = f.take("done").map(|node| done(reader, node)).unwrap_or_default();
    fields.finish(reader);
    Some(Action {
        id,
        title: title?,
        owner,
        created,
        due,
        status,
        kind,
        horizon,
        category,
        priority,
        tracker,
        verify,
        done,
        delay_reason,
        delay_response,
        dropped_reason,
        checkins,
        impact,
        addresses,
        span: node.span.clone(),
    })
}

fn done(reader: &mut Reader, node: &Node) -> Done {
    let Some(mut f) = reader.fields(node) else { return Done::default() };
    let mut date = |key| f.take(key).and_then(|node| times::date(reader, node)).map(|date| date.value);
    let done = Done { deployed: date("deployed"), tested: date("tested"), documented: date("documented") };
    f.finish(reader);
    done
}
