//! What a browser's parsing algorithm makes of a page.

#![forbid(unsafe_code)]

use html5ever::{ParseOpts, parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{NodeData, RcDom};

/// An element: its name and its attributes.
pub type Element = (String, Vec<(String, String)>);

/// Every element of a page, those in templates too.
#[must_use]
pub fn elements(page: &str) -> Vec<Element> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let (mut elements, mut open) = (Vec::new(), vec![dom.document.clone()]);
    while let Some(node) = open.pop() {
        if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
            let attrs = attrs.borrow();
            let attrs = attrs.iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
            elements.push((name.local.to_string(), attrs));
            open.extend(template_contents.borrow().iter().cloned());
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    elements
}
