"""Loads what a run wrote."""
from __future__ import annotations

import glob
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    from datasets import DatasetDict

#: Larger datasets are mapped from the disk, through the cache of `datasets`.
_IN_MEMORY_BYTES = 1 << 30


def load(folder: str, name: Optional[str] = None) -> DatasetDict:
    """The splits of one config of a folder, by default of the first.

    Parquet of ordinary size is read into memory: `load_dataset` would copy it to its cache first,
    which takes longer than a run. Anything else is left to `load_dataset`.
    """
    with _plain(folder) as place:
        return _load(place, name)


@contextmanager
def _plain(folder: str) -> Iterator[str]:
    """The folder under a name that `datasets` does not take for a pattern."""
    if glob.escape(folder) == folder:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="dpo-prep-") as place:
        for above, _, names in os.walk(folder):
            below = os.path.join(place, os.path.relpath(above, folder))
            os.makedirs(below, exist_ok=True)
            for name in names:
                os.symlink(os.path.abspath(os.path.join(above, name)), os.path.join(below, name))
        yield place


def _load(folder: str, name: Optional[str]) -> DatasetDict:
    import datasets

    builder = datasets.load_dataset_builder(folder, name)
    files: dict[str, list[str]] = {
        str(split): [str(path) for path in paths]
        for split, paths in (builder.config.data_files or {}).items()}
    every = [path for paths in files.values() for path in paths]
    features = builder.info.features
    if (not every or features is None or any(not path.endswith(".parquet") for path in every)
            or sum(os.path.getsize(path) for path in every) > _IN_MEMORY_BYTES):
        # A cache of its own for what the files hold: some versions go by their names alone.
        cache = os.path.join(
            datasets.config.HF_DATASETS_CACHE, "dpo-prep", _fingerprint(_digests(folder).values()))
        loaded = datasets.load_dataset(folder, name, cache_dir=cache)
        assert isinstance(loaded, datasets.DatasetDict)
        return loaded
    digests = _digests(folder)
    return datasets.DatasetDict({
        split: _split(paths, split, features, digests) for split, paths in files.items()})


def _split(paths: list[str], split: str, features: Any, digests: dict[str, str]) -> Any:
    import datasets
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.concat_tables([pq.read_table(path) for path in paths])
    if table.schema != features.arrow_schema:
        table = table.cast(features.arrow_schema)
    # What caches of `map` go by: the bytes of the files, which are the same for the same run.
    names = [digests.get(os.path.realpath(path), path) for path in paths]
    return datasets.Dataset(
        table, info=datasets.DatasetInfo(features=features), split=datasets.NamedSplit(split),
        fingerprint=_fingerprint(names))


def _fingerprint(digests: Iterable[str]) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]


def _digests(folder: str) -> dict[str, str]:
    """The SHA-256 of each data file, from the manifest."""
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        outputs = json.load(file)["outputs"]
    return {
        os.path.realpath(os.path.join(folder, output["path"])): output["sha256"]
        for output in outputs}
