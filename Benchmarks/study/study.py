#!/usr/bin/env python3
"""Finds out by experiment when calibration helps and when it hurts, and writes docs/study.md.

scripts/study.sh builds what is needed and calls this; see there for the short way.
"""
import argparse
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import curves
import evaluated
import labelled
import methods
import quality
import worlds
from claims import checked as claims_of
from program import Program

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def parsed():
    parser = argparse.ArgumentParser(prog="scripts/study.sh", description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=40,
                        help="samples of each world for the comparison of methods (default 40)")
    parser.add_argument("--coverage-sets", type=int, default=200,
                        help="samples of each world for the coverage (default 200)")
    parser.add_argument("--prompts", type=int, default=150, help="prompts a sample (default 150)")
    parser.add_argument("--seed", type=int, default=1, help="of the first sample (default 1)")
    parser.add_argument("--data", default=os.environ.get("DPO_PREP_TESTDATA"), metavar="FOLDER",
                        help="where labelled sets are (default: DPO_PREP_TESTDATA, else none)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="calls at a time")
    parser.add_argument("--report", default=os.path.join(ROOT, "docs/study.md"), metavar="FILE",
                        help="what is written (default docs/study.md)")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    options = parsed()
    dpo_prep = Program(os.path.abspath(options.program))
    seeds = range(options.seed, options.seed + options.sets)
    many = range(options.seed, options.seed + options.coverage_sets)
    started = time.monotonic()
    with ThreadPoolExecutor(options.jobs) as pool:
        def over(settings, measure, seeds, *more):
            for world in settings:
                print(f"{measure.__module__}: {world.title}", file=sys.stderr)
                yield world, list(pool.map(
                    lambda seed: measure(world, seed, options.prompts, dpo_prep, *more), seeds))

        compared = list(over(worlds.WORLDS, quality.measured, seeds))
        covered = list(over(curves.WORLDS + curves.HARD_WORLDS, curves.covered, many))
        smoothed = list(over(curves.WORLDS, curves.errors, seeds))
        found = []
        for world in evaluated.WORLDS:
            truth = evaluated.truths(world, options.prompts, dpo_prep)
            found += over([world], evaluated.covered, many, truth)
        judged = []
        if options.data:
            for name in labelled.FILES:
                rows = list(labelled.rows(options.data, name))
                judged.append((name, len(rows), labelled.accuracies(rows, dpo_prep)))
    claims = list(claims_of(compared, covered, smoothed, found))
    os.makedirs(os.path.dirname(os.path.abspath(options.report)), exist_ok=True)
    with open(options.report, "w") as file:
        file.write(report(options, compared, covered, smoothed, found, judged, claims))
    print(f"{options.report}: {time.monotonic() - started:.0f} s", file=sys.stderr)
    failed = [claim for claim, holds in claims if not holds]
    for claim in failed:
        print(f"not borne out: {claim}", file=sys.stderr)
    return 1 if failed else 0


def report(options, compared, covered, smoothed, found, judged, claims):
    """The page, in Markdown."""
    parts = [
        "# When calibration helps: a study", "",
        "Made by `scripts/study.sh`; [Does calibration help?](does-calibration-help.md) says what "
        "follows from it.", "",
        f"A sample is {options.prompts} prompts with 8 answers where nothing else is said. Rewards "
        "are bias(length) + level of the prompt + quality + noise; the worlds are in "
        "`Benchmarks/study/worlds.py`. Numbers after ± and in brackets are 95 % intervals.", "",
        "## Quality of the pairs", "",
        "The quality of chosen − rejected in percent of what an oracle's pairs have, over "
        f"{options.sets} samples. Behind ± stands how well the difference to the raw rewards is "
        "known (of the raw rewards the value itself), as all methods see the same samples.", "",
        *markdown(quality.table(compared)), "",
        "Nothing in scores and lengths tells *longer really is better* from a bias: there every "
        "method takes quality away, and half a calibration takes less.", "",
        "## Coverage of the band", "",
        f"How often, of {options.coverage_sets} samples, the 95 % band of the difference to the "
        "median length holds the truth, at quantiles of the length.", "",
        *markdown(curves.coverage_table(covered)), "",
        "## The choice of `frac`", "",
        f"The error of the curve between answers to one prompt (`{methods.DEFAULT}`), root mean "
        f"square over {options.sets} samples.", "",
        *markdown(curves.errors_table(smoothed)), "",
    ]
    parts += [
        "## Intervals of `evaluate`", "",
        f"How often, of {options.coverage_sets} samples of {evaluated.TIMES * options.prompts} "
        f"prompts, the 95 % interval of a figure ({evaluated.RESAMPLES} resamples) holds what it is over "
        f"{evaluated.MANY} times as many.", "",
        *markdown(evaluated.coverage_table(found)), "",
    ]
    if judged:
        parts += [
            "## Labelled pairs", "",
            "The share of pairs in percent whose better answer gets the higher score; a tie counts "
            "half. Behind ± as above, over pairs.", "",
            *markdown(labelled.table(judged)), "",
        ]
    parts += ["## What is borne out", ""]
    parts += [f"- {claim}{'' if holds else ': **not borne out**'}" for claim, holds in claims]
    return "\n".join(parts) + "\n"


def markdown(rows):
    """Lines of a table whose first row is the head."""
    head, *body = rows
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in body:
        yield "| " + " | ".join(row) + " |"


if __name__ == "__main__":
    sys.exit(main())
