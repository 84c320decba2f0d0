#!/usr/bin/env python3
"""Compares `dpo-prep validate` with the real loader on made datasets; see Tests/oracle/loader_cases.py.

usage: validate_against_loader.py PROGRAM [--matrix]
"""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests" / "oracle"))

import loader_cases  # noqa: E402

if len(sys.argv) < 2:
    sys.exit(__doc__)
with tempfile.TemporaryDirectory() as folder:
    program = str(pathlib.Path(sys.argv[1]).absolute())
    sys.exit(loader_cases.main([program, folder + "/sets", *sys.argv[2:]]))
