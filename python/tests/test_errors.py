"""Failures are exceptions by kind, and nothing half-written stays."""
from __future__ import annotations

import logging
import os
import pickle
import stat
from pathlib import Path
from typing import Any

import pytest

import dpo_prep

Rows = list[dict[str, Any]]


def test_data(folder: Path) -> None:
    good = '{"prompt": "q", "response": "a", "reward": 1}\n'
    Path("bad.jsonl").write_text(good * 2 + '{"prompt": "q", "response": 3, "reward": 1}\n')
    with pytest.raises(dpo_prep.DataError) as caught:
        dpo_prep.run(input="bad.jsonl", output="out")
    error = caught.value
    assert isinstance(error, ValueError)
    assert (error.file, error.line, error.status) == ("bad.jsonl", 3, 65)
    assert error.column is not None and error.hint
    assert error.kind == "bad_data" and error.code == "malformed_row"
    assert str(error).startswith(f"bad.jsonl:3:{error.column}: ")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert not Path("out").exists()


def test_rows_in_memory_have_no_file_name() -> None:
    rows: Rows = [{"prompt": "q", "response": "a", "reward": 1.0}] * 4
    with pytest.raises(dpo_prep.DataError) as caught:
        dpo_prep.run(input=[*rows, {"prompt": None, "response": "a", "reward": 1.0}], output="out")
    assert (caught.value.file, caught.value.line) == ("<dataset>", 5)


def test_configuration(rows: Rows) -> None:
    with pytest.raises(dpo_prep.ConfigurationError) as caught:
        dpo_prep.run(input=rows, output="out", calibration={"frac": 7, "metod": "lwr"})
    assert len(caught.value.diagnostics) == 2
    assert caught.value.file is None
    assert "did you mean" in str(caught.value)
    Path("bad.yaml").write_text("input:\n  pahts: [a]\n")
    with pytest.raises(dpo_prep.ConfigurationError) as caught:
        dpo_prep.run("bad.yaml")
    assert (caught.value.file, caught.value.line) == ("bad.yaml", 2)


def test_missing(rows: Rows) -> None:
    with pytest.raises(dpo_prep.InputNotFoundError) as caught:
        dpo_prep.run(input="none.jsonl", output="out")
    assert isinstance(caught.value, FileNotFoundError) and caught.value.file == "none.jsonl"
    with pytest.raises(FileNotFoundError):
        dpo_prep.run("none.yaml")


def test_output(rows: Rows) -> None:
    first = dpo_prep.run(input=rows, output="out")
    with pytest.raises(dpo_prep.OutputExistsError) as caught:
        dpo_prep.run(input=rows, output="out")
    assert isinstance(caught.value, FileExistsError)
    second = dpo_prep.run(input=rows[:30], output="out", overwrite=True)
    assert (first.summary.pairs, second.summary.pairs) == (60, 30)


def test_usage(made: Path) -> None:
    with pytest.raises(dpo_prep.UsageError) as caught:
        dpo_prep.audit(made, fail_if="longer_chsen > 0.6")
    assert "did you mean" in (caught.value.hint or "")
    with pytest.raises(dpo_prep.UsageError, match="--tokenizer"):
        dpo_prep.audit(made, max_length=512)
    with pytest.raises(dpo_prep.DpoPrepError, match="no such file|No such file"):
        dpo_prep.audit(made, tokenizer=Path("none.json"), max_length=512)


def test_warnings_are_logged(rows: Rows, caplog: pytest.LogCaptureFixture) -> None:
    Path("in.jsonl").write_text('{"prompt": 1\n' + "".join(
        f'{{"prompt": "q", "response": "{"a" * i}", "reward": {i}}}\n' for i in range(1, 9)))
    with caplog.at_level(logging.INFO, "dpo_prep"):
        result = dpo_prep.run(
            {"input": {"paths": ["in.jsonl"], "on_error": "skip"}}, output="out",
            calibration={"method": "none"})
    assert "not_json" in [told.code for told in result.summary.warnings]
    levels = {record.levelno for record in caplog.records}
    assert levels == {logging.INFO, logging.WARNING}


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_program_that_crashes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DPO_PREP_PROGRAM", program(folder / "crash", "echo oh no >&2; kill -9 $$"))
    with pytest.raises(dpo_prep.ProgramError, match="oh no") as caught:
        dpo_prep.inspect("a.jsonl")
    assert caught.value.status == -9


def test_where_the_program_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dpo_prep._program import find_program

    monkeypatch.setenv("DPO_PREP_PROGRAM", str(folder / "nothing"))
    with pytest.raises(dpo_prep.ProgramNotFoundError, match="names no program"):
        find_program()
    monkeypatch.delenv("DPO_PREP_PROGRAM")
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    # A script of that name is the one of this package.
    program(folder / "a" / "dpo-prep", "exit 3")
    (folder / "b" / "dpo-prep").symlink_to("/bin/true")
    monkeypatch.setenv("PATH", f"{folder}/a{os.pathsep}{folder}/b")
    monkeypatch.setattr("dpo_prep._program.__file__", str(folder / "package" / "_program.py"))
    assert find_program() == str(folder / "b" / "dpo-prep")
    monkeypatch.setenv("PATH", f"{folder}/a")
    with pytest.raises(dpo_prep.ProgramNotFoundError):
        find_program()
    (folder / "package" / "bin").mkdir(parents=True)
    own = program(folder / "package" / "bin" / "dpo-prep", "exit 0")
    assert find_program() == own
