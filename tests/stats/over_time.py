"""Oracles of what happens in the course of time: trends, survival, control charts."""

import math
from fractions import Fraction

import numpy as np
from cases import DRAW, oracle, same, whole
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test
from scipy import special, stats
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight


def moments(length):
    """Samples of times within an observation: even, early, late, at both ends, and many."""
    yield [length] * 5
    yield [length * 0.999] * 30
    yield [length * 1e-9] * 6
    for n in [5, 6, 12, 40, 150]:
        for power in [0.2, 1, 3]:
            yield sorted(float(f"{length * DRAW.random() ** power:.6g}") for _ in range(n))


@oracle("laplace", "formula, by scipy.special.ndtr")
def _():
    for length in [1.0, 365.0, 1e6]:
        for times in [[0.0] * 5, *moments(length)]:
            exact = sum(map(Fraction, times)) / len(times) - Fraction(length) / 2
            statistic = float(exact / Fraction(length)) * math.sqrt(12 * len(times))
            yield [times, length], [statistic, 2 * special.ndtr(-abs(statistic))]


@oracle("military_handbook", "formula, by scipy.stats.chi2")
def _():
    for length in [1.0, 1500.0]:
        for times in moments(length):
            statistic = 2 * math.fsum(math.log(length / time) for time in times)
            chi = stats.chi2(2 * len(times))
            yield [times, length], [statistic, min(1, 2 * min(chi.cdf(statistic), chi.sf(statistic)))]


@oracle("dispersion", "scipy.stats.chisquare")
def _():
    samples = [[0, 1], [1, 0], [5, 5], [0, 0, 20, 0, 0, 0, 18, 0], [4] * 12, [1000, 1100, 900, 2000], [0] * 51 + [1]]
    samples += [whole(0, most, n) for n in [2, 5, 12, 52, 365] for most in [1, 6, 300]]
    for counts in filter(any, samples):
        statistic, p = stats.chisquare(counts)
        yield [counts], [statistic / (len(counts) - 1), p]
    yield [[0, 0, 0]], None


@oracle("weekdays", "scipy.stats.chisquare")
def _():
    for counts in [[5] * 7, [10, 10, 10, 10, 10, 0, 0], [35, 0, 0, 0, 0, 0, 0], [6, 5, 5, 5, 5, 5, 4], [900, 20, 1, 3, 5, 8, 2]]:
        yield [counts], stats.chisquare(counts)
    for most in [15, 40, 1000, 100000]:
        counts = whole(5, most, 7)
        yield [counts], stats.chisquare(counts)


def lives():
    """Times and whether they ended: ties, none censored, nearly all censored, halves that are exact."""
    for n in [1, 2, 3, 4, 6, 10, 12, 14, 18, 22, 30, 50]:
        yield list(range(1, n + 1)), [1] * n
    for n in [2, 5, 9, 20, 40, 150]:
        for most, share in [(8, 0.5), (12, 0.9), (15, 0.15)]:
            yield whole(0, most, n), [int(DRAW.random() < share) for _ in range(n)]
    yield [3, 3, 3], [0, 0, 0]
    yield [5, 5, 5, 9], [1, 0, 1, 0]


def risk(times, ended):
    for time in sorted({time for time, end in zip(times, ended) if end}):
        yield time, sum(t >= time for t in times), sum(t == time and e for t, e in zip(times, ended))


@oracle("kaplan_meier", "lifelines (S, log-log interval), statsmodels SurvfuncRight (Greenwood): time, n, d, S, error, low, high")
def _():
    for times, ended in lives():
        if not any(ended):
            yield [times, ended], []
            continue
        curve = KaplanMeierFitter().fit(times, ended)
        other = SurvfuncRight(np.array(times), np.array(ended))
        points = []
        for time, n, d in risk(times, ended):
            at = list(other.surv_times).index(time)
            open_, (low, high) = curve.survival_function_.loc[time].iloc[0], curve.confidence_interval_.loc[time]
            same(open_, other.surv_prob[at])
            done = open_ == 0
            points.append([time, n, d, open_, 0 if done else other.surv_prob_se[at], *([None, None] if done else [low, high])])
        yield [times, ended], points


@oracle("kaplan_meier_median", "formula in fractions: first time with S ≤ 1/2; ends by lifelines' limits")
def _():
    evenly = ((list(range(1, n + 1)), [1] * n) for n in range(32, 100, 4))
    for times, ended in [*lives(), *evenly]:
        share, median = Fraction(1), None
        for time, n, d in risk(times, ended):
            share *= Fraction(n - d, n)
            if median is None and share <= Fraction(1, 2):
                median = time
        if median is None:
            yield [times, ended], None
            continue
        limits = KaplanMeierFitter().fit(times, ended).confidence_interval_.astype(float)
        ends = [next((time for time, value in limits.iloc[:, side].items() if 0 < value <= 0.5), None) for side in (0, 1)]
        yield [times, ended], [median, *ends]


@oracle("aalen_johansen", "statsmodels CumIncidenceRight, without ties also lifelines: time and the share of each cause")
def _():
    for n, most in [(1, 9), (2, 9), (5, 4), (12, 6), (30, 10), (60, 12), (200, 15), (10, 10**6), (25, 10**6)]:
        for weights in [(1, 1, 1), (8, 1, 1), (1, 4, 4)]:
            times, causes = whole(1, most, n), [1, 2, *DRAW.choices([0, 1, 2], weights, k=n)][-n:]
            if not {1, 2} <= set(causes):
                causes[:2] = [1, 2][: len(causes)]
            found = CumIncidenceRight(np.array(times), np.array(causes))
            curve = {time: [found.cinc[kind][at] if kind < len(found.cinc) else 0 for kind in (0, 1)] for at, time in enumerate(found.times)}
            if len(set(times)) == n and n > 2:
                for cause in (1, 2):
                    other = AalenJohansenFitter(calculate_variance=False).fit(times, causes, event_of_interest=cause)
                    for time in set(times):
                        same(other.cumulative_density_.loc[time].iloc[0], curve[time][cause - 1])
            ends = sorted({time for time, cause in zip(times, causes) if cause})
            yield [times, causes], [[time, *curve[time]] for time in ends]


@oracle("log_rank", "lifelines logrank_test: chi-square, p")
def _():
    for m, n, most in [(2, 2, 5), (5, 8, 9), (21, 21, 30), (21, 21, 6), (60, 15, 40), (150, 150, 20), (80, 90, 10**6)]:
        for share in [0.3, 0.8, 1]:
            for slower in [0, most // 2]:
                groups = []
                for size, shift in [(m, 0), (n, slower)]:
                    groups += [whole(1 + shift, most + shift, size), [1, *(int(DRAW.random() < share) for _ in range(size - 1))]]
                a, ended_a, b, ended_b = groups
                found = logrank_test(a, b, ended_a, ended_b)
                yield groups, [found.test_statistic, found.p_value]
    yield [[1, 2], [1, 1], [], []], None


def spread(values):
    return sum(abs(b - a) for a, b in zip(values, values[1:])) / (len(values) - 1)


def charted():
    return [whole(0, most, n) for n in [2, 12, 24] for most in [1, 5, 80, 10**5]]


@oracle("chart_xmr", "formula: mean, moving range, limits, limit of ranges")
def _():
    for values in charted():
        exact = [Fraction(value) for value in values]
        mean, step = sum(exact) / len(exact), spread(exact)
        half = 3 * step / Fraction("1.128")
        yield [values], [mean, step, mean - half, mean + half, Fraction("3.268") * step]


@oracle("chart_u", "formula: middle, and limits of each point")
def _():
    for counts in charted():
        for exposures in [[1] * len(counts), [DRAW.choice([28, 30, 31]) for _ in counts], [DRAW.randint(1, 900) / 4 for _ in counts]]:
            center = sum(counts) / math.fsum(exposures)
            half = [3 * math.sqrt(center / n) for n in exposures]
            yield [counts, exposures], [center, [[max(0, center - one), center + one] for one in half]]


@oracle("chart_u_laney", "formula: middle, and limits of each point")
def _():
    for counts in filter(any, charted()):
        exposures = [DRAW.randint(20, 40) for _ in counts]
        center = sum(counts) / sum(exposures)
        sigma = spread([(c / n - center) / math.sqrt(center / n) for c, n in zip(counts, exposures)]) / 1.128
        half = [3 * sigma * math.sqrt(center / n) for n in exposures]
        yield [counts, exposures], [center, [[max(0, center - one), center + one] for one in half]]


@oracle("chart_g", "formula: middle, limits")
def _():
    for between in charted():
        center = sum(between) / len(between)
        half = 3 * math.sqrt(center * (center + 1))
        yield [between], [center, max(0, center - half), center + half]


@oracle("chart_t", "formula: middle, limits")
def _():
    for times in charted():
        roots = [time ** (1 / 3.6) for time in times]
        middle, half = sum(roots) / len(roots), 3 * spread(roots) / 1.128
        yield [times], [max(0, root) ** 3.6 for root in (middle, middle - half, middle + half)]
