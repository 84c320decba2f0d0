#!/usr/bin/env python3
"""Whether `dpo-prep validate` and `datasets` agree about what can be loaded.

usage: loader_cases.py PROGRAM [--table]

Makes small preference datasets in which an extra column, or a field inside one, changes its type
from the first file to the second, inside one file, and behind the first 10 MB of a file; loads each
with datasets.load_dataset and asks the program. Prints each disagreement, and the counts; exit
status 1 if there is one. --table prints every case as Markdown.
"""
import argparse
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

VALUES = {
    "nothing": ...,  # the column is not there
    "null": None,
    "integer": 1,
    "number": 1.5,
    "text": "s",
    "true": True,
    "empty list": [],
    "list": [1],
    "texts": ["a"],
    "object": {"a": 1},
    "wider object": {"a": 1, "b": 2},
    "object of null": {"a": None},
    "objects": [{"a": 1}],
    "wider objects": [{"a": 1, "b": "x"}],
}


def row(number, value=...):
    message = [{"role": "user", "content": f"Question {number}"}]
    fields = {
        "prompt": message,
        "chosen": [{"role": "assistant", "content": f"Good {number}"}],
        "rejected": [{"role": "assistant", "content": f"Bad {number}"}],
    }
    return fields if value is ... else fields | {"x": value}


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def cases():
    """(name, {file: text}) of every dataset."""
    for (first, one), (second, two) in itertools.product(VALUES.items(), repeat=2):
        yield (
            f"{first}, then {second} in the next file",
            {"train-0.jsonl": lines([row(0, one)]), "train-1.jsonl": lines([row(1, two)])},
        )
    for (first, one), (second, two) in itertools.combinations(VALUES.items(), 2):
        if not {first, second} & {"nothing", "null", "empty list"}:
            continue
        yield (
            f"{first}, then {second} in the same block",
            {"train-0.jsonl": lines([row(0, one), row(1, two)])},
        )
    # The first block is 10 MB and the rest of a line.
    long = [row(number, "y" * 100_000) for number in range(110)]
    for name, last in [("null", None), ("integer", 5), ("list", ["a"]), ("text", "z")]:
        yield f"text, then {name} behind the first block", {
            "train-0.jsonl": lines(long + [row(999, last)])
        }
    empty = [row(number) | {"note": "y" * 100_000, "x": None} for number in range(110)]
    yield "null, then text behind the first block", {
        "train-0.jsonl": lines(empty + [row(999, "z") | {"note": "y"}])
    }
    yield "null, then text in the first block", {
        "train-0.jsonl": lines(empty[:50] + [row(999, "z") | {"note": "y"}])
    }
    late = row(1)
    late["prompt"][0]["name"] = "n"
    yield "a key of messages in the next file", {
        "train-0.jsonl": lines([row(0)]),
        "train-1.jsonl": lines([late]),
    }
    yield "a key of messages in the same block", {"train-0.jsonl": lines([row(0), late])}
    yield "a null key of messages, then a value in the next file", {
        "train-0.jsonl": lines([row(0) | {"meta": {"a": None}}]),
        "train-1.jsonl": lines([row(1) | {"meta": {"a": "x"}}]),
    }
    yield "a JSON array", {"train.json": json.dumps([row(0), row(1, "x")])}


def loads(folder):
    import datasets

    files = sorted(str(path) for path in folder.iterdir())
    try:
        datasets.load_dataset(
            "json", data_files=files, split="train", cache_dir=str(folder) + "-cache"
        )
        return True
    except Exception:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    count, wrong = 0, 0
    with tempfile.TemporaryDirectory() as home:
        os.environ["HF_HOME"] = home
        os.environ["HF_HUB_OFFLINE"] = "1"
        import datasets

        datasets.disable_progress_bars()
        datasets.logging.set_verbosity(datasets.logging.CRITICAL)
        if options.table:
            print("| dataset | loads | accepted |\n|---|---|---|")
        for name, files in cases():
            folder = pathlib.Path(home) / f"case-{count}"
            folder.mkdir()
            for file, text in files.items():
                (folder / file).write_text(text)
            asked = subprocess.run(
                [options.program, "validate", "-q", "--json", str(folder)], capture_output=True
            )
            report = json.loads(asked.stdout)
            loaded, accepted = loads(folder), report["accepted"]
            count += 1
            if options.table:
                print(f"| {name} | {'yes' if loaded else 'no'} | {'yes' if accepted else 'no'} |")
            if loaded != accepted:
                wrong += 1
                codes = [finding["code"] for finding in report["findings"]]
                print(f"{name}: {'loads' if loaded else 'does not load'}, {codes}", file=sys.stderr)
    print(f"{count} datasets, {wrong} judged otherwise", file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
