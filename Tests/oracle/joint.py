#!/usr/bin/env python3
"""Joint fits against statsmodels and dense linear algebra.

joint.py make SEED ROWS.jsonl: 60 prompts with 2 to 8 answers; rewards are a curve of len, 0.3 a − 0.2 b, a level of the
prompt, and noise; a goes with len, and c is 2 a + b, which nothing tells apart from both.
joint.py real GENERATIONS.jsonl.zst PROMPTS ROWS.jsonl: so many prompts of real flat rows; len is that of the answer, a and b are
its lines that begin with # or with a list's mark.
joint.py check ROWS.jsonl CURVE.json FRAC ITERATIONS global|within_prompt: the curves are those of the characteristics len, a
and b fitted together. Coefficients without robustness passes are (X̃ᵀX̃)⁻¹ X̃ᵀ(I − S)y for X̃ = (I − S)X; with them what is left, at its
weights, goes with neither column of X̃, and the curve is that of what the lines leave."""
import json
import subprocess
import sys

import numpy as np
from statsmodels.nonparametric.smoothers_lowess import lowess

import within_prompt

TRUTH = {"field:a": 0.3, "field:b": -0.2}
NOISE = 0.5


def make(seed, path):
    rng = np.random.default_rng(seed)
    with open(path, "w") as file:
        for prompt in range(60):
            count = int(rng.integers(2, 9))
            length = rng.integers(20, 200, count)
            a = rng.poisson(length / 30)
            b = rng.integers(0, 6, count)
            reward = (3 * np.sin(length / 60) + 0.3 * a - 0.2 * b + rng.normal(0, 2)
                      + rng.normal(0, NOISE, count))
            file.write(json.dumps({
                "prompt": f"prompt {prompt}", "len": length.tolist(), "a": a.tolist(),
                "b": b.tolist(), "c": (2 * a + b).tolist(), "all_rm_scores": reward.tolist(),
                "all_generated_responses": [f"answer {place}" for place in range(count)]}) + "\n")


def real(source, prompts, path):
    answers = {}
    text = subprocess.run(["zstd", "-dc", source], check=True, capture_output=True).stdout
    for line in text.splitlines():
        row = json.loads(line)
        answers.setdefault(row["prompt_id"], []).append((row["response"], row["reward"]))
    with open(path, "w") as file:
        for prompt, own in list(answers.items())[:prompts]:
            lines = [[line.lstrip() for line in response.split("\n")] for response, _ in own]
            file.write(json.dumps({
                "prompt": prompt, "real": True, "len": [len(response) for response, _ in own],
                "a": [sum(line.startswith("#") for line in part) for part in lines],
                "b": [sum(line.startswith(("- ", "* ")) for line in part) for part in lines],
                "all_rm_scores": [reward for _, reward in own],
                "all_generated_responses": [f"answer {place}" for place in range(len(own))]}) + "\n")


def residuals(x, prompts, frac, scope):
    """What the smoother, with effects of prompts where these are, leaves of a column."""
    if scope == "global":
        return lambda column: column - lowess(column, x, frac, it=0, return_sorted=False)
    within = np.eye(len(x)) - within_prompt.means(prompts, np.ones(len(x)))
    telling = np.array([len(set(x[prompts == prompt])) > 1 for prompt in prompts])

    def rest(column):
        levels, curve, _ = within_prompt.fit(
            x[telling], column[telling], prompts[telling], np.array(["one"] * telling.sum()), frac, 0)
        return within @ (column - np.interp(x, levels, curve))

    return rest


def check(path, saved, frac, passes, scope):
    x, y, columns, prompts = [], [], [], []
    is_real = False
    for number, line in enumerate(open(path)):
        row = json.loads(line)
        is_real = "real" in row
        x += row["len"]
        y += row["all_rm_scores"]
        columns += zip(row["a"], row["b"])
        prompts += [number] * len(row["len"])
    x, y, prompts = np.array(x, float), np.array(y), np.array(prompts)
    raw = np.array(columns, float)
    centered = raw - raw.mean(0)
    curves = json.load(open(saved))["curves"]
    assert [curve["characteristic"] for curve in curves] == ["field:len", *TRUTH]
    found = np.array([curve["coefficient"] for curve in curves[1:]])
    rest = residuals(x, prompts, frac, scope)
    smoothed = np.column_stack([rest(column) for column in centered.T])
    matrix = smoothed.T @ smoothed
    if passes == 0:
        expected = np.linalg.solve(matrix, smoothed.T @ rest(y))
        difference = np.abs(found - expected).max()
        print("coefficients differ by", difference)
        assert difference <= (1e-9 if scope == "global" else 1e-6), (found, expected)
    left = y - raw @ found
    if scope == "global":
        curve = lowess(left, x, frac, it=passes, return_sorted=False)
        told = np.interp(x, curves[0]["lengths"], curves[0]["bias"])
        assert np.abs(told - curve).max() < 1e-8, np.abs(told - curve).max()
        if passes:
            over = left - curve
            weights = np.clip(1 - np.clip(
                np.abs(over) / (6 * np.median(np.abs(over))), 0, 1) ** 2, 0, None) ** 2
            step = np.linalg.solve((smoothed * weights[:, None]).T @ smoothed,
                                   smoothed.T @ (weights * over))
            print("another step would be", np.abs(step).max())
            assert np.abs(step).max() < 1e-6, step
    if is_real:
        return
    # The truth lies within four standard errors.
    errors = NOISE * np.sqrt(np.diag(np.linalg.inv(smoothed.T @ smoothed)))
    if scope == "within_prompt":
        assert (np.abs(found - list(TRUTH.values())) < 4 * errors).all(), (found, errors)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1] == "real":
        real(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        check(sys.argv[2], sys.argv[3], float(sys.argv[4]), int(sys.argv[5]), sys.argv[6])
