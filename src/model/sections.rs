//! The canonical sections of a report, with the headings that real reports use for them.

/// A section: canonical name, title on pages, other headings that mean the same (lower case).
#[derive(Debug)]
pub struct SectionName {
    pub name: &'static str,
    pub title: &'static str,
    pub aliases: &'static [&'static str],
}

const fn section(name: &'static str, title: &'static str, aliases: &'static [&'static str]) -> SectionName {
    SectionName { name, title, aliases }
}

/// In the order a reader expects them.
pub const SECTIONS: &[SectionName] = &[
    section(
        "summary",
        "Summary",
        &[
            "executive summary",
            "overview",
            "tl;dr",
            "tldr",
            "abstract",
            "issue summary",
            "problem summary",
            "incident summary",
            "synopsis",
            "at a glance",
            "incident overview",
            "incident description",
            "what happened",
            "what failed",
        ],
    ),
    section("background", "Background", &["context"]),
    section(
        "impact",
        "Impact",
        &[
            "customer impact",
            "user impact",
            "business impact",
            "summary of impact",
            "scope",
            "affected users",
            "blast radius",
            "team impact",
            "impact on users",
            "users impacted",
            "customers impacted",
            "fallout",
            "severity impact",
        ],
    ),
    section(
        "timeline",
        "Timeline",
        &[
            "chain of events",
            "sequence of events",
            "chronology",
            "incident timeline",
            "timeline of events",
            "events/timeline",
            "timeline and events",
            "detailed timeline",
            "what happened when",
        ],
    ),
    section(
        "detection",
        "Detection",
        &[
            "how we found out",
            "monitoring",
            "time to detect",
            "how was it detected",
            "how was the incident detected",
            "how did we detect it",
            "how did we find out",
        ],
    ),
    section("trigger", "Trigger", &["proximate cause", "what changed"]),
    section(
        "contributing-factors",
        "Contributing factors",
        &[
            "root cause",
            "root causes",
            "root cause analysis",
            "rca",
            "cause analysis",
            "contributors",
            "enablers",
            "contributors/enablers",
            "contributing conditions analysis",
            "findings",
            "why did it happen",
            "why did it fail",
            "what caused it",
            "five whys",
            "whys",
            "causes",
            "cause",
            "underlying cause",
            "contributing factors findings",
        ],
    ),
    section(
        "response",
        "Response and recovery",
        &[
            "resolution",
            "mitigation",
            "recovery efforts",
            "resolution and recovery",
            "how did we respond",
            "response",
            "recovery",
            "resolution and response",
            "short term fix",
            "how was it resolved",
            "how did we fix it",
            "how was it fixed",
        ],
    ),
    section("decision-points", "Decision points", &["key decisions"]),
    section("communication", "Communication", &["communications", "messaging", "stakeholder updates"]),
    section("what-was-tried", "What was tried", &["troubleshooting"]),
    section("went-well", "What went well", &["went well", "mitigators", "positives"]),
    section(
        "was-difficult",
        "What was difficult",
        &[
            "what went poorly",
            "what went wrong",
            "what went badly",
            "what didn't go so well",
            "what didn't go well",
            "what did not go well",
            "what could have gone better",
            "what could be improved",
            "challenges in handling",
            "difficulties",
            "pain points",
        ],
    ),
    section("luck", "Where we got lucky", &["luck", "close calls", "where did we get lucky"]),
    section(
        "lessons",
        "Lessons learned",
        &[
            "lessons",
            "lessons learnt",
            "learnings",
            "takeaways",
            "key takeaways",
            "what did we learn",
            "what we learned",
            "lessons learned and future improvements",
            "lessons learned preventive measures",
        ],
    ),
    section(
        "dissent",
        "Dissent and alternative views",
        &["differing opinions", "open questions", "alternative explanations"],
    ),
    section(
        "actions",
        "Action items",
        &[
            "actions",
            "action items",
            "follow-ups",
            "follow ups",
            "corrective actions",
            "corrective and preventative measures",
            "next steps",
            "remediation",
            "remediations",
            "what are we doing about this",
            "todo",
            "action points",
            "follow up actions",
            "followups",
            "follow up items",
            "follow up improvements",
            "follow up tasks",
            "corrective and preventative measure",
            "preventative measures",
            "preventive measures",
            "prevention",
            "future improvements",
            "improvements",
        ],
    ),
    section("glossary", "Glossary", &[]),
    section("sources", "Sources", &["supporting information", "appendix", "references", "links"]),
    section("external-message", "External message", &[]),
];

/// The section with a canonical name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static SectionName> {
    SECTIONS.iter().find(|section| section.name == name)
}

/// A comment that says what belongs in a section; `check` still counts the section as empty.
#[must_use]
pub fn hint(section: &str) -> &'static str {
    match section {
        "summary" => "<!-- What stopped, for whom, how long, what brought it back. One paragraph, plain words. -->",
        "impact" => "<!-- Who felt it, how many, what still worked. Numbers where there are some. -->",
        "timeline" => "<!-- A table with the columns Time and Event; say which time zone. -->",
        "contributing-factors" => "<!-- Several things that had to come together; conditions, not persons. -->",
        "response" => "<!-- What was tried, in order, and what each attempt did. -->",
        "lessons" => "<!-- What somebody elsewhere should know. -->",
        "actions" => "<!-- Or `actions:` in the front matter: title, owner, due. -->",
        _ => "<!-- … -->",
    }
}
