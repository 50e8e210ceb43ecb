//! The front matter of reports and of pattern pages.

use super::{
    Catalog::{Factor, Incident, Service, Severity, Team},
    Field,
    Value::{
        Bool, Choice, Count, Day, Duration, Either, Figure, List, Map, Moment, Name, Number, OneOrMany, Share, Text,
    },
    field, required,
};
use crate::model::{
    ActionStatus, Category as LessonCategory, DelayReason, DelayResponse, DetectedBy, FactorRole, Horizon, Kind, Mode,
    Outcome, Purpose, Status, TriggerKind, Visibility,
    audience::REDACTABLE,
    words::{Audience, Category, Context, DeployKind, EventKind, EvidenceKind, HealingKind, Presence},
};

macro_rules! words {
    ($kind:ty) => {
        Choice(|| <$kind>::ALL.iter().map(|(word, _)| *word).collect())
    };
}

/// The front matter of a report.
pub const REPORT: &[Field] = &[
    required(
        "title",
        Text,
        "Consul contention kept the platform down for 73 hours",
        "What happened, in one line that a stranger understands. The name of the report in every list.",
    ),
    required(
        "severity",
        Name(Severity),
        "sev1",
        "How bad it was. Severities and what each asks of a report stand in `site.toml`.",
    ),
    required(
        "services",
        OneOrMany(&Name(Service)),
        "[checkout, payments]",
        "The services that were touched; each has a page that lists the report.",
    ),
    required(
        "started_at",
        Moment,
        "2021-10-28T20:37:00Z",
        "When the impact began. Time to detect, to mitigate and to resolve count from here.",
    ),
    field(
        "detected_at",
        Moment,
        "2021-10-28T20:41:00Z",
        "When anybody or anything first noticed. Time to detect ends here.",
    ),
    field("acknowledged_at", Moment, "2021-10-28T20:44:00Z", "When somebody took it on."),
    field("declared_at", Moment, "2021-10-28T20:50:00Z", "When it was called an incident."),
    field(
        "mitigated_at",
        Moment,
        "2021-10-30T22:51:00Z",
        "When customers no longer felt it, though the cause may still have been there.",
    ),
    field("resolved_at", Moment, "2021-10-31T23:45:00Z", "When it was over. Absent: it still goes on."),
    field("first_external_update_at", Moment, "2021-10-28T21:10:00Z", "When customers were first told."),
    field(
        "id",
        Text,
        "2021-10-28-roblox-consul",
        "The report's address. Taken from the file name when absent; it never changes after publication.",
    ),
    field("type", words!(Kind), "incident", "What kind of event the report tells of. Numbers are about incidents."),
    field("status", words!(Status), "reviewed", "How far the report is. Drafts are left out of published numbers."),
    field(
        "visibility",
        words!(Visibility),
        "internal",
        "Who may read it. A site for a smaller circle than this leaves no trace of it.",
    ),
    field("lang", Text, "en", "The language of the body; rules about words know English only."),
    field("schema", Count, "1", "The version of these fields; nothing else is needed today."),
    field("teams", OneOrMany(&Name(Team)), "[payments]", "The teams that took part."),
    field("regions", OneOrMany(&Text), "[eu-west-1]", "Where it was felt."),
    field("global", Bool, "true", "Whether it was felt everywhere."),
    field("business_functions", OneOrMany(&Text), "[billing]", "What the business could not do."),
    field("context", List(&words!(Context)), "[peak-hours]", "What was special about the moment."),
    field("tags", OneOrMany(&Text), "[dns, cache]", "Free words for search and lists."),
    field(
        "detected_by",
        words!(DetectedBy),
        "alert",
        "How it was noticed: the share found by alerts before customers is a figure of every digest.",
    ),
    field(
        "detected_early",
        Bool,
        "true",
        "It was noticed before anybody was hurt by it, so detection may stand before the start.",
    ),
    field(
        "trigger",
        Either(&words!(TriggerKind), &Map(TRIGGER)),
        "config-change",
        "What set it off, apart from the factors that let it happen.",
    ),
    field(
        "factors",
        List(&Either(&Name(Factor), &Map(FACTOR))),
        "[single-shared-dependency, capacity]",
        "What contributed. Each has a page that says how often it recurs and what helped.",
    ),
    field("impact", Either(&Text, &Map(IMPACT)), "", "What customers felt, in words and numbers."),
    field(
        "impact_windows",
        List(&Map(WINDOW)),
        "",
        "When it was felt, where that is not one stretch from start to end. Downtime is the union of the windows.",
    ),
    field("recovery", List(&Map(RECOVERY)), "", "What was done to end it, and whether that worked."),
    field("runbook", Map(RUNBOOK), "", "Whether there were instructions, and whether they were used."),
    field("deploys", List(&Map(DEPLOY)), "", "Changes that had a part in it."),
    field("self_healing", List(&Map(HEALING)), "", "What machines did by themselves to end it."),
    field("automation_opportunity", Text, "fail over without a person", "What a machine could have done."),
    field("evidence", List(&Map(EVIDENCE)), "", "Graphs, queries and logs that show what the report says."),
    field("effort", List(&Map(EFFORT)), "", "Work that the incident took."),
    field("off_hours_pages", Count, "3", "How often people were woken or called in."),
    field("delayed_projects", OneOrMany(&Text), "[search rewrite]", "What waited because of it."),
    field("cost", Map(COST), "", "What a minute of it cost; the site shows the formula with its inputs."),
    field("timeline", List(&Map(ROW)), "", "The timeline, where it does not stand in the body as a table or list."),
    field(
        "actions",
        List(&Map(ACTION)),
        "",
        "What is to be done, by whom, until when. The actions board and the digests follow them up.",
    ),
    field("no_action_reason", Text, "The component is switched off in May", "Why nothing is to be done."),
    field("lessons", List(&Either(&Text, &Map(LESSON))), "", "What was learned."),
    field(
        "related",
        OneOrMany(&Name(Incident)),
        "[2020-07-17-cloudflare-backbone]",
        "Reports that a reader should see beside this one.",
    ),
    field(
        "not_related",
        OneOrMany(&Name(Incident)),
        "[2020-07-17-cloudflare-backbone]",
        "Reports that look alike and have nothing to do with it.",
    ),
    field(
        "recurrence_of",
        OneOrMany(&Name(Incident)),
        "[2020-07-17-cloudflare-backbone]",
        "Earlier incidents that this one repeats.",
    ),
    field(
        "sources",
        List(&Either(&Text, &Map(SOURCE))),
        "[\"https://status.example.com/4711\"]",
        "Where the facts are from.",
    ),
    field("report", Map(PUBLICATION), "", "Who writes it and when it was drafted and published."),
    field("review", Map(REVIEW), "", "The meeting about it, judged by `[review]` in `site.toml`."),
    field(
        "redact",
        OneOrMany(&Choice(|| REDACTABLE.iter().map(|(field, _)| *field).collect())),
        "[cost]",
        "Fields that a smaller audience does not get.",
    ),
    field("duration", Duration, "2 h 5 min", "How long it took, as published elsewhere; it is held against the times."),
];

const TRIGGER: &[Field] = &[
    required("kind", words!(TriggerKind), "config-change", "What kind of event."),
    field("note", Text, "a limit was raised", "Which one."),
];
const FACTOR: &[Field] = &[
    required("id", Name(Factor), "capacity", "The factor."),
    field("role", words!(FactorRole), "contributor", "What part it had."),
    field("note", Text, "the pool had 20 places", "How it showed here."),
];
const IMPACT: &[Field] = &[
    field("summary", Text, "One checkout in five failed", "What customers felt, in one or two sentences."),
    field("customers", Either(&Count, &Map(ESTIMATED_COUNT)), "50000", "How many customers felt it."),
    field("customer_share", Either(&Share, &Map(ESTIMATED_SHARE)), "0.2", "Which share of all customers felt it."),
    field("requests_failed", Either(&Count, &Map(ESTIMATED_COUNT)), "120000", "How many requests failed."),
    field("support_tickets", Either(&Count, &Map(ESTIMATED_COUNT)), "41", "How many people wrote."),
    field("data_loss", Bool, "false", "Whether data was lost for good."),
    field("security", Bool, "false", "Whether confidentiality or integrity was harmed."),
    field("slo", List(&Map(SLO)), "", "Objectives that it took budget from."),
    field("figures", List(&Map(FIGURE)), "", "Further figures, shown as written."),
];
const ESTIMATED_COUNT: &[Field] = &[
    required("value", Count, "50000", "The number."),
    field("estimate", Bool, "true", "It is an estimate; the site says so."),
];
const ESTIMATED_SHARE: &[Field] = &[
    required("value", Share, "0.2", "The share."),
    field("estimate", Bool, "true", "It is an estimate; the site says so."),
];
const SLO: &[Field] = &[
    required("service", Name(Service), "checkout", "Whose objective."),
    required("objective", Share, "0.999", "The share that is promised, below 1."),
    field("window_days", Count, "30", "The days that it counts over; 30 when absent."),
];
const FIGURE: &[Field] =
    &[required("name", Text, "orders lost", "What was counted."), required("value", Figure, "1200", "How much of it.")];
const WINDOW: &[Field] = &[
    required("from", Moment, "2024-03-01T14:05:00Z", "When it began to be felt."),
    required("to", Moment, "2024-03-01T14:35:00Z", "When it ended to be felt."),
    field("degree", Share, "0.4", "The share that was lost, above 0; 1 when absent."),
    field("customers", Count, "5000", "How many felt this window."),
    field("service", Name(Service), "checkout", "The service that it is about; all of the report when absent."),
];
const RECOVERY: &[Field] = &[
    required("action", Text, "rolled back to the release before", "What was done."),
    field("mode", words!(Mode), "manual", "By whom: people, machines, or both."),
    field("outcome", words!(Outcome), "worked", "What came of it."),
    field("note", Text, "took two tries", "What a responder should know next time."),
];
const RUNBOOK: &[Field] = &[
    required("existed", Either(&Bool, &words!(Presence)), "true", "Whether there was one."),
    field("used", Bool, "true", "Whether it was followed."),
    field("url", Text, "https://wiki.example.com/failover", "Where it is."),
];
const DEPLOY: &[Field] = &[
    required("id", Text, "release-412", "Its number or hash."),
    field("at", Moment, "2024-03-01T14:00:00Z", "When it went out."),
    field("kind", words!(DeployKind), "code", "What was changed."),
    field("service", Name(Service), "checkout", "Where."),
];
const HEALING: &[Field] = &[
    required("kind", words!(HealingKind), "restart", "What the machine did."),
    field("at", Moment, "2024-03-01T14:07:00Z", "When."),
    field("outcome", words!(Outcome), "worked", "What came of it."),
];
const EVIDENCE: &[Field] = &[
    required("kind", words!(EvidenceKind), "metric", "What it is."),
    required("name", Text, "p99 latency of checkout", "What it shows."),
    field("url", Text, "https://graphs.example.com/d/42", "Where it is."),
    field("file", Text, "files/latency.png", "A file beside the report."),
    field("unit", Text, "ms", "The unit of the values."),
    field("before", Figure, "120", "Before the incident."),
    field("during", Figure, "4200", "At its worst."),
    field("after", Figure, "118", "When it was over."),
    field(
        "alt",
        Text,
        "Latency rises at 14:05 and falls at 14:35",
        "What a picture shows, for those who do not see it.",
    ),
];
const EFFORT: &[Field] = &[
    required("role", Text, "on-call", "What they did: a role, not a name."),
    required("people", Count, "3", "How many."),
    required("hours", Number, "4.5", "Hours of each."),
];
const COST: &[Field] = &[
    required("currency", Text, "EUR", "Three capitals."),
    required(
        "revenue_per_minute",
        Count,
        "80000",
        "Revenue lost in a minute, in the smallest unit of the currency: 80000 is 800.00.",
    ),
];
const ROW: &[Field] = &[
    required("at", Moment, "2024-03-01T14:05:00Z", "When."),
    required("text", Text, "Error rate passes 5 %", "What happened."),
    field("kind", words!(EventKind), "detect", "What the row marks."),
    field("source", Text, "https://graphs.example.com/d/42", "Where that is seen."),
    field("known", Text, "only one zone was affected", "At a decision: what was known then."),
    field("options", OneOrMany(&Text), "[roll back, wait]", "At a decision: what could have been done."),
    field("audience", words!(Audience), "internal", "Who may read this row."),
];
const ACTION: &[Field] = &[
    field("id", Text, "A1", "Its short name; by its place when absent."),
    required(
        "title",
        Text,
        "Alert when the queue grows for five minutes",
        "What will be there that was not. Begins with a verb.",
    ),
    field("owner", Text, "payments", "The team that does it."),
    field("created_at", Day, "2024-03-02", "When it was written down."),
    field("due", Day, "2024-04-15", "Until when."),
    field("status", words!(ActionStatus), "open", "How far it is."),
    field("kind", words!(Purpose), "detect", "What it is for."),
    field("horizon", words!(Horizon), "quick", "How large it is."),
    field("category", words!(LessonCategory), "tooling", "What it changes."),
    field("priority", Text, "P1", "As your tracker calls it."),
    field("tracker", Text, "https://issues.example.com/412", "Where it is followed up."),
    field("verify", Text, "the alert fires in the next game day", "How one sees that it works."),
    field("addresses", OneOrMany(&Text), "[capacity]", "Factors that it takes away."),
    field("delay_reason", words!(DelayReason), "lack-of-resources", "Why it is late."),
    field("delay_response", words!(DelayResponse), "escalate", "What was done about that."),
    field("dropped_reason", Text, "the service is switched off", "Why it will not be done."),
    field("checkins", List(&Map(CHECK_IN)), "", "Looks at it while it is open."),
    field("impact", Map(MEASURED), "", "What it changed, measured."),
    field("done", Map(DONE), "", "The steps of being done."),
];
const CHECK_IN: &[Field] = &[
    required("at", Day, "2024-03-20", "When."),
    field("note", Text, "waits for a new version of the library", "How it stood."),
];
const MEASURED: &[Field] = &[
    required("metric", Text, "pages a week", "What was measured."),
    required("before", Number, "12", "Before."),
    required("after", Number, "3", "After."),
    field("n_before", Count, "8", "How many values the first number is from."),
    field("n_after", Count, "8", "How many values the second number is from."),
    field("window", Text, "8 weeks each", "Over which time."),
];
const DONE: &[Field] = &[
    field("deployed", Day, "2024-04-02", "In use."),
    field("tested", Day, "2024-04-09", "Seen to work."),
    field("documented", Day, "2024-04-10", "Written down."),
];
const LESSON: &[Field] = &[
    required("text", Text, "A rollback needs the old schema", "What was learned."),
    field("category", words!(Category), "process", "What it is about."),
];
const SOURCE: &[Field] = &[
    required("url", Text, "https://status.example.com/4711", "The address."),
    field("title", Text, "Status page", "What it is called."),
];
const PUBLICATION: &[Field] = &[
    field("owner", Text, "payments", "The team that writes it."),
    field("drafted_at", Moment, "2024-03-02", "When there was a draft."),
    field("published_at", Moment, "2024-03-08", "When it was published."),
    field("audience", words!(Audience), "internal", "For whom."),
];
const REVIEW: &[Field] = &[
    field("required", Bool, "true", "Whether there is to be a meeting, where the severity does not say."),
    field("waived_reason", Text, "covered by the review of the first incident", "Why there was none."),
    field("materials_sent_at", Moment, "2024-03-04T09:00:00Z", "When the draft went to those invited."),
    field("held_at", Moment, "2024-03-05T10:00:00Z", "When it was held."),
    field("duration_min", Count, "60", "How long, in minutes."),
    field("facilitator", Text, "reliability team", "Who led it: a role or a team."),
    field("note_taker", Text, "search team", "Who wrote it down: a role or a team."),
    field(
        "participants",
        List(&Either(&Text, &Map(PARTICIPANT))),
        "[on-call, support]",
        "Who was there: roles, not names.",
    ),
    field("sessions", List(&Map(SESSION)), "", "Further meetings."),
    field("agenda", Text, "timeline, what was difficult, actions", "What was talked about."),
    field("briefing_at", Moment, "2024-03-06T10:00:00Z", "When leadership was told."),
];
const PARTICIPANT: &[Field] = &[
    required("role", Text, "on-call", "What they did in the incident."),
    field("area", Text, "database", "What they know of."),
];
const SESSION: &[Field] = &[
    required("held_at", Moment, "2024-03-07", "When."),
    field("team", Name(Team), "payments", "Whose."),
    field("participants", List(&Either(&Text, &Map(PARTICIPANT))), "[on-call]", "Who was there."),
];

/// The front matter of a page in `_patterns/`.
pub const PATTERN: &[Field] = &[
    required("title", Text, "A shared dependency without a second", "The name of the pattern."),
    field("group", Text, "architecture", "What it stands beside in the list of patterns."),
    field("summary", Text, "One part that everything needs", "What it is, in one sentence."),
    field("aliases", OneOrMany(&Text), "[spof]", "Other names that reports may use; `--fix` writes the right one."),
    field("related", OneOrMany(&Name(Factor)), "[capacity]", "Patterns that are often seen with it."),
];
