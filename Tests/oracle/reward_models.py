#!/usr/bin/env python3
"""Several reward models, by NumPy.

reward_models.py make SHAPE SEED OUT: rows of 120 prompts with three models' scores on different scales; the shape is
lists, object, objects, flat, columns or numbered. Some candidates lack a score.
reward_models.py check SCORES.jsonl ROWS.jsonl SUMMARY.json COMBINE LAMBDA WEIGHTS AGREEMENT TRANSFORM: a table of scores
and a dataset of max_min pairs with the summary of its run; WEIGHTS is a JSON object with the models in their order,
AGREEMENT a number or none. Rewards are to be combined as NumPy does, to 1e-9, and pairs, ledger and agreement to
be what follows."""
import itertools
import json
import sys
from collections import Counter, defaultdict

import numpy as np

NAMES = ["armo", "sky.v2", "tiny"]


def answers(seed):
    rng = np.random.default_rng(seed)
    for prompt in range(120):
        level = rng.normal(0, 3)
        rows = []
        for number in range(int(rng.integers(2, 9))):
            length = int(rng.integers(1, 80))
            quality = rng.normal()
            text = f"{number} " + "word " * length
            scores = [
                0.02 * (level + quality + length / 40 + rng.normal(0, 0.5)),
                100 + 30 * (level + quality + length / 25 + rng.normal(0, 1)),
                float(np.round(quality - length / 80 + rng.normal(0, 0.7))),
            ]
            rows.append((text, scores))
        yield f"question {prompt}", rows, rng


def make(shape, seed, out):
    rows = []
    for question, group, rng in answers(int(seed)):
        texts = [text for text, _ in group]
        scores = [list(values) for _, values in group]
        if rng.random() < 0.2:
            scores[0][1] = None
        if rng.random() < 0.1:
            scores[1] = [None, None, None]
        named = [dict(zip(NAMES, values)) for values in scores]
        if shape == "lists":
            row = {"prompt": question, "all_generated_responses": texts}
            for index, name in enumerate("abc"):
                row[name] = [values[index] for values in scores]
            rows.append(row)
        elif shape == "object":
            by_name = {name: [own[name] for own in named] for name in NAMES}
            rows.append({
                "prompt": question, "all_generated_responses": texts, "all_rm_scores": by_name,
            })
        elif shape == "objects":
            # What no model gave is not there at all, in all but the first row.
            listed = [
                {name: own[name] for name in reversed(NAMES) if own[name] is not None or not rows}
                for own in named
            ]
            rows.append({
                "prompt": question, "all_generated_responses": texts, "all_rm_scores": listed,
            })
        elif shape == "flat":
            for text, own in zip(texts, named):
                if all(value is None for value in own.values()):
                    own = dict.fromkeys(NAMES)
                rows.append({"prompt": question, "response": text, "reward": own})
        elif shape == "columns":
            row = {"prompt": question, "one": texts[0], "two": texts[1]}
            for side, values in zip(("one", "two"), scores):
                for index, value in enumerate(values):
                    row[f"{side}_{'abc'[index]}"] = value
            rows.append(row)
        else:
            row = {"prompt": question}
            for number, (text, values) in enumerate(zip(texts[:2], scores)):
                row[f"response_{number}"] = text
                for index, value in enumerate(values):
                    row[f"{'abc'[index]}_{number}"] = value
            rows.append(row)
    if shape == "flat":
        order = 1 + np.random.default_rng(5).permutation(len(rows) - 1)
        rows = rows[:1] + [rows[place] for place in order]
    with open(out, "w", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row) + "\n")
    return True


def ranks(values):
    values = np.asarray(values)
    less = (values[None, :] < values[:, None]).sum(1)
    equal = (values[None, :] == values[:, None]).sum(1)
    return (less + equal / 2) / len(values)


def spearman(one, other):
    one, other = ranks(one), ranks(other)
    if one.std() == 0 or other.std() == 0:
        return None
    return np.corrcoef(one, other)[0, 1]


def transformed(values, transform):
    if transform == "rank":
        return ranks(values)
    if transform == "zscore":
        return (values - values.mean()) / values.std() if values.std() > 0 else np.zeros(len(values))
    return values


def statements(groups, combine, transform):
    """For each prompt a row for each model."""
    groups = [np.array([transformed(own, transform) for own in group]) for group in groups]
    if combine == "mean_rank":
        return [np.array([ranks(own) for own in group]) for group in groups]
    squares = sum(((group - group.mean(1, keepdims=True)) ** 2).sum(1) for group in groups)
    deviation = np.sqrt(squares / sum(group.shape[1] - 1 for group in groups))[:, None]
    if combine == "scaled_mean":
        return [group / deviation for group in groups]
    return [(group - group.mean(1, keepdims=True)) / deviation for group in groups]


def combined(group, combine, factor, weights):
    weights = np.array(weights) / np.sum(weights)
    if combine == "min":
        return group.min(0)
    mean = weights @ group
    if combine == "mean_minus_sd":
        return mean - factor * np.sqrt(weights @ (group - mean) ** 2)
    return mean


def near(value, expected, what):
    assert abs(value - expected) <= 1e-9 * max(1, abs(expected)), (what, value, expected)


def check(scores, rows, summary, combine, factor, weights, agreement, transform):
    weights = json.loads(weights)
    names, weights = list(weights), list(weights.values())
    with open(scores, encoding="utf-8") as lines:
        table = [json.loads(line) for line in lines]
    with open(summary, encoding="utf-8") as text:
        summary = json.load(text)
    with open(rows, encoding="utf-8") as lines:
        written = {row["prompt_id"]: row for row in map(json.loads, lines)}
    drops = Counter(row["drop_reason"] for row in table if row["drop_reason"])
    for row in table:
        own = [row["raw_score_" + name] for name in names]
        lacks = sum(value is None for value in own)
        if row["drop_reason"] in ("incomplete_rewards", "non_finite_reward") or lacks:
            expected = "non_finite_reward" if lacks == len(names) else "incomplete_rewards"
            assert lacks and row["drop_reason"] == expected, row
            assert row["raw_score"] is None and row["score"] is None, row
    assert dict(drops) == summary["ledger"]["candidates"]["dropped"], (drops, summary["ledger"])
    prompts = defaultdict(list)
    for row in table:
        if row["drop_reason"] is None:
            prompts[row["prompt_id"]].append(row)
    groups = [
        np.array([[row["raw_score_" + name] for row in own] for name in names], dtype=float)
        for own in prompts.values()
    ]
    said = statements(groups, combine, transform)
    covariance = variation = 0
    for own, group in zip(prompts.values(), said):
        bias = np.array([row["bias"] for row in own])
        covariance = covariance + group @ (bias - bias.mean())
        variation += ((bias - bias.mean()) ** 2).sum()
    shares = covariance / variation if variation > 0 else np.ones(len(names))
    pairs, unsupported, support, flips = {}, 0, Counter(), np.zeros(len(names), int)
    for (key, own), group in zip(prompts.items(), said):
        for row, expected in zip(own, combined(group, combine, float(factor), weights)):
            near(row["raw_score"], expected, row)
            near(row["score"], row["raw_score"] - row["bias"], row)
        high = next(i for i, row in enumerate(own) if row["rank"] == 1)
        low = next(i for i, row in enumerate(own) if row["rank"] == len(own))
        if len(own) < 2 or own[high]["score"] <= own[low]["score"]:
            continue
        left = group - np.outer(shares, [row["bias"] for row in own])
        margins = left[:, high] - left[:, low]
        margins[np.abs(margins) <= 1e-12 * np.abs(group).max(1)] = 0
        if agreement != "none" and (margins > 0).mean() < float(agreement):
            unsupported += 1
            continue
        pairs[key] = (own[high], own[low])
        support[int((margins > 0).sum())] += 1
        flips += margins < 0
    assert pairs.keys() == written.keys(), len(pairs.keys() ^ written.keys())
    for key, (high, low) in pairs.items():
        for side, row in ("chosen", high), ("rejected", low):
            assert written[key]["score_" + side] == row["score"], (written[key], row)
            assert written[key]["raw_score_" + side] == row["raw_score"], (written[key], row)
    dropped = summary["ledger"]["prompts"]["dropped"]
    assert dropped.get("below_agreement", 0) == unsupported, (dropped, unsupported)
    assert summary["ledger"]["balanced"] is True

    told = summary["diagnostics"]["reward_models"]
    assert [model["name"] for model in told["models"]] == names
    assert told["pairs_below_agreement"] == unsupported
    assert told["pairs_by_support"] == [support[count] for count in range(len(names) + 1)], told
    assert [model["pairs_turned_round"] for model in told["models"]] == flips.tolist()
    compared = unanimous = 0
    correlations = defaultdict(list)
    for own, group in zip(prompts.values(), groups):
        lengths = [row["chars"] for row in own]
        for index, values in enumerate(group):
            correlations[index, "length"].append(spearman(values, lengths))
            for other in range(len(names)):
                correlations[index, other].append(spearman(values, group[other]))
        for one, other in itertools.combinations(range(group.shape[1]), 2):
            signs = np.sign(group[:, one] - group[:, other])
            compared += bool(signs.any())
            unanimous += abs(signs.sum()) == len(names)
    assert told["answer_pairs"] == compared, (told["answer_pairs"], compared)
    near(told["unanimous_share"], unanimous / compared, "unanimous")
    for index, model in enumerate(told["models"]):
        near(model["bias_share"], shares[index], "share")
        def mean(key):
            found = [value for value in correlations[index, key] if value is not None]
            return np.mean(found)
        near(model["spearman_with_length"], mean("length"), "length")
        for other, value in enumerate(model["rank_correlations"]):
            near(value, 1 if other == index else mean(other), "models")
    print(f"{len(pairs)} pairs, {unsupported} left out, {drops['incomplete_rewards']} incomplete")
    return len(pairs) > 20


if __name__ == "__main__":
    sys.exit(0 if {"make": make, "check": check}[sys.argv[1]](*sys.argv[2:]) else 1)
