#!/usr/bin/env python3
"""within_prompt.py ROWS.jsonl CURVE.json FRAC PASSES: a fit within prompts against dense linear algebra.

Rows have prompt, all_generated_responses, all_rm_scores, len (the characteristic) and, if effects of
models are wanted, models. At fixed weights, backfitting ends where

    f = S (y - E (y - f - m) - m) + a constant,    m = means by model of y - E (y - f - m) - f,

E being weighted means by prompt and S the lines of local regression. That is a system of linear
equations, which is solved here in one go; weights are those of the bisquare of the residuals.
Prints the largest difference of the curve, in units of the rewards, and fails above 1e-6 of their
standard deviation."""
import json
import sys

import numpy as np


def smoother(x, levels, weights, frac):
    """The matrix of weighted lines: a row for each level, a column for each candidate."""
    count = len(x)
    nearest = min(max(int(frac * count + 1e-10), 2), count)
    rows = np.zeros((len(levels), count))
    for row, at in enumerate(levels):
        distance = np.abs(x - at)
        radius = np.sort(distance)[nearest - 1]
        tricube = np.clip(1 - np.clip(distance / radius, 0, 1) ** 3, 0, None) ** 3 * weights
        total = tricube.sum()
        mean = (tricube * x).sum() / total
        variance = (tricube * (x - mean) ** 2).sum() / total
        rows[row] = tricube / total * (1 + (at - mean) * (x - mean) / variance)
    return rows


def means(groups, weights):
    """The matrix of weighted means by group, a row and a column for each candidate."""
    same = (groups[:, None] == groups[None, :]) * weights[None, :]
    return same / same.sum(1, keepdims=True)


def fit(x, y, prompts, models, frac, passes):
    levels, place = np.unique(x, return_inverse=True)
    count, width = len(x), len(levels)
    names, model = np.unique(models, return_inverse=True)
    spread = np.zeros((count, width + len(names)))
    spread[np.arange(count), place] = 1
    spread[np.arange(count), width + model] = 1
    weights = np.ones(count)
    for _ in range(passes + 1):
        within = np.eye(count) - means(prompts, weights)
        lines = smoother(x, levels, weights, frac)
        average = ((model[None, :] == np.arange(len(names))[:, None]) * weights).astype(float)
        average /= average.sum(1, keepdims=True)
        curve, effects = spread[:, :width], spread[:, width:]
        # With the constants of both parts as two more unknowns, and their means 0.
        matrix = np.zeros((width + len(names) + 2,) * 2)
        right = np.zeros(width + len(names) + 2)
        rest = np.eye(count) - within  # E
        matrix[:width, :width] = np.eye(width) - lines @ rest @ curve
        matrix[:width, width:-2] = lines @ within @ effects
        matrix[:width, -2] = 1
        right[:width] = lines @ within @ y
        matrix[width:-2, :width] = average @ within @ curve
        matrix[width:-2, width:-2] = np.eye(len(names)) - average @ rest @ effects
        matrix[width:-2, -1] = 1
        right[width:-2] = average @ within @ y
        matrix[-2, :width] = curve.sum(0)
        matrix[-1, width:-2] = effects.sum(0)
        solution = np.linalg.lstsq(matrix, right, rcond=None)[0][:-2]
        residual = within @ (y - spread @ solution)
        bound = 6 * np.median(np.abs(residual))
        weights = np.clip(1 - np.clip(np.abs(residual) / bound, 0, 1) ** 2, 0, None) ** 2
    return levels, solution[:width], dict(zip(names, solution[width:]))


def main():
    path, saved, frac, passes = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    x, y, prompts, models, everything = [], [], [], [], []
    for number, line in enumerate(open(path, encoding="utf-8")):
        row = json.loads(line)
        lengths, rewards = row["len"], row["all_rm_scores"]
        everything += zip(lengths, rewards)
        if len(set(lengths)) < 2:
            continue
        x += lengths
        y += rewards
        prompts += [number] * len(lengths)
        models += row.get("models", ["one"] * len(lengths))
    x, y, prompts, models = map(np.array, (x, y, prompts, models))
    levels, expected, effects = fit(x, y, prompts, models, frac, passes)
    population = np.array(everything)
    expected += population[:, 1].mean() - np.interp(population[:, 0], levels, expected).mean()
    curve = json.load(open(saved, encoding="utf-8"))["curves"][0]
    assert np.array_equal(curve["lengths"], levels), "other lengths"
    difference = np.abs(np.array(curve["bias"]) - expected).max()
    told = {effect["model"]: effect for effect in curve.get("model_effects", [])}
    if len(effects) > 1:
        assert told.keys() == effects.keys(), (told, effects)
        for name, effect in effects.items():
            assert told[name]["candidates"] == (models == name).sum()
            difference = max(difference, abs(told[name]["effect"] - effect))
    else:
        assert not told, told
    print(difference)
    assert difference <= 1e-6 * y.std(), f"{difference}, deviation {y.std()}"


if __name__ == "__main__":
    main()
