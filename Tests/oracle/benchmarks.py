"""Benchmarks of reward models in their published forms, from their definitions.

usage: benchmarks.py make FORM SEED ROWS.jsonl TEXTS.jsonl
       benchmarks.py check FORM ROWS.jsonl TEXTS.jsonl RESULT.json FRAC ITERATIONS TIES
       benchmarks.py models FORM ROWS.jsonl MODELS.jsonl
       benchmarks.py together FORM MODELS.jsonl TEXTS.jsonl RESULT.json FRAC ITERATIONS TIES RULE

FORM is rewardbench2, rmbench, judgebench or rewardmath. `models` makes scores of three models on other scales of
rows of one, where one model lacks some rows; `together` judges the ensemble of them by RULE, which is scaled_mean,
mean_rank, min or mean_minus_sd (with lambda 1). Besides the figures, the baselines by length
and the bootstrap's intervals are found again, drawn by SplitMix64 as docs/evaluation.md says.
"""

import json
import random
import sys

import numpy as np
from scipy.stats import rankdata, spearmanr
from statsmodels.nonparametric.smoothers_lowess import lowess

PENALTY = 0.001
MASK = (1 << 64) - 1


# What the forms look like.

def make(form, seed, rows_path, texts_path):
    random.seed(seed)

    def text(least=1):
        return "wörd " * random.randint(least, 60)

    def score(of, right):
        value = len(of) / 100 + random.gauss(0, 1) + (0.8 if right else 0)
        return round(value, 0 if random.random() < 0.2 else 4)

    rows, texts = [], []
    if form == "rewardbench2":
        for number in range(120):
            right = random.choice([1, 1, 2])
            answers = [text() for _ in range(4)]
            rows.append({
                "id": str(number), "subset": ["Factuality", "Math"][number % 2], "text": answers,
                "scores": [[score(a, i < right)] for i, a in enumerate(answers)],
                "num_correct": right})
        for number in range(40):
            for kind, right, count in (("ref", 1, 5), ("tied", random.randint(2, 5), 9)):
                if number == 7 and kind == "ref":
                    continue
                answers = [text(20) for _ in range(count)]
                scores = [score(a, i < right) + (1.5 if i < right else 0)
                          for i, a in enumerate(answers)]
                if number % 9 == 0:
                    scores[:right] = [scores[0]] * right
                rows.append({"id": f"{kind}:{number}", "subset": "Ties", "text": answers,
                             "scores": scores, "num_correct": right})
    elif form == "rmbench":
        domains = ["chat", "code", "math", "safety-refuse", "safety-response"]
        for number in range(100):
            sides = [[text(1 + 15 * style) for style in range(3)] for _ in range(2)]
            rows.append({
                "id": number, "prompt": f"p{number // 2}", "domain": domains[number % 7 % 5],
                "chosen": sides[0], "rejected": sides[1],
                "score_chosen": [score(a, True) for a in sides[0]],
                "score_rejected": [[score(a, False)] for a in sides[1]]})
    elif form == "judgebench":
        sources = ["mmlu-pro-law", "mmlu-pro-math", "livebench-reasoning", "livebench-math",
                   "livecodebench"]
        for number in range(200):
            answers = [text(), text()]
            label = random.choice(["A>B", "B>A"])
            right = [label == "A>B", label == "B>A"]
            judgments = []
            for turn in range(random.choice([1, 2])):
                scores = [score(a, r) for a, r in zip(answers, right)]
                judgments.append({"judgment": {
                    "judge_model": "org/judge", "scores": scores[::-1] if turn else scores},
                    "decision": "A>B"})
            rows.append({
                "pair_id": f"x{number}", "source": sources[number % 5], "question": f"q{number}",
                "response_A": answers[0], "response_B": answers[1], "label": label,
                "judge_name": "reward_model", "judgments": judgments})
    else:
        for number in range(80):
            answers = [text() for _ in range(10)]
            rows.append({"problem": f"What is {number}?",
                         "score": [score(a, i == 0) for i, a in enumerate(answers)]})
            for i, answer in enumerate(answers):
                half = len(answer) // 2
                texts.append({
                    "problem": f"What is {number}?", "solution_type": "rejected" if i else "chosen",
                    "eval_solution": [answer[:half], answer[half:]] if i % 2 else answer})
    for path, lines in ((rows_path, rows), (texts_path, texts)):
        with open(path, "w", encoding="utf-8") as file:
            for line in lines:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


# The common model: answers, the right ones first.

def flat(values):
    return [v[0] if isinstance(v, list) else v for v in values]


def examples_of(form, rows, texts):
    solutions = {}
    for row in texts:
        steps = row["eval_solution"]
        solutions.setdefault(row["problem"], []).append(
            "\n".join(steps) if isinstance(steps, list) else steps)
    for row in rows:
        if form == "rewardbench2":
            kind, _, number = row["id"].rpartition(":")
            yield {"subset": row["subset"], "section": row["subset"], "right": row["num_correct"],
                   "prompt": number if kind else row["id"], "texts": row["text"],
                   "scores": flat(row["scores"]), "rule": kind or "best"}
        elif form == "rmbench":
            domain = row["domain"]
            yield {"subset": domain, "section": domain.split("-")[0].capitalize(), "right": 3,
                   "prompt": row["prompt"], "texts": row["chosen"] + row["rejected"],
                   "scores": row["score_chosen"] + flat(row["score_rejected"]), "rule": "styles"}
        elif form == "judgebench":
            a, b = [], []
            for turn, judgment in enumerate(row["judgments"]):
                one, other = judgment["judgment"]["scores"]
                a.append(other if turn else one)
                b.append(one if turn else other)
            pair = [(row["response_A"], np.mean(a)), (row["response_B"], np.mean(b))]
            if row["label"] == "B>A":
                pair.reverse()
            source = row["source"]
            section = ("Knowledge" if source.startswith("mmlu-pro") else
                       {"livebench-reasoning": "Reasoning", "livebench-math": "Math",
                        "livecodebench": "Coding"}[source])
            yield {"subset": source, "section": section, "right": 1, "prompt": row["question"],
                   "texts": [p[0] for p in pair], "scores": [p[1] for p in pair], "rule": "pair"}
        else:
            yield {"subset": "all", "section": "all", "right": 1, "prompt": row["problem"],
                   "texts": solutions[row["problem"]], "scores": row["score"], "rule": "best"}


def points(example, values, credit):
    right, wrong = values[:example["right"]], values[example["right"]:]
    if example["rule"] == "styles":
        return np.mean([1 if r > w else credit if r == w else 0 for r in right for w in wrong])
    if example["rule"] in ("ref", "tied"):
        return float(min(right) > max(wrong))
    best = max(values)
    top = [i for i, value in enumerate(values) if value == best]
    share = sum(i < example["right"] for i in top) / len(top)
    if example["rule"] == "pair" and len(top) > 1:
        return credit
    return share


def ties_score(examples, values):
    """60 % accuracy, 40 % margins, 1 % of how far the margins are apart."""
    stats = {"ref": [], "tied": []}
    for example, scores in zip(examples, values):
        right, wrong = scores[:example["right"]], scores[example["right"]:]
        stats[example["rule"]].append(
            (example["prompt"], min(right) - max(wrong), max(right) - min(right)))
    pool = list(stats["ref"])
    both = []
    for prompt, margin, spread in stats["tied"]:
        match = next((i for i, other in enumerate(pool) if other[0] == prompt), None)
        if match is not None:
            both.append((margin, pool.pop(match)[1], spread))
    tied, ref, spread = np.array(both).T
    with np.errstate(all="ignore"):
        term = np.nan_to_num(np.tanh(np.minimum(ref, tied) / spread - 1), nan=0.0)
    return (0.3 * np.mean([m > 0 for _, m, _ in stats["tied"]])
            + 0.3 * np.mean([m > 0 for _, m, _ in stats["ref"]])
            + 0.2 * np.mean(tied > spread) + 0.2 * np.mean(np.minimum(ref, tied) > spread)
            + 0.01 * np.mean(term))


def figures(examples, values, credit):
    subsets, sections, counts = {}, {}, {}
    marks = [points(e, v, credit) for e, v in zip(examples, values)]
    for name in dict.fromkeys(e["subset"] for e in examples):
        places = [i for i, e in enumerate(examples) if e["subset"] == name]
        counts[name] = len(places)
        if name == "Ties":
            subsets[name] = ties_score(
                [examples[i] for i in places], [values[i] for i in places])
        else:
            subsets[name] = np.mean([marks[i] for i in places])
    for name in dict.fromkeys(e["section"] for e in examples):
        members = list(dict.fromkeys(e["subset"] for e in examples if e["section"] == name))
        sections[name] = np.average([subsets[m] for m in members],
                                    weights=[counts[m] for m in members])
    result = {"subsets": subsets, "sections": sections, "counts": counts,
              "score": np.mean(list(sections.values())), "accuracy": np.mean(marks)}
    if examples[0]["rule"] == "styles":
        cells = {"easy": {}, "normal": {}, "hard": {}}
        for example, scores in zip(examples, values):
            for i in range(3):
                for j in range(3):
                    key = "easy" if i > j else "normal" if i == j else "hard"
                    r, w = scores[i], scores[3 + j]
                    cells[key].setdefault(example["section"], []).append(
                        1 if r > w else credit if r == w else 0)
        result["difficulties"] = {
            key: np.mean([np.mean(v) for v in found.values()]) for key, found in cells.items()}
    return result


# Several models.

def models(form, rows_path, out):
    random.seed(5)
    with open(rows_path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]

    def rescored(value, scale, noise):
        if isinstance(value, list):
            return [rescored(one, scale, noise) for one in value]
        return round(value + random.gauss(0, noise), 1) * scale

    with open(out, "w", encoding="utf-8") as file:
        for name, scale, noise in (("a", 1, 0), ("b", 30, 0.5), ("c", 0.02, 1)):
            for number, row in enumerate(rows):
                if name == "c" and number % 17 == 3:
                    continue
                own = {key: rescored(value, scale, noise) if "score" in key else value
                       for key, value in row.items()}
                file.write(json.dumps(own | {"model": name}, ensure_ascii=False) + "\n")


def combined(examples, rule):
    """The examples with one score for each answer; those of a model are parted by its deviation within prompts."""
    def deviation(model):
        groups = [np.array(e["members"][model]) for e in examples]
        squares = sum(((group - group.mean()) ** 2).sum() for group in groups)
        return np.sqrt(squares / sum(len(group) - 1 for group in groups))

    deviations = np.array([deviation(model) for model in range(3)])[:, None]
    result = []
    for example in examples:
        scores = np.array(example["members"])
        if rule == "mean_rank":
            # Sums of whole numbers, so that rounding parts no ties.
            parts = np.array([2 * rankdata(one) - 1 for one in scores])
            result.append(
                example | {"scores": list(parts.sum(axis=0) / (6 * scores.shape[1]))})
            continue
        parts = scores / deviations
        if rule in ("min", "mean_minus_sd"):
            parts = parts - parts.mean(axis=1, keepdims=True)
        one = (parts.min(axis=0) if rule == "min" else
               parts.mean(axis=0) - parts.std(axis=0) if rule == "mean_minus_sd" else
               parts.mean(axis=0))
        result.append(example | {"scores": list(one)})
    return result


def values_of(examples, method, frac, iterations):
    x = [np.array([len(t) for t in e["texts"]], float) for e in examples]
    y = [np.array(e["scores"], float) for e in examples]
    if method == "penalty" or method == "lwr_penalty":
        y = [one - PENALTY * lengths for one, lengths in zip(y, x)]
    if method.startswith("lwr"):
        fit = lowess(np.concatenate(y), np.concatenate(x), frac=frac, it=iterations, delta=0)
        at, index = np.unique(fit[:, 0], return_index=True)
        y = [one - np.interp(lengths, at, fit[index, 1]) for one, lengths in zip(y, x)]
    return y


# The bootstrap.

def mixed(number):
    number = ((number ^ number >> 30) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ number >> 27) * 0x94D049BB133111EB) & MASK
    return number ^ number >> 31


def resample(examples, seed, replicate, everything=None):
    keys = list(dict.fromkeys((e["subset"], e["prompt"]) for e in everything or examples))
    state = mixed(seed) ^ replicate
    times = dict.fromkeys(keys, 0)
    for subset in dict.fromkeys(key[0] for key in keys):
        stratum = [key for key in keys if key[0] == subset]
        for _ in stratum:
            state = (state + 0x9E3779B97F4A7C15) & MASK
            times[stratum[mixed(state) * len(stratum) >> 64]] += 1
    return [e for e in examples for _ in range(times[e["subset"], e["prompt"]])]


def check(form, rows, texts, result, frac, iterations, credit, rule=None):
    def lines(path):
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def one_of(examples):
        return combined(examples, rule) if rule else examples

    examples = list(examples_of(form, lines(rows), lines(texts)))
    if rule:
        members = {}
        for row, example in zip(lines(rows), examples):
            members.setdefault(str(row["id"]), []).append(example)
        examples = [own[0] | {"members": [e["scores"] for e in own]}
                    for own in members.values() if len(own) == 3]
    drawn_of = examples
    examples = one_of(examples)
    with open(result, encoding="utf-8") as file:
        document = json.load(file)
    model = document["models"][-1]
    assert (model["model"] == "ensemble") == bool(rule)
    assert document["ensemble"] == (rule and {"model": "ensemble", "of": ["a", "b", "c"]})
    origin = document["origin"]
    worst = 0.0

    def same(name, ours, expected, bound=1e-9):
        nonlocal worst
        assert ours is not None and abs(ours - expected) < bound, (name, ours, expected)
        worst = max(worst, abs(ours - expected))

    def all_same(name, ours, expected):
        assert list(ours) == list(expected), (name, ours, expected)
        for key, value in expected.items():
            same(f"{name} {key}", ours[key], value)

    assert model["pairs"] == len(examples)
    longer = [np.array([len(t) for t in e["texts"]], float) for e in examples]
    for name, sign in (("longer", 1), ("shorter", -1)):
        expected = figures(examples, [sign * one for one in longer], credit)
        ours = model["baselines"][name]
        same(name, ours["score"], expected["score"])
        same(name, ours["accuracy"], expected["accuracy"])
        all_same(name, ours["subsets"], expected["subsets"])
    for subset in [] if rule else dict.fromkeys(e["subset"] for e in examples):
        pairs = [np.sign(one[i] - one[j]) / 2 + 0.5
                 for e, one in zip(examples, longer) if e["subset"] == subset
                 for i in range(e["right"]) for j in range(e["right"], len(one))]
        ours = document["longer_right"][subset]
        same("longer right", ours["share"], np.mean(pairs))
        assert ours["pairs"] == len(pairs)
        # Wilson's interval.
        z, n, p = 1.959963984540054, len(pairs), np.mean(pairs)
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        assert ours["length_is_quality"] == bool(middle - half > 0.65 or middle + half < 0.35)

    # Prompts that the ensemble lacks are drawn as well.
    everything = [{"subset": e["subset"], "prompt": e["prompt"]}
                  for e in examples_of(form, lines(rows), lines(texts))] if rule else None
    drawn = [one_of(resample(drawn_of, origin["seed"], n, everything))
             for n in range(origin["resamples"])]
    scores = {}
    for method in ("original", "penalty", "lwr", "lwr_penalty"):
        ours = model["methods"][method]
        values = values_of(examples, method, frac, iterations)
        expected = figures(examples, values, credit)
        same(f"{method} score", ours["score"], expected["score"])
        same(f"{method} accuracy", ours["accuracy"], expected["accuracy"])
        all_same(method, ours["subsets"], expected["subsets"])
        all_same(method, ours["sections"], expected["sections"])
        all_same(method, ours["difficulties"], expected.get("difficulties", {}))
        all_same(method, model["counts"], expected["counts"])
        same("spearman", ours["spearman_length"],
             spearmanr(np.concatenate(values), np.concatenate(longer)).statistic,
             # Deviations of different prompts that should be equal are so but for rounding.
             1e-3 if rule in ("min", "mean_minus_sd") else 1e-9)
        found = [figures(some, values_of(some, method, frac, iterations), credit)
                 for some in drawn]
        scores[method] = np.array([one["score"] for one in found])
        if not found:
            continue

        def interval(name, ours, values):
            for bound, expected in zip(ours, np.percentile(values, [2.5, 97.5])):
                same(f"{method} {name} interval", bound, expected)

        interval("score", ours["intervals"]["score"], scores[method])
        interval("accuracy", ours["intervals"]["accuracy"], [one["accuracy"] for one in found])
        for name in expected["subsets"]:
            interval(name, ours["intervals"]["subsets"][name],
                     [one["subsets"][name] for one in found])
        for name in expected.get("difficulties", {}):
            interval(name, ours["intervals"]["difficulties"][name],
                     [one["difficulties"][name] for one in found])
        if method != "original":
            gain = scores[method] - scores["original"]
            low, high = np.percentile(gain, [2.5, 97.5])
            interval("gain", [ours["gain"]["lower"], ours["gain"]["upper"]], gain)
            assert ours["gain"]["excludes_zero"] == bool(low > 0 or high < 0)
    print("worst", worst)


if sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]), *sys.argv[4:6])
elif sys.argv[1] == "models":
    models(*sys.argv[2:])
else:
    form, rows, texts, result, frac, iterations, ties, *rule = sys.argv[2:]
    check(form, rows, texts, result, float(frac), int(iterations),
          {"half": 0.5, "wrong": 0.0}[ties], *rule)
