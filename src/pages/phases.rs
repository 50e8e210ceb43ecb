//! The phases of an incident between the milestones that are known to the second.

use crate::{
    model::{Report, time::When},
    snapshot::Spanned,
    words::Words,
};

/// A stretch of an incident; seconds from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phase {
    /// `unnoticed`, `responding`, `recovering` or `after`: its class in drawings and its key among the words.
    pub class: &'static str,
    pub from: i64,
    pub to: i64,
}

impl Phase {
    /// `responding: 14 min`
    pub fn said(self, words: &Words) -> String {
        let (phase, lasted) = (words.term("phase", self.class), words.duration(self.to - self.from));
        words.say("phase.segment", &[("phase", (&*phase).into()), ("duration", (&lasted).into())])
    }
}

/// In order, none of them empty. A milestone before the one it should follow counts as coming at once.
pub(super) fn of(report: &Report) -> Vec<Phase> {
    let times = &report.times;
    let start = times.started.value;
    let at = |when: &Option<Spanned<When>>| start.seconds_to(when.as_ref()?.value).map(|seconds| seconds.max(0));
    // Where nobody wrote when the impact ended, all the work up to the end is the response.
    let last = if at(&times.mitigated).is_some() { "recovering" } else { "responding" };
    let ends = [("unnoticed", &times.detected), ("responding", &times.mitigated), (last, &times.resolved)];
    let mut phases = Vec::new();
    let mut from = 0;
    for (class, end) in ends {
        let Some(to) = at(end).filter(|to| *to > from) else { continue };
        phases.push(Phase { class, from, to });
        from = to;
    }
    phases
}
