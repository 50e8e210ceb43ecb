//! The keys of `site.toml`.

use super::{
    Catalog::{Service, Team},
    Field,
    Value::{Bool, Choice, Count, List, Map, Name, Named, OneOrMany, Range, Share, Text},
    field, required,
};
use crate::{
    config::{LEVELS, Profile, Tier},
    model::{Visibility, sections::SECTIONS},
};

/// `site.toml`.
pub const SITE: &[Field] = &[
    field("title", Text, "\"Incidents of Example\"", "The name of the site."),
    field("description", Text, "\"What happened, and what we learned\"", "One sentence for search engines and feeds."),
    field(
        "base_url",
        Text,
        "\"https://incidents.example.com/\"",
        "Where the site will be. Feeds, the sitemap and links from pull requests need it.",
    ),
    field(
        "feed_id",
        Text,
        "\"tag:incidents.example.com,2024\"",
        "What ids in feeds and calendars begin with; made from `base_url` when absent. When the site moves, keep the old one here, so that readers do not show every report again.",
    ),
    field(
        "edit_url",
        Text,
        "\"https://git.example.com/incidents/edit/main/{path}\"",
        "Where a report can be changed; `{path}` stands for its path. Each report then has a link to it.",
    ),
    field("lang", Text, "\"en\"", "The language of the reports."),
    field("reports", Text, "\"reports\"", "The folder of the reports."),
    field(
        "sources",
        List(&Map(SOURCE)),
        "",
        "Reports of other repositories, or of other folders of this one: each `[[sources]]` is a folder below the root, with what holds for its reports where they do not say it themselves. The site's own `reports` stay the first.",
    ),
    field("output", Text, "\"site\"", "Where `build` writes."),
    field("theme", Text, "\"theme\"", "A folder whose files take the place of the theme's."),
    field(
        "time_zone",
        Text,
        "\"Europe/Berlin\"",
        "The zone of months and days in numbers, and of rows in the body's timeline that name none; a name of the IANA database. Times in front matter have their own offset.",
    ),
    field(
        "profile",
        Choice(|| Profile::ALL.iter().map(|(word, _)| *word).collect()),
        "\"standard\"",
        "How much is asked of reports: `starter` that they can be published, `standard` what makes them useful, `strict` everything.",
    ),
    field("review", Map(REVIEW), "", "What a review is held to."),
    field(
        "cost",
        Map(COST),
        "",
        "What time is worth. From it the site estimates what incidents cost, and shows the formula.",
    ),
    field(
        "deploys",
        Text,
        "\"data/deploys.csv\"",
        "A file with a line for each day and service: `date,service,count`, how many changes went out. From it the site computes how often that is, and which share of them led to an incident.",
    ),
    field(
        "glossary",
        Named(&Text),
        "{ failover = \"switching to the second system\" }",
        "Terms, and what to write instead or what they mean.",
    ),
    field("limits", Map(LIMITS), "", "How much is read."),
    field("severities", Named(&Map(SEVERITY)), "", "The severities, from most to least severe."),
    field("teams", Named(&Map(TEAM)), "", "The teams. Once there is one, all are checked."),
    field("services", Named(&Map(SERVICE)), "", "The services. Once there is one, all are checked."),
    field("rules", Named(&Map(RULE)), "", "Other levels for a rule (`AW606` or `vague-action`) or a group (`AW7`)."),
    field(
        "sections",
        Named(&OneOrMany(&Text)),
        "{ impact = [\"Who noticed\"] }",
        "Further headings that mean a section.",
    ),
];

const SOURCE: &[Field] = &[
    required(
        "name",
        Text,
        "\"payments\"",
        "A short word: small letters, digits and `-`. Pages, lists and exports call it so.",
    ),
    required(
        "path",
        Text,
        "\"sources/payments\"",
        "Its folder, from the root: a submodule, a checkout that CI put there, or a plain folder. Dates of change come from its own repository where it is one. A `site.toml` in it is not read.",
    ),
    field(
        "reports",
        Text,
        "\"docs/incidents\"",
        "Its folder of reports, from `path`; `reports` when absent, `.` for `path` itself.",
    ),
    field("team", Name(Team), "\"payments\"", "The team of reports without `teams`."),
    field("services", OneOrMany(&Name(Service)), "[\"payments\"]", "The services of reports without `services`."),
    field(
        "visibility",
        Choice(|| Visibility::ALL.iter().map(|(word, _)| *word).collect()),
        "\"internal\"",
        "Who may read reports without `visibility`, and its pages about factors; `public` when absent.",
    ),
    field("lang", Text, "\"de\"", "The language of reports without `lang`."),
    field(
        "edit_url",
        Text,
        "\"https://git.example.com/payments/edit/main/{path}\"",
        "Where its reports can be changed; `{path}` stands for the path from the folder of the source. When absent, that of the site is used where the source is a plain folder.",
    ),
    field(
        "time_zone",
        Text,
        "\"Asia/Tokyo\"",
        "The zone of rows in the timelines of its reports that name none. Months and days in numbers are in that of the site.",
    ),
];
const REVIEW: &[Field] = &[
    field("within_hours", Count, "72", "Hours from the end of the impact to the meeting, at most."),
    field("materials_hours", Count, "24", "Hours from sending the draft to the meeting, at least."),
    field("participants", Range, "[5, 8]", "How many take part."),
    field("minutes", Range, "[60, 90]", "How long it takes."),
    field("draft_hours", Count, "24", "Hours from the meeting to the draft, at most."),
    field("briefing", Bool, "true", "Whether leadership is told of incidents of the high tier."),
];
const COST: &[Field] = &[
    required("currency", Text, "\"EUR\"", "Three capitals."),
    field("hour", Count, "9500", "An hour of anybody's work, in the smallest unit of the currency: 9500 is 95.00."),
    field(
        "rates",
        Named(&Count),
        "{ support = 5200 }",
        "The same for roles by the names that `effort` uses. Never for a person.",
    ),
    field(
        "visibility",
        Choice(|| Visibility::ALL.iter().map(|(word, _)| *word).collect()),
        "\"internal\"",
        "Who may read of cost; `internal` when absent. A site for a smaller circle says nothing of it.",
    ),
];
const LIMITS: &[Field] = &[
    field("file_bytes", Count, "1048576", "The largest report."),
    field("front_matter_bytes", Count, "65536", "The largest front matter."),
    field("files", Count, "200000", "How many files are read."),
    field("total_bytes", Count, "1000000000", "How many bytes all of them may have together; beyond it none is read."),
    field(
        "asset_bytes",
        Count,
        "1048576",
        "The largest image or other file beside reports that a page may show or lead to (AW811).",
    ),
];
const SEVERITY: &[Field] = &[
    field("name", Text, "\"Critical\"", "As people read it."),
    field("meaning", Text, "\"Most customers cannot work\"", "When it is this one."),
    field("aliases", OneOrMany(&Text), "[\"p1\"]", "Other names that reports may use."),
    field("review_required", Bool, "true", "Whether there is to be a meeting."),
    field(
        "tier",
        Choice(|| Tier::ALL.iter().map(|(word, _)| *word).collect()),
        "\"high\"",
        "How much is asked of a report of this severity.",
    ),
    field(
        "sections",
        List(&Choice(|| SECTIONS.iter().map(|section| section.name).collect())),
        "[\"summary\", \"impact\"]",
        "The sections that such a report must have.",
    ),
];
const TEAM: &[Field] = &[
    field("name", Text, "\"Payments\"", "As people read it."),
    field("about", Text, "\"Everything that takes money\"", "What it does."),
];
const SERVICE: &[Field] = &[
    field("name", Text, "\"Checkout\"", "As people read it."),
    field("team", Name(Team), "\"payments\"", "Who runs it."),
    field("about", Text, "\"From cart to receipt\"", "What it does."),
    field("tier", Count, "1", "How much depends on it; 1 is most."),
    field(
        "aliases",
        OneOrMany(&Text),
        "[\"shop-checkout\"]",
        "Other names that reports may use; `--fix` writes the right one.",
    ),
    field(
        "objective",
        Share,
        "0.999",
        "The share of good service that is promised. What is missing to 1 is its error budget.",
    ),
    field(
        "revenue_per_minute",
        Count,
        "80000",
        "Revenue that a minute without it loses, in the smallest unit of the currency: 80000 is 800.00.",
    ),
];
const RULE: &[Field] = &[
    required("level", Choice(|| LEVELS.iter().map(|(word, _)| *word).collect()), "\"off\"", "The level."),
    required("reason", Text, "\"our actions are tracked elsewhere\"", "Why; it stands on the rule's page."),
    field("paths", OneOrMany(&Text), "[\"reports/2015/\"]", "Where only; everywhere when absent."),
];
