"""Pairs that people labelled: how often each method's choice is the label's."""
import io
import json
import os

import numpy as np
import zstandard

import intervals
import methods

FILES = ["judgebench-internlm2-7b", "judgebench-skywork-llama31-8b", "llmbar-chatgpt-ratings"]


def rows(folder, name):
    """Rows of a file, a labelled pair each: the answer "0" is the better one."""
    path = os.path.join(folder, name + ".jsonl.zst")
    with open(path, "rb") as raw:
        text = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), "utf-8")
        for number, line in enumerate(text):
            row = json.loads(line)
            yield {
                "prompt": str(number),
                "all_generated_responses": ["0", "1"],
                "all_rm_scores": [_score(row["scores_chosen"]), _score(row["scores_rejected"])],
                "length": [len(row["text_chosen"]), len(row["text_rejected"])],
            }


def accuracies(made, dpo_prep):
    """By method: for every pair 1 where the better answer has the higher score, 0.5 of a tie."""
    found = {}
    for name, settings in methods.METHODS.items():
        right = np.full(len(made), 0.5)
        prompt, chosen, _ = dpo_prep.pairs(made, [*settings, "pairs.ties=drop"]).T
        right[prompt] = chosen == 0
        found[name] = right
    return found


def table(results):
    """Rows of the report from (file, pairs, accuracies)."""
    yield ["set", "pairs", *methods.METHODS]
    for name, count, found in results:
        raw = found[methods.RAW]
        cells = []
        for method, right in found.items():
            _, reach = intervals.mean(right if method == methods.RAW else right - raw)
            cells.append(f"{100 * right.mean():.1f} ± {100 * reach:.1f}")
        yield [name, str(count), *cells]


def _score(value):
    return value[0] if isinstance(value, list) else value
