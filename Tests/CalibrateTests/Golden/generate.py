#!/usr/bin/env python3
"""Writes the golden numbers beside this file: LOWESS from statsmodels, ranks from SciPy.

    python3 generate.py        # needs numpy, scipy and statsmodels 0.15

lowess.csv: one block a case. `case,NAME,FRAC,ITERATIONS,DELTA` (0 where it is left out), then a row a candidate `x,y`, then a row
`fit,x,value` for each distinct x at which statsmodels fits a line (see `is_defined`).
delta.csv: the same with other cases, all of them with a DELTA.
statistics.csv: `NAME,kind,argument…,expected` rows over the columns of the cases in lowess.csv.
"""
import pathlib

import numpy as np
import scipy.stats
import statsmodels
from statsmodels.nonparametric.smoothers_lowess import lowess

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(20240917)


def lengths_and_rewards(n, spread, shape="smooth"):
    x = np.round(np.exp(rng.normal(np.log(6 * spread), 0.5, n)))
    y = np.log(x) - 0.3 * (x / (6 * spread)) ** 2 + rng.normal(0, 1, n)
    if shape == "integers":
        y = np.clip(np.round(5.5 + 2 * y), 1, 10)
    if shape == "outliers":
        y[rng.choice(n, n // 20, replace=False)] += rng.choice([-1e3, 50, 1e5], n // 20)
    if shape == "gaps":
        x = np.where(x > np.median(x), x + 40 * spread, x)
    if shape == "offset":
        y += 1e6
    if shape == "cauchy":
        y = np.round(rng.standard_cauchy(n), 9)
    return x, np.round(y, 9)


CASES = []
DELTA_CASES = []


def case(name, frac, iterations, x, y):
    CASES.append((name, frac, iterations, np.asarray(x, float), np.asarray(y, float)))


def delta_case(name, frac, iterations, delta, x, y):
    DELTA_CASES.append(
        (name, frac, iterations, np.asarray(x, float), np.asarray(y, float), delta))


for frac, iterations in [(0.1, 0), (0.3, 0), (0.3, 1), (0.3, 3), (0.6, 5), (0.9, 3), (1.0, 2)]:
    case(f"ties-{frac}-{iterations}", frac, iterations, *lengths_and_rewards(300, 5))
    case(f"few-ties-{frac}-{iterations}", frac, iterations, *lengths_and_rewards(150, 300))
for shape in ["integers", "outliers", "gaps", "offset", "cauchy"]:
    for frac, iterations in [(0.2, 3), (0.3, 3), (0.9, 3), (0.5, 0)]:
        case(f"{shape}-{frac}-{iterations}", frac, iterations, *lengths_and_rewards(200, 8, shape))
case("no-ties", 0.3, 3, rng.permutation(120) * 3, rng.normal(0, 1, 120).round(9))
case("fractions", 0.4, 3, rng.uniform(0, 1, 90).round(12), rng.normal(0, 1, 90).round(9))
case("line", 0.5, 3, np.arange(40), 3 - 0.25 * np.arange(40))
case("two-points-each", 0.01, 3, np.arange(30), rng.normal(0, 1, 30).round(9))
for n in [2, 3, 4, 5, 7, 10]:
    case(f"small-{n}", 0.7, 3, rng.permutation(20)[:n], rng.normal(0, 1, n).round(9))
case("same-reward", 0.3, 3, rng.integers(0, 30, 60), np.full(60, 2.5))
x, y = lengths_and_rewards(200, 5)
case("far-point", 0.3, 3, np.append(x, 90000), np.append(y, -40.0))
case("far-pair", 0.3, 3, np.append(x, [90000, 90001]), np.append(y, [-40.0, 30.0]))

for delta in [0.5, 1, 7, 20.25, 1e6]:
    for ends in ["one", "two", "tied"]:
        x, y = lengths_and_rewards(160, 6)
        # Whether the last candidate is alone at its length decides which line comes last.
        last = {"one": [x.max() + 3], "two": [x.max() + 3, x.max() + 5], "tied": [x.max()] * 2}[ends]
        delta_case(
            f"{ends}-{delta}", 0.4, 3, delta, np.append(x, last), np.append(y, [0.5, -1.5][:len(last)]))
delta_case("real", 0.3, 2, 0.03, rng.uniform(0, 1, 150).round(12), rng.normal(0, 1, 150).round(9))
delta_case("every-third", 0.5, 0, 2, np.arange(41), rng.normal(0, 1, 41).round(9))
for n in [2, 3, 5]:
    delta_case(f"small-{n}", 0.9, 1, 4, rng.permutation(9)[:n], rng.normal(0, 1, n).round(9))


def is_defined(x, frac, at):
    """Whether the fit at `at` does not depend on how ties are sorted.

    Where all neighbours share one x, statsmodels copies the reward of some candidate there, which
    is defined only if there is just one.
    """
    here = x == at
    if here.sum() == 1:
        return True
    k = min(max(int(frac * len(x) + 1e-10), 2), len(x))
    return here.sum() < k


def write_lowess(file, cases):
    with open(HERE / file, "w") as out:
        out.write(f"# statsmodels {statsmodels.__version__}, numpy {np.__version__}\n")
        for name, frac, iterations, x, y, *delta in cases:
            out.write(",".join(["case", name, *map(str, [frac, iterations, *delta])]) + "\n")
            for a, b in zip(x, y):
                out.write(f"{float(a)!r},{float(b)!r}\n")
            fit = lowess(y, x, frac=frac, it=iterations, delta=sum(delta), return_sorted=True)
            for at in np.unique(x):
                value = fit[np.searchsorted(fit[:, 0], at), 1]
                if is_defined(x, frac, at):
                    out.write(f"fit,{float(at)!r},{float(value)!r}\n")


def write_statistics():
    with open(HERE / "statistics.csv", "w") as out:
        out.write(f"# scipy {scipy.__version__}, numpy {np.__version__}\n")
        for name, _, _, x, y in CASES:
            if len(np.unique(x)) > 1 and len(np.unique(y)) > 1:
                out.write(f"{name},spearman,,{float(scipy.stats.spearmanr(x, y).statistic)!r}\n")
            for fraction in [0, 0.01, 0.25, 0.5, 0.9, 0.999, 1]:
                out.write(f"{name},reward-quantile,{fraction},{float(np.quantile(y, fraction))!r}\n")
                out.write(f"{name},length-quantile,{fraction},{float(np.quantile(x, fraction))!r}\n")
            low, high = x[y < np.median(y)], x[y >= np.median(y)]
            if len(low) > 1 and len(high) > 1:
                pooled = ((len(low) - 1) * low.var(ddof=1) + (len(high) - 1) * high.var(ddof=1)) / (
                    len(x) - 2)
                d = (high.mean() - low.mean()) / np.sqrt(pooled)
                out.write(f"{name},cohens-d,,{float(d)!r}\n")


write_lowess("lowess.csv", CASES)
write_lowess("delta.csv", DELTA_CASES)
write_statistics()
