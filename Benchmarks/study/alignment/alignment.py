#!/usr/bin/env python3
"""Trains small policies with and without calibration, and writes docs/alignment.md with a figure.

scripts/alignment.sh installs what is needed and calls this; see there for the short way.
"""
import argparse
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass

import language
import model
import policy
from figure import drawn
from page import written

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
FIRST = "before training"


@dataclass(frozen=True)
class Outcome:
    """What one policy answers to prompts that no training has seen, in the mean."""
    world: str
    arm: str
    seed: int
    quality: float
    correct: float
    words: float
    longer_chosen: float | None


def parsed():
    parser = argparse.ArgumentParser(
        prog="scripts/alignment.sh", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=4, help="how often all is done (default 4)")
    parser.add_argument("--steps", type=int, default=500,
                        help="steps that teach the language (default 500)")
    parser.add_argument("--prompts", type=int, default=1080,
                        help="prompts that preferences are made of (default 1080)")
    parser.add_argument("--answers", type=int, default=8, help="answers for each (default 8)")
    parser.add_argument("--rate", type=float, default=3e-4, help="of DPO (default 3e-4)")
    parser.add_argument("--report", default=os.path.join(ROOT, "docs/alignment.md"),
                        metavar="FILE", help="what is written (default docs/alignment.md); the "
                                             "figure is beside it")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    options = parsed()
    options.program = os.path.abspath(options.program)
    started = time.monotonic()
    outcomes = []
    for seed in range(1, options.seeds + 1):
        outcomes += outcomes_of(seed, options)
    folder = os.path.dirname(os.path.abspath(options.report))
    os.makedirs(folder, exist_ok=True)
    figure = os.path.splitext(options.report)[0] + ".svg"
    with open(figure, "w") as file:
        file.write(drawn(outcomes))
    with open(options.report, "w") as file:
        file.write(written(outcomes, options, os.path.basename(figure)))
    print(f"{options.report}: {time.monotonic() - started:.0f} s", file=sys.stderr)


def outcomes_of(seed, options):
    """Teaches a model, and trains it on preferences in every world, with and without calibration."""
    rng = random.Random(seed)
    tongue = language.Language.made(rng)
    words = model.tokenizer()
    first = model.made(words, seed)
    loss = model.taught(first, words, list(language.written(tongue, 40_000, seed)), options.steps)
    print(f"seed {seed}: taught, loss {loss:.3f}", file=sys.stderr)
    asked, apart = language.prompts()
    asked = rng.sample(asked, min(options.prompts, len(asked)))
    sampled = model.answers(first, words, [text for text, _ in asked], options.answers, seed)
    before = model.answers(first, words, [text for text, _ in apart], 8, seed + 1)
    # Worlds of equal rewards make equal pairs and equal policies, and differ in what these are worth.
    trained = {}
    for world in language.WORLDS:
        yield judged(world, FIRST, seed, tongue, apart, before, None)
        noise = random.Random(seed)
        rows = [{
            "prompt": text, "all_generated_responses": given,
            "all_rm_scores": [world.reward(tongue.correct(topic, answer), answer, noise)
                              for answer in given],
        } for (text, topic), given in zip(asked, sampled)]
        for arm, settings in policy.ARMS.items():
            if (world.slope, arm) not in trained:
                with tempfile.TemporaryDirectory(prefix="dpo-prep-alignment.") as folder:
                    dataset, summary = policy.pairs(options.program, folder, rows, settings)
                    after = policy.trained(
                        first, words, dataset, folder, seed, epochs=1, rate=options.rate)
                trained[world.slope, arm] = (
                    model.answers(after, words, [text for text, _ in apart], 8, seed + 1),
                    summary["diagnostics"]["after"]["longer_chosen"])
            given, longer_chosen = trained[world.slope, arm]
            found = judged(world, arm, seed, tongue, apart, given, longer_chosen)
            print(f"  {found}", file=sys.stderr)
            yield found


def judged(world, arm, seed, tongue, prompts, given, longer_chosen):
    answers = [(tongue.correct(topic, answer), answer)
               for (_, topic), some in zip(prompts, given) for answer in some]

    def mean(values):
        return sum(values) / len(answers)

    return Outcome(
        world.title, arm, seed, mean(world.quality(*answer) for answer in answers),
        mean(correct for correct, _ in answers), mean(len(text.split()) for _, text in answers),
        longer_chosen)


if __name__ == "__main__":
    main()
