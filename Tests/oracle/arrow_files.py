#!/usr/bin/env python3
"""Writes the same tables as Parquet and as Arrow files and streams, for a reader that makes rows of both.

    arrow_files.py FOLDER [--count 20] [--seed 1]

NAME.parquet stands beside NAME.FORM.arrow, one for each way that pyarrow writes them: streams and
files, compressed or not, in batches of several sizes, with dictionaries that grow, and with metadata of
the version before. Tables are random nested ones, one of all types, and one of few rows and short
texts, `small`, to be damaged byte by byte. With Polars, where it is installed, a table of views.
"""
import argparse
import datetime
import decimal
import os
import random

import numpy
import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

import parquet_files

WORDS = ["", "a", "twelve bytes", "thirteen byte", "naïve 日本語 😀", "quote \" and \\", "x" * 300]


def all_types(rng, count):
    def some(make):
        return [None if rng.random() < 0.2 else make() for _ in range(count)]

    def integer(bits, low=None):
        low, high = (-2 ** (bits - 1) if low is None else low), 2 ** (bits - 1) - 1
        return rng.choice([low, 0, 1, high, rng.randint(low, high)])

    def number():
        return rng.choice([0.0, -0.0, 1.5, -2.25, 1e30, float("nan"), float("-inf"), rng.random()])

    def text():
        return rng.choice(WORDS)

    columns = {}
    for bits in (8, 16, 32, 64):
        columns[f"int{bits}"] = pa.array(
            some(lambda: integer(bits)), getattr(pa, f"int{bits}")())
        columns[f"uint{bits}"] = pa.array(
            some(lambda: integer(bits + 1, 0)), getattr(pa, f"uint{bits}")())
    halves = [rng.choice([0, 1.5, -2.25, 65504, 6e-8]) for _ in range(count)]
    columns["half"] = pa.array(numpy.array(halves, dtype=numpy.float16))
    columns["float"] = pa.array(some(number), pa.float32())
    columns["double"] = pa.array(some(number), pa.float64())
    columns["bool"] = pa.array(some(lambda: rng.random() < 0.5), pa.bool_())
    columns["null"] = pa.nulls(count)
    for name in ("string", "large_string", "string_view"):
        columns[name] = pa.array(some(text), getattr(pa, name)())
    for name in ("binary", "large_binary", "binary_view"):
        columns[name] = pa.array(
            some(lambda: rng.choice([b"text", b"\xff\x00", b"", b"longer than a view"])),
            getattr(pa, name)())
    columns["fixed"] = pa.array(some(lambda: b"abcd"), pa.binary(4))
    for name, bits, kind in [
        ("decimal32", 25, pa.decimal32(9, 1)), ("decimal64", 50, pa.decimal64(18, 3)),
        ("decimal128", 64, pa.decimal128(38, 20)), ("decimal256", 64, pa.decimal256(70, 40)),
    ]:
        columns[name] = pa.array(
            some(lambda: decimal.Decimal(integer(bits)).scaleb(-kind.scale)), kind)
    columns["date32"] = pa.array(some(lambda: integer(21)), pa.int32()).cast(pa.date32())
    columns["date64"] = pa.array(
        some(lambda: datetime.date(1890 + rng.randrange(300), 2, 28)), pa.date64())
    for name, day in [("s", 1), ("ms", 1000), ("us", 10**6), ("ns", 10**9)]:
        kind = pa.time32(name) if day <= 1000 else pa.time64(name)
        columns[f"time_{name}"] = pa.array(some(lambda: rng.randrange(86400 * day)), kind)
        columns[f"when_{name}"] = pa.array(some(lambda: integer(33)), pa.timestamp(name))
        columns[f"there_{name}"] = pa.array(
            some(lambda: integer(33)), pa.timestamp(name, "Europe/Berlin"))
    columns["duration"] = pa.array(some(lambda: integer(30)), pa.duration("s"))
    columns["map"] = pa.array(some(lambda: [(text(), 1)]), pa.map_(pa.string(), pa.int64()))
    columns["dictionary"] = pa.array(some(text)).dictionary_encode()
    columns["small_dictionary"] = pa.array(some(lambda: rng.choice(["a", "b"]))).cast(
        pa.dictionary(pa.int8(), pa.string()))
    texts = lambda: [None if rng.random() < 0.2 else text() for _ in range(rng.randrange(4))]
    columns["list"] = pa.array(some(texts), pa.list_(pa.string()))
    columns["large_list"] = pa.array(some(texts), pa.large_list(pa.large_string()))
    columns["fixed_list"] = pa.array(some(lambda: [1, None, integer(9)]), pa.list_(pa.int16(), 3))
    columns["struct"] = pa.array(
        some(lambda: {
            "a": text(), "m": None,
            "b": None if rng.random() < 0.2 else [
                None if rng.random() < 0.2 else {"c": integer(8), "d": text()}
                for _ in range(rng.randrange(3))]}),
        pa.struct([
            ("a", pa.string()), ("m", pa.map_(pa.string(), pa.int8())),
            ("b", pa.list_(pa.struct([("c", pa.int8()), ("d", pa.large_string())])))]))
    columns["list_of_dictionary"] = pa.ListArray.from_arrays(
        pa.array([min(2 * row, count) for row in range(count + 1)], pa.int32()),
        pa.array(some(text)).dictionary_encode())
    columns["image"] = pa.array(
        some(lambda: {"bytes": b"\x89PNG\xff", "path": text()}),
        pa.struct([("bytes", pa.binary()), ("path", pa.string())]))
    return pa.table(columns)


def small():
    words = pa.array(["a", "bc", None, "a word of more bytes"])
    return pa.table({
        "prompt": words, "view": words.cast(pa.string_view()), "word": words.dictionary_encode(),
        "rewards": pa.array([[1.5, None], [], None, [2.0]]), "flag": pa.array([True, None, False, True]),
        "turns": pa.array([[{"role": "user"}], None, [None], []]),
    })


def write(table, path, rows, new, **options):
    with pa.OSFile(path, "wb") as sink:
        settings = ipc.IpcWriteOptions(**options)
        with new(sink, table.schema, options=settings) as writer:
            for start in range(0, table.num_rows, rows):
                # Dictionaries of a slice are those of the table, which files cannot change.
                writer.write_batch(table.slice(start, rows).to_batches()[0])


def write_all(rng, table, name):
    table = table.combine_chunks()
    # The schema of Arrow in a Parquet file is not for its readers.
    pq.write_table(table, f"{name}.parquet", store_schema=False)
    rows = rng.choice([1, 3, 64, 1000])
    write(table, f"{name}.stream.arrow", rows, ipc.new_stream)
    write(table, f"{name}.file.arrow", rows, ipc.new_file)
    write(table, f"{name}.lz4.arrow", rows, ipc.new_file, compression="lz4")
    write(table, f"{name}.zstd.arrow", rows, ipc.new_stream, compression="zstd")
    write(table, f"{name}.v4.arrow", rows, ipc.new_stream, metadata_version=ipc.MetadataVersion.V4)
    # Dictionaries that grow, or are others, from batch to batch.
    with pa.OSFile(f"{name}.delta.arrow", "wb") as sink:
        options = ipc.IpcWriteOptions(emit_dictionary_deltas=rng.random() < 0.5)
        with ipc.new_stream(sink, table.schema, options=options) as writer:
            for start in range(0, table.num_rows, 10):
                piece = table.slice(start, 10)
                columns = [
                    column.combine_chunks().cast(column.type.value_type).dictionary_encode().cast(
                        column.type)
                    if pa.types.is_dictionary(column.type) else column.combine_chunks()
                    for column in piece.columns]
                writer.write_batch(pa.record_batch(columns, schema=table.schema))


def with_polars(name):
    try:
        import polars
    except ImportError:
        return
    frame = polars.DataFrame({"text": WORDS * 50, "numbers": [[1, 2], [], None, [3]] * 87 + [[4], []]})
    frame.write_parquet(f"{name}.parquet")
    for compression in ("uncompressed", "lz4", "zstd"):
        frame.write_ipc(f"{name}.{compression}.arrow", compression=compression)
        frame.write_ipc_stream(f"{name}.s{compression}.arrow", compression=compression)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    for number in range(arguments.count):
        table = parquet_files.random_table(rng, rng.choice([1, 7, 300]))
        write_all(rng, table, os.path.join(arguments.folder, f"random{number}"))
    write_all(rng, all_types(rng, 100), os.path.join(arguments.folder, "types"))
    write_all(rng, small(), os.path.join(arguments.folder, "small"))
    with_polars(os.path.join(arguments.folder, "polars"))


if __name__ == "__main__":
    main()
