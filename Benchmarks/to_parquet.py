#!/usr/bin/env python3
"""The same rows as Parquet, as pyarrow writes them unless told otherwise, compressed with zstd.

usage: to_parquet.py IN.jsonl.zst OUT.parquet
"""
import sys

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet


def main(source, target):
    options = pyarrow.json.ReadOptions(block_size=64 << 20)
    with pa.input_stream(source, compression="zstd") as stream:
        rows = pyarrow.json.read_json(stream, read_options=options)
    pyarrow.parquet.write_table(rows, target, compression="zstd")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
