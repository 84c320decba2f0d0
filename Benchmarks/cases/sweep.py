"""Several settings on one reading of the input."""
from case import Case, Comparison, at_most

FRACS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55]
TITLE = "A sweep over ten settings"


def sweep(bench):
    """Ten settings by dpo-prep sweep, against one run"""
    if not bench.has_command("sweep"):
        return Case(TITLE, "Skipped: this dpo-prep has no command `sweep`.")
    source = bench.corpora.file("nested")
    words = ["sweep", "--quiet", "prep.yaml", bench.inputs([source]), f"calibration.frac={FRACS}"]
    one = bench.ours("one run", [source], "Parquet")
    figures = bench.command("sweep --no-data", *words, "--no-data")
    datasets = bench.command("sweep", *words, "-o", "swept-{n}", output="swept-*")
    bench.measure([one, figures, datasets], [source])
    return Case(
        TITLE, bench.about(source) + " Datasets are written as Parquet.", [one, figures, datasets],
        [Comparison.wall(f"{entry.name} / one run", entry, one, at_most(3))
         for entry in (figures, datasets)])
