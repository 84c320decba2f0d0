"""Whole runs over one corpus in the forms that it comes in."""
import os

from bench import FORMATS
from case import Case, Comparison, at_least, at_most

PROCESSOR = at_most(3.3, dear=4.0)
WALL = at_most(2.2, dear=2.7)
RESTED_RUNS = 3


def against_floor(entries, floor, wall=WALL, processor=PROCESSOR):
    """Wall and processor time of each entry, as ratios to those of the floor."""
    base = floor.name
    compared = [
        Comparison.wall(f"{entry.name} / {base}", entry, floor, wall) for entry in entries]
    if processor:
        compared += [
            Comparison.processor(f"{entry.name} / {base}, processor time", entry, floor, processor)
            for entry in entries]
    return compared


def zst(bench):
    """One .jsonl.zst file, default settings, also after a rest"""
    source = bench.corpora.file("nested")
    ours = bench.in_both("dpo-prep", [source])
    floor = bench.floor([source])
    peers = bench.peers_on(source)
    rested = []
    if bench.options.rest:
        rested = bench.in_both("rested", [source], rest=bench.options.rest)
        for entry in rested:
            entry.repetitions = min(RESTED_RUNS, entry.repetitions)
    entries = ours + rested + [floor] + peers
    bench.measure(ours + [floor] + peers + rested, [source])
    case = Case(
        "One zstd file", bench.about(source), entries, against_floor(ours + rested, floor))
    if rested:
        case.about += (
            f" Before the rested runs nothing runs for {bench.options.rest:g} s, so that the "
            "memory of earlier runs has gone back to the host of a virtual machine.")
    for peer in peers:
        case.comparisons += [
            Comparison.wall(f"{peer.name} / {entry.name}", peer, entry, at_least(15))
            for entry in ours]
        case.notes.append(f"{peer.name}: {peer.last_line}")
    # All of them write into one folder, so this is the last one that ran.
    last = (rested or ours)[-1]
    manifest = bench.manifest(last)
    stages = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in manifest["timings"].items())
    case.notes.insert(0, f"{last.name}: {manifest['ledger']['pairs']} pairs; {stages}")
    return case


def gz(bench):
    """One .jsonl.gz file"""
    source = bench.corpora.gzipped()
    ours = bench.in_both("dpo-prep", [source])
    floor = bench.floor([source], "igzip -dc")
    bench.measure(ours + [floor], [source])
    return Case("One gzip file", bench.about(source), ours + [floor], against_floor(ours, floor))


def eight(bench):
    """The same in eight .jsonl.zst files"""
    sources = bench.corpora.parts(8)
    ours = bench.in_both("dpo-prep", sources)
    floor = bench.floor(sources, "zstd -dc of all")
    bench.measure(ours + [floor], sources)
    return Case(
        "Eight zstd files", "The nested corpus, cut into eight files of as many lines.",
        ours + [floor], against_floor(ours, floor, at_most(1.9), None))


def parquet(bench):
    """The same as Parquet"""
    lines, columns = bench.corpora.file("nested"), bench.corpora.parquet()
    size = os.path.getsize(bench.corpora.path(columns))
    pairs = [(bench.ours(f"Parquet to {output}", [columns], output),
              bench.ours(f"JSON Lines to {output}", [lines], output)) for output in FORMATS]
    entries = [entry for pair in pairs for entry in pair]
    bench.measure(entries, [lines, columns])
    return Case(
        "One Parquet file",
        f"The nested corpus as pyarrow writes it, {size / 1e6:,.0f} MB on disk.", entries,
        [Comparison.wall(f"{ours.name} / {theirs.name}", ours, theirs, at_most(1))
         for ours, theirs in pairs])
