#!/usr/bin/env python3
"""Writes Parquet files in every way that the libraries of the field do, and judges who read them.

    parquet_files.py make FOLDER [--count 60] [--seed 1]
    parquet_files.py check FOLDER

`make` writes NAME.parquet files of random nested rows with pyarrow in all its settings, and with
Polars, DuckDB and `datasets` where they are installed. `check` reads each with pyarrow and compares it,
row by row and to the last bit, with NAME.jsonl, which the reader that is judged has written; it prints
a line for each difference, and last how many files there were.
"""
import argparse
import datetime
import decimal
import glob
import json
import math
import os
import random
import struct

import numpy
import pyarrow as pa
import pyarrow.parquet as pq

WORDS = ["", "a", "word", "naïve", "日本語", "😀", "quote \" and \\", "line\nbreak", "\x00\x1f", "x" * 300]
SCALARS = [
    pa.bool_(), pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(),
    pa.uint64(), pa.float32(), pa.float64(), pa.string(), pa.string(), pa.large_string(),
]
# Less common ones, a column each at the most, so that the rest stays as it is.
OTHERS = [
    pa.float16(), pa.date32(), pa.time32("ms"), pa.time64("us"), pa.timestamp("ms"),
    pa.timestamp("us"), pa.timestamp("us", "UTC"), pa.decimal128(5, 2), pa.decimal128(18, 0),
    pa.decimal128(38, 20), pa.decimal256(76, 38), pa.list_(pa.float16()),
    pa.struct([("when", pa.timestamp("ms", "UTC")), ("half", pa.float16())]),
]


def random_type(rng, depth=0):
    kind = rng.randrange(9 if depth < 3 else 6)
    if kind < 5:
        return rng.choice(SCALARS)
    if kind == 5:
        return pa.dictionary(pa.int32(), pa.string()) if depth == 0 else pa.string()
    if kind < 8:
        return pa.list_(random_type(rng, depth + 1))
    return pa.struct([(f"m{n}", random_type(rng, depth + 1)) for n in range(rng.randint(1, 3))])


def random_value(rng, kind, nulls):
    if rng.random() < nulls:
        return None
    if pa.types.is_boolean(kind):
        return rng.random() < 0.3
    if pa.types.is_integer(kind):
        bits = kind.bit_width
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1)
        if pa.types.is_unsigned_integer(kind):
            low, high = 0, (1 << bits) - 1
        return rng.choice([low, high, 0, rng.randint(low, high), rng.randint(0, 9)])
    if pa.types.is_floating(kind):
        value = rng.choice([0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, rng.gauss(0, 100)])
        if kind == pa.float16():
            return numpy.uint16(rng.randrange(1 << 16)).view(numpy.float16)
        return struct.unpack("f", struct.pack("f", value))[0] if kind == pa.float32() else value
    if pa.types.is_list(kind):
        count = rng.choice([0, 1, 2, 3, rng.randrange(40)])
        return [random_value(rng, kind.value_type, nulls) for _ in range(count)]
    if pa.types.is_struct(kind):
        return {field.name: random_value(rng, field.type, nulls) for field in kind}
    if pa.types.is_date(kind):
        return datetime.date.fromordinal(rng.randint(1, 3652059))
    if pa.types.is_time(kind):
        count = rng.choice([0, 86399, rng.randrange(86400)])
        micro = rng.choice([0, 1000, 999000])
        return (datetime.datetime.min + datetime.timedelta(0, count, micro)).time()
    if pa.types.is_timestamp(kind):
        micro = rng.choice([0, 1000, 999000, 999999 if kind.unit == "us" else 0])
        zone = datetime.timezone.utc if kind.tz else None
        # INT96 becomes nanoseconds in pyarrow, which end in 2262.
        return datetime.datetime(
            rng.randint(1700, 2200), rng.randint(1, 12), rng.randint(1, 28), rng.randrange(24),
            rng.randrange(60), rng.randrange(60), micro, zone)
    if pa.types.is_decimal(kind):
        largest = 10 ** kind.precision - 1
        number = rng.choice([0, 1, -1, largest, -largest, rng.randint(-largest, largest)])
        return decimal.Decimal(number).scaleb(-kind.scale, decimal.Context(prec=80))
    return rng.choice(WORDS) + str(rng.randrange(rng.choice([2, 1000])))


def random_table(rng, rows):
    nulls = rng.choice([0, 0.05, 0.5, 1])
    columns = {}
    for number in range(rng.randint(1, 5)):
        kind = random_type(rng)
        values = [random_value(rng, kind, nulls) for _ in range(rows)]
        columns[f"column {number}"] = pa.array(values, kind)
    if rng.random() < 0.4:
        kind = rng.choice(OTHERS)
        columns["other"] = pa.array([random_value(rng, kind, nulls) for _ in range(rows)], kind)
    if rng.random() < 0.1:
        columns["nothing"] = pa.nulls(rows)
    return pa.table(columns)


def encodings(rng, table):
    """An encoding for each leaf that its type allows."""
    sink = pa.BufferOutputStream()
    pq.write_table(table.slice(0, 1), sink)
    schema = pq.ParquetFile(pa.BufferReader(sink.getvalue())).schema
    chosen = {}
    for number in range(len(schema)):
        leaf = schema.column(number)
        allowed = {
            "INT32": ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"],
            "INT64": ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"],
            "FLOAT": ["BYTE_STREAM_SPLIT"], "DOUBLE": ["BYTE_STREAM_SPLIT"],
            "BYTE_ARRAY": ["DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"],
            "FIXED_LEN_BYTE_ARRAY": ["DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT"],
            "BOOLEAN": ["RLE"],
        }.get(leaf.physical_type, []) + ["PLAIN"]
        chosen[leaf.path] = rng.choice(allowed)
    return chosen


def with_pyarrow(rng, path):
    table = random_table(rng, rng.choice([0, 1, 7, 300, 2000]))
    settings = {
        "compression": rng.choice(["none", "snappy", "gzip", "zstd", "brotli", "lz4"]),
        "data_page_version": rng.choice(["1.0", "2.0"]),
        "version": rng.choice(["1.0", "2.4", "2.6"]),
        "data_page_size": rng.choice([1, 200, 4000, 1 << 20]),
        "row_group_size": rng.choice([1, 50, 1000, 1 << 20]),
        "write_page_checksum": rng.random() < 0.5,
        "write_statistics": rng.random() < 0.8,
        "use_compliant_nested_type": rng.random() < 0.7,
        "store_schema": rng.random() < 0.5,
        "write_batch_size": rng.choice([1, 64, 1024]),
        "use_deprecated_int96_timestamps": rng.random() < 0.3,
    }
    if rng.random() < 0.5:
        settings |= {"use_dictionary": False, "column_encoding": encodings(rng, table)}
        # pyarrow cannot read what it has written so into its own dictionary type.
        settings["store_schema"] = False
        # The encodings are those of the types without it.
        settings["use_deprecated_int96_timestamps"] = False
    else:
        settings["dictionary_pagesize_limit"] = rng.choice([10, 1 << 20])
    if settings["version"] == "1.0" and any("uint32" in str(f.type) for f in table.schema):
        settings["version"] = "2.6"  # The old version makes int64 of it.
    pq.write_table(table, path, **settings)
    # Some settings together make files that pyarrow itself cannot read.
    try:
        is_whole = pq.ParquetFile(path).read().num_rows == len(table)
    except (OSError, pa.ArrowInvalid):
        is_whole = False
    if not is_whole:
        os.remove(path)


def plain_rows(rng, count):
    return [
        {"id": n, "text": rng.choice(WORDS) * rng.randrange(4), "number": rng.gauss(0, 1),
         "flag": rng.random() < 0.5, "words": [rng.choice(WORDS) for _ in range(rng.randrange(4))],
         "turns": [{"content": rng.choice(WORDS), "role": "user"} for _ in range(rng.randrange(3))],
         "maybe": None if rng.random() < 0.3 else rng.randrange(100)}
        for n in range(count)]


def with_others(rng, folder):
    rows = plain_rows(rng, 3000)
    try:
        import polars
        frame = polars.DataFrame(rows)
        for compression in ("zstd", "snappy", "gzip", "uncompressed", "lz4"):
            frame.write_parquet(
                os.path.join(folder, f"polars-{compression}.parquet"), compression=compression,
                row_group_size=rng.choice([100, 5000]), data_page_size=rng.choice([500, 1 << 20]))
    except ImportError:
        pass
    try:
        import duckdb
        source = pa.Table.from_pylist(rows)  # noqa: F841  DuckDB finds it by its name.
        for version in ("V1", "V2"):
            for compression in ("snappy", "zstd", "gzip", "uncompressed", "brotli", "lz4_raw"):
                path = os.path.join(folder, f"duckdb-{version}-{compression}.parquet")
                duckdb.sql(
                    f"copy (select * from source) to '{path}' (format parquet, "
                    f"compression {compression}, parquet_version {version}, row_group_size 2048)")
    except ImportError:
        pass
    try:
        import datasets
        datasets.disable_progress_bars()
        datasets.Dataset.from_list(rows).to_parquet(os.path.join(folder, "datasets.parquet"))
    except ImportError:
        pass


class Number(float):
    """A number with the digits that it was written with."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number


def same_time(ours, theirs):
    """ISO 8601 says it all, but that INT96 does not know that it is UTC."""
    if isinstance(theirs, datetime.datetime):
        read = datetime.datetime.fromisoformat(ours)
        return read == theirs or read.tzinfo is None and read == theirs.replace(tzinfo=None)
    return type(theirs).fromisoformat(ours) == theirs


def same(ours, theirs):
    if isinstance(theirs, (datetime.date, datetime.time)):
        return isinstance(ours, str) and same_time(ours, theirs)
    if isinstance(theirs, decimal.Decimal):
        return not isinstance(ours, str) and (
            getattr(ours, "text", str(ours)) == format(theirs, "f"))
    if isinstance(theirs, numpy.float16):
        theirs = float(theirs)
    if isinstance(theirs, dict):
        return isinstance(ours, dict) and list(ours) == list(theirs) and all(
            same(ours[key], theirs[key]) for key in theirs)
    if isinstance(theirs, list):
        return isinstance(ours, list) and len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(theirs, float):
        return isinstance(ours, float) and (
            math.isnan(ours) and math.isnan(theirs)
            or struct.pack("d", ours) == struct.pack("d", theirs))
    return type(ours) is type(theirs) and ours == theirs


def check(folder):
    paths = sorted(glob.glob(os.path.join(folder, "*.parquet")))
    for path in paths:
        name = os.path.basename(path)
        with open(path[:-len("parquet")] + "jsonl", encoding="utf-8") as lines:
            text = lines.read()
        try:
            ours = [json.loads(line, parse_float=Number) for line in text.split("\n")[:-1]]
        except ValueError as error:
            print(f"{name}: {error}: {text[:200]}")
            continue
        theirs = pq.ParquetFile(path, coerce_int96_timestamp_unit="us").read().to_pylist()
        if len(ours) != len(theirs):
            print(f"{name}: {len(ours)} rows, not {len(theirs)}")
            continue
        for place, pair in enumerate(zip(ours, theirs)):
            if not same(*pair):
                print(f"{name} row {place}: {str(pair[0])[:300]} is not {str(pair[1])[:300]}")
                break
    print(f"{len(paths)} files")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["make", "check"])
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.what == "check":
        return check(options.folder)
    for number in range(options.count):
        rng = random.Random(f"{options.seed} {number}")
        with_pyarrow(rng, os.path.join(options.folder, f"pyarrow-{number}.parquet"))
    with_others(random.Random(options.seed), options.folder)


if __name__ == "__main__":
    main()
