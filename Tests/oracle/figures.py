"""Recomputes the figures of a run with their intervals from its input alone.

usage: figures.py ROWS.jsonl MANIFEST.json FRAC

For global curves without robust passes, max_min, and rewards that do not tie. The figures have to be
those of the manifest. Which prompts form a group is the program's own affair, so standard errors are
compared with those of other groups, drawn here several times: every ratio of widths is printed as
JSON, for the caller to judge.
"""

import json
import sys

import numpy as np
from scipy.optimize import brentq
from scipy.stats import rankdata, t
from statsmodels.nonparametric.smoothers_lowess import lowess

GROUPS, DRAWS = 20, 4
#: The figures that are shares, whose intervals are Wilson's.
SHARES = {0, 3}


def wilson(share, part):
    """Middle and half the width; part is the square of the reach over the number of cases."""
    spread = share * (1 - share) + part / 4
    return (share + part / 2) / (1 + part), np.sqrt(part * spread) / (1 + part)


def bias(lengths, rewards, frac):
    curve = np.unique(lowess(rewards.ravel(), lengths.ravel(), frac=frac, it=0, delta=0.0), axis=0)
    return lambda x: np.interp(x, curve[:, 0], curve[:, 1])


def spearman(lengths, scores):
    """For each prompt whose lengths differ the correlation of ranks, ties at their mean."""
    a, b = (rankdata(values, axis=1) for values in (lengths, scores))
    a, b = (ranks - ranks.mean(1, keepdims=True) for ranks in (a, b))
    differ = (a**2).sum(1) > 0
    a, b = a[differ], b[differ]
    return (a * b).sum(1) / np.sqrt((a**2).sum(1) * (b**2).sum(1))


def figures(lengths, rewards, scores):
    """[longer chosen, mean gap, correlation within prompts, share of prompts with other pairs]."""

    def pairs(values):
        return values.argmax(1), values.argmin(1)

    rows = np.arange(len(lengths))
    (best, worst), former = pairs(scores), pairs(rewards)
    gap = lengths[rows, best] - lengths[rows, worst]
    within = spearman(lengths, scores)
    changed = (best != former[0]) | (worst != former[1])
    return np.array([(gap > 0).mean(), gap.mean(), np.mean(within), changed.mean()])


def main():
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    manifest = json.load(open(sys.argv[2], encoding="utf-8"))["diagnostics"]
    frac = float(sys.argv[3])
    lengths = np.array([[len(a) for a in row["all_generated_responses"]] for row in rows], float)
    rewards = np.array([row["all_rm_scores"] for row in rows], float)
    names = ["longer_chosen", "length_gap_mean", "spearman_within_prompt"]
    effect = manifest["calibration_effect"]

    def scored(chosen):
        return rewards[chosen] - bias(lengths[chosen], rewards[chosen], frac)(lengths[chosen])

    whole = bias(lengths, rewards, frac)
    scale = np.sqrt(GROUPS - 1)

    def after(chosen):
        """What is without a group: its prompts gone, and a refitted curve, a standard error away."""
        x, y = lengths[chosen], rewards[chosen]
        now, refit = whole(x), bias(x, y, frac)(x)
        same = figures(x, y, y - now)
        return same + (figures(x, y, y - now - scale * (refit - now)) - same) / scale

    everything = np.arange(len(rows))
    wanted = {
        "before": figures(lengths, rewards, rewards),
        "after": figures(lengths, rewards, scored(everything)),
    }
    rng = np.random.default_rng(1)
    errors = {"before": [], "after": []}
    for _ in range(DRAWS):
        group = rng.permutation(len(rows)) % GROUPS
        left = {"before": [], "after": []}
        for number in range(GROUPS):
            chosen = everything[group != number]
            left["before"].append(figures(lengths[chosen], rewards[chosen], rewards[chosen]))
            left["after"].append(after(chosen))
        for side, values in left.items():
            values = np.array(values)
            errors[side].append(
                ((values - values.mean(0)) ** 2).sum(0) * (GROUPS - 1) / GROUPS)
    ratios = []
    for side in ["before", "after"]:
        told = [manifest[side][name] for name in names]
        intervals = [manifest[side]["intervals"][name] for name in names]
        if side == "after":
            told.append(effect["changed_share"])
            intervals.append(effect["changed_share_interval"])
        error = np.sqrt(np.mean(errors[side], 0)) * t.ppf(0.975, GROUPS - 1)
        for number, (value, interval, want, reach) in enumerate(
            zip(told, intervals, wanted[side], error)
        ):
            assert abs(value - want) <= 1e-9 * max(1, abs(want)), (side, value, want)
            middle, half = sum(interval) / 2, (interval[1] - interval[0]) / 2
            if number in SHARES:
                # Which part makes an interval of this width, and is that its middle?
                part = brentq(lambda part: wilson(value, part)[1] - half, 0, 1)
                expected = wilson(value, part)[0]
                reach = wilson(value, reach**2 / (value * (1 - value)))[1]
            else:
                expected = value
            assert abs(middle - expected) < 1e-9 * max(1, abs(value)), (side, interval)
            ratios.append(half / reach)
    print(json.dumps({"ratios": ratios}))


main()
