#!/usr/bin/env python3
"""Writes tests/stats/oracle.json: what other implementations answer where src/stats has a function for it.

    python3 -m venv /tmp/oracle && /tmp/oracle/bin/pip install scipy==1.17.1 lifelines==0.30.3 statsmodels==0.15.0
    /tmp/oracle/bin/python tests/stats/crosscheck.py

`cargo test --test it oracle -- --nocapture` reads the file and prints the largest error of each function. Cases are drawn
from one seed, so that the same versions write the same bytes. Where no library has a method, the oracle is its formula in
whole numbers and fractions (marked "formula"). A case is [input, output]; null is "no answer", "inf" is infinity, and
lists of lists are flattened by the test.
"""

import json
import math
from fractions import Fraction
from pathlib import Path

import lifelines
import numpy as np
import over_time  # noqa: F401, registers its oracles
import scipy
import statsmodels
from cases import DRAW, TABLE, oracle, same, whole
from scipy import special, stats
from scipy.stats.contingency import odds_ratio
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson


@oracle("normal_quantile", "scipy.special.ndtri")
def _():
    for p in [1e-300, 1e-100, 1e-15, 1e-9, 1e-4, 0.001, 0.025, 0.05, 0.1, 0.3, 0.5, 0.6, 0.9, 0.975, 0.995, 0.9999, 1 - 1e-9]:
        yield [p], [special.ndtri(p)]


@oracle("normal_cdf", "scipy.special.ndtr")
def _():
    for z in [-37.0, -20.0, -8.0, -5.5, -3.0, -1.96, -1.0, -0.1, -1e-9, 0.0, 1e-9, 0.1, 1.0, 1.96, 3.0, 5.5, 8.0, 20.0]:
        yield [z], [special.ndtr(z)]


@oracle("quantile_type7", "numpy.quantile, linear")
def _():
    samples = [[7], [3, 3], [-5, 0], [0, 0, 0, 1], sorted(whole(0, 9, 12)), sorted(whole(-1000, 1000, 25))]
    samples += [sorted(whole(0, 10**9, 40)), sorted(int(math.exp(DRAW.gauss(7, 3))) for _ in range(101))]
    for sample in samples:
        for share in [0, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.99, 1]:
            yield [sample, share], [np.quantile(sample, share)]


@oracle("median_interval_rank", "formula; up to n = 1000 also scipy.stats.quantile_test")
def _():
    for n in [*range(0, 61), 99, 100, 101, 150, 199, 200, 500, 999, 1000, 1023, 1100, 2000, 5000, 20000]:
        rank, below, ways = None, 0, 1
        for k in range(1, n // 2 + 1):
            below, ways = below + ways, ways * (n - k + 1) // k
            if 40 * below > 2**n:
                break
            rank = k
        if rank and n <= 1000:
            found = stats.quantile_test(list(range(1, n + 1)), q=0, p=0.5).confidence_interval(0.95)
            assert (found.low, found.high) == (rank, n + 1 - rank), (n, rank, found)
        yield [n], [rank]


@oracle("garwood", "statsmodels confint_poisson exact-c")
def _():
    for events in [0, 1, 2, 3, 5, 7, 10, 20, 37, 50, 100, 365, 1000, 12345, 10**6]:
        for confidence in [0.5, 0.9, 0.95, 0.99, 0.9999]:
            low, high = confint_poisson(events, 1.0, method="exact-c", alpha=1 - confidence)
            yield [events, confidence], [0 if events == 0 else low, high]


def exact_share(k, n, confidence):
    """scipy stops at 2e-12, whatever the size of the end: of 1 in 10^6 its low end has five digits, the quantile all."""
    ends = proportion_confint(k, n, alpha=1 - confidence, method="beta")
    assert np.allclose(ends, stats.binomtest(k, n).proportion_ci(confidence, method="exact"), rtol=1e-9, atol=4e-12)
    return [0 if k == 0 else ends[0], 1 if k == n else ends[1]]


@oracle("clopper_pearson", "statsmodels proportion_confint beta; scipy binomtest.proportion_ci within its 2e-12")
def _():
    for n in [1, 2, 5, 10, 30, 100, 1000, 50000, 10**6]:
        for k in sorted({0, 1, n // 10, n // 3, n // 2, n - 1, n}):
            for confidence in [0.8, 0.95, 0.999]:
                yield [k, n, confidence], exact_share(k, n, confidence)


@oracle("wilson", "statsmodels proportion_confint wilson")
def _():
    for n in [1, 2, 5, 10, 30, 263, 1000, 10**6]:
        for k in sorted({0, 1, n // 10, n // 3, n // 2, n - 1, n}):
            for confidence in [0.8, 0.95, 0.999]:
                low, high = proportion_confint(k, n, alpha=1 - confidence, method="wilson")
                yield [k, n, confidence], [0 if k == 0 else low, 1 if k == n else high]


@oracle("compare_rates", "statsmodels proportion_confint beta, scipy binomtest: ratio, exact interval, doubled p, p of least likelihood")
def _():
    pairs = [(0, 1), (1, 0), (5, 0), (6, 0), (0, 6), (1, 1), (2, 9), (11, 21), (3, 30), (40, 4), (100, 130), (0, 60)]
    pairs += [(500, 430), (3000, 2800), (20, 2000), (9000, 11000), (250, 0)]
    for a, b in pairs:
        for t, u in [(1, 1), (800, 3011), (90, 91), (7, 365), (365, 7), (0.25, 1000.5)]:
            n, p = a + b, t / (t + u)
            test = stats.binomtest(a, n, p)
            low, high = exact_share(a, n, 0.95)
            tails = [stats.binomtest(a, n, p, alternative=side).pvalue for side in ("less", "greater")]
            odds = lambda q: math.inf if q == 1 else q * u / ((1 - q) * t)
            ratio = math.inf if b == 0 else (a / t) / (b / u)
            yield [a, t, b, u], [ratio, odds(low), odds(high), min(1, 2 * min(tails)), test.pvalue]


def sums(ranks, n):
    """In how many ways n of at most fifty ranks have each sum: a polynomial in 2^64, whose coefficients stay below it."""
    ways = [1] + [0] * n
    for rank in ranks:
        for chosen in range(n, 0, -1):
            ways[chosen] += ways[chosen - 1] << (64 * rank)
    digits = ways[n].to_bytes(ways[n].bit_length() // 8 + 8, "little")
    counts = (int.from_bytes(digits[at : at + 8], "little") for at in range(0, len(digits), 8))
    return {total: count for total, count in enumerate(counts) if count}


def exact_mann_whitney(x, y):
    doubled = [int(2 * rank) for rank in stats.rankdata(x + y)]
    seen, ways = sum(doubled[: len(x)]), sums(doubled, len(x))
    every = sum(ways.values())
    less = Fraction(sum(count for total, count in ways.items() if total <= seen), every)
    greater = Fraction(sum(count for total, count in ways.items() if total >= seen), every)
    u = Fraction(seen - len(x) * (len(x) + 1), 2)
    return [u, less, greater, min(Fraction(1), 2 * min(less, greater))]


def by_scipy(x, y, method):
    tails = [stats.mannwhitneyu(x, y, alternative=side, method=method) for side in ("less", "greater", "two-sided")]
    return [tails[0].statistic, *(tail.pvalue for tail in tails)]


@oracle("mann_whitney_exact", "formula; without ties also scipy mannwhitneyu exact, of up to 12 values its permutations")
def _():
    sizes = [(1, 1), (1, 4), (2, 3), (4, 4), (5, 5), (5, 7), (3, 9), (8, 12), (10, 5), (15, 15), (25, 25), (2, 48), (30, 20)]
    for m, n in sizes:
        for most in [1, 4, 30, 10**6]:
            for shift in [0, most // 2]:
                x, y = [value + shift for value in whole(0, most, m)], whole(0, most, n)
                answer = exact_mann_whitney(x, y)
                if len(set(x + y)) == m + n:
                    same(by_scipy(x, y, "exact"), answer)
                elif m + n <= 12 and min(m, n) > 1:
                    same(by_scipy(x, y, stats.PermutationMethod(n_resamples=np.inf)), answer)
                yield [x, y], answer


@oracle("mann_whitney_normal", "scipy mannwhitneyu asymptotic")
def _():
    for m, n in [(1, 50), (5, 46), (26, 25), (40, 40), (60, 30), (100, 120)]:
        for most in [1, 5, 40, 10**6]:
            for shift in [0, max(1, most // 5)]:
                x, y = [value + shift for value in whole(0, most, m)], whole(0, most, n)
                yield [x, y], by_scipy(x, y, "asymptotic")
    yield [[3] * 40, [3] * 30], None


def critical(m, n):
    """The largest k with P(U ≤ k−1) ≤ 1/40 in whole numbers; beyond 50 values the normal one with continuity."""
    if m + n > 50:
        k = math.floor(m * n / 2 + special.ndtri(0.025) * math.sqrt(m * n * (m + n + 1) / 12) + 0.5)
        return max(k, 0)
    ways = sums(range(1, m + n + 1), m)
    every, below, k = sum(ways.values()), 0, 0
    for total in sorted(ways):
        below += ways[total]
        if 40 * below > every:
            return k
        k += 1


@oracle("hodges_lehmann", "formula, by numpy.median and the distribution of U in whole numbers")
def _():
    sizes = [(1, 1), (1, 38), (1, 39), (1, 40), (2, 7), (2, 8), (3, 3), (3, 5), (4, 4), (5, 5), (5, 9), (6, 20), (10, 5), (12, 13)]
    sizes += [(15, 15), (20, 30), (25, 25), (10, 40), (26, 26), (5, 60), (60, 80), (1, 70)]
    for m, n in sizes:
        for most in [9, 10**6]:
            x, y = whole(0, most, m), whole(0, most, n)
            differences = sorted(a - b for a in x for b in y)
            k = critical(m, n)
            yield [x, y], [np.median(differences), *([differences[k - 1], differences[-k]] if k else [None, None])]


@oracle("fisher", "scipy fisher_exact and odds_ratio: greater, less, two-sided, conditional odds ratio")
def _():
    tables = [(3, 1, 1, 3), (2, 15, 10, 3), (0, 5, 5, 5), (5, 0, 0, 5), (1, 0, 0, 1), (73, 28, 38, 103), (0, 1, 1, 0), (1, 1, 1, 1)]
    tables += [(10, 10, 10, 10), (1, 999, 1, 999), (0, 40, 900, 3), (500, 300, 200, 700), (12, 3000, 40, 20000), (3, 0, 4, 9)]
    tables += [tuple(whole(0, most, 4)) for most in [3, 10, 60, 400] for _ in range(10)]
    for a, b, c, d in tables:
        if 0 in (a + b, a + c, b + d, c + d):
            yield [a, b, c, d], None
            continue
        ps = [stats.fisher_exact([[a, b], [c, d]], alternative=side).pvalue for side in ("greater", "less", "two-sided")]
        yield [a, b, c, d], [*ps, odds_ratio([[a, b], [c, d]], kind="conditional").statistic]


@oracle("benjamini_hochberg", "scipy.stats.false_discovery_control")
def _():
    samples = [[0.04], [0, 0, 1], [0.5] * 7, [1, 1, 1], [0.01, 0.02, 0.03, 0.04], [1e-300, 1e-12, 0.3, 0.3]]
    samples += [[round(DRAW.random() ** power, digits) for _ in range(n)] for n in [2, 9, 30, 100] for power, digits in [(1, 2), (4, 12)]]
    for p in samples:
        yield [p], stats.false_discovery_control(np.array(p, float), method="bh")


def main():
    versions = {module.__name__: module.__version__ for module in (scipy, lifelines, statsmodels, np)}
    parts = []
    for name, entry in TABLE.items():
        cases = ",\n".join(json.dumps(case, separators=(",", ":")) for case in entry["cases"])
        parts.append(f'{json.dumps(name)}: {{"by": {json.dumps(entry["by"], ensure_ascii=False)}, "cases": [\n{cases}\n]}}')
    text = f'{{"versions": {json.dumps(versions)}, "functions": {{\n' + ",\n".join(parts) + "\n}}\n"
    json.loads(text)
    Path(__file__).with_name("oracle.json").write_text(text, encoding="utf-8")
    for name, entry in TABLE.items():
        print(f"{name:<22} {len(entry['cases']):>4}  {entry['by']}")


if __name__ == "__main__":
    main()
