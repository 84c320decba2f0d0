#!/usr/bin/env python3
"""Makes the rows of a dataset of plain JSON lines wrong in a way that leaves their shape right.

usage: spoil_dataset.py DATASET answers|prompts|system|precision
"""
import glob
import json
import struct
import sys


def exchange_answers(rows):
    for row in rows:
        row["chosen"], row["rejected"] = row["rejected"], row["chosen"]


def exchange_prompts(rows):
    rows[0]["prompt"], rows[1]["prompt"] = rows[1]["prompt"], rows[0]["prompt"]


def lose_system(rows):
    for row in rows:
        row["prompt"] = [turn for turn in row["prompt"] if turn["role"] != "system"]


def lose_precision(rows):
    for row in rows:
        for name in ("score_chosen", "score_rejected"):
            row[name] = struct.unpack("f", struct.pack("f", row[name]))[0]


WAYS = {
    "answers": exchange_answers, "prompts": exchange_prompts, "system": lose_system,
    "precision": lose_precision,
}


def main(folder, way):
    for path in glob.glob(f"{folder}/data/train-*.jsonl"):
        with open(path, encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        WAYS[way](rows)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
