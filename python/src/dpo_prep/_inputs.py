"""Rows in memory become files that the program reads: tables Arrow, dictionaries JSON Lines."""
from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    import pyarrow as pa

#: What rows in memory are called in messages; their line is the number of the row.
DATASET = "<dataset>"
_FOLDER = "dpo-prep-"
#: Files are named for their first row, counted from 0, so that names sort as rows do.
_FILE = re.compile(r"rows-(\d+)\.(?:arrow|jsonl)")
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
    data frame of pandas or of whatever speaks the Arrow PyCapsule interface (Polars, DuckDB), or
    dictionaries one after the other.
    """
    if is_paths(value):
        yield paths(value)
        return
    home = tempfile.mkdtemp(prefix=_FOLDER, dir=folder)
    try:
        yield write_files(value, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def as_path(value: Any) -> Iterator[str]:
    """One name for all rows of `value`, as `as_paths` gives names."""
    with as_paths(value) as names:
        yield names[0] if len(names) == 1 else os.path.dirname(names[0])


def first_row(path: str) -> Optional[int]:
    """The number of the first row in a file that was made of rows in memory; None for others."""
    folder, name = os.path.split(path)
    match = _FILE.fullmatch(name)
    if match is None or not os.path.basename(folder).startswith(_FOLDER):
        return None
    return int(match[1])


def place(file: str, row: int) -> tuple[str, int]:
    """A row as the caller counts it."""
    start = first_row(file)
    return (file, row) if start is None else (DATASET, row + start)


def write_files(value: Any, folder: str) -> list[str]:
    """Writes rows for the program, and gives the files in order.

    A large table is several files, each written by a thread; tables that come one after the other
    begin another file where their types change. Dictionaries become JSON Lines: whatever they hold,
    no column has to have one type.
    """
    import pyarrow as pa

    pieces = _pieces(value)
    if pieces is None:
        return [_write_dictionaries(folder, value)]
    if isinstance(pieces, pa.Table):
        threads = min(os.cpu_count() or 1, pieces.nbytes // _FILE_BYTES + 1, _THREADS)
        size = max(1, -(-pieces.num_rows // threads))
        starts = range(0, max(1, pieces.num_rows), size)
        with ThreadPoolExecutor(threads) as pool:
            files = pool.map(
                lambda start: _write(folder, start, [pieces.slice(start, size)]), starts)
            return [path for path, _ in files]
    paths, start = [], 0
    try:
        for _, tables in groupby(pieces, key=lambda piece: piece.schema):
            path, count = _write(folder, start, tables)
            paths.append(path)
            start += count
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Rows of a stream that `datasets` cannot make one table of.
        if not hasattr(value, "with_format"):
            raise
        for path in paths:
            os.remove(path)
        return [_write_dictionaries(folder, value.with_format(None))]
    if not paths:
        raise ValueError(_NO_ROWS)
    return paths


def _write(folder: str, start: int, tables: Iterable[Any]) -> tuple[str, int]:
    """Writes tables of one schema to a file; its path, and the rows that it holds."""
    import pyarrow as pa

    path, count, writer = os.path.join(folder, f"rows-{start:012}.arrow"), 0, None
    try:
        for table in tables:
            if isinstance(table, pa.RecordBatch):
                table = pa.Table.from_batches([table])
            if writer is None:
                # What notebooks and caches keep beside a schema is nothing to the program.
                writer = pa.ipc.new_stream(path, table.schema)
            writer.write_table(table)
            count += table.num_rows
    finally:
        if writer is not None:
            writer.close()
    return path, count


def _write_dictionaries(folder: str, rows: Iterable[Any]) -> str:
    """Writes dictionaries, a line each."""
    path, count = os.path.join(folder, f"rows-{0:012}.jsonl"), 0
    with open(path, "w", encoding="ascii") as file:
        for row in rows:
            if not isinstance(row, Mapping):
                raise TypeError(_TYPES.format(f"row {count + 1} is a {type(row).__name__}"))
            try:
                # Not ASCII is escaped, so that lone surrogates pass.
                file.write(json.dumps(row, default=_plain) + "\n")
            except (TypeError, ValueError) as error:
                raise TypeError(f"row {count + 1}: {error}") from None
            count += 1
    if count == 0:
        raise ValueError(_NO_ROWS)
    return path


def _plain(value: Any) -> Any:
    """What JSON has for a value that it does not know."""
    if isinstance(value, Mapping):
        return dict(value)
    for name in ("tolist", "isoformat"):
        # Arrays and numbers of NumPy; dates and times.
        if callable(convert := getattr(value, name, None)):
            return convert()
    raise TypeError(f"a field cannot be a {type(value).__name__}")


def _pieces(value: Any) -> Any:
    """A table of anything that has rows, or an iterable of tables; None for dictionaries."""
    import pyarrow as pa

    module = type(value).__module__.split(".")[0]
    if isinstance(value, (pa.Table, pa.RecordBatchReader)):
        return value
    if isinstance(value, pa.RecordBatch):
        return pa.Table.from_batches([value])
    if module == "datasets":
        return _dataset(value)
    if module == "pandas":
        # An index that is more than the numbers of rows is a column, as after `groupby`.
        return pa.Table.from_pandas(value)
    if hasattr(value, "__arrow_c_stream__"):
        return pa.table(value)
    if isinstance(value, Iterable) and not isinstance(value, (Mapping, str, bytes)):
        return None
    raise TypeError(_TYPES.format(f"found {type(value).__name__}"))


_TYPES = (
    "rows can be paths, a datasets.Dataset, a data frame, an Arrow table or dictionaries one after "
    "the other; {}")
_NO_ROWS = "there are no rows"


def _dataset(value: Any) -> Any:
    """A dataset of `datasets`: its own table where rows stand in their order, else batches.

    None where rows are made when they are asked for, as by ``with_transform``.
    """
    import pyarrow as pa

    if isinstance(value, Mapping):
        raise TypeError(
            f"rows are those of one split, found a {type(value).__name__} of "
            f"{', '.join(map(str, value))}; take one, as in dataset[\"train\"]")
    if getattr(value, "_format_type", None) == "custom":
        return None
    indices = getattr(value, "_indices", None)
    table = getattr(getattr(value, "data", None), "table", None)
    if table is not None and indices is None:
        return table
    batches = value.with_format("arrow").iter(batch_size=_BATCH_ROWS)
    # Old versions give columns of Python values.
    return (pa.table(dict(b)) if isinstance(b, Mapping) else b for b in batches)
