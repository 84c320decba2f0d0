"""How near fitted curves are to the true bias, and how often their band covers it."""
import numpy as np

import intervals
import program
import worlds

QUANTILES = [0.1, 0.25, 0.4, 0.6, 0.75, 0.9]
SCOPES = {
    "global": ["calibration.scope=global", "calibration.iterations=3"],
    "within prompts": ["calibration.scope=within_prompt"],
}
WORLDS = [
    worlds.World("straight"),
    worlds.World("logarithmic, t noise", bias="logarithmic", noise="t4"),
    worlds.World("humped", bias="humped"),
    worlds.World("straight, long prompts score low", confounding=-1.2),
    worlds.World("straight, 3 % outliers", noise="outliers"),
    worlds.World("straight, lengths in hundreds", length_unit=100),
    worlds.World("humped, four answers", bias="humped", answers=4),
]
# Where bands have it harder; the first worlds are those of the choice of `frac`.
HARD_WORLDS = [
    worlds.World("S-shaped", bias="S-shaped"),
    worlds.World("S-shaped, skewed lengths", bias="S-shaped", lengths="skewed"),
    worlds.World("a dip, t noise with 3 degrees", bias="with a dip", noise="t3"),
    worlds.World("saturated, uniform lengths", bias="saturated", lengths="uniform"),
    worlds.World("logarithmic, normal lengths, three answers", bias="logarithmic",
                 lengths="normal", answers=3),
    worlds.World("humped, four times the prompts", bias="humped", prompts=4),
]


def covered(world, seed, prompts, dpo_prep):
    """By scope and quantile of length: whether the band holds the truth."""
    sample = worlds.sample(world, prompts, seed)
    made = list(program.rows(sample))
    found = {}
    for scope, settings in SCOPES.items():
        # What prompts confound, a curve through all candidates has besides the bias.
        if scope == "global" and world.confounding:
            continue
        curve = dpo_prep.curve(made, settings)
        support = curve["support"]
        lengths = np.array(support["lengths"], float)
        middle = support["reference_length"]
        zero = np.interp(middle, curve["lengths"], np.array(curve["bias"], float))
        truth = sample.bias(lengths) - sample.bias(np.float64(middle))
        inside = [low - zero <= true <= high - zero for low, high, true in
                  zip(support["lower"], support["upper"], truth)]
        places = [np.abs(lengths - np.quantile(sample.length, q)).argmin() for q in QUANTILES]
        found[scope] = [inside[place] for place in places]
    return found


def shares(results):
    """For every world and scope: title, scope, and by quantile whether samples were covered."""
    for world, samples in results:
        for scope in samples[0]:
            yield world.title, scope, np.array([sample[scope] for sample in samples])


def coverage_table(results):
    """Rows of the report from (world, coverage of every sample)."""
    yield ["world", "scope", *(f"at {100 * q:.0f} %" for q in QUANTILES)]
    for title, scope, hits in shares(results):
        cells = []
        for column in hits.T:
            share, low, high = intervals.share(column)
            cells.append(f"{100 * share:.0f} ({100 * low:.0f}–{100 * high:.0f})")
        yield [title, scope, *cells]


FRACTIONS = [0.1, 0.2, 0.3, 0.5, 0.7, 1.0]


def errors(world, seed, prompts, dpo_prep):
    """By `frac`, `auto` among them: the curve's error between answers to one prompt."""
    sample = worlds.sample(world, prompts, seed)
    made = list(program.rows(sample))
    found = {}
    for frac in [*FRACTIONS, "auto"]:
        curve = dpo_prep.curve(
            made, [*SCOPES["within prompts"], f"calibration.frac={frac}",
                   "calibration.intervals=false"])
        error = np.interp(sample.length, curve["lengths"], np.array(curve["bias"], float))
        error -= sample.bias(sample.length)
        found[frac] = np.sqrt(np.mean((error - error.mean(1, keepdims=True)) ** 2))
    return found


def errors_table(results):
    """Rows of the report from (world, errors of every sample)."""
    yield ["world", *(f"frac {frac}" for frac in FRACTIONS), "frac: auto", "auto by the best frac"]
    for world, samples in results:
        means = {frac: np.mean([sample[frac] for sample in samples]) for frac in samples[0]}
        least = min(means[frac] for frac in FRACTIONS)
        yield [world.title, *(f"{means[frac]:.3f}" for frac in [*FRACTIONS, "auto"]),
               f"{means['auto'] / least:.2f}"]
