"""Tables in memory become Arrow streams in files that the program reads."""
from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    import pyarrow as pa

#: What rows in memory are called in messages; their line is the number of the row.
DATASET = "<dataset>"
_FOLDER = "dpo-prep-"
#: Files are named for their first row, counted from 0.
_FILE = re.compile(r"rows-(\d+)\.arrow")
#: Rows at a time of what has no table behind it.
_BATCH_ROWS = 1000
#: A table of so many bytes is worth a file and a thread of its own.
_FILE_BYTES = 64 << 20
#: More threads than these wait for the disk.
_THREADS = 4


def is_paths(value: object) -> bool:
    """Whether this names files instead of holding rows."""
    if isinstance(value, (str, os.PathLike)):
        return True
    return (
        isinstance(value, Sequence) and len(value) > 0
        and all(isinstance(part, (str, os.PathLike)) for part in value))


def paths(value: Any) -> list[str]:
    """The names of files, as many as there are."""
    if isinstance(value, (str, os.PathLike)):
        return [os.fspath(value)]
    return [os.fspath(part) for part in value]


@contextmanager
def as_paths(value: Any, folder: Optional[str] = None) -> Iterator[list[str]]:
    """Names of files with the rows of `value`, which are there as long as the context.

    `value` is paths, an Arrow table or stream, a ``datasets.Dataset`` or ``IterableDataset``, a
    data frame of pandas or of whatever speaks the Arrow PyCapsule interface (Polars, DuckDB), or a
    list of dictionaries.
    """
    if is_paths(value):
        yield paths(value)
        return
    place = tempfile.mkdtemp(prefix=_FOLDER, dir=folder)
    try:
        yield write_arrow(value, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def first_row(path: str) -> Optional[int]:
    """The number of the first row in a file that was made of rows in memory; None for others."""
    folder, name = os.path.split(path)
    match = _FILE.fullmatch(name)
    if match is None or not os.path.basename(folder).startswith(_FOLDER):
        return None
    return int(match[1])


def write_arrow(value: Any, folder: str) -> list[str]:
    """Writes rows for the program, and gives the files in order.

    Streams hold the table as it is in memory, which is faster for both than Parquet; a large table is
    several files, each written by a thread.
    """
    import pyarrow as pa

    schema, pieces = _tables(value)
    if isinstance(pieces, pa.Table):
        threads = min(os.cpu_count() or 1, pieces.nbytes // _FILE_BYTES + 1, _THREADS)
        size = max(1, -(-pieces.num_rows // threads))
        parts = [
            (_path(folder, start), [pieces.slice(start, size)])
            for start in range(0, max(1, pieces.num_rows), size)]
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda part: _write(part[0], schema, part[1]), parts))
        return [path for path, _ in parts]
    path = _path(folder, 0)
    _write(path, schema, pieces)
    return [path]


def _path(folder: str, start: int) -> str:
    return os.path.join(folder, f"rows-{start}.arrow")


def _write(path: str, schema: pa.Schema, tables: Iterable[Any]) -> None:
    import pyarrow as pa

    with pa.OSFile(path, "wb") as sink, pa.ipc.new_stream(sink, schema) as writer:
        for table in tables:
            writer.write(table)


def _tables(value: Any) -> tuple[pa.Schema, Any]:
    """The columns of anything that has rows, and a table of it or an iterable of tables."""
    import pyarrow as pa

    module = type(value).__module__.split(".")[0]
    if isinstance(value, pa.Table):
        return value.schema, value
    if isinstance(value, pa.RecordBatch):
        return value.schema, pa.Table.from_batches([value])
    if isinstance(value, pa.RecordBatchReader):
        return value.schema, value
    if module == "datasets":
        return _dataset(value)
    if module == "pandas":
        table = pa.Table.from_pandas(value, preserve_index=False)
        return table.schema, table
    if hasattr(value, "__arrow_c_stream__"):
        reader = pa.RecordBatchReader.from_stream(value)
        return reader.schema, reader
    if isinstance(value, Sequence) and value and all(isinstance(row, Mapping) for row in value):
        table = pa.Table.from_pylist(list(value))
        return table.schema, table
    raise TypeError(
        "rows can be paths, a datasets.Dataset, a data frame, an Arrow table or a list of dicts, "
        f"found {type(value).__name__}")


def _dataset(value: Any) -> tuple[pa.Schema, Any]:
    """A dataset of `datasets`: its own table where rows stand in their order, else batches."""
    if isinstance(value, Mapping):
        raise TypeError(
            f"rows are those of one split, found a {type(value).__name__} of "
            f"{', '.join(map(str, value))}; take one, as in dataset[\"train\"]")
    indices = getattr(value, "_indices", None)
    table = getattr(getattr(value, "data", None), "table", None)
    if table is not None and indices is None:
        return table.schema, table
    batches = iter(value.with_format("arrow").iter(batch_size=_BATCH_ROWS))
    first = next(batches, None)
    if first is None:
        raise ValueError("the dataset has no rows")
    return first.schema, chain([first], batches)
