#!/usr/bin/env python3
"""curve_population.py ROWS.jsonl CURVE.json: what a saved curve says of its population, by NumPy.

Rows have prompt, all_generated_responses and all_rm_scores; the curve is of chars. Answers that are
repeated under a prompt count once. Prints what differs."""
import json
import sys

import numpy as np

rows, curve = sys.argv[1:]
lengths, rewards = [], []
with open(rows, encoding="utf-8") as lines:
    prompts = [json.loads(line) for line in lines]
for row in prompts:
    seen = set()
    for text, reward in zip(row["all_generated_responses"], row["all_rm_scores"]):
        if text not in seen:
            seen.add(text)
            lengths.append(len(text))
            rewards.append(reward)
with open(curve, encoding="utf-8") as file:
    population = json.load(file)["population"]
fractions = {"min": 0, "q01": 0.01, "q25": 0.25, "median": 0.5, "q75": 0.75, "q99": 0.99, "max": 1}
faults = []
for name, said, values in (
    ("rewards", population["rewards"], rewards),
    ("lengths", population["lengths"]["chars"], lengths),
):
    if set(said) != set(fractions):
        faults.append(f"{name} has {sorted(said)}")
        continue
    for key, fraction in fractions.items():
        expected = np.quantile(values, fraction)
        if not abs(said[key] - expected) <= 1e-12 * max(1, abs(expected)):
            faults.append(f"{name}.{key} is {said[key]}, not {expected}")
for name, expected in (("candidates", len(rewards)), ("prompts", len(prompts))):
    if population[name] != expected:
        faults.append(f"{name} is {population[name]}, not {expected}")
print("\n".join(faults))
sys.exit(bool(faults))
