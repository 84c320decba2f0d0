#!/usr/bin/env python3
"""Repeats the experiments of Huang et al. (arXiv 2409.17407) and writes docs/paper.md.

scripts/paper.sh builds what is needed and calls this; see there for the short way.
"""
import argparse
import os
import sys
import tempfile

import published
import sources
from evaluation import METHODS, Evaluation

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def parsed():
    parser = argparse.ArgumentParser(prog="scripts/paper.sh", description=__doc__.splitlines()[0])
    parser.add_argument("--data", action="append", metavar="FOLDER",
                        help="where the downloaded folders are; can be repeated (default: "
                             "DPO_PREP_TESTDATA)")
    parser.add_argument("--resamples", type=int, default=1000,
                        help="resamples of prompts for the intervals (default 1000)")
    parser.add_argument("--report", default=os.path.join(ROOT, "docs/paper.md"), metavar="FILE",
                        help="what is written (default docs/paper.md)")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.data = options.data or [os.environ.get("DPO_PREP_TESTDATA")]
    for folder in options.data:
        if not folder or not os.path.isdir(folder):
            parser.error(f"--data: no such folder: {folder}")
    return options


def main():
    options = parsed()
    evaluation = Evaluation(os.path.abspath(options.program), options.resamples)
    with tempfile.TemporaryDirectory(prefix="dpo-prep-paper.") as scratch:
        parts = [*opening(options), *reward_models(evaluation, options.data, scratch),
                 *leaderboards(evaluation, options.data), *policies()]
    os.makedirs(os.path.dirname(os.path.abspath(options.report)), exist_ok=True)
    with open(options.report, "w") as file:
        file.write("\n".join(parts) + "\n")
    print(options.report, file=sys.stderr)


def opening(options):
    yield from [
        "# The paper, repeated", "",
        "Made by `scripts/paper.sh`, which takes folders with downloaded scores (`--data`) and "
        "repeats the experiments of Huang et al., \"Post-hoc Reward Calibration: A Case Study on "
        "Length Bias\" ([arXiv 2409.17407](https://arxiv.org/abs/2409.17407)), as far as these "
        "reach. The settings are those of the paper's published code, but ties count half. "
        f"Brackets are 95 % intervals by the bootstrap over prompts ({options.resamples} "
        "resamples, curves fitted anew in each); a `*` marks a difference whose interval leaves "
        "out 0.", "",
    ]


def reward_models(evaluation, folders, scratch):
    """Setting 1: the accuracy of reward models on pairs."""
    yield from ["## Reward models", "",
                f"The paper reports that RC-LWR lifts RewardBench's score by "
                f"{published.REWARDBENCH_GAIN} points in the mean over "
                f"{published.REWARDBENCH_MODELS} reward models.", ""]
    texts = sources.REWARD_BENCH_TEXTS.files(folders)
    for source, files, texts in [
        (sources.REWARD_BENCH, sources.REWARD_BENCH.files(folders), texts[0] if texts else None),
        (sources.JUDGE_BENCH, sources.JUDGE_BENCH.files(folders), None),
        (sources.LLMBAR, sources.llmbar_files(folders, scratch), None),
    ]:
        yield from [f"### {source.name}", ""]
        if not files:
            yield from missing(source)
            continue
        if source.remark:
            yield from [source.remark, ""]
        judged = evaluation.rewardbench(files, published.REWARDBENCH_SETTINGS, texts)
        yield from accuracies(judged)


def accuracies(judged):
    models = [model for model in judged["models"] if model["pairs"] > 0]
    yield "| model | pairs | ties | longer is right | score | " + " | ".join(
        f"{name}, gain" for name in METHODS.values()) + " |"
    yield "|---|--:|--:|--:|--:|" + "--:|" * len(METHODS)
    for model in models:
        methods = model["methods"]
        yield (f"| {model['model']} | {model['pairs']} | {methods['original']['ties']} | "
               f"{percent(model['baselines']['longer']['accuracy'])} | "
               f"{percent(methods['original']['score'])} | "
               + " | ".join(points(methods[name]["gain"]) for name in METHODS) + " |")
    if len(models) > 1:
        yield f"| mean of {len(models)} | | | | | " + " | ".join(
            points(mean_gain(judged["gains"][name])) for name in METHODS) + " |"
    yield ""
    gains = [model["methods"]["lwr"]["gain"] for model in models]
    if len(models) > 1:
        gains.append(mean_gain(judged["gains"]["lwr"]))
    yield verdict(models, gains)
    yield ""


def verdict(models, gains):
    """What the intervals of RC-LWR allow to say."""
    several = len(models) > 1
    helped = sum(gain["excludes_zero"] and gain["value"] > 0 for gain in gains[:len(models)])
    hurt = sum(gain["excludes_zero"] and gain["value"] < 0 for gain in gains[:len(models)])
    text = (f"RC-LWR helps {helped} of {len(models)} and hurts {hurt} (intervals that "
            "leave out 0).")
    if several and not gains[-1]["excludes_zero"]:
        text += " The mean gain is not distinguishable from zero."
    elif several:
        text += f" In the mean it {'helps' if gains[-1]['value'] > 0 else 'hurts'}."
    return text


def leaderboards(evaluation, folders):
    """Setting 2: models ranked by a judge's preferences."""
    yield from [
        "## Leaderboards", "",
        "The paper scores the outputs of AlpacaEval's models with open reward models, whose scores "
        "are not published; here are the judge's own preferences in their place.", ""]
    for source, options in [
        (sources.ALPACA_EVAL, ["--preferences"]),
        (sources.WILD_BENCH, ["--baseline", "gpt-3.5-turbo-0125", "--score", "reward"]),
    ]:
        yield from [f"### {source.name}", ""]
        files = source.files(folders)
        if not files:
            yield from missing(source)
            continue
        baseline = sources.ALPACA_EVAL_BASELINE.files(folders)
        if source is sources.ALPACA_EVAL and not files[0].endswith("annotations.json") and baseline:
            options = [*options, "--score", "reward", "--baseline-file", baseline[0]]
        arena = sources.ARENA.files(folders) if source is sources.ALPACA_EVAL else []
        for name, column in [("Arena", "arena_score_0828"),
                             ("Arena, style-controlled", "arena_score_style_length")]:
            options = [*options, *(f"--ranking={name}={file}:{column}" for file in arena)]
        yield from agreement(
            evaluation.leaderboard(files, published.LEADERBOARD_SETTINGS, options))


def agreement(board):
    """What becomes of a leaderboard: correlations, gameability, and models that move."""
    columns = {"original": "original", **METHODS}
    yield "| | n | " + " | ".join(columns.values()) + " |"
    yield "|---|--:|" + "--:|" * len(columns)

    def line(title, count, value, interval, shown):
        cells = []
        for method in columns:
            found, bounds = value(method), interval(method)
            cells.append(shown(found) + (
                f" [{shown(bounds[0])}, {shown(bounds[1])}]" if bounds else ""))
        return f"| {title} | {count} | " + " | ".join(cells) + " |"

    intervals = board["intervals"]
    answers = sum(model["answers"] for model in board["models"])
    yield line("Spearman of score and length", f"{answers} answers",
               lambda method: board["spearman_length"][method],
               lambda method: intervals[method]["spearman_length"], signed)
    for ranking in board["correlations"]["original"]:
        for kind in ["spearman", "kendall"]:
            yield line(
                f"{kind.capitalize()} with {ranking}",
                f"{board['correlations']['original'][ranking]['models']} models",
                lambda method: board["correlations"][method][ranking][kind],
                lambda method: intervals[method]["correlations"][ranking][kind], signed)
    for kind in ["verbosity", "conciseness"]:
        if (board["gameability"]["original"] or {}).get(kind) is not None:
            yield line(f"gameability by {kind}, %", f"{len(board['models'])} models",
                       lambda method: board["gameability"][method][kind],
                       lambda method: intervals[method]["gameability"][kind], "{:.1f}".format)
    moved = [sum(model["methods"][method]["gain"]["excludes_zero"] for model in board["models"])
             for method in columns if method != "original"]
    yield (f"| models whose win rate differs from the original | {len(board['models'])} models | – | "
           + " | ".join(map(str, moved)) + " |")
    yield ""


def policies():
    """Setting 3: policies trained on calibrated rewards."""
    yield from [
        "## Policies", "",
        "AlpacaEval's figures of the policies that the paper trained on calibrated rewards, as its "
        "repository has them. Training such models is beyond this page; "
        "[a small one](alignment.md) is trained from nothing, with and without calibration.", "",
        "| policy, reward model | win rate | length-controlled | mean length |",
        "|---|--:|--:|--:|"]
    for name, (rate, controlled, length) in published.POLICIES.items():
        yield f"| {name} | {rate:.2f} | {controlled:.2f} | {length} |"


def missing(source):
    yield from [f"Not at hand when this page was made: {source.origin}.", ""]


def mean_gain(gain):
    lower, upper = gain["interval"]
    return {"value": gain["mean"], "lower": lower, "upper": upper,
            "excludes_zero": lower > 0 or upper < 0}


def percent(share):
    return f"{100 * share:.1f} %"


def points(gain):
    mark = "*" if gain["excludes_zero"] else ""
    return (f"{signed(100 * gain['value'], 1)}{mark} "
            f"[{signed(100 * gain['lower'], 1)}, {signed(100 * gain['upper'], 1)}]")


def signed(value, digits=3):
    return f"{value:+.{digits}f}".replace("-", "−")


if __name__ == "__main__":
    main()
