//! What customers felt, in front matter.

use super::{fields::items, times};
use crate::{
    diag::{Diagnostic, reader},
    model::{
        Impact,
        record::{ImpactWindow, Slo},
    },
    tree::{Fields, Node, Reader, Value},
};

pub fn impact(reader: &mut Reader, node: &Node) -> Impact {
    if matches!(node.value, Value::Text(_)) {
        return Impact { summary: reader.text(node), ..Impact::default() };
    }
    let Some(mut f) = reader.fields(node) else { return Impact::default() };
    let mut estimated = Vec::new();
    let mut count = |reader: &mut Reader, f: &mut Fields<'_>, key| {
        f.take(key).and_then(|node| estimate(reader, node, key, &mut estimated, Reader::count))
    };
    let customers = count(reader, &mut f, "customers");
    let requests_failed = count(reader, &mut f, "requests_failed");
    let support_tickets = count(reader, &mut f, "support_tickets");
    let customer_share =
        f.take("customer_share").and_then(|node| estimate(reader, node, "customer_share", &mut estimated, share));
    let impact = Impact {
        summary: f.take("summary").and_then(|node| reader.text(node)),
        customers,
        customer_share,
        requests_failed,
        support_tickets,
        data_loss: f.take("data_loss").and_then(|node| reader.bool(node)),
        security: f.take("security").and_then(|node| reader.bool(node)),
        slo: items(reader, &mut f, "slo", slo),
        estimated,
        figures: items(reader, &mut f, "figures", figure),
    };
    f.finish(reader);
    impact
}

/// A number, or `{ value: …, estimate: true }`.
fn estimate<T>(
    reader: &mut Reader,
    node: &Node,
    key: &'static str,
    estimated: &mut Vec<&'static str>,
    read: fn(&mut Reader, &Node) -> Option<T>,
) -> Option<T> {
    if !matches!(node.value, Value::Map(_)) {
        return read(reader, node);
    }
    let mut f = reader.fields(node)?;
    let value = f.require(reader, "value", &node.span).and_then(|node| read(reader, node));
    if f.take("estimate").and_then(|node| reader.bool(node)) == Some(true) {
        estimated.push(key);
    }
    f.finish(reader);
    value
}

/// From 0 to 1.
fn share(reader: &mut Reader, node: &Node) -> Option<f64> {
    let share = reader.number(node)?;
    if (0.0..=1.0).contains(&share) {
        return Some(share);
    }
    reader.push(
        Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, format!("{share} is not a share between 0 and 1"))
            .help(format!("write {} percent as `{}`", share, share / 100.0)),
    );
    None
}

/// Above 0, at most 1.
fn degree(reader: &mut Reader, node: &Node) -> Option<f64> {
    let degree = share(reader, node)?;
    if degree > 0.0 {
        return Some(degree);
    }
    reader.push(
        Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, "a window in which nothing was lost is no impact")
            .help("leave the window out, or write the share that was lost, up to 1"),
    );
    None
}

pub fn window(reader: &mut Reader, node: &Node) -> Option<ImpactWindow> {
    let mut f = reader.fields(node)?;
    let from = f.require(reader, "from", &node.span).and_then(|node| times::when(reader, node));
    let to = f.require(reader, "to", &node.span).and_then(|node| times::when(reader, node));
    let degree = f.take("degree").map_or(Some(1.0), |node| degree(reader, node));
    let customers = f.take("customers").and_then(|node| reader.count(node));
    let service = f.take("service").and_then(|node| reader.text(node));
    f.finish(reader);
    let (from, to) = (from?, to?);
    if from.value.is_after(to.value) {
        reader.push(
            Diagnostic::new(reader::IMPOSSIBLE_TIME, &to.span, "this window ends before it begins")
                .also(&from.span, "it begins here"),
        );
        return None;
    }
    Some(ImpactWindow { from, to, degree: degree?, customers, service })
}

fn slo(reader: &mut Reader, node: &Node) -> Option<Slo> {
    let mut f = reader.fields(node)?;
    let service = f.require(reader, "service", &node.span).and_then(|node| reader.text(node));
    let objective = f.require(reader, "objective", &node.span).and_then(|node| objective(reader, node));
    let window_days = f.take("window_days").map_or(Some(30), |node| reader.count(node));
    f.finish(reader);
    Some(Slo { service: service?, objective: objective?, window_days: window_days? })
}

fn objective(reader: &mut Reader, node: &Node) -> Option<f64> {
    let objective = reader.number(node)?;
    if objective > 0.0 && objective < 1.0 {
        return Some(objective);
    }
    reader.push(
        Diagnostic::new(reader::UNKNOWN_VALUE, &node.span, format!("{objective} is not an objective"))
            .help("write 99.9 percent as `0.999`"),
    );
    None
}

fn figure(reader: &mut Reader, node: &Node) -> Option<(String, String)> {
    let mut f = reader.fields(node)?;
    let name = f.require(reader, "name", &node.span).and_then(|node| reader.text(node));
    let value = f.require(reader, "value", &node.span).and_then(|node| match node.value {
        Value::Float(number) => Some(number.to_string()),
        _ => reader.text(node).map(|text| text.value),
    });
    f.finish(reader);
    Some((name?.value, value?))
}
