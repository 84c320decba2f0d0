#!/usr/bin/env python3
"""Reads the profile ms-swift with ms-swift's own loading code, by what the dataset's card says.

    read_ms_swift.py FOLDER WORK
"""
import os
import sys

from tiny import Trial, command, expect, of_card, versions

import datasets
from swift.dataset import load_dataset


def read(folder, path):
    rows = datasets.load_dataset(folder, "ms-swift", split="train")
    prepared = load_dataset([path], num_proc=1)[0]
    expect(len(prepared) == len(rows), len(prepared), "of", len(rows), "rows")
    for row, found in zip(rows, prepared):
        texts = [(turn["role"], turn["content"]) for turn in found["messages"]]
        expect(
            texts == [(turn["role"], turn["content"]) for turn in row["messages"]],
            "messages are", texts)
        rejected = found.get("rejected_messages") or found.get("rejected_response")
        if isinstance(rejected, list):
            rejected = rejected[-1]["content"]
        expect(rejected == row["rejected_response"], "rejected is", rejected)


def main(folder, work):
    print(f"versions\t{versions('ms-swift', 'transformers', 'datasets', 'torch')}")
    trial = Trial()
    for language, block in of_card(folder)["ms-swift"]:
        if language == "console":
            trial.run("ms-swift", lambda: read(folder, command(block)[1]["dataset"]))
    return trial.failed


if __name__ == "__main__":
    sys.exit(main(*map(os.path.abspath, sys.argv[1:])))
