#!/usr/bin/env python3
"""Writes random tables with Python's csv, and reads tables with it.

    tables.py make FOLDER [--count 60] [--seed 1]

`make` writes NAME.csv and NAME.tsv files in the ways that csv knows, and for each NAME.expected: what
csv reads from it, a JSON object a record with the line of the file that the record begins in.
"""
import argparse
import csv
import io
import json
import os
import random

PIECES = [
    "", "a", "word", "1.5", "naïve", "日本語", "😀", '"', '""', ",", "\t", "\n", "\r\n", "\n\n", " ",
    "\\", "{}", "[1, 2]", "null", "x" * 300, "\x00"[:0], "'", ";",
]


def cell(rng):
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(4)))


def make(folder, name, rng):
    separator = "," if name.endswith(".csv") else "\t"
    columns = [f"{cell(rng)}{number}" for number in range(rng.randint(2, 6))]
    text = io.StringIO()
    writer = csv.writer(
        text, delimiter=separator, lineterminator=rng.choice(["\n", "\r\n"]),
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    writer.writerow(columns)
    for _ in range(rng.choice([1, 7, 200])):
        if rng.random() < 0.02:
            text.write("\n")
        writer.writerow([cell(rng) for _ in columns])
    text = text.getvalue()
    if rng.random() < 0.3:
        text = text.rstrip("\r\n")
    with open(os.path.join(folder, name), "wb") as file:
        file.write(b"\xef\xbb\xbf" * (rng.random() < 0.2) + text.encode())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = next(reader)
    line = reader.line_num
    with open(os.path.join(folder, name + ".expected"), "w", encoding="utf-8") as file:
        for record in reader:
            if record:
                row = dict(zip(header, record, strict=True))
                file.write(json.dumps({"line": line + 1, "row": row}) + "\n")
            line = reader.line_num


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["make"])
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for number in range(options.count):
        rng = random.Random(f"{options.seed} {number}")
        make(options.folder, f"{number}.{rng.choice(['csv', 'tsv'])}", rng)


main()
