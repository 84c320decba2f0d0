"""Staging and publishing, with the file systems of fsspec that need no service."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
import staging
from conftest import INPUTS, PROGRAM, Place, files
from fsspec.implementations.memory import MemoryFileSystem
from steps import STEPS, Job


@pytest.fixture(autouse=True)
def store() -> Iterator[MemoryFileSystem]:
    """An empty store in memory."""
    made = fsspec.filesystem("memory")
    made.store.clear()
    yield made
    made.store.clear()


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Three files and a manifest."""
    made = tmp_path / "out"
    (made / "data").mkdir(parents=True)
    for name in ("data/a", "data/b", "README.md", "manifest.json"):
        (made / name).write_text(name)
    return made


def test_a_copy_lasts_as_long_as_its_context(store: MemoryFileSystem, tmp_path: Path) -> None:
    store.pipe("/bucket/gens.jsonl.zst", b"\x28\xb5\x2f\xfd as it stands")
    with staging.staged("memory://bucket/gens.jsonl.zst", str(tmp_path)) as copy:
        assert os.path.basename(copy) == "gens.jsonl.zst"
        assert Path(copy).read_bytes() == b"\x28\xb5\x2f\xfd as it stands"
    assert not list(tmp_path.iterdir())


def test_paths_are_not_remote() -> None:
    assert staging.is_remote("s3://bucket/a") and staging.is_remote("hf://datasets/o/n/a")
    assert not staging.is_remote("/data/a:b") and not staging.is_remote("in/a.jsonl")


def test_a_cut_copy(
    store: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.pipe("/bucket/a", b"0123456789")

    def cut(self: Any, path: str, copy: str, **_: Any) -> None:
        Path(copy).write_bytes(b"01234")

    monkeypatch.setattr(MemoryFileSystem, "get_file", cut)
    with pytest.raises(OSError, match="10 bytes, 5 arrived"):
        with staging.staged("memory://bucket/a", str(tmp_path)):
            pass
    assert not list(tmp_path.iterdir())


def test_an_original_that_changes_on_the_way(
    store: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.pipe("/bucket/a", b"old")
    get = MemoryFileSystem.get_file

    def replaced(self: Any, path: str, copy: str, **rest: Any) -> None:
        get(self, path, copy, **rest)
        self.pipe(path, b"new")

    monkeypatch.setattr(MemoryFileSystem, "get_file", replaced)
    with pytest.raises(OSError, match="changed while"):
        with staging.staged("memory://bucket/a", str(tmp_path)):
            pass


def test_a_missing_original() -> None:
    with pytest.raises(FileNotFoundError):
        with staging.staged("memory://bucket/a"):
            pass


@pytest.mark.parametrize("scheme", ["memory", "file"])
def test_the_manifest_comes_last(
    dataset: Path, tmp_path: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"{scheme}://{tmp_path}/published"
    fs, root = fsspec.url_to_fs(url)
    put, order = type(fs).put_file, []

    def recorded(self: Any, path: str, target: str, **rest: Any) -> None:
        order.append(os.path.relpath(path, dataset))
        put(self, path, target, **rest)

    monkeypatch.setattr(type(fs), "put_file", recorded)
    staging.publish(str(dataset), url)
    assert order == ["README.md", "data/a", "data/b", "manifest.json"]
    assert {fs.cat_file(f"{root}/{name}").decode() for name in order} == set(order)
    # What is there already is not sent again.
    staging.publish(str(dataset), url)
    assert len(order) == 4


def test_an_interrupted_upload_goes_on(
    dataset: Path, store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = MemoryFileSystem.put_file

    def interrupted(self: Any, path: str, target: str, **rest: Any) -> None:
        if path.endswith("b"):
            raise ConnectionError
        put(self, path, target, **rest)

    with monkeypatch.context() as patch:
        patch.setattr(MemoryFileSystem, "put_file", interrupted)
        with pytest.raises(ConnectionError):
            staging.publish(str(dataset), "memory://bucket/d")
    assert not store.exists("/bucket/d/manifest.json") and store.exists("/bucket/d/data/a")
    staging.publish(str(dataset), "memory://bucket/d")
    assert store.cat_file("/bucket/d/manifest.json") == b"manifest.json"


def test_an_upload_that_arrives_cut(
    dataset: Path, store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(self: Any, path: str, target: str, **_: Any) -> None:
        self.pipe(target, b"x")

    monkeypatch.setattr(MemoryFileSystem, "put_file", cut)
    with pytest.raises(OSError, match="has 1 bytes"):
        staging.publish(str(dataset), "memory://bucket/d")
    assert not store.exists("/bucket/d/manifest.json")


def test_other_datasets_are_left_alone(dataset: Path, store: MemoryFileSystem) -> None:
    store.pipe("/bucket/d/manifest.json", b"another")
    with pytest.raises(FileExistsError, match="another dataset"):
        staging.publish(str(dataset), "memory://bucket/d")
    assert store.find("/bucket/d") == ["/bucket/d/manifest.json"]
    store.pipe("/bucket/e/data/c", b"left by another upload")
    with pytest.raises(FileExistsError, match="data/c"):
        staging.publish(str(dataset), "memory://bucket/e")


def test_a_job_of_remote_inputs(
    place: Place, inputs: Path, store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same pairs from inputs that are staged one by one, and the dataset in a store."""
    def in_memory(url: str) -> Any:
        return fsspec.url_to_fs(url.replace("s3://", "memory://"))

    monkeypatch.setattr(staging, "url_to_fs", in_memory)
    for number in range(INPUTS):
        store.pipe(f"/bucket/in/{number}.jsonl", (inputs / f"{number}.jsonl").read_bytes())
    monkeypatch.chdir(place.folder)
    scratch = place.folder / "scratch"
    scratch.mkdir()
    job = Job(str(place.job), PROGRAM, str(scratch))
    paths = ", ".join(f'"s3://bucket/in/{number}.jsonl"' for number in range(INPUTS))
    job.init("c.yaml", [f"input.paths=[{paths}]"])
    for step in STEPS:
        for index in job.pending(step):
            job.run(step, index)
    assert not list(scratch.iterdir())
    monkeypatch.chdir("/")
    job.publish("s3://bucket/dataset")
    assert place.expected is not None
    made, expected = files(place.out), files(place.expected)
    data = [name for name in expected if "/" in name]
    assert data
    assert {name: made[name] for name in data} == {name: expected[name] for name in data}
    assert store.exists("/bucket/dataset/manifest.json")
