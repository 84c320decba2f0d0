#!/usr/bin/env python3
"""Measures a preference dataset with pandas and scipy, and compares with `dpo-prep audit --json`.

    audit.py DATASET AUDIT.json

DATASET is a folder of data files, in JSON Lines (plain or .zst) or Parquet, whose rows have `chosen`
and `rejected` as texts, messages or lists of messages. Prints one line for each figure that is not
the same to 1e-9, and ends with 1 if there is one; otherwise prints how many were compared.
"""
import io
import json
import math
import pathlib
import re
import sys

import pandas as pd
from scipy import stats

HEADER = re.compile(r"^\s{0,3}#{1,6}\s+", re.M)
ITEM = re.compile(r"^\s*(?:[-+*] |\d+\.\s)", re.M)
BOLD = re.compile(r"\*\*(.*?)\*\*|__(.*?)__")
SCORES = [("score_chosen", "score_rejected"), ("chosen_score", "rejected_score"),
          ("chosen-rating", "rejected-rating")]


def rows_of(folder):
    for path in sorted(pathlib.Path(folder).rglob("*")):
        stem = re.split("[-.]", path.name)[0]
        split = stem if re.match("test|valid|dev|eval", stem) else "train"
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            rows = pq.read_table(path).to_pylist()
        elif path.name.endswith((".jsonl", ".jsonl.zst")):
            data = path.read_bytes()
            if path.suffix == ".zst":
                import zstandard

                data = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read()
            rows = [json.loads(line) for line in data.decode().split("\n") if line]
        else:
            continue
        for row in rows:
            yield "train" if split.startswith("train") else split, row


def text_of(answer):
    if isinstance(answer, list):
        answer = answer[-1]
    if isinstance(answer, dict):
        answer = answer.get("content", answer.get("value"))
    return answer


def prompt_of(row):
    if isinstance(row["chosen"], list) and len(row["chosen"]) > 1:
        return json.dumps([turn["content"] for turn in row["chosen"][:-1]])
    prompt = row.get("prompt", row.get("messages", row.get("conversations")))
    if isinstance(prompt, list):
        return json.dumps([text_of(turn) for turn in prompt])
    return json.dumps([prompt])


def markdown(text):
    return len(HEADER.findall(text)) + len(ITEM.findall(text)) + len(BOLD.findall(text))


def is_cut_off(text):
    shown = text.rstrip("".join(map(chr, range(33))))
    if len(text) < 200 or not shown:
        return False
    fences = sum(line.lstrip(" ").startswith("```") for line in text.split("\n"))
    return fences % 2 == 1 or bool(re.search(r"[a-zA-Z0-9,(\[{]\Z", shown))


def are_nearly_identical(first, second):
    from collections import Counter

    spaces = re.compile("[\x00-\x20]+")
    one, two = (Counter(word for word in spaces.split(text) if word) for text in (first, second))
    short, long = sorted(len(text.encode()) for text in (first, second))
    common, union = sum((one & two).values()), sum((one | two).values())
    return first != second and 2 * short >= long and common >= 0.9 * union


def frame_of(folder):
    records = []
    for split, row in rows_of(folder):
        chosen = text_of(row.get("chosen", row.get("messages")))
        rejected = text_of(row.get("rejected", row.get("rejected_response")))
        margin = math.nan
        for names in SCORES:
            pair = [row.get(name) for name in names]
            if all(isinstance(score, (int, float)) and math.isfinite(score) for score in pair):
                margin = pair[0] - pair[1]
                break
        records.append({
            "split": split, "scores": pair if margin == margin else None, "prompt": prompt_of({"chosen": chosen, **row}), "chosen": chosen,
            "rejected": rejected, "margin": margin, "source": row.get("source"),
            "length": (len(chosen), len(rejected)),
            "markdown": (markdown(chosen), markdown(rejected)),
            "cut": (is_cut_off(chosen), is_cut_off(rejected)),
            "near": are_nearly_identical(chosen, rejected),
        })
    return pd.DataFrame(records)


def bias(frame, measure):
    chosen, rejected = (frame[measure].map(lambda pair: pair[side]) for side in (0, 1))
    gap = chosen - rejected
    scored = frame["margin"].notna()
    correlation, effect = None, None
    if scored.sum() > 1 and frame["margin"][scored].nunique() > 1 and gap[scored].nunique() > 1:
        correlation = stats.spearmanr(frame["margin"][scored], gap[scored]).statistic
    if len(frame) > 1 and chosen.var() + rejected.var() > 0:
        effect = (chosen.mean() - rejected.mean()) / math.sqrt((chosen.var() + rejected.var()) / 2)
    return {
        "more": (gap > 0).mean(), "mean": gap.mean(), "median": gap.median(), "effect": effect,
        "correlation": correlation, "accuracy": (gap > 0).mean() + 0.5 * (gap == 0).mean(),
        "chosen": chosen.mean(), "rejected": rejected.mean(),
    }


def mean_of(frame, side):
    scores = frame["scores"].dropna().map(lambda pair: pair[side])
    return scores.mean() if len(scores) else None


def figures(frame):
    length, marks = bias(frame, "length"), bias(frame, "markdown")
    margins = frame["margin"].dropna()
    deviation = margins.std()
    splits = frame.groupby("prompt")["split"].nunique()
    return {
        "rows": len(frame), "prompts": frame["prompt"].nunique(),
        "longer_chosen": length["more"], "length_chosen_mean": length["chosen"],
        "length_rejected_mean": length["rejected"], "length_gap_mean": length["mean"],
        "length_gap_median": length["median"], "cohens_d": length["effect"],
        "spearman_margin_length_gap": length["correlation"],
        "always_longer_accuracy": length["accuracy"],
        "markdown_more_chosen": marks["more"], "markdown_gap_mean": marks["mean"],
        "markdown_gap_median": marks["median"], "markdown_cohens_d": marks["effect"],
        "spearman_margin_markdown_gap": marks["correlation"],
        "always_more_markdown_accuracy": marks["accuracy"],
        "scored_pairs": len(margins),
        "score_chosen_mean": mean_of(frame, 0), "score_rejected_mean": mean_of(frame, 1),
        "margin_mean": margins.mean() if len(margins) else None,
        "margin_sd": deviation if len(margins) > 1 else None, "ties": (margins == 0).sum(),
        "near_ties": ((margins != 0) & (margins.abs() < 0.1 * deviation)).sum(),
        "inverted": (margins < 0).sum(),
        "identical_pairs": (frame["chosen"] == frame["rejected"]).sum(),
        "nearly_identical_pairs": frame["near"].sum(),
        "duplicate_pairs": frame.duplicated(["prompt", "chosen", "rejected"]).sum(),
        "prompt_overlap": (splits > 1).sum(),
        "short_answers": frame["length"].map(min).lt(10).sum(),
        "truncated_chosen": frame["cut"].map(lambda pair: pair[0]).sum(),
        "truncated_rejected": frame["cut"].map(lambda pair: pair[1]).sum(),
    }


def differences(expected, found, where):
    for name, value in expected.items():
        other = found[name]
        if value is None or other is None:
            same = value is None and other is None
        else:
            same = math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9)
        if not same:
            yield f"{where}{name}: expected {value}, found {other}"


frame = frame_of(sys.argv[1])
found = json.loads(pathlib.Path(sys.argv[2]).read_text())
problems = list(differences(figures(frame), found, ""))
margins = frame["margin"].dropna()
if len(margins):
    quantiles = {f"p{p}": margins.quantile(p / 100) for p in (5, 25, 50, 75, 95)}
    problems += differences(quantiles, found["margin_percentiles"], "margin ")
groups = {group["value"]: group for group in found["groups"].get("source", [])}
for source, part in frame.groupby("source"):
    problems += differences(figures(part), groups[source], f"source {source}: ")
print("\n".join(problems) or f"{len(frame)} rows: the same")
sys.exit(1 if problems else 0)
