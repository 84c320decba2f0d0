"""The examples of docs/python.md, and the notebook docs/tutorial.ipynb."""
from __future__ import annotations

import ast
import doctest
import json
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def test_the_examples_of_the_reference(rows: list[dict[str, Any]]) -> None:
    failed, tried = doctest.testfile(
        str(DOCS / "python.md"), module_relative=False, globs={"rows": rows}, optionflags=FLAGS)
    assert tried > 10 and failed == 0


def test_the_notebook(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    """Its cells run one after the other and show what is stored; scripts/docs.sh runs them too."""
    monkeypatch.chdir(DOCS)
    notebook = json.loads((DOCS / "tutorial.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    shown = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        statements = ast.parse("".join(cell["source"])).body
        last = statements.pop() if isinstance(statements[-1], ast.Expr) else None
        exec(compile(ast.Module(statements, []), "tutorial", "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "tutorial", "eval"), names)
            if value is not None:
                print(repr(value))
        printed = capsys.readouterr().out
        for output in cell["outputs"]:
            text = "".join(output.get("text") or output["data"]["text/plain"]) + "\n"
            assert doctest.OutputChecker().check_output(text, printed, FLAGS), text
            shown += 1
    assert shown > 5
