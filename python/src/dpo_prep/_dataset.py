"""Loads what a run wrote."""
from __future__ import annotations

import hashlib
import json
import os
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
    import datasets

    builder = datasets.load_dataset_builder(folder, name)
    files: dict[str, list[str]] = {
        str(split): [str(path) for path in paths]
        for split, paths in (builder.config.data_files or {}).items()}
    every = [path for paths in files.values() for path in paths]
    features = builder.info.features
    if (not every or features is None or any(not path.endswith(".parquet") for path in every)
            or sum(os.path.getsize(path) for path in every) > _IN_MEMORY_BYTES):
        loaded = datasets.load_dataset(folder, name)
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
    names = "".join(digests.get(os.path.realpath(path), path) for path in paths)
    return datasets.Dataset(
        table, info=datasets.DatasetInfo(features=features), split=datasets.NamedSplit(split),
        fingerprint=hashlib.sha256(names.encode()).hexdigest()[:16])


def _digests(folder: str) -> dict[str, str]:
    """The SHA-256 of each data file, from the manifest."""
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        outputs = json.load(file)["outputs"]
    return {
        os.path.realpath(os.path.join(folder, output["path"])): output["sha256"]
        for output in outputs}
