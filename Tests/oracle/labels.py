"""What labelled pairs say of a calibration, with statsmodels, against what dpo-prep says.

usage: labels.py INPUT.jsonl LABELS.jsonl CURVE.json SUMMARY.json

INPUT has a prompt a row with prompt_id, all_generated_responses and all_rm_scores, LABELS has
prompt_id, better and worse; one characteristic, chars.
"""

import json
import sys

import numpy as np
import statsmodels.api as sm
import xxhash
from scipy.stats import t as student


def rows_of(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def close(name, ours, expected, bound=1e-7):
    assert ours is not None, (name, ours, expected)
    assert abs(ours - expected) <= bound * max(1, abs(expected)), (name, ours, expected)


def logit(x, prompts, rng):
    """Coefficients and their cluster-robust covariance; labels in random order to have both."""
    sign = rng.choice([-1.0, 1.0], len(x))
    fit = sm.Logit(sign > 0, x * sign[:, None]).fit(
        disp=0, method="newton", tol=1e-13, maxiter=200, cov_type="cluster",
        cov_kwds={"groups": prompts, "use_correction": False})
    count = len(set(prompts))
    return fit.params, fit.cov_params() * count / (count - 1), count


def group(prompt_id):
    """The one of 20 groups that a prompt's id draws."""
    return (xxhash.xxh3_128_intdigest(prompt_id.encode()) >> 64) * 20 >> 64


def main():
    data, labels, curve, summary = sys.argv[1:]
    with open(curve, encoding="utf-8") as file:
        curve = json.load(file)["curves"][0]
    with open(summary, encoding="utf-8") as file:
        ours = json.load(file)["diagnostics"]["labels"]
    candidates = {}
    for row in rows_of(data):
        for text, score in zip(row["all_generated_responses"], row["all_rm_scores"]):
            bias = np.interp(len(text), curve["lengths"], curve["bias"])
            candidates.setdefault((row["prompt_id"], text), (score, bias))
    found = [
        (row["prompt_id"], *np.subtract(candidates[row["prompt_id"], row["better"]],
                                        candidates[row["prompt_id"], row["worse"]]))
        for row in rows_of(labels)
        if all((row["prompt_id"], row[side]) in candidates for side in ("better", "worse"))]
    prompts = np.unique([name for name, _, _ in found], return_inverse=True)[1]
    groups = np.array([group(name) for name, _, _ in found])
    x = np.array([values for _, *values in found])
    assert ours["found"] == len(x), (ours["found"], len(x))

    rng = np.random.default_rng(1)
    (b, c), cov, count = logit(x, prompts, rng)
    close("alpha", ours["alpha"]["estimate"], -c / b)
    close("slope", ours["alpha"]["slope"], b)
    # All alpha that a test of c + alpha b = 0 does not reject, found by looking.
    q = student.ppf(0.975, count - 1)

    def rejected(alpha):
        return abs(c + alpha * b) > q * np.sqrt(
            cov[1, 1] + 2 * alpha * cov[0, 1] + alpha * alpha * cov[0, 0])

    for side, sign in (("lower", -1), ("upper", 1)):
        if ours["alpha"][side] is None:
            assert not rejected(-c / b + sign * 1e9) or abs(b) <= q * np.sqrt(cov[0, 0])
            continue
        inside, outside = -c / b, -c / b + sign
        while not rejected(outside):
            outside += sign * abs(outside + c / b)
        for _ in range(200):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if rejected(middle) else (middle, outside)
        close(side, ours["alpha"][side], inside, 1e-6)

    if ours["alpha"]["used"]:
        alphas = np.empty(len(x))
        for left_out in set(groups):
            (b, c), _, _ = logit(x[groups != left_out], prompts[groups != left_out], rng)
            alphas[groups == left_out] = max(0, -c / b)
    else:
        alphas = curve["alpha"]

    def credits(margins):
        return np.where(np.abs(margins) < 1e-12, 0.5, margins > 0)

    before, after = credits(x[:, 0]), credits(x[:, 0] - alphas * x[:, 1])
    accuracy = ours["accuracy"]
    close("before", accuracy["before"], before.mean())
    close("after", accuracy["after"], after.mean())
    gains = after - before
    n = len(gains)
    mean = gains.sum() / (n + 2)
    # Half a gain and half a loss that are no one's, and a pair without either.
    squares = sum(np.sum(gains[prompts == p] - mean) ** 2 for p in set(prompts))
    squares += 0.5 * (1 - mean) ** 2 + 0.5 * (1 + mean) ** 2 + mean ** 2
    reach = q * np.sqrt(squares * count / (count - 1)) / (n + 2)
    close("lower", accuracy["lower"], max(-1, mean - reach), 1e-6)
    close("upper", accuracy["upper"], min(1, mean + reach), 1e-6)
    print("alpha", ours["alpha"]["estimate"], "accuracy", accuracy["before"], accuracy["after"])


main()
