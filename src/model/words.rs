//! The closed vocabularies of a report, each with the words that stand for it in front matter.

/// Declares an enum together with its words, so that neither can be forgotten.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value with its word, in the order they are listed to people.
            pub const ALL: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];

            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words!(/// What the report is about. Only incidents enter rates.
    Kind { Incident = "incident", NearMiss = "near-miss", GameDay = "game-day", Maintenance = "maintenance", External = "external" });
words!(/// How far the report is. Drafts are left out of published numbers.
    Status { Draft = "draft", InReview = "in-review", Reviewed = "reviewed", Closed = "closed" });
words!(/// Who may read it.
    Visibility { Public = "public", Internal = "internal", Restricted = "restricted" });
words!(/// Who or what noticed first.
    DetectedBy { Alert = "alert", Synthetic = "synthetic", Customer = "customer", Employee = "employee", ThirdParty = "third-party", Accident = "accident" });
words!(/// What set the incident off; kept apart from what contributed.
TriggerKind {
    Deploy = "deploy", ConfigChange = "config-change", DataChange = "data-change", Maintenance = "maintenance",
    Automation = "automation", ManualCommand = "manual-command", Load = "load", Hardware = "hardware", Power = "power",
    Network = "network", Expiry = "expiry", Limit = "limit", ThirdParty = "third-party", Attack = "attack", Unknown = "unknown",
});
words!(/// Whether a factor helped the incident along, helped against it, or remains a risk.
    FactorRole { Contributor = "contributor", Mitigator = "mitigator", Risk = "risk" });
words!(/// Who carried a recovery step out.
    Mode { Manual = "manual", Automated = "automated" });
words!(/// How a recovery step went.
    Outcome { Worked = "worked", Partial = "partial", Failed = "failed", MadeWorse = "made-worse" });
words!(/// Where an action item stands.
    ActionStatus { Open = "open", InProgress = "in-progress", Blocked = "blocked", Done = "done", Dropped = "dropped" });
words!(/// What an action item is for.
    Purpose { Prevent = "prevent", Mitigate = "mitigate", Detect = "detect", Process = "process", Investigate = "investigate" });
words!(/// Quick is about a week; long-term 30 to 90 days.
    Horizon { Quick = "quick", LongTerm = "long-term" });
words!(/// The kind of lesson or action.
    Category { TechnicalFix = "technical-fix", Process = "process", Communication = "communication", Tooling = "tooling" });
words!(/// What a row of the timeline tells.
    EventKind { Event = "event", Detect = "detect", Decision = "decision", Action = "action", Comms = "comms", Status = "status", Recover = "recover" });

words!(/// What made the moment of an incident special.
    Context { PeakHours = "peak-hours", MaintenanceWindow = "maintenance-window", Launch = "launch", CustomerEvent = "customer-event", Holiday = "holiday" });
words!(/// Whether something was there when it was needed.
    Presence { Yes = "yes", Partial = "partial", No = "no", NotApplicable = "na" });
words!(/// What kind of change went out.
    DeployKind { Code = "code", Config = "config", Data = "data", Infrastructure = "infrastructure", Rollback = "rollback" });
words!(/// What machinery did by itself.
    HealingKind { Autoscale = "autoscale", Restart = "restart", CircuitBreaker = "circuit-breaker", Rollback = "rollback", Failover = "failover" });
words!(/// What a piece of evidence is.
    EvidenceKind { Metric = "metric", Screenshot = "screenshot", Log = "log", Chat = "chat", Email = "email", Call = "call", Doc = "doc" });
words!(/// Whom a message or a document is meant for.
    Audience { Internal = "internal", External = "external", Public = "public" });
words!(/// Why an action item is late.
    DelayReason { UnclearRequirements = "unclear-requirements", CompetingPriorities = "competing-priorities", LackOfResources = "lack-of-resources", Other = "other" });
words!(/// What was done about a delay.
    DelayResponse { Clarify = "clarify", Reallocate = "reallocate", Escalate = "escalate" });
