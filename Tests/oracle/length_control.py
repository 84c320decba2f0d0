"""AlpacaEval's length-controlled win rates, from the definition of its regression.

usage: length_control.py make ANNOTATIONS.json GAMED.csv
       length_control.py check ANNOTATIONS.json GAMED.csv RESULT.json FORM
       length_control.py published ANNOTATIONS.json GAMED.csv RESULT.json FORM

FORM is length_controlled_v1 or length_controlled_minimal. `check` finds the penalized regression with
scipy; `published` with scikit-learn's LogisticRegressionCV and liblinear, as `alpaca_eval` does, whose
solver stops early and whose folds are others.
"""

import csv
import json
import random
import sys

import numpy as np
from scipy.optimize import minimize


def make(annotations, gamed):
    random.seed(5)
    count = 120
    rows, table = [], []
    hard = [random.gauss(0, 1) for _ in range(count)]
    base = ["base " * random.randint(5, 60) for _ in range(count)]
    for model, strength, length in (("weak", -1.5, 30), ("even", 0.0, 60), ("long", 0.8, 110)):
        for i in range(count):
            text = "wörd " * random.randint(1, length)
            eta = strength + hard[i] / 2 + (len(text) - len(base[i])) / 200 + random.gauss(0, 1)
            preference = 1 + 1 / (1 + np.exp(-eta))
            rows.append({
                "instruction": f"Do {i}", "output_1": base[i], "output_2": text,
                "generator_1": "gpt4_1106_preview", "generator_2": model,
                "preference": [preference, 0, 1, 2][random.choice([0] * 9 + [1, 2, 3])]})
    for name, sign in (("verbose", -1), ("concise", 1)):
        for i in range(count):
            delta = sign * abs(random.gauss(1, 0.5))
            table.append([name, i, 1 / (1 + np.exp(1.2 * delta + random.gauss(0, 1))), delta,
                          hard[i], False])
    with open(annotations, "w", encoding="utf-8") as file:
        json.dump(rows, file)
    with open(gamed, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "index", "preference", "std_delta_len",
                         "instruction_difficulty", "not_gamed_baseline"])
        writer.writerows(table)


def design(rows, table, form):
    """Features, preferences and weights of the regression, and the features without length."""
    full = form == "length_controlled_v1"
    delta = np.array([len(row["output_1"]) - len(row["output_2"]) for row in rows], float)
    delta /= delta.std(ddof=1)
    target = np.array([(row["preference"] or 1.5) - 1 for row in rows], float)
    numbers = [int(row["instruction"].split()[1]) for row in rows]
    one = np.ones(len(rows))
    if not full:
        return np.column_stack([np.tanh(delta), one]), target, one, np.column_stack([0 * one, one])
    hard = {int(row["index"]): float(row["instruction_difficulty"]) for row in reversed(table)}
    level = np.array([hard[number] for number in numbers])
    games = np.array([[np.tanh(float(row["std_delta_len"])), float(row["instruction_difficulty"]), 0]
                      for row in table])
    features = np.vstack([games, np.column_stack([np.tanh(delta), level, one])])
    targets = np.concatenate([[float(row["preference"]) for row in table], target])
    weights = np.concatenate([np.full(len(table), 0.1), one])
    return features, targets, weights, np.column_stack([0 * one, level, one])


def fit(features, targets, weights, strength):
    width = features.shape[1]

    def objective(parts):
        margin = features @ (parts[:width] - parts[width:])
        loss = np.logaddexp(0, -margin) + (1 - targets) * margin
        slope = features.T @ (weights * (1 / (1 + np.exp(-margin)) - targets))
        return (parts.sum() + strength * weights @ loss,
                1 + strength * np.concatenate([slope, -slope]))

    best = np.zeros(2 * width)
    for _ in range(5):
        found = minimize(objective, best, jac=True, bounds=[(0, None)] * (2 * width),
                         method="L-BFGS-B",
                         options={"ftol": 1e-16, "gtol": 1e-10, "maxiter": 10000, "maxfun": 100000})
        best = found.x
    return best[:width] - best[width:]


def loss(features, targets, weights, coefficients):
    margin = features @ coefficients
    return np.mean(weights * (np.logaddexp(0, -margin) + (1 - targets) * margin))


def by_scipy(features, targets, weights):
    fold = (len(targets) - 1 - np.arange(len(targets))) % 5
    strengths = np.logspace(-4, 4, 10)
    losses = []
    for strength in strengths:
        losses.append(sum(
            loss(features[fold == f], targets[fold == f], weights[fold == f],
                 fit(features[fold != f], targets[fold != f], weights[fold != f], strength))
            for f in range(5)))
    strength = strengths[int(np.argmin(losses))]
    return fit(features, targets, weights, strength), strength


def by_liblinear(features, targets, weights):
    import sklearn
    from sklearn.linear_model import LogisticRegressionCV
    from sklearn.metrics import make_scorer
    from sklearn.model_selection import GroupKFold

    sklearn.set_config(enable_metadata_routing=True)
    count = len(targets)
    twice = np.vstack([features, features])
    labels = np.concatenate([np.ones(count), np.zeros(count)])
    shares = np.concatenate([targets, 1 - targets])
    both = np.concatenate([weights, weights])

    def scored(truth, predicted, shares, both):
        truth = np.where(truth == 1, shares, 1 - shares)
        predicted = np.clip(predicted, 1e-15, 1 - 1e-15)
        return np.mean(-both * (truth * np.log(predicted) + (1 - truth) * np.log(1 - predicted)))

    scorer = make_scorer(scored, response_method="predict_proba", greater_is_better=False)
    scorer = scorer.set_score_request(shares=True, both=True)
    model = LogisticRegressionCV(
        cv=GroupKFold(n_splits=5), scoring=scorer, random_state=123, penalty="l1",
        solver="liblinear", fit_intercept=False)
    model.set_fit_request(sample_weight=True)
    model.fit(twice, labels, sample_weight=shares * both,
              groups=np.concatenate([np.arange(count)] * 2), shares=shares, both=both)
    return model.coef_[0], model.C_[0]


def check(annotations, gamed, result, form, solve, bound):
    with open(annotations, encoding="utf-8") as file:
        rows = json.load(file)
    with open(gamed, encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    with open(result, encoding="utf-8") as file:
        document = json.load(file)
    assert document["length_control"] == form
    for model in document["models"]:
        mine = [row for row in rows if row["generator_2"] == model["model"]]
        features, targets, weights, level = design(mine, table, form)
        coefficients, strength = solve(features, targets, weights)
        predicted = 1 / (1 + np.exp(-level @ coefficients))
        ours = model["length_controlled"]
        print(model["model"], ours["win_rate"], 100 * predicted.mean(), ours["strength"], strength)
        assert abs(ours["win_rate"] - 100 * predicted.mean()) < bound, model["model"]
        error = 100 * predicted.std(ddof=1) / np.sqrt(len(predicted))
        assert abs(ours["standard_error"] - error) < bound
        assert solve is by_liblinear or abs(ours["strength"] / strength - 1) < 1e-9


if sys.argv[1] == "make":
    make(*sys.argv[2:4])
elif sys.argv[1] == "check":
    check(*sys.argv[2:6], by_scipy, 1e-4)
else:
    check(*sys.argv[2:6], by_liblinear, 0.1)
