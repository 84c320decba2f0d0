"""How much memory runs take that are told to take little."""
from bench import FORMATS
from case import Case, Comparison, at_most

SETTING = "run.memory=256MiB"


def memory(bench):
    """The same with run.memory=256MiB"""
    source = bench.corpora.file("nested")
    bounded = bench.in_both(SETTING, [source], SETTING)
    entries = bench.in_both("default", [source]) + bounded
    bench.measure(entries, [source])
    return Case(
        f"Memory, with {SETTING}", bench.about(source), entries,
        [Comparison.peak(entry, at_most(limit)) for entry, limit in zip(bounded, [64, 114])])


def scattered(bench):
    """Candidates of a prompt far apart, with run.memory=256MiB; --large: ten times as much"""
    prefix = "large-" if bench.options.large else ""
    nested, apart = bench.corpora.pair(prefix + "nested", prefix + "scattered")
    base = bench.ours("nested, JSON Lines", [nested], "JSON Lines", SETTING)
    ours = [bench.ours(f"scattered, {output}", [apart], output, SETTING) for output in FORMATS]
    bench.measure([base] + ours, [nested, apart])
    candidates = bench.manifest(ours[-1])["ledger"]["candidates"]["read"]
    limit = at_most(320 + 32 * candidates / (1 << 20), form="{:.0f}",
                    reason="320 and 32 bytes a candidate")
    return Case(
        f"Scattered candidates, with {SETTING}",
        f"Flat rows sorted by model, {candidates:,} candidates, and the same as nested rows. "
        + bench.about(apart),
        [base] + ours,
        [Comparison.wall("scattered / nested, JSON Lines", ours[0], base, at_most(2.5))]
        + [Comparison.peak(entry, limit) for entry in ours])
