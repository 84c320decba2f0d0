"""Moves inputs from object stores to a worker's disk, and finished datasets to object stores.

Whatever fsspec has a file system for will do: `s3://` with s3fs, `gs://` with gcsfs, `hf://` with
huggingface_hub. Credentials and endpoints are those of fsspec's own settings.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

MANIFEST = "manifest.json"


def is_remote(path: str) -> bool:
    """Whether a path is a URL and so has to be staged."""
    return "://" in path


@contextmanager
def staged(url: str, scratch: str | None = None) -> Iterator[str]:
    """A local copy of an input, under its own name, for as long as the context lasts.

    The copy is as the store has it, compressed or not. One that is not of the size that the store
    tells, or whose original changed on the way, raises OSError. `scratch` is the folder for it, by
    default that of `TMPDIR`.
    """
    fs, path = url_to_fs(url)
    with tempfile.TemporaryDirectory(prefix="dpo-prep-", dir=scratch) as folder:
        copy = os.path.join(folder, os.path.basename(path))
        before = _facts(fs, path)
        fs.get_file(path, copy)
        if before["size"] != os.path.getsize(copy):
            raise OSError(f"{url} has {before['size']} bytes, {os.path.getsize(copy)} arrived")
        if before != _facts(fs, path):
            raise OSError(f"{url} changed while it was copied")
        yield copy


def publish(dataset: str, url: str) -> None:
    """Uploads a finished dataset, its manifest last: without one there is no dataset.

    Object stores have no rename. So a place that has another manifest, or files that are not of
    this dataset, raises FileExistsError; what an interrupted upload left is written again.
    """
    folder = Path(dataset)
    manifest = (folder / MANIFEST).read_bytes()
    fs, root = url_to_fs(url)
    root = root.rstrip("/")
    fs.invalidate_cache()
    if fs.exists(f"{root}/{MANIFEST}"):
        if fs.cat_file(f"{root}/{MANIFEST}") == manifest:
            return
        raise FileExistsError(f"{url} has another dataset; remove it or name another place")
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    foreign = {found[len(root) + 1 :] for found in fs.find(root)} - set(names)
    if foreign:
        raise FileExistsError(f"{url} has other files, such as {min(foreign)}; name another place")
    names.remove(MANIFEST)
    for name in [*names, MANIFEST]:
        _upload(fs, folder / name, f"{root}/{name}")


def _upload(fs: Any, path: Path, target: str) -> None:
    if isinstance(fs, LocalFileSystem):
        fs.makedirs(os.path.dirname(target), exist_ok=True)
    fs.put_file(str(path), target)
    fs.invalidate_cache()
    if fs.size(target) != path.stat().st_size:
        raise OSError(f"{target} has {fs.size(target)} bytes, {path} has {path.stat().st_size}")


def _facts(fs: Any, path: str) -> dict[str, Any]:
    """What the store tells of a file now: its size and, where it has one, its ETag."""
    fs.invalidate_cache()
    info = fs.info(path)
    tags = ("ETag", "etag", "md5Hash", "blob_id", "LastModified", "mtime", "created")
    return {key: info[key] for key in ("size", *tags) if key in info}
