#!/usr/bin/env python3
"""The same job with Polars on all processors, but for the LOWESS: the stronger peer.

usage: peer_polars.py INPUT.jsonl.zst OUT_DIR

statsmodels fits the length bias of all rewards; everything else is one Polars query.
"""
import os
import sys
import time

import polars as pl
import zstandard
from statsmodels.nonparametric.smoothers_lowess import lowess

FRAC = 0.3
ITERATIONS = 3


def message(text, role):
    return pl.struct(text.alias("content"), pl.lit(role).alias("role"))


def conversation(answer):
    return pl.concat_list(
        message(pl.col("prompt"), "user"), message(pl.col(answer), "assistant"))


def main(source, target):
    start = time.perf_counter()
    with open(source, "rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        rows = pl.read_ndjson(reader.read())
    candidates = (
        rows.rename({"all_generated_responses": "answer", "all_rm_scores": "reward"})
        .with_row_index("row")
        .explode("answer", "reward")
        .with_columns(length=pl.col("answer").str.len_chars()))
    read = time.perf_counter()

    bias = lowess(
        candidates["reward"].to_numpy(), candidates["length"].cast(pl.Float64).to_numpy(),
        frac=FRAC, it=ITERATIONS, delta=0.0, return_sorted=False)
    fitted = time.perf_counter()

    ends = {"chosen": pl.col("score").arg_max(), "rejected": pl.col("score").arg_min()}
    taken = [
        pl.col(column).get(place).alias(f"{column}_{end}")
        for end, place in ends.items() for column in ("answer", "score", "reward", "length")]
    pairs = (
        candidates.with_columns(score=pl.col("reward") - pl.Series(bias))
        .group_by("row", maintain_order=True)
        .agg(pl.first("prompt", "prompt_id"), *taken)
        .filter(pl.col("score_chosen") > pl.col("score_rejected"))
        .select(
            conversation("answer_chosen").alias("chosen"),
            conversation("answer_rejected").alias("rejected"),
            pl.col("prompt").alias("prompt_text"), "prompt_id",
            "score_chosen", "score_rejected",
            pl.col("reward_chosen").alias("raw_score_chosen"),
            pl.col("reward_rejected").alias("raw_score_rejected"),
            pl.col("length_chosen"), pl.col("length_rejected")))
    os.makedirs(target, exist_ok=True)
    pairs.write_parquet(os.path.join(target, "train.parquet"), compression="zstd")
    written = time.perf_counter()
    print(
        f"{len(pairs)} pairs; read {read - start:.1f} s, LOWESS {fitted - read:.1f} s, "
        f"pair and write {written - fitted:.1f} s")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
