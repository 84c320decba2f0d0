"""The commands that read datasets."""
import os

from bench import FORMATS
from case import Case, Comparison, at_most

SETTINGS = {"old": "calibration.frac=0.3", "new": "calibration.frac=0.6"}


def audit(bench):
    """audit, validate and diff of datasets made from it"""
    source = bench.corpora.file("nested")
    wanted = {"audit": at_most(0.7), "validate": at_most(0.7), "diff": at_most(1.3)}
    floor = bench.floor([source])
    entries = []
    comparisons = []
    for output, form in FORMATS.items():
        folders = {age: f"{age}-{form}" for age in SETTINGS}
        for age, folder in folders.items():
            bench.prepare(folder, bench.inputs([source]), f"output.format={form}", SETTINGS[age])
        for name in wanted:
            operands = list(folders.values()) if name == "diff" else [folders["old"]]
            # Differences are what is looked for, and end with 1.
            entries.append(bench.command(
                f"{name}, {output}", name, "--quiet", *operands, accepts=(0, 1)))
    bench.measure(entries + [floor], [source])
    for entry in entries:
        bound = wanted[entry.name.split(",")[0]]
        comparisons.append(Comparison.wall(f"{entry.name} / zstd -dc", entry, floor, bound))
    return Case(
        "Reading datasets",
        f"Datasets made from `{os.path.basename(source)}`, with {' and '.join(SETTINGS.values())}; "
        "`diff` reads both. The floor decompresses the input that they were made from.",
        entries + [floor], comparisons)
