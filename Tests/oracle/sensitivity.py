"""Recomputes what a run says of other settings, from its input and its curve alone.

usage: sensitivity.py ROWS.jsonl MANIFEST.json CURVE.json FRAC

For a run with scope within_prompt, no robust passes, max_min and rewards that do not tie. Prints the
ratio of the told interval of the difference of slopes to one of other groups as JSON.
"""

import json
import sys

import numpy as np
from scipy.stats import spearmanr, t
from statsmodels.nonparametric.smoothers_lowess import lowess

GROUPS, DRAWS = 20, 4


def slopes(lengths, rewards, rest):
    """Between and within prompts by least squares, and the difference of those of the rest."""

    def both(values):
        x, y = lengths.mean(1), values.mean(1)
        inner = (lengths - x[:, None], values - y[:, None])
        return np.polyfit(x, y, 1)[0], (inner[0] * inner[1]).sum() / (inner[0] ** 2).sum()

    between, within = both(rest)
    return *both(rewards), between - within


def main():
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    told = json.load(open(sys.argv[2], encoding="utf-8"))["diagnostics"]["sensitivity"]
    curve = json.load(open(sys.argv[3], encoding="utf-8"))["curves"][0]
    frac = float(sys.argv[4])
    lengths = np.array([[len(a) for a in row["all_generated_responses"]] for row in rows], float)
    rewards = np.array([row["all_rm_scores"] for row in rows], float)
    assert told["prompts"] == len(rows)
    bias = np.interp(lengths, curve["lengths"], curve["bias"])
    fit = np.unique(lowess(rewards.ravel(), lengths.ravel(), frac=frac, it=0, delta=0.0), axis=0)
    overall = np.interp(lengths, fit[:, 0], fit[:, 1])
    used = rewards - curve["alpha"] * bias

    def check(variant, scores):
        index = np.arange(len(rows))
        best, worst = scores.argmax(1), scores.argmin(1)
        same = (best == used.argmax(1)) & (worst == used.argmin(1))
        gap = lengths[index, best] - lengths[index, worst]
        within = [spearmanr(a, b)[0] for a, b in zip(lengths, scores) if len(set(a)) > 1]
        for name, want in [
            ("same_pairs", same.mean()), ("longer_chosen", (gap > 0).mean()),
            ("length_gap_mean", gap.mean()), ("spearman_within_prompt", np.mean(within)),
        ]:
            assert abs(variant[name] - want) < 1e-9 * max(1, abs(want)), (variant, name, want)

    assert [variant["alpha"] for variant in told["alphas"]] == [0, 0.5, 1]
    for variant in told["alphas"]:
        check(variant, rewards - variant["alpha"] * bias)
    assert told["other_scope"]["scope"] == "global"
    check(told["other_scope"], rewards - curve["alpha"] * overall)

    rest = rewards - bias
    for name, want in zip(
        ["between_prompts", "within_prompts", "difference"], slopes(lengths, rewards, rest)
    ):
        assert abs(told["slopes"][name] - want) < 1e-9 * max(1, abs(want)), (name, want)
    rng, errors = np.random.default_rng(1), []
    for _ in range(DRAWS):
        group = rng.permutation(len(rows)) % GROUPS
        left = [
            slopes(lengths[group != n], rewards[group != n], rest[group != n])[2]
            for n in range(GROUPS)
        ]
        errors.append(np.var(left) * (GROUPS - 1))
    ends = told["slopes"]["difference_interval"]
    reach = np.sqrt(np.mean(errors)) * t.ppf(0.975, GROUPS - 1)
    print(json.dumps({"ratio": (ends[1] - ends[0]) / 2 / reach}))


main()
