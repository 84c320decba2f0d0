"""Checks what a saved curve says of its support and of the choice of frac.

usage: curve_support.py INPUT.jsonl CURVE.json FRAC

For a curve fitted without robustness passes to nested rows whose texts are all different: row by
row of the matrix that makes fitted values of rewards, candidate by candidate.
"""

import json
import sys

import numpy as np
import xxhash

# The 97.5 % quantile of Student's t with 19 degrees of freedom.
STUDENT = 2.093024


def main():
    lengths, rewards, prompts, groups = [], [], [], []
    with open(sys.argv[1], encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            high = xxhash.xxh3_128(row["prompt_id"].encode()).intdigest() >> 64
            groups.append(high * 20 >> 64)
            for text, reward in zip(row["all_generated_responses"], row["all_rm_scores"]):
                lengths.append(float(len(text)))
                rewards.append(reward)
                prompts.append(number)
    x, y = np.array(lengths), np.array(rewards)
    groups = np.array(groups)
    sizes = np.bincount(groups, minlength=20)
    assert sizes.all(), "every group has prompts"
    group_of = groups[np.array(prompts)]
    with open(sys.argv[2], encoding="utf-8") as file:
        curve = json.load(file)["curves"][0]

    def weights(at, frac):
        nearest = min(max(int(frac * len(x) + 1e-10), 2), len(x))
        distance = np.abs(x - at)
        radius = np.sort(distance)[nearest - 1]
        return (1 - np.minimum(distance / radius, 1) ** 3) ** 3

    def row(at, frac):
        """What every candidate counts in the value at a length."""
        w = weights(at, frac)
        design = np.stack([np.ones_like(x), x - at], axis=1)
        return np.linalg.solve(design.T @ (w[:, None] * design), design.T * w)[0]

    def smooth(frac):
        levels, which = np.unique(x, return_inverse=True)
        rows = np.array([row(at, frac) for at in levels])
        return rows, which

    def check(name, ours, expected, bound=1e-9):
        error = abs(ours - expected) / max(1e-12, abs(expected))
        assert error < bound, (name, ours, expected, error)

    frac = float(sys.argv[3])
    rows, which = smooth(frac)
    support = curve["support"]
    levels = np.unique(x)
    median = np.median(x)
    assert support["reference_length"] == median
    window = np.array([weights(at, frac) for at in levels])

    def lines(kept, y):
        """The lines through the same windows, of some candidates only."""
        values = []
        for at, w in zip(levels, window):
            w = w * kept
            design = np.stack([np.ones_like(x), x - at], axis=1)
            values.append(np.linalg.solve(design.T @ (w[:, None] * design), design.T @ (w * y))[0])
        return np.array(values)

    def curve_without(group):
        return lines(group_of != group, y)

    def corrected(kept):
        """The lines with what smoothing them takes away given back twice."""
        fitted = lines(kept, y)
        values = fitted
        for _ in range(2):
            values = values + fitted - lines(kept, values[which])
        return values

    def above_median(values, at):
        return np.interp(at, levels, values) - np.interp(median, levels, values)

    whole = rows @ y
    whole_corrected = corrected(np.ones(len(x), bool))
    without = [corrected(group_of != group) for group in range(20)]

    def jackknife(at):
        """The delete-m jackknife of what the corrected curve lies above its value at the median."""
        ratio = sizes.sum() / sizes
        pseudo = ratio * above_median(whole_corrected, at) - (ratio - 1) * np.array(
            [above_median(values, at) for values in without])
        return np.sqrt(np.mean((pseudo - np.sum(pseudo / ratio)) ** 2 / (ratio - 1)))

    for at, bias, count, error, lower, upper in zip(*(support[name] for name in (
            "lengths", "bias", "effective_candidates", "standard_error", "lower", "upper"))):
        w = weights(at, frac)
        influence = row(at, frac)
        check("bias", bias, influence @ y)
        check("effective", count, w.sum() ** 2 / (w @ w))
        if at != median:
            check("standard error", error, jackknife(at), 1e-6)
        middle = bias - above_median(whole, at) + above_median(whole_corrected, at)
        check("lower", lower, middle - STUDENT * error)
        check("upper", upper, middle + STUDENT * error)

    for trial in curve.get("smoothing", {}).get("trials", []):
        if trial["frac"] < 0.2:
            continue  # Windows of so few candidates may hold one length alone, and no line.
        window = np.array([weights(at, trial["frac"]) for at in levels])
        squares = 0
        for group in range(20):
            left_out = group_of == group
            told = np.interp(x[left_out], levels, curve_without(group))
            squares += ((y[left_out] - told) ** 2).sum()
        check("error of cross-validation", trial["error"], squares / len(x), 1e-8)
    print(len(support["lengths"]), "places")


main()
