#!/usr/bin/env python3
"""Reads Parquet files with the libraries of the field, and compares them with what was to be in them.

    parquet_check.py FOLDER

The folder holds pairs of NAME.parquet and NAME.jsonl: a row a line, floating-point numbers as
{"bits": the hexadecimal digits of the double}. pyarrow reads every file with its page checksums
verified and its metadata checked against its pages; Polars and DuckDB read it too, where they are
installed. Prints a line for each difference, and last how many files there were and who read them.
"""
import glob
import json
import math
import os
import struct
import sys

import pyarrow as pa
import pyarrow.parquet as pq

try:
    import polars
except ImportError:
    polars = None
try:
    import duckdb
except ImportError:
    duckdb = None


def double(members):
    if set(members) == {"bits"}:
        return struct.unpack(">d", bytes.fromhex(members["bits"].zfill(16)))[0]
    return members


def same(ours, theirs):
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and list(ours) == list(theirs) and all(
            same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, float):
        return isinstance(theirs, float) and (
            struct.pack("d", ours) == struct.pack("d", theirs)
            or math.isnan(ours) and math.isnan(theirs))
    return type(ours) is type(theirs) and ours == theirs


def page_faults(path):
    """What the file says of its row groups that its rows contradict."""
    file = pq.ParquetFile(path, page_checksum_verification=True)
    rows = 0
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        table = file.read_row_group(number)
        rows += group.num_rows
        if table.num_rows != group.num_rows:
            yield f"row group {number} has {table.num_rows} rows, not {group.num_rows}"
        for place, name in enumerate(table.column_names):
            column = table.column(name)
            if pa.types.is_nested(column.type):
                continue
            described = next(
                group.column(leaf) for leaf in range(group.num_columns)
                if group.column(leaf).path_in_schema == name)
            statistics = described.statistics
            if statistics is None or statistics.null_count != column.null_count:
                yield f"column {name}: nulls of row group {number}"
            values = [value for value in column.to_pylist() if value is not None]
            if statistics.has_min_max and values and not (
                    statistics.min <= min(values) and max(values) <= statistics.max):
                yield f"column {name}: bounds of row group {number}"
            if not (described.has_offset_index):
                yield f"column {name}: no page index"
    if rows != file.metadata.num_rows:
        yield f"{rows} rows in groups, {file.metadata.num_rows} in all"


def readers(path):
    yield "pyarrow", pq.read_table(path, page_checksum_verification=True).to_pylist()
    if polars is not None:
        yield "Polars", polars.read_parquet(path).to_dicts()
    if duckdb is not None:
        result = duckdb.sql(f"select * from read_parquet('{path}')")
        yield "DuckDB", [dict(zip(result.columns, row)) for row in result.fetchall()]


def main():
    paths = sorted(glob.glob(os.path.join(sys.argv[1], "*.parquet")))
    names = set()
    for path in paths:
        with open(path[:-len("parquet")] + "jsonl", encoding="utf-8") as lines:
            wanted = [json.loads(line, object_hook=double) for line in lines]
        try:
            for fault in page_faults(path):
                print(f"{os.path.basename(path)}: {fault}")
            for name, rows in readers(path):
                names.add(name)
                if not same(wanted, rows):
                    place = next((number for number, (one, other) in enumerate(zip(wanted, rows))
                                  if not same(one, other)), min(len(wanted), len(rows)))
                    print(f"{os.path.basename(path)}: {name} reads row {place} otherwise "
                          f"({len(rows)} of {len(wanted)} rows)")
        except Exception as error:  # A reader that fails is what is looked for.
            print(f"{os.path.basename(path)}: {type(error).__name__}: {error}")
    print(f"{len(paths)} files: {', '.join(sorted(names))}")


main()
