"""The paper's two evaluations from first principles, against what dpo-prep says.

usage: evaluate.py rewardbench SCORES.jsonl RESULT.json
                   FRAC ITERATIONS RATIO MIN_COUNT COMPATIBLE TIES
       evaluate.py alpacaeval ROWS.jsonl BASELINE.jsonl RESULT.json RANKING.csv COLUMN
                   FRAC ITERATIONS RATIO MIN_COUNT FITS_BASELINE COMPATIBLE TIES
       evaluate.py bestof SCORES.jsonl RESULT.json FRAC ITERATIONS RATIO MIN_COUNT

TIES is what a tie counts (half or wrong). COMPATIBLE (0 or 1) repeats the slips of the paper's published code.
"""

import bisect
import csv
import json
import sys

import numpy as np
from scipy.stats import kendalltau, spearmanr
from statsmodels.nonparametric.smoothers_lowess import lowess

PENALTY = 0.001
CREDIT = {"half": 0.5, "wrong": 0.0}
WEIGHTS = {"math-prm": 984}


def rows_of(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Checker:
    worst = 0.0

    def check(self, name, ours, expected, bound=1e-9):
        if expected is None or np.isnan(expected):
            assert ours is None, (name, ours, expected)
            return
        error = abs(ours - expected) / max(1.0, abs(expected))
        assert error < bound, (name, ours, expected)
        self.worst = max(self.worst, error)


def regression(pool_x, pool_y, queries, frac, iterations, compatible):
    fit = lowess(pool_y, pool_x, frac=frac, it=iterations, delta=0)
    x, index = np.unique(fit[:, 0], return_index=True)
    y = fit[index, 1]
    if compatible:
        places = np.minimum(np.searchsorted(x, queries, side="left"), len(x) - 1)
        return y[places]
    return np.interp(queries, x, y)


def mean_scores(first, second, first_x, second_x, pool, ratio, least, compatible):
    radius = np.abs(first_x - second_x).mean() / ratio
    pool = sorted(pool, key=lambda point: point[0])
    lengths = [point[0] for point in pool]
    rewards = np.array([point[1] for point in pool])

    def window(length):
        low = bisect.bisect_left(lengths, length - radius)
        high = bisect.bisect_right(lengths, length + radius) - (1 if compatible else 0)
        return rewards[low:high]

    one, other = first.astype(float).copy(), second.astype(float).copy()
    for i in range(len(first)):
        a, b = window(first_x[i]), window(second_x[i])
        if len(a) >= least and len(b) >= least:
            one[i] -= a.mean()
            other[i] -= b.mean()
    return one, other


def outcomes(margins, credit):
    """1 for a margin above 0, the credit for a tie."""
    return np.where(margins == 0, credit, margins > 0)


def unambiguous(margins, distances):
    """Margins that rounding cannot turn: far from 0, or of answers of one length, which are exact."""
    return ((np.abs(margins) > 1e-9) | (margins == 0) & (distances == 0)).all()


def rewardbench(scores, result, frac, iterations, ratio, least, compatible, credit):
    rows = rows_of(scores)
    with open(result, encoding="utf-8") as file:
        model = json.load(file)["models"][0]
    x = [np.array([len(row[f"text_{side}"]) for row in rows], float)
         for side in ("chosen", "rejected")]
    y = [np.array([row[f"scores_{side}"] for row in rows], float)
         for side in ("chosen", "rejected")]

    def lwr(one, other):
        pool = np.concatenate(x), np.concatenate([one, other])
        return tuple(reward - regression(*pool, lengths, frac, iterations, compatible)
                     for reward, lengths in zip((one, other), x))

    pool = [point for i in range(len(rows)) for point in ((x[0][i], y[0][i]), (x[1][i], y[1][i]))]
    penalized = tuple(reward - PENALTY * lengths for reward, lengths in zip(y, x))
    expected = {
        "original": tuple(y), "penalty": penalized,
        "mean": mean_scores(*y, *x, pool, ratio, least, compatible),
        "lwr": lwr(*y), "lwr_penalty": lwr(*penalized),
    }
    original = outcomes(y[0] - y[1], credit)
    if compatible:
        original = np.array([row.get("results", mine) for row, mine in zip(rows, original)], float)
    checker = Checker()
    for method, (one, other) in expected.items():
        ours = model["methods"][method]
        right = outcomes(one - other, credit)
        if compatible and method == "original":
            right = original
        if unambiguous(one - other, x[0] - x[1]) or method == "original":
            subsets = {}
            for row, is_right in zip(rows, right):
                subsets.setdefault(row["subset"], []).append(is_right)
            subsets = {name: np.mean(values) for name, values in subsets.items()}
            assert list(ours["subsets"]) == list(subsets)
            for name, value in subsets.items():
                checker.check(f"{method} {name}", ours["subsets"][name], value)
            checker.check(f"{method} changed", ours["changed"], np.mean(right != original))
            checker.check(
                f"{method} score", ours["score"], np.mean(list(ours["sections"].values())))
        checker.check(
            f"{method} spearman", ours["spearman_length"],
            spearmanr(np.concatenate([one, other]), np.concatenate(x)).statistic)
        assert method != "original" or ours["ties"] == np.sum(one == other), ours["ties"]
    print("worst", checker.worst)


def bestof(scores, result, frac, iterations, ratio, least):
    """RewardBench 2: the first num_correct of the answers are right."""
    rows = rows_of(scores)
    with open(result, encoding="utf-8") as file:
        model = json.load(file)["models"][0]
    x = [np.array([len(text) for text in row["text"]], float) for row in rows]
    y = [np.array(row["scores"], float).ravel() for row in rows]

    def lwr(values):
        pool = np.concatenate(x), np.concatenate(values)
        return [one - regression(*pool, lengths, frac, iterations, False)
                for one, lengths in zip(values, x)]

    penalized = [one - PENALTY * lengths for one, lengths in zip(y, x)]
    radius = np.mean([abs(lengths[i] - lengths[j]) for row, lengths in zip(rows, x)
                      for i in range(row["num_correct"])
                      for j in range(row["num_correct"], len(lengths))]) / ratio
    all_x, all_y = np.concatenate(x), np.concatenate(y)

    def mean_margin(row, i, j):
        means = []
        for k in (i, j):
            near = all_y[np.abs(all_x - x[row][k]) <= radius]
            means.append(near.mean() if len(near) >= least else None)
        if None in means:
            return y[row][i] - y[row][j]
        return (y[row][i] - means[0]) - (y[row][j] - means[1])

    def margins_of(values):
        return lambda row, i, j: values[row][i] - values[row][j]

    methods = {"original": margins_of(y), "penalty": margins_of(penalized), "mean": mean_margin,
               "lwr": margins_of(lwr(y)), "lwr_penalty": margins_of(lwr(penalized))}
    checker = Checker()
    for method, margin in methods.items():
        points, ties, subsets = [], 0, {}
        for number, row in enumerate(rows):
            right = range(row["num_correct"])
            wrong = range(row["num_correct"], len(y[number]))
            # Margins that only rounding keeps from 0 are 0.
            table = np.array([[margin(number, i, j) for j in wrong] for i in right])
            table[np.abs(table) < 1e-9] = 0
            best = table.min(axis=1)
            if best.max() == 0:
                top = best == 0
                points.append(top.sum() / (top.sum() + (table[top][0] == 0).sum()))
                ties += 1
            else:
                points.append(float(best.max() > 0))
            subsets.setdefault(row["subset"], []).append(points[-1])
        # The published rule, for what has one right answer.
        if method == "original":
            for row, one, mine in zip(rows, y, points):
                if row["num_correct"] == 1:
                    top = one == one.max()
                    assert mine == (1 / top.sum() if top[0] else 0), (row["id"], mine)
            assert ties > 0
        ours = model["methods"][method]
        assert list(ours["subsets"]) == list(subsets)
        for name, values in subsets.items():
            checker.check(f"{method} {name}", ours["subsets"][name], np.mean(values))
        checker.check(f"{method} score", ours["score"],
                      np.mean([np.mean(values) for values in subsets.values()]))
        assert ours["ties"] == ties, (method, ours["ties"], ties)
        if method == "original":
            checker.check("spearman", ours["spearman_length"], spearmanr(all_y, all_x).statistic)
    print("worst", checker.worst)


def alpacaeval(rows, baseline, result, ranking, column, frac, iterations, ratio, least,
               fits_baseline, compatible, credit):
    rows, baseline = rows_of(rows), rows_of(baseline)
    with open(result, encoding="utf-8") as file:
        ours = json.load(file)
    lengths = {row["prompt_id"]: len(row["response"]) for row in baseline}
    x = np.array([len(row["response"]) for row in rows], float)
    clipped = np.clip([row["reward"] for row in rows], 1e-4, 1 - 1e-4)
    y = np.log(clipped / (1 - clipped))
    base_x = np.array([lengths[row["prompt_id"]] for row in rows], float)
    base_y = np.zeros(len(rows))
    others = np.array([len(row["response"]) for row in baseline], float)

    def lwr(penalty):
        reward, base = y - penalty * x, base_y - penalty * (x if compatible else base_x)
        pool_x, pool_y = x, reward
        if fits_baseline:
            pool_x = np.concatenate([x, others])
            pool_y = np.concatenate([reward, 0 - penalty * others])
        return tuple(values - regression(pool_x, pool_y, queries, frac, iterations, compatible)
                     for values, queries in ((reward, x), (base, base_x)))

    pool = list(zip(x, y)) + ([(length, 0.0) for length in others] if fits_baseline else [])
    expected = {
        "original": (y, base_y), "penalty": (y - PENALTY * x, base_y - PENALTY * base_x),
        "mean": mean_scores(y, base_y, x, base_x, pool, ratio, least, compatible),
        "lwr": lwr(0), "lwr_penalty": lwr(PENALTY),
    }
    generators = np.array([row["generator"] for row in rows])
    names = sorted(set(generators))
    with open(ranking, encoding="utf-8") as file:
        table = {row["model"]: float(row[column]) for row in csv.DictReader(file) if row[column]}
    by_name = {model["model"]: model for model in ours["models"]}
    assert sorted(by_name) == names
    checker = Checker()
    original = None
    for method, (one, other) in expected.items():
        margins = one - other
        rates = {name: 100 * np.mean(1 / (1 + np.exp(-margins[generators == name])))
                 for name in names}
        original = original or rates
        for name in names:
            model = by_name[name]["methods"][method]
            mine = generators == name
            checker.check(f"{method} {name}", model["win_rate"], rates[name])
            if unambiguous(margins[mine], (x - base_x)[mine]):
                checker.check(f"{method} {name} discrete", model["discrete_win_rate"],
                              100 * np.mean(outcomes(margins[mine], credit)))
            checker.check(f"{name} length", model["avg_length"], x[mine].mean())
        checker.check(f"{method} spearman", ours["spearman_length"][method],
                      spearmanr(one, x).statistic)
        common = [name for name in names if name in table]
        values = [rates[name] for name in common], [table[name] for name in common]
        correlation = ours["correlations"][method]["ranking"]
        assert correlation["models"] == len(common)
        checker.check(f"{method} with ranking", correlation["spearman"],
                      spearmanr(*values).statistic)
        checker.check(f"{method} tau", correlation["kendall"], kendalltau(*values).statistic)

        models = [name for name in names
                  if "_verbose" not in name and (compatible or "_concise" not in name)]
        weight = (np.std([original[name] for name in models], ddof=1)
                  / np.std([rates[name] for name in models], ddof=1))
        gamed = [name for name in names
                 if name + "_verbose" in names and name + "_concise" in names]
        for kind, suffix in (("verbosity", "_verbose"), ("conciseness", "_concise")):
            spread = np.mean([np.std(pair, ddof=1) / np.mean(pair)
                              for pair in ([rates[name], rates[name + suffix]] for name in gamed)])
            checker.check(f"{method} {kind}", ours["gameability"][method][kind],
                          100 * spread * weight)
    print("worst", checker.worst)


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "rewardbench":
        scores, result, frac, iterations, ratio, least, compatible, ties = arguments
        rewardbench(scores, result, float(frac), int(iterations), float(ratio), int(least),
                    compatible == "1", CREDIT[ties])
    elif command == "bestof":
        scores, result, frac, iterations, ratio, least = arguments
        bestof(scores, result, float(frac), int(iterations), float(ratio), int(least))
    else:
        files, numbers = arguments[:5], arguments[5:]
        frac, iterations, ratio, least, fits_baseline, compatible, ties = numbers
        alpacaeval(*files, float(frac), int(iterations), float(ratio), int(least),
                   fits_baseline == "1", compatible == "1", CREDIT[ties])


main()
