"""The examples of docs/python.md."""
from __future__ import annotations

import doctest
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs" / "python.md"


def test_the_examples_of_the_reference(rows: list[dict[str, Any]]) -> None:
    failed, tried = doctest.testfile(
        str(DOCS), module_relative=False, globs={"rows": rows},
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert tried > 10 and failed == 0
