"""Checks what a saved curve says of its support and of the choice of frac.

usage: curve_support.py INPUT.jsonl CURVE.json FRAC

For a curve fitted without robustness passes to nested rows whose texts are all different: row by
row of the matrix that makes fitted values of rewards, candidate by candidate.
"""

import json
import sys

import numpy as np


def main():
    lengths, rewards, prompts = [], [], []
    with open(sys.argv[1], encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            for text, reward in zip(row["all_generated_responses"], row["all_rm_scores"]):
                lengths.append(float(len(text)))
                rewards.append(reward)
                prompts.append(number)
    x, y, prompts = np.array(lengths), np.array(rewards), np.array(prompts)
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
    residuals = y - (rows @ y)[which]
    support = curve["support"]
    for at, bias, count, error, lower, upper in zip(*(support[name] for name in (
            "lengths", "bias", "effective_candidates", "standard_error", "lower", "upper"))):
        w = weights(at, frac)
        influence = row(at, frac)
        check("bias", bias, influence @ y)
        check("effective", count, w.sum() ** 2 / (w @ w))
        by_prompt = np.bincount(prompts, influence * residuals)
        check("standard error", error, np.sqrt(by_prompt @ by_prompt))
        check("lower", lower, bias - 1.959963984540054 * error)
        check("upper", upper, bias + 1.959963984540054 * error)

    for trial in curve.get("smoothing", {}).get("trials", []):
        rows, which = smooth(trial["frac"])
        trace = sum(rows[level, candidate] for candidate, level in enumerate(which))
        rss = ((y - (rows @ y)[which]) ** 2).sum()
        check("parameters", trial["effective_parameters"], trace)
        check("gcv", trial["gcv"], len(x) * rss / (len(x) - trace) ** 2)
    print(len(support["lengths"]), "places")


main()
