#!/usr/bin/env python3
"""What `dpo-prep run` must select, computed slowly and plainly, as JSON lines on standard output.

A second opinion for the tests: it shares no code with the program and takes none of its short
cuts. The ledger goes to standard error as one JSON object.

    reference.py samples/nested.jsonl.zst --test-fraction 0.1
    reference.py gens/*.jsonl --characteristic chars=0.8 --characteristic markdown
    reference.py samples/nested.jsonl.zst --compare out/quickstart

Needs numpy, zstandard for .zst files, statsmodels for --fit statsmodels.
"""
import argparse
import collections
import json
import sys

import calibration
import comparison
import pairing
import rows


def characteristic(text):
    name, _, alpha = text.partition("=")
    if name not in rows.MEASURES and not name.startswith("field:"):
        raise argparse.ArgumentTypeError(f"no characteristic {name}")
    return name, float(alpha or 1)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("inputs", nargs="+")
    add("--compare", metavar="DATASET", help="compare with this dataset instead; 1 if it differs")
    for name, default in [
        ("prompt", "prompt"),
        ("prompt-id", "prompt_id"),
        ("response", "response"),
        ("reward", "reward"),
        ("responses", "all_generated_responses"),
        ("rewards", "all_rm_scores"),
        ("system", "system"),
        ("messages", "messages"),
    ]:
        add(f"--{name}", default=default, metavar="FIELD")
    add("--format", default="auto", choices=["auto", "flat", "nested"])
    add("--on-error", default="fail", choices=["fail", "skip"])
    add("--method", default="lwr", choices=["lwr", "mean", "penalty", "none"])
    add(
        "--characteristic",
        dest="characteristics",
        action="append",
        type=characteristic,
        metavar="NAME[=ALPHA]",
        help="chars, bytes, words, markdown or field:NAME; repeat to remove several in turn",
    )
    add("--alpha", type=float, default=1.0, help="of chars, when no --characteristic is given")
    add("--frac", type=float, default=0.3)
    add("--iterations", type=int, default=3)
    add("--fit", default="direct", choices=["direct", "statsmodels"])
    add("--ratio", type=float, default=4.0, help="of the mean method")
    add("--min-count", type=int, default=10, help="of the mean method")
    add("--coefficient", type=float, default=0.001, help="of the penalty method")
    add("--min-chars", type=int, default=1)
    add("--max-chars", type=int, default=None)
    add("--min-candidates", type=int, default=2)
    add("--no-dedup", dest="dedup", action="store_false")
    add(
        "--strategy",
        default="max_min",
        choices="max_min max_random max_second mu_sigma quantile all top_bottom"
        " length_matched neighbors model_pairs".split(),
    )
    add("--min-margin", default="0", help="a number, 0.5sd or q10")
    add("--max-margin", default=None, help="likewise")
    add(
        "--field-margin",
        dest="field_margins",
        action="append",
        default=[],
        type=lambda text: (text.partition("=")[0], float(text.partition("=")[2] or 0)),
        metavar="FIELD[=MIN]",
    )
    add("--chosen-min-score", type=float, default=None)
    add("--rejected-max-score", type=float, default=None)
    add("--bounded-scores", default="calibrated", choices=["calibrated", "raw"])
    add("--model", default=None, metavar="FIELD")
    add("--chosen-model", dest="chosen_models", action="append", default=[])
    add("--rejected-model", dest="rejected_models", action="append", default=[])
    add("--source", default=None, metavar="FIELD")
    add("--per-source", type=int, default=None)
    add("--sample", type=int, default=None)
    add("--per-prompt", type=int, default=None, help="every pair for `all`, 1 for the others")
    add("--seed", type=int, default=42)
    add("--sigma", type=float, default=2.0)
    add("--upper-quantile", type=float, default=0.9)
    add("--lower-quantile", type=float, default=0.1)
    add("--length-ratio", type=float, default=1.2)
    add("--test-fraction", type=float, default=0.0)
    add("--salt", default="dpo-prep")
    options = parser.parse_args()
    options.characteristics = options.characteristics or [("chars", options.alpha)]
    if options.per_prompt is None and options.strategy not in ("all", "neighbors", "model_pairs"):
        options.per_prompt = 1
    return options


def whole(value):
    return int(value) if value.is_integer() else value


def tied(group, candidate, options):
    """A candidate, then the others of its group that rounding may have put in its place."""

    def is_near(other):
        # The same numbers go through the same arithmetic: their order is settled by the rules.
        if options.method == "none" or other is candidate:
            return False
        if (other.reward, other.lengths) == (candidate.reward, candidate.lengths):
            return False
        return comparison.off(other.score, candidate.score) <= comparison.TOLERANCE

    return [candidate, *filter(is_near, group.candidates)]


def build(options):
    """(pairs as dictionaries, for each pair the candidates tied with its sides, ledger)."""
    groups, ledger = rows.read_groups(options.inputs, options)
    untouched = calibration.calibrate(groups, options)
    dropped, result, ties = collections.Counter(), [], []
    bounds = pairing.margin_bounds(groups, options)
    found = [(group, *pairing.pairs_of(group, options, bounds)) for group in groups]
    for group, pairs, reason in pairing.capped(found, options):
        if reason:
            dropped[reason] += 1
        place = pairing.fraction(f"{options.salt}:{rows.split_key(group.turns)}")
        for chosen, rejected in pairs:
            sides = {"chosen": chosen, "rejected": rejected}
            ties.append({name: tied(group, c, options) for name, c in sides.items()})
            result.append(
                {
                    "prompt_id": group.prompt_id,
                    "prompt": group.prompt,
                    "conversation": [{"role": r, "content": c} for r, c in group.turns],
                    "chosen": chosen.text,
                    "rejected": rejected.text,
                    "score_chosen": chosen.score,
                    "score_rejected": rejected.score,
                    "raw_score_chosen": chosen.reward,
                    "raw_score_rejected": rejected.reward,
                    "length_chosen": whole(chosen.lengths[0]),
                    "length_rejected": whole(rejected.lengths[0]),
                    "split": "test" if place < options.test_fraction else "train",
                }
            )
    read = {name: ledger.pop(name, 0) for name in ("rows_read", "rows_rejected")}
    read |= {name: ledger.pop(name, 0) for name in ("candidates_read", "candidates_kept")}
    return result, ties, read | {
        "candidates_dropped": dict(ledger),
        "prompts_read": len(groups),
        "prompts_paired": len(groups) - sum(dropped.values()),
        "prompts_dropped": dict(dropped),
        "prompts_uncalibrated": untouched,
        "pairs": len(result),
    }


def main():
    options = arguments()
    pairs, ties, ledger = build(options)
    print(json.dumps(ledger), file=sys.stderr)
    if options.compare:
        sys.exit(comparison.report(pairs, ties, options.compare))
    for pair in pairs:
        print(json.dumps(pair))


if __name__ == "__main__":
    main()
