"""How often the intervals of `evaluate` cover what the figures of many more prompts are."""
import numpy as np

import intervals

# A sample has so many times the prompts of the others, and the truth is that of so many times as many.
TIMES = 2
MANY = 100
RESAMPLES = 200


class Benchmark:
    """Pairs of a right and a wrong answer: rewards are quality, what length gives, and noise."""

    def __init__(self, title, pairs_a_prompt=1, levels=None):
        self.title, self.pairs_a_prompt, self.levels = title, pairs_a_prompt, levels

    def rows(self, prompts, seed):
        rng = np.random.default_rng(seed)
        for prompt in range(prompts):
            # What makes the pairs of a prompt alike.
            ease = rng.normal(0.6, 1)
            for pair in range(self.pairs_a_prompt):
                lengths = np.ceil(rng.lognormal(4, 0.7, 2)).astype(int)
                rewards = [ease, 0] + np.log(lengths) + rng.normal(0, 1, 2)
                if self.levels:
                    rewards = np.clip(np.round(rewards), *self.levels)
                yield {
                    "id": f"{prompt}-{pair}", "prompt": f"{prompt}", "subset": "all", "model": "m",
                    "text_chosen": "x" * lengths[0], "text_rejected": "x" * lengths[1],
                    "scores_chosen": rewards[0], "scores_rejected": rewards[1]}

    def figures(self, rows, dpo_prep, resamples):
        """By name the value and, with resamples, the interval."""
        model = dpo_prep.evaluated("rewardbench", rows, resamples)["models"][0]["methods"]
        found = {}
        for method in ("original", "lwr"):
            found[f"accuracy, {method}"] = (
                model[method]["accuracy"], model[method]["intervals"]["accuracy"])
        gain = model["lwr"]["gain"]
        found["gain, lwr"] = (gain["value"], [gain["lower"], gain["upper"]])
        return found


class Leaderboard:
    """Answers of models of different quality and length to the same instructions."""

    MODELS = {"base": (0, 4), "short": (0.3, 3.6), "long": (0.1, 4.6), "good": (0.9, 4.1)}

    title = "leaderboard of three models"

    def rows(self, prompts, seed):
        rng = np.random.default_rng(seed)
        for prompt in range(prompts):
            for name, (quality, length) in self.MODELS.items():
                count = int(np.ceil(rng.lognormal(length, 0.5)))
                yield {
                    "instruction": f"{prompt}", "generator": name, "output": "x" * count,
                    "score": quality + np.log(count) + rng.normal(0, 1)}

    def figures(self, rows, dpo_prep, resamples):
        document = dpo_prep.evaluated("alpacaeval", rows, resamples, "--baseline", "base")
        found = {}
        for model in document["models"]:
            for method in ("original", "lwr"):
                figures = model["methods"][method]
                found[f"win rate of {model['model']}, {method}"] = (
                    figures["win_rate"], figures["intervals"]["win_rate"])
        return found


WORLDS = [
    Benchmark("benchmark"), Benchmark("benchmark, three pairs a prompt", pairs_a_prompt=3),
    Benchmark("benchmark, ratings from 1 to 7", levels=(1, 7)), Leaderboard(),
]


def truths(world, prompts, dpo_prep):
    """By figure its value over so many prompts that it hardly moves."""
    figures = world.figures(list(world.rows(MANY * TIMES * prompts, 0)), dpo_prep, 0)
    return {name: value for name, (value, _) in figures.items()}


def covered(world, seed, prompts, dpo_prep, truth):
    """By figure whether the interval holds the truth."""
    figures = world.figures(list(world.rows(TIMES * prompts, seed)), dpo_prep, RESAMPLES)
    return {name: ends[0] <= truth[name] <= ends[1] for name, (_, ends) in figures.items()}


def coverage_table(results):
    """Rows of the report from (world, coverage of every sample)."""
    yield ["world", "figure", "covered"]
    for world, samples in results:
        for name in samples[0]:
            share, low, high = intervals.share([sample[name] for sample in samples])
            yield [world.title, name, f"{100 * share:.0f} ({100 * low:.0f}–{100 * high:.0f})"]
