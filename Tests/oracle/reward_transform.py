#!/usr/bin/env python3
"""Transformed rewards, by NumPy and statsmodels.

reward_transform.py pairs ROWS.jsonl TRANSFORM CLIP: rows of a dataset with all answers, whose scores are
transformed rewards and nothing else; all_scores are to be those of all_rm_scores, to 1e-12.
reward_transform.py curve ROWS.jsonl CURVE.json FRAC PASSES CLIP: flat rows with probabilities as rewards; the
curve is to be that of LOWESS of their logits by characters, to 1e-9."""
import json
import sys

import numpy as np


def logit(values, clip):
    clipped = np.clip(values, clip, 1 - clip)
    return np.log(clipped) - np.log1p(-clipped)


def transformed(values, transform, clip):
    if transform == "logit":
        return logit(values, clip)
    if transform == "rank":
        less = (values[None, :] < values[:, None]).sum(1)
        equal = (values[None, :] == values[:, None]).sum(1)
        return (less + equal / 2) / len(values)
    deviation = values.std()
    return (values - values.mean()) / deviation if deviation > 0 else np.zeros(len(values))


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def pairs(path, transform, clip):
    worst, count = 0.0, 0
    for row in rows(path):
        raw = np.array(row["all_rm_scores"])
        expected = transformed(raw, transform, float(clip))
        worst = max(worst, np.abs(expected - np.array(row["all_scores"])).max())
        for side in "chosen", "rejected":
            at = row["all_generated_responses"].index(row[side][-1]["content"])
            assert row["raw_score_" + side] == raw[at], row
            worst = max(worst, abs(row["score_" + side] - expected[at]))
        count += 1
    print(f"{worst} in {count} rows")
    return count > 0 and worst <= 1e-12


def curve(path, saved, frac, passes, clip):
    from statsmodels.nonparametric.smoothers_lowess import lowess

    seen, lengths, rewards = set(), [], []
    for row in rows(path):
        if (row["prompt"], row["response"]) not in seen and row["response"]:
            seen.add((row["prompt"], row["response"]))
            lengths.append(len(row["response"]))
            rewards.append(row["reward"])
    fitted = lowess(
        logit(np.array(rewards), float(clip)), np.array(lengths, float), frac=float(frac),
        it=int(passes), delta=0, return_sorted=False)
    expected = dict(zip(lengths, fitted))
    with open(saved, encoding="utf-8") as file:
        found = json.load(file)["curves"][0]
    assert set(found["lengths"]) == set(expected), (len(found["lengths"]), len(expected))
    worst = max(abs(expected[x] - y) for x, y in zip(found["lengths"], found["bias"]))
    print(f"{worst} at {len(expected)} lengths")
    return worst <= 1e-9


sys.exit(not {"pairs": pairs, "curve": curve}[sys.argv[1]](*sys.argv[2:]))
