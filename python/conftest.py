"""What tests and examples share: rows, a dataset made of them, and a folder of their own."""
from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dpo_prep

Rows = list[dict[str, Any]]

# What `swift build` made of this checkout, unless another is named.
_BUILT = Path(__file__).parents[1] / ".build" / "debug" / "dpo-prep"
if _BUILT.exists():
    os.environ.setdefault("DPO_PREP_PROGRAM", str(_BUILT))


def made_rows(prompts: int, seed: int = 1) -> Rows:
    """Scored generations whose rewards like length."""
    draw = random.Random(seed)
    rows = []
    for number in range(prompts):
        lengths = [draw.randint(1, 90) for _ in range(4)]
        rows.append({
            "prompt": f"question {number}: «naïve» 東京?",
            "all_generated_responses": [
                f"{place}: " + "word " * length for place, length in enumerate(lengths)],
            "all_rm_scores": [length / 90 + draw.gauss(0, 0.5) for length in lengths],
            "source": draw.choice(["a", "b"]),
        })
    return rows


@pytest.fixture(scope="session")
def rows() -> Rows:
    return made_rows(60)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, rows: Rows) -> Path:
    """A dataset of the rows, which is not to be changed."""
    folder = tmp_path_factory.mktemp("made") / "out"
    dpo_prep.run(input=rows, output=folder, profiles=["trl"])
    return folder


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of `datasets` that goes with the tests, and no way to a network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(autouse=True)
def folder(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The working folder; examples find a dataset `out` in it."""
    monkeypatch.chdir(tmp_path)
    if isinstance(request.node, pytest.DoctestItem):
        made = request.getfixturevalue("made")
        shutil.copytree(made, tmp_path / "out")
        request.node.dtest.globs.update(
            dpo_prep=dpo_prep, rows=request.getfixturevalue("rows"), result=made)
    return tmp_path
