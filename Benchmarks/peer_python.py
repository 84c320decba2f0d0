#!/usr/bin/env python3
"""The same job with the libraries that one would reach for in Python: a peer to compare with.

usage: peer_python.py INPUT.jsonl.zst OUT_DIR

orjson reads nested rows, statsmodels fits the length bias of all rewards, the best and the worst
response by calibrated reward make a pair, and pyarrow writes Parquet with zstd.
"""
import io
import os
import sys
import time

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from statsmodels.nonparametric.smoothers_lowess import lowess

FRAC = 0.3
ITERATIONS = 3


def rows(path):
    with open(path, "rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        for line in io.BufferedReader(reader, buffer_size=1 << 20):
            yield orjson.loads(line)


def conversation(prompt, answer):
    return [{"content": prompt, "role": "user"}, {"content": answer, "role": "assistant"}]


def main(source, target):
    start = time.perf_counter()
    prompts = list(rows(source))
    rewards = np.concatenate([row["all_rm_scores"] for row in prompts])
    lengths = np.array(
        [len(text) for row in prompts for text in row["all_generated_responses"]], dtype=float)
    read = time.perf_counter()

    scores = rewards - lowess(
        rewards, lengths, frac=FRAC, it=ITERATIONS, delta=0.0, return_sorted=False)
    fitted = time.perf_counter()

    pairs = []
    first = 0
    for row in prompts:
        answers = row["all_generated_responses"]
        own = scores[first:first + len(answers)]
        raw = rewards[first:first + len(answers)]
        first += len(answers)
        best, worst = int(own.argmax()), int(own.argmin())
        if own[best] <= own[worst]:
            continue
        pairs.append({
            "chosen": conversation(row["prompt"], answers[best]),
            "rejected": conversation(row["prompt"], answers[worst]),
            "prompt_text": row["prompt"],
            "prompt_id": row["prompt_id"],
            "score_chosen": float(own[best]),
            "score_rejected": float(own[worst]),
            "raw_score_chosen": float(raw[best]),
            "raw_score_rejected": float(raw[worst]),
            "length_chosen": len(answers[best]),
            "length_rejected": len(answers[worst]),
        })
    os.makedirs(target, exist_ok=True)
    path = os.path.join(target, "train.parquet")
    pq.write_table(pa.Table.from_pylist(pairs), path, compression="zstd")
    written = time.perf_counter()
    print(
        f"{len(pairs)} pairs; read {read - start:.1f} s, LOWESS {fitted - read:.1f} s, "
        f"pair and write {written - fitted:.1f} s")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
