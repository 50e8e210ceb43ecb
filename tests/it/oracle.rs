//! Statistics beside other implementations of them: `tests/stats/oracle.json`, which `tests/stats/crosscheck.py` writes.

#![expect(
    clippy::unnecessary_wraps,
    reason = "functions that always answer stand in one table with those that may not"
)]

use afterword::stats::{
    control::{self, Chart},
    multiplicity, normal_cdf, normal_quantile, quantile,
    ranks::{self, Method},
    rate::{self, Rate},
    share,
    survival::{self, Observed, Outcome},
    table, trend,
};
use serde_json::Value;
use std::{collections::BTreeMap, fs};

type Numbers = Vec<Option<f64>>;

/// A function under test: its input as JSON has it, its answer in one row, nothing where it has none.
type Ours = fn(&Case) -> Option<Numbers>;

/// What rounding may take away, relative to the larger of both numbers.
const TOLERANCE: f64 = 1e-9;

/// The input of one case.
struct Case(Vec<Value>);

impl Case {
    fn number(&self, at: usize) -> f64 {
        self.0[at].as_f64().expect("a number")
    }

    fn count(&self, at: usize) -> usize {
        usize::try_from(self.0[at].as_u64().expect("a count")).expect("a count")
    }

    fn numbers(&self, at: usize) -> Vec<f64> {
        self.list(at).iter().map(|value| value.as_f64().expect("a number")).collect()
    }

    fn whole(&self, at: usize) -> Vec<i64> {
        self.list(at).iter().map(|value| value.as_i64().expect("a whole number")).collect()
    }

    fn counts(&self, at: usize) -> Vec<usize> {
        self.whole(at).into_iter().map(|count| usize::try_from(count).expect("a count")).collect()
    }

    fn list(&self, at: usize) -> &[Value] {
        self.0[at].as_array().expect("a list")
    }

    fn observed(&self, at: usize) -> Vec<Observed> {
        self.numbers(at)
            .into_iter()
            .zip(self.whole(at + 1))
            .map(|(time, end)| Observed { time, ended: end == 1 })
            .collect()
    }

    fn periods(&self) -> Vec<(usize, f64)> {
        self.counts(0).into_iter().zip(self.numbers(1)).collect()
    }
}

fn some<const N: usize>(values: [f64; N]) -> Option<Numbers> {
    Some(values.into_iter().map(Some).collect())
}

fn ends((low, high): (f64, f64)) -> Option<Numbers> {
    some([low, high])
}

fn every_limit(chart: &Chart) -> Option<Numbers> {
    let limits = chart.limits.iter().flat_map(|(low, high)| [*low, *high]);
    Some(std::iter::once(chart.center).chain(limits).map(Some).collect())
}

fn first_limit(chart: &Chart) -> Option<Numbers> {
    some([chart.center, chart.limits[0].0, chart.limits[0].1])
}

fn two_rates(case: &Case) -> Option<Numbers> {
    let one = |at| Rate { events: case.count(at), exposure: case.number(at + 1) };
    let found = rate::compare(one(0), one(2))?;
    some([found.ratio, found.interval.0, found.interval.1, found.p, found.p_min_likelihood])
}

fn mann_whitney(case: &Case, method: Method) -> Option<Numbers> {
    let found = ranks::mann_whitney(&case.numbers(0), &case.numbers(1))?;
    assert_eq!(found.method, method);
    some([found.u, found.less, found.greater, found.p])
}

fn hodges_lehmann(case: &Case) -> Option<Numbers> {
    let found = ranks::hodges_lehmann(&case.numbers(0), &case.numbers(1))?;
    Some(vec![Some(found.estimate), found.interval.map(|(low, _)| low), found.interval.map(|(_, high)| high)])
}

#[expect(clippy::cast_precision_loss, reason = "counts of a sample")]
fn kaplan_meier(case: &Case) -> Option<Numbers> {
    let points = survival::kaplan_meier(&case.observed(0)).into_iter().flat_map(|point| {
        let (low, high) = point.interval.unzip();
        let counts = [point.time, point.at_risk as f64, point.ended as f64, point.open, point.error];
        counts.map(Some).into_iter().chain([low, high])
    });
    Some(points.collect())
}

fn kaplan_meier_median(case: &Case) -> Option<Numbers> {
    let found = survival::median(&survival::kaplan_meier(&case.observed(0)))?;
    Some(vec![Some(found.time), found.low, found.high])
}

#[expect(clippy::cast_precision_loss, reason = "small times")]
fn aalen_johansen(case: &Case) -> Option<Numbers> {
    let outcome = |(time, cause)| Outcome { time, cause: (cause > 0).then_some(cause) };
    let observed: Vec<_> = case.whole(0).into_iter().zip(case.whole(1)).map(outcome).collect();
    let curve = survival::aalen_johansen(&observed, &[1, 2]).into_iter();
    Some(curve.flat_map(|(time, shares)| std::iter::once(time as f64).chain(shares)).map(Some).collect())
}

fn log_rank(case: &Case) -> Option<Numbers> {
    let found = survival::log_rank(&case.observed(0), &case.observed(2))?;
    some([found.chi_square, found.p])
}

fn fisher(case: &Case) -> Option<Numbers> {
    let [both, first, second, neither] = [0, 1, 2, 3].map(|at| case.count(at));
    let found = table::fisher(both, first, second, neither)?;
    some([found.greater, found.less, found.p, table::odds_ratio(both, first, second, neither)?])
}

fn median_rank(case: &Case) -> Option<Numbers> {
    let rank = quantile::median_interval_rank(case.count(0));
    Some(vec![rank.map(|rank| f64::from(u32::try_from(rank).expect("a rank")))])
}

fn xmr(case: &Case) -> Option<Numbers> {
    let found = control::xmr(&case.numbers(0))?;
    some([found.mean, found.moving_range, found.limits.0, found.limits.1, found.range_limit])
}

/// Each function of the file.
const FUNCTIONS: &[(&str, Ours)] = &[
    ("normal_quantile", |case| some([normal_quantile(case.number(0))])),
    ("normal_cdf", |case| some([normal_cdf(case.number(0))])),
    ("quantile_type7", |case| some([quantile::type7(&case.whole(0), case.number(1))?])),
    ("median_interval_rank", median_rank),
    ("garwood", |case| ends(rate::garwood(case.count(0), case.number(1))?)),
    ("clopper_pearson", |case| ends(rate::clopper_pearson(case.count(0), case.count(1), case.number(2))?)),
    ("wilson", |case| ends(share::wilson(case.count(0), case.count(1), case.number(2))?)),
    ("compare_rates", two_rates),
    ("mann_whitney_exact", |case| mann_whitney(case, Method::Exact)),
    ("mann_whitney_normal", |case| mann_whitney(case, Method::Normal)),
    ("hodges_lehmann", hodges_lehmann),
    ("laplace", |case| trend::laplace(&case.numbers(0), case.number(1)).and_then(|t| some([t.statistic, t.p]))),
    ("military_handbook", |case| {
        trend::military_handbook(&case.numbers(0), case.number(1)).and_then(|t| some([t.statistic, t.p]))
    }),
    ("dispersion", |case| trend::dispersion(&case.counts(0)).and_then(|found| some([found.index, found.p]))),
    ("weekdays", |case| ends(table::weekdays(&case.counts(0).try_into().expect("seven"))?)),
    ("kaplan_meier", kaplan_meier),
    ("kaplan_meier_median", kaplan_meier_median),
    ("aalen_johansen", aalen_johansen),
    ("log_rank", log_rank),
    ("fisher", fisher),
    ("benjamini_hochberg", |case| {
        Some(multiplicity::benjamini_hochberg(&case.numbers(0)).into_iter().map(Some).collect())
    }),
    ("chart_xmr", xmr),
    ("chart_u", |case| every_limit(&control::u(&case.periods())?)),
    ("chart_u_laney", |case| every_limit(&control::u_laney(&case.periods())?)),
    ("chart_g", |case| first_limit(&control::g(&case.counts(0))?)),
    ("chart_t", |case| first_limit(&control::t(&case.numbers(0))?)),
];

fn flat(value: &Value) -> Numbers {
    match value {
        Value::Array(values) => values.iter().flat_map(flat).collect(),
        Value::Null => vec![None],
        Value::String(text) => vec![Some(text.parse().expect("inf or -inf"))],
        number => vec![Some(number.as_f64().expect("a number"))],
    }
}

/// How far apart two numbers are, relative to the larger; infinite where only one is there, or is a number.
fn error(found: Option<f64>, wanted: Option<f64>) -> f64 {
    let (Some(found), Some(wanted)) = (found, wanted) else {
        return if found == wanted { 0.0 } else { f64::INFINITY };
    };
    let largest = found.abs().max(wanted.abs());
    // Also two that are infinite, or both zero.
    let error = if found.total_cmp(&wanted).is_eq() || largest <= 0.0 { 0.0 } else { (found - wanted).abs() / largest };
    if error.is_nan() { f64::INFINITY } else { error }
}

/// The largest error of an answer; infinite where one has numbers, or is one, and the other not.
fn farthest(found: Option<&Numbers>, wanted: Option<&Numbers>) -> f64 {
    match (found, wanted) {
        (None, None) => 0.0,
        (Some(found), Some(wanted)) if found.len() == wanted.len() => {
            found.iter().zip(wanted).map(|(found, wanted)| error(*found, *wanted)).fold(0.0, f64::max)
        }
        _ => f64::INFINITY,
    }
}

#[test]
fn statistics_agree_with_other_implementations() {
    let text = fs::read_to_string("tests/stats/oracle.json").expect("the table of the oracle");
    let table: Value = serde_json::from_str(&text).expect("JSON");
    let mut functions = table["functions"].as_object().expect("functions").clone();
    let mut wrong = BTreeMap::new();
    println!("{:<22} cases  numbers  largest error", "");
    for (name, ours) in FUNCTIONS {
        let entry = functions.remove(*name).unwrap_or_else(|| panic!("{name} is in the table"));
        let cases = entry["cases"].as_array().expect("cases");
        let (mut numbers, mut largest) = (0, 0.0_f64);
        for pair in cases {
            let input = Case(pair[0].as_array().expect("an input").clone());
            let (found, wanted) = (ours(&input), (!pair[1].is_null()).then(|| flat(&pair[1])));
            let error = farthest(found.as_ref(), wanted.as_ref());
            if error > TOLERANCE {
                let told = format!("{} gave {found:?}, not {wanted:?}: apart by {error:e}", pair[0]);
                wrong.entry(*name).or_insert_with(Vec::new).push(told);
            }
            numbers += wanted.map_or(0, |wanted| wanted.len());
            largest = largest.max(error);
        }
        println!("{name:<22} {:>5}  {numbers:>7}  {largest:.1e}", cases.len());
    }
    assert!(functions.is_empty(), "no function for {:?}", functions.keys());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
