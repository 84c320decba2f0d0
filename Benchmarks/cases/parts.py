"""Parts of the program by themselves."""
import json
import os
import statistics
import sys

from case import Case, Comparison, at_least, at_most
from corpora import HERE


def micro(bench):
    """Scanner, length counter, LOWESS and writer by themselves"""
    command = [bench.micro_program, "--json", "--reps", str(bench.options.reps)]
    if bench.options.large:
        command.append("--large")
    return Case(
        "Parts by themselves",
        "`dpo-prep-bench` on made-up data in memory, one thread of work unless it says "
        "otherwise. The scanner is the whole first pass.",
        micro=json.loads(bench.output(command)))


def lowess(bench):
    """LOWESS against statsmodels on the same numbers"""
    folder = os.path.join(bench.folder, "lowess")
    os.makedirs(folder, exist_ok=True)
    bench.output([bench.micro_program, "--export", folder])
    script = os.path.join(HERE, "lowess_reference.py")
    theirs = []
    for _ in range(bench.options.peers_reps):
        theirs.append(json.loads(bench.output([sys.executable, script, folder])))
        bench.say(f"  statsmodels: {theirs[-1]['seconds']:.3f} s")
    measured = json.loads(bench.output(
        [bench.micro_program, "--json", "--only", "lowess", "--reps", str(bench.options.reps)]))
    ours = min(measured, key=lambda one: one["amount"])
    slow = statistics.median(one["seconds"] for one in theirs)
    seconds = statistics.median(sample["wall"] for sample in ours["samples"])
    return Case(
        "LOWESS against statsmodels",
        f"{theirs[0]['candidates']:,} candidates, frac 0.3, 3 robustness passes, the same "
        f"numbers. statsmodels took {slow:.2f} s, dpo-prep {seconds:.4f} s.",
        comparisons=[
            Comparison("statsmodels / dpo-prep", slow / seconds, at_least(400), form="{:.0f}"),
            Comparison("largest relative difference", theirs[0]["relative_difference"],
                       at_most(1e-9), form="{:.1e}")],
        micro=[ours])
