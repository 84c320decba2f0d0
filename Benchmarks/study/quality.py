"""How much of the quality that an oracle would find the pairs of each method have."""
import numpy as np

import intervals
import methods
import program
import worlds


def measured(world, seed, prompts, dpo_prep):
    """By method: the share of the oracle's quality gap, and of pairs with the longer chosen."""
    sample = worlds.sample(world, prompts, seed)
    made = list(program.rows(sample))
    oracle = (sample.quality.max(1) - sample.quality.min(1)).sum()
    figures = {}
    for name, settings in methods.METHODS.items():
        prompt, chosen, rejected = dpo_prep.pairs(made, settings).T
        gap = sample.quality[prompt, chosen] - sample.quality[prompt, rejected]
        longer = sample.length[prompt, chosen] - sample.length[prompt, rejected]
        figures[name] = (gap.sum() / oracle, ((longer > 0) + (longer == 0) / 2).mean())
    return figures


def table(results):
    """Rows of the report from (world, figures of every sample)."""
    names = list(methods.METHODS)
    yield ["world", *names, "longer chosen: raw", "longer chosen: " + methods.DEFAULT]
    for world, samples in results:
        raw = np.array([figures[methods.RAW][0] for figures in samples])
        cells = []
        for name in names:
            values = np.array([figures[name][0] for figures in samples])
            middle, _ = intervals.mean(values)
            # Methods see the same samples, so it is the difference that is known well.
            _, reach = intervals.mean(values if name == methods.RAW else values - raw)
            cells.append(f"{100 * middle:.1f} ± {100 * reach:.1f}")
        longer = [np.mean([figures[name][1] for figures in samples])
                  for name in (methods.RAW, methods.DEFAULT)]
        yield [world.title, *cells, *(f"{100 * value:.0f} %" for value in longer)]
