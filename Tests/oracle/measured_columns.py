"""Compares the columns of a measured input, read by pyarrow, with the input, read by Python.

usage: measured_columns.py INPUT.jsonl COLUMNS.parquet

The input has a candidate a row. Every difference is a line; the last line counts the candidates.
"""
import json
import math
import struct
import sys

import pyarrow.parquet as parquet

REASONS = {"missing_response", "non_finite_reward", "non_finite_length", "too_short", "empty_response"}


def number(value):
    """A number, also one in a string; NaN for null."""
    return math.nan if value is None else float(value)


def same(found, expected):
    """Whether two doubles are the same to the bit, any NaN being like any other."""
    if math.isnan(expected):
        return math.isnan(found)
    return struct.pack("<d", found) == struct.pack("<d", expected)


def expected_rows(path):
    """The well-formed rows with their numbers."""
    with open(path, encoding="utf-8") as lines:
        for row, line in enumerate(line for line in lines if line.strip()):
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if "reward" in value and "response" in value:
                yield row, value


def text(value):
    """A name without lone surrogates; None for what is no text."""
    if not isinstance(value, str):
        return None
    return "".join("\ufffd" if 0xD800 <= ord(letter) < 0xE000 else letter for letter in value)


def main():
    found = parquet.read_table(sys.argv[2]).to_pylist()
    expected = list(expected_rows(sys.argv[1]))
    if len(found) != len(expected):
        print(f"{len(found)} rows, not {len(expected)}")
    prompt_of_key, key_of_prompt = {}, {}
    answers = {}
    for have, (row, value) in zip(found, expected):
        response, reward = value["response"], number(value["reward"])
        wanted = {"row": row, "source": text(value["source"]), "model": text(value["model"])}
        for name, want in wanted.items():
            if have[name] != want:
                print(f"row {row}: {name} is {have[name]!r}, not {want!r}")
        if not same(have["reward"], reward):
            print(f"row {row}: reward is {have['reward']!r}, not {reward!r}")
        if not same(have["field:tokens"], number(value["tokens"])):
            print(f"row {row}: tokens are {have['field:tokens']!r}, not {value['tokens']!r}")
        if isinstance(response, str) or response is None:
            plain = response or ""
            if have["chars"] != len(plain) or have["words"] != len(plain.split()):
                print(f"row {row}: {have['chars']} chars, {have['words']} words of {plain!r}")
            if have["has_lone_surrogate"] != (text(plain) != plain):
                print(f"row {row}: lone surrogate {have['has_lone_surrogate']}")
            if answers.setdefault(plain if response is not None else None,
                                  have["answer_fingerprint"]) != have["answer_fingerprint"]:
                print(f"row {row}: two fingerprints of {plain!r}")
        reason = have["drop_reason"]
        if (reason == "missing_response") != (response is None):
            print(f"row {row}: {reason} of {response!r}")
        if reason is None and not math.isfinite(reward) or reason not in REASONS | {None}:
            print(f"row {row}: {reason} with {reward}")
        key = have["prompt_key_high"], have["prompt_key_low"]
        name = value["prompt_id"]
        if prompt_of_key.setdefault(key, name) != name or key_of_prompt.setdefault(name, key) != key:
            print(f"row {row}: the key of prompt {name}")
    print(f"{len(found)} candidates")


main()
