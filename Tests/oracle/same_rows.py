#!/usr/bin/env python3
"""Compares two datasets' folders that differ in the format of their files only.

    same_rows.py ONE OTHER

Files are read with Python's json and with pyarrow, not with `datasets`, config by config in the
order of their names. Prints what differs and ends with 1, or how many configs are the same.
"""
import glob
import json
import os
import re
import sys

import pyarrow.parquet as pq
import yaml


def rows(folder, pattern):
    for path in sorted(glob.glob(os.path.join(folder, pattern))):
        if path.endswith(".parquet"):
            yield from pq.read_table(path, page_checksum_verification=True).to_pylist()
        else:
            with open(path, encoding="utf-8") as lines:
                yield from map(json.loads, lines)


def configs(folder):
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        card = yaml.safe_load(re.match(r"---\n(.*?\n)---\n", file.read(), re.DOTALL)[1])
    return {
        (config["config_name"], files["split"]): list(rows(folder, files["path"]))
        for config in card["configs"] for files in config["data_files"]}


def main(one, other):
    ours, theirs = configs(one), configs(other)
    if list(ours) != list(theirs):
        sys.exit(f"{list(ours)} and {list(theirs)}")
    for name, table in ours.items():
        if len(table) != len(theirs[name]) or not table:
            sys.exit(f"{name}: {len(table)} and {len(theirs[name])} rows")
        for place, pair in enumerate(zip(table, theirs[name])):
            # As text, so that 1 is not 1.0 and the order of keys counts.
            texts = [json.dumps(row) for row in pair]
            if texts[0] != texts[1]:
                sys.exit(f"{name} row {place}:\n{texts[0]}\n{texts[1]}")
    print(f"{len({name for name, _ in ours})} configs are the same")


main(*sys.argv[1:])
