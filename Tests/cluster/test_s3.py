"""Inputs from S3 and a dataset to it, with a server of moto on this machine."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import s3fs
import staging
from conftest import INPUTS, Place, files
from moto.server import ThreadedMotoServer


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[s3fs.S3FileSystem]:
    """A bucket, found by fsspec's configuration as on a cluster."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    settings: dict[str, Any] = {
        "key": "a", "secret": "b", "endpoint_url": f"http://{host}:{port}",
        "client_kwargs": {"region_name": "us-east-1"},
    }
    configuration = tmp_path / "fsspec"
    configuration.mkdir()
    (configuration / "s3.json").write_text(json.dumps({"s3": settings}))
    monkeypatch.setenv("FSSPEC_CONFIG_DIR", str(configuration))
    monkeypatch.setitem(__import__("fsspec").config.conf, "s3", settings)
    s3fs.S3FileSystem.clear_instance_cache()
    fs = s3fs.S3FileSystem()
    fs.call_s3("create_bucket", Bucket="bucket")
    yield fs
    server.stop()


def test_staging(store: s3fs.S3FileSystem) -> None:
    store.pipe("bucket/a", b"0" * 6_000_000)
    with staging.staged("s3://bucket/a") as copy:
        assert Path(copy).read_bytes() == b"0" * 6_000_000


def test_another_etag(store: s3fs.S3FileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the same size that takes its place on the way."""
    store.pipe("bucket/a", b"old")
    get = s3fs.S3FileSystem._get_file

    async def replaced(self: Any, path: str, copy: str, **rest: Any) -> None:
        await get(self, path, copy, **rest)
        await self._pipe_file(path, b"new")

    monkeypatch.setattr(s3fs.S3FileSystem, "_get_file", replaced)
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(OSError, match="changed while"):
        with staging.staged("s3://bucket/a"):
            pass


def test_a_job(place: Place, inputs: Path, store: s3fs.S3FileSystem) -> None:
    """Everything from the store to the store, by way of datatrove."""
    for number in range(INPUTS):
        store.put_file(str(inputs / f"{number}.jsonl"), f"bucket/in/{number}.jsonl")
    paths = ", ".join(f'"s3://bucket/in/{number}.jsonl"' for number in range(INPUTS))
    scratch = place.folder / "scratch"
    scratch.mkdir()
    made = place.driver(
        "datatrove_job.py", f"input.paths=[{paths}]", "--workers", "2", "--scratch", str(scratch),
        "--publish", "s3://bucket/dataset")
    assert made.returncode == 0, made.stderr
    assert not list(scratch.iterdir())
    fetched = place.folder / "fetched"
    store.get("bucket/dataset/", str(fetched) + "/", recursive=True)
    assert place.expected is not None
    published, expected = files(fetched), files(place.expected)
    assert published == files(place.out)
    data = [name for name in expected if "/" in name]
    assert data
    assert {name: published[name] for name in data} == {name: expected[name] for name in data}
