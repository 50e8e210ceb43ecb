//! The YAML adapter against the real `serde_yaml` 0.9, on every fixture and on generated documents.
//!
//! Wanted differences, all of them refused here with a finding instead of being read:
//! anchors, aliases and tags; duplicate keys (an error there too, but without a place); several documents;
//! mappings with keys that are not scalars. And one in what is read: `.inf` and `.nan` stay text.

use crate::support::files_under;
use afterword::{
    parse::yaml,
    snapshot::RelPath,
    tree::{Node, Value},
};
use proptest::prelude::*;
use serde_yaml_reference::Value as Reference;

fn ours(source: &str) -> (Option<Node>, usize) {
    let path = RelPath::new("x.md").expect("a path");
    let (node, findings) = yaml::parse(&path, source, 0, yaml::Budget::default());
    (node, findings.len())
}

fn same(ours: &Value, theirs: &Reference) -> bool {
    match (ours, theirs) {
        (Value::Null, Reference::Null) => true,
        (Value::Bool(a), Reference::Bool(b)) => a == b,
        (Value::Int(a), Reference::Number(b)) => b.as_i64() == Some(*a),
        (Value::Float(a), Reference::Number(b)) => b.as_f64() == Some(*a),
        // Numbers beyond 64 bits, infinities: text here.
        (Value::Text(_), Reference::Number(b)) => b.as_i64().is_none(),
        (Value::Text(a), Reference::String(b)) => a == b,
        (Value::List(a), Reference::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.value, b))
        }
        (Value::Map(a), Reference::Mapping(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| {
                    let found = b.iter().find(|(name, _)| match name {
                        Reference::String(name) => *name == key.value,
                        Reference::Number(name) => name.to_string() == key.value,
                        Reference::Bool(name) => name.to_string() == key.value,
                        Reference::Null => matches!(key.value.as_str(), "" | "~" | "null"),
                        _ => false,
                    });
                    found.is_some_and(|(_, theirs)| same(&value.value, theirs))
                })
        }
        _ => false,
    }
}

/// Every front matter in this repository.
#[test]
fn fixtures_read_the_same() {
    let mut read = 0;
    for folder in ["reports", "tests/lint"] {
        for file in files_under(folder, "md") {
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            let Some((front, _)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
                continue;
            };
            let Ok(theirs) = serde_yaml_reference::from_str::<Reference>(front) else { continue };
            let (Some(node), 0) = ours(front) else { continue };
            assert!(same(&node.value, &theirs), "{file}: {:?}\n{theirs:?}", node.value);
            read += 1;
        }
    }
    assert!(read >= 100, "only {read} front matters were compared");
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z ]{0,12}[a-z]",
        "-?[0-9]{1,6}",
        "-?[0-9]{1,4}\\.[0-9]{1,3}",
        "20[0-9]{2}-0[1-9]-1[0-9]",
        "[0-2][0-9]:[0-5][0-9]",
        "\"[a-zé#: ]{0,10}\"",
        "'[a-z: #]{0,10}'",
        Just("true".to_owned()),
        Just("no".to_owned()),
        Just("~".to_owned()),
        Just("0755".to_owned()),
        Just("1_000".to_owned()),
        Just("0x1F".to_owned()),
        Just(String::new()),
    ]
}

/// A document of nested block mappings and lists, as text.
fn document() -> impl Strategy<Value = String> {
    let entry = prop_oneof![
        scalar().prop_map(|value| format!(" {value}\n")),
        proptest::collection::vec(scalar(), 1..4).prop_map(|items| items
            .iter()
            .map(|item| format!("\n  - {item}"))
            .collect::<String>()
            + "\n"),
        proptest::collection::vec(scalar(), 1..4).prop_map(|items| {
            items.iter().enumerate().map(|(n, item)| format!("\n  k{n}: {item}")).collect::<String>() + "\n"
        }),
        proptest::collection::vec("[a-z]{1,5}", 0..4).prop_map(|items| format!(" [{}]\n", items.join(", "))),
    ];
    proptest::collection::vec(entry, 1..8)
        .prop_map(|entries| entries.iter().enumerate().map(|(n, entry)| format!("key{n}:{entry}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents_read_the_same(text in document()) {
        let theirs = serde_yaml_reference::from_str::<Reference>(&text);
        let (node, findings) = ours(&text);
        match (theirs, node) {
            (Ok(theirs), Some(node)) => prop_assert!(same(&node.value, &theirs), "{text}\n{:?}\n{theirs:?}", node.value),
            (Err(_), _) => prop_assert!(findings > 0, "accepted here only: {text}"),
            (Ok(_), None) => prop_assert!(false, "refused here only: {text}"),
        }
    }
}
