//! A period against the twelve months before it, and what may be said of the difference.
//!
//! A word such as "fell" stands only where the interval excludes no change and the false discovery rate over all
//! comparisons of the digest allows it ([`multiplicity::LEVEL`]).

use super::{Analysis, Group, period::Period};
use crate::{
    config::Config,
    model::Report,
    stats::{
        multiplicity, quantile,
        ranks::{self, Shift},
        rate::{self, Rate},
    },
};
use jiff::{ToSpan, civil::Date};
use std::sync::Arc;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// All incidents.
    Incidents,
    /// Those of the two highest severities.
    Severe,
    Service(&'a str),
    Factor(&'a str),
    /// A metric of `metrics::ALL`, by its id.
    Duration(&'static str),
}

/// The two sides of a comparison, and how they stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sides {
    /// Incidents per day. Exposure in days.
    Rates { now: Rate, before: Rate, found: rate::Comparison },
    /// Seconds: how many values and their medians, and the ratio of the two samples.
    Durations { now: (usize, f64), before: (usize, f64), ratio: Shift, p: f64 },
}

/// One comparison, with its q-value among all of the digest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison<'a> {
    pub subject: Subject<'a>,
    pub sides: Sides,
    pub q: f64,
}

/// What may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Fell,
    Rose,
    /// No detectable change; never "no change".
    Undetected,
}

impl Verdict {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fell => "fell",
            Self::Rose => "rose",
            Self::Undetected => "undetected",
        }
    }
}

impl Sides {
    /// How many times as much as before.
    #[must_use]
    pub const fn ratio(&self) -> f64 {
        match self {
            Self::Rates { found, .. } => found.ratio,
            Self::Durations { ratio, .. } => ratio.estimate,
        }
    }

    #[must_use]
    pub const fn interval(&self) -> Option<(f64, f64)> {
        match self {
            Self::Rates { found, .. } => Some(found.interval),
            Self::Durations { ratio, .. } => ratio.interval,
        }
    }

    #[must_use]
    pub const fn p(&self) -> f64 {
        match self {
            Self::Rates { found, .. } => found.p,
            Self::Durations { p, .. } => *p,
        }
    }

    /// Rates with enough events to tell anything at all.
    #[must_use]
    pub fn rates(now: Rate, before: Rate) -> Option<Self> {
        let enough = now.events + before.events >= rate::FEWEST_EVENTS;
        let found = rate::compare(now, before).filter(|_| enough)?;
        Some(Self::Rates { now, before, found })
    }

    /// Durations in seconds, with enough values on both sides.
    #[must_use]
    pub fn durations(now: &[f64], before: &[f64]) -> Option<Self> {
        if now.len().min(before.len()) < ranks::FEWEST {
            return None;
        }
        let p = ranks::mann_whitney(now, before)?.p;
        let ratio = ranks::ratio(now, before)?;
        Some(Self::Durations { now: (now.len(), median(now)?), before: (before.len(), median(before)?), ratio, p })
    }
}

fn median(seconds: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_possible_truncation, reason = "seconds of incidents are far below 2^53")]
    let mut whole: Vec<i64> = seconds.iter().map(|seconds| *seconds as i64).collect();
    whole.sort_unstable();
    quantile::type7(&whole, 0.5)
}

impl Comparison<'_> {
    /// The gate: a direction only where the interval excludes 1 and q is at most [`multiplicity::LEVEL`].
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.sides.interval() {
            Some((_, high)) if high < 1.0 && self.q <= multiplicity::LEVEL => Verdict::Fell,
            Some((low, _)) if low > 1.0 && self.q <= multiplicity::LEVEL => Verdict::Rose,
            _ => Verdict::Undetected,
        }
    }
}

/// Gives each comparison its q-value.
#[must_use]
pub fn judged(compared: Vec<(Subject<'_>, Sides)>) -> Vec<Comparison<'_>> {
    let p: Vec<f64> = compared.iter().map(|(_, sides)| sides.p()).collect();
    let q = multiplicity::benjamini_hochberg(&p);
    compared.into_iter().zip(q).map(|((subject, sides), q)| Comparison { subject, sides, q }).collect()
}

/// The days that are compared: a period as far as it has passed, and the twelve months before it as far as anything was
/// recorded. Ends are the first day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spans {
    pub now: (Date, Date),
    pub before: (Date, Date),
}

impl Spans {
    /// `first` is the day of the first incident of all: what comes after it is exposure. `None` where fewer days were
    /// recorded before the period than it has.
    #[must_use]
    pub fn of(period: Period, first: Date, today: Date) -> Option<Self> {
        let now = (period.first(), period.passed(today));
        let recorded = first.tomorrow().unwrap_or(first);
        let before = (now.0.saturating_sub(1.year()).max(recorded), now.0);
        let spans = Self { now, before };
        (days(now) > 0.0 && days(before) >= days(now)).then_some(spans)
    }

    fn rates(&self, newest_first: &[Date]) -> (Rate, Rate) {
        let count = |(from, to): (Date, Date)| {
            newest_first.partition_point(|day| *day >= from) - newest_first.partition_point(|day| *day >= to)
        };
        let rate = |span| Rate { events: count(span), exposure: days(span) };
        (rate(self.now), rate(self.before))
    }
}

fn days((from, to): (Date, Date)) -> f64 {
    f64::from((to - from).get_days().max(0))
}

/// The days of everything that is compared, newest first: computed once for all digests.
#[derive(Clone, Debug)]
pub struct Days<'a> {
    rates: Vec<(Subject<'a>, Vec<Date>)>,
    /// Days and seconds.
    durations: Vec<(&'static str, Vec<(Date, f64)>)>,
    first: Option<Date>,
    today: Date,
}

impl<'a> Days<'a> {
    #[must_use]
    pub fn of(config: &Config, analysis: &'a Analysis) -> Self {
        let zone = &config.time_zone;
        let dates = |group: &Group| super::recurrence::dates(group, zone);
        let all = dates(&analysis.overall);
        let first = all.last().copied();
        let mut rates = vec![(Subject::Incidents, all)];
        if config.severities.len() > 2 {
            let severe = |report: &&Arc<Report>| config.severity_rank(&report.severity.value) < 2;
            let severe = analysis.overall.reports.iter().filter(severe).cloned();
            rates.push((Subject::Severe, super::recurrence::dates_of(severe.collect::<Vec<_>>().iter(), zone)));
        }
        rates.extend(analysis.by_service.iter().map(|(id, group)| (Subject::Service(id), dates(group))));
        rates.extend(analysis.by_factor.iter().map(|(id, group)| (Subject::Factor(id), dates(group))));
        #[expect(clippy::cast_precision_loss, reason = "seconds of incidents are far below 2^53")]
        let lasted = |(report, seconds): &(Arc<Report>, i64)| (report.times.started.value.date(zone), *seconds as f64);
        let durations = analysis.overall.measured.iter().map(|measured| {
            let mut values: Vec<(Date, f64)> = measured.used.iter().map(lasted).collect();
            values.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
            (measured.id, values)
        });
        Self { rates, durations: durations.collect(), first, today: analysis.today }
    }

    /// The twelve months until today against the twelve before, of days that stand newest first. `None` for too few
    /// incidents, and where fewer than twelve months were recorded before.
    #[must_use]
    pub fn last_year(&self, newest_first: &[Date]) -> Option<Sides> {
        let end = self.today.tomorrow().unwrap_or(self.today);
        let (one, two) = (end.saturating_sub(1.year()), end.saturating_sub(2.years()));
        let spans = Spans { now: (one, end), before: (two, one) };
        let (now, before) = spans.rates(newest_first);
        Sides::rates(now, before).filter(|_| self.first.is_some_and(|first| first < two))
    }

    /// All comparisons of a period's digest, in the order they are told.
    #[must_use]
    pub fn compare(&self, period: Period) -> Vec<Comparison<'a>> {
        let Some(spans) = self.first.and_then(|first| Spans::of(period, first, self.today)) else {
            return Vec::new();
        };
        let rates = self.rates.iter().filter_map(|(subject, days)| {
            let (now, before) = spans.rates(days);
            Some((*subject, Sides::rates(now, before)?))
        });
        let within = |(from, to): (Date, Date), values: &[(Date, f64)]| -> Vec<f64> {
            let first = values.partition_point(|(day, _)| *day >= to);
            let last = values.partition_point(|(day, _)| *day >= from);
            values[first..last].iter().map(|(_, seconds)| *seconds).collect()
        };
        let durations = self.durations.iter().filter_map(|(id, values)| {
            let sides = Sides::durations(&within(spans.now, values), &within(spans.before, values))?;
            Some((Subject::Duration(id), sides))
        });
        judged(rates.chain(durations).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::bootstrap::Generator;
    use jiff::civil::date;

    /// A Poisson count by Knuth's method.
    fn poisson(generator: &mut Generator, mean: f64) -> usize {
        let (limit, mut product, mut count) = ((-mean).exp(), generator.unit(), 0);
        while product > limit {
            product *= generator.unit();
            count += 1;
        }
        count
    }

    fn digest(generator: &mut Generator, subjects: usize, mean: f64, factor: f64) -> Vec<Comparison<'static>> {
        let compared = (0..subjects).filter_map(|_| {
            let now = Rate { events: poisson(generator, mean * factor), exposure: 91.0 };
            let before = Rate { events: poisson(generator, mean * 4.0), exposure: 365.0 };
            Some((Subject::Incidents, Sides::rates(now, before)?))
        });
        judged(compared.collect())
    }

    /// Quarters in which nothing changed, with 1 to 20 things compared at 1 to 20 incidents a quarter: how many digests
    /// say that anything fell or rose.
    #[test]
    fn without_a_change_digests_seldom_claim_one() {
        const DIGESTS: u32 = 400;
        let mut generator = Generator(2026);
        for (subjects, mean) in [(1, 4.0), (1, 20.0), (5, 8.0), (20, 1.5), (20, 8.0), (20, 20.0)] {
            let (mut digests, mut claims, mut all) = (0_u32, 0_u32, 0_u32);
            for _ in 0..DIGESTS {
                let compared = digest(&mut generator, subjects, mean, 1.0);
                let claimed = compared.iter().filter(|one| one.verdict() != Verdict::Undetected).count();
                digests += u32::from(claimed > 0);
                claims += u32::try_from(claimed).expect("few");
                all += u32::try_from(compared.len()).expect("few");
            }
            let (of_digests, of_claims) =
                (f64::from(digests) / f64::from(DIGESTS), f64::from(claims) / f64::from(all.max(1)));
            println!(
                "{subjects} compared at {mean} a quarter: {of_digests:.3} of digests, {of_claims:.4} of comparisons"
            );
            // Three standard errors of 400 digests are 0.033.
            assert!(of_claims <= 0.05 && of_digests <= 0.10, "{subjects} {mean}: {of_digests} {of_claims}");
        }
    }

    /// The power of the exact test, by adding the chances of all outcomes that it calls a change.
    fn power(mean: f64, factor: f64) -> f64 {
        let chances = |mean: f64| {
            let mut chance = (-mean).exp();
            (0..120_u32)
                .map(|k| {
                    let now = chance;
                    chance *= mean / f64::from(k + 1);
                    now
                })
                .collect::<Vec<f64>>()
        };
        let mut sum = 0.0;
        for (x, of_now) in chances(mean * factor).iter().enumerate() {
            for (y, of_before) in chances(mean).iter().enumerate() {
                let (now, before) = (Rate { events: x, exposure: 365.0 }, Rate { events: y, exposure: 365.0 });
                let fell =
                    Sides::rates(now, before).is_some_and(|sides| sides.interval().is_some_and(|(_, high)| high < 1.0));
                sum += if fell { of_now * of_before } else { 0.0 };
            }
        }
        sum
    }

    /// A year with half as many incidents: told as often as the exact test itself can tell it.
    #[test]
    fn a_planted_change_is_told_as_often_as_the_exact_test_can() {
        let mut generator = Generator(7);
        for mean in [20.0, 40.0] {
            let told = (0..600)
                .filter(|_| {
                    let rate = |events| Rate { events, exposure: 365.0 };
                    let sides =
                        Sides::rates(rate(poisson(&mut generator, mean / 2.0)), rate(poisson(&mut generator, mean)));
                    let compared = judged(sides.map(|sides| (Subject::Incidents, sides)).into_iter().collect());
                    compared.first().is_some_and(|one| one.verdict() == Verdict::Fell)
                })
                .count();
            let (told, power) = (f64::from(u32::try_from(told).expect("few")) / 600.0, power(mean, 0.5));
            println!("{mean} → {}: told {told:.3}, power of the exact test {power:.3}", mean / 2.0);
            assert!((told - power).abs() <= 0.065, "{mean}: {told} {power}");
        }
    }

    #[test]
    fn exposure_begins_after_the_first_incident() {
        let quarter = Period::Quarter { year: 2025, quarter: 2 };
        let spans = |first, today| Spans::of(quarter, first, today);
        let long = spans(date(2020, 1, 1), date(2026, 1, 1)).expect("spans");
        assert_eq!(
            (long.now, long.before),
            ((date(2025, 4, 1), date(2025, 7, 1)), (date(2024, 4, 1), date(2025, 4, 1)))
        );
        assert_eq!(spans(date(2024, 6, 30), date(2026, 1, 1)).expect("spans").before.0, date(2024, 7, 1));
        // Ninety days before would be fewer than the ninety-one of the quarter.
        assert_eq!(spans(date(2024, 12, 31), date(2026, 1, 1)), None);
        assert_eq!(spans(date(2020, 1, 1), date(2025, 4, 2)).expect("spans").now.1, date(2025, 4, 3));
        assert_eq!(spans(date(2020, 1, 1), date(2025, 3, 2)), None);
        let (now, before) =
            long.rates(&[date(2025, 7, 1), date(2025, 6, 30), date(2025, 4, 1), date(2024, 4, 1), date(2024, 3, 31)]);
        assert_eq!((now.events, before.events), (2, 1));
    }

    #[test]
    fn too_few_are_not_compared() {
        let rate = |events| Rate { events, exposure: 91.0 };
        assert_eq!(Sides::rates(rate(5), rate(0)), None);
        assert_eq!(Sides::durations(&[60.0; 4], &[60.0; 9]), None);
    }
}
