#!/usr/bin/env python3
"""Fits with statsmodels what `dpo-prep-bench --export FOLDER` has fitted, and compares.

usage: lowess_reference.py FOLDER

Prints one JSON object: seconds, and the largest difference relative to the value of statsmodels.
"""
import json
import pathlib
import sys
import time

import numpy as np
from statsmodels.nonparametric.smoothers_lowess import lowess


def main(folder):
    lengths, rewards, fitted = (
        np.fromfile(pathlib.Path(folder, name + ".f64"), dtype="<f8")
        for name in ("lengths", "rewards", "fitted"))
    start = time.perf_counter()
    reference = lowess(rewards, lengths, frac=0.3, it=3, delta=0.0, return_sorted=False)
    seconds = time.perf_counter() - start
    difference = np.max(np.abs(fitted - reference) / np.abs(reference))
    print(json.dumps({
        "candidates": len(lengths), "seconds": seconds, "relative_difference": difference}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
