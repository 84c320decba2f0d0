"""What the documentation says of the results; a study that finds otherwise fails."""
import numpy as np

import curves
import intervals
import methods


def checked(compared, covered, smoothed, found):
    """Pairs of a claim and whether the results bear it out."""
    worlds = {world.title: samples for world, samples in compared}

    def gain(world, better, worse=methods.RAW):
        """The least and the largest gain in quality that the interval holds."""
        middle, reach = intervals.mean(
            [figures[better][0] - figures[worse][0] for figures in worlds[world]])
        return middle - reach, middle + reach

    yield ("where nothing confounds, the default gives better pairs than raw rewards",
           gain("nothing confounds", methods.DEFAULT)[0] > 0)
    for world in ("long prompts score low", "long prompts score high"):
        yield (f"where {world}, it does so as well", gain(world, methods.DEFAULT)[0] > 0)
        yield (f"where {world}, it is not worse than one curve for all",
               gain(world, methods.DEFAULT, methods.GLOBAL)[1] > 0)
    yield ("where longer really is better, it takes quality away",
           gain("longer really is better", methods.DEFAULT)[1] < 0)
    yield ("where longer really is better, half a calibration takes less",
           gain("longer really is better", methods.HALF, methods.DEFAULT)[0] > 0)
    shares = list(curves.shares(covered))
    middle = [intervals.share(hits[:, 1:-1]) for _, _, hits in shares]
    yield (f"in every world bands cover 93 to 97 % of truths in the middle half "
           f"({_extent(middle)} %)", all(low <= 0.97 and high >= 0.93 for _, low, high in middle))
    ends = [intervals.share(hits[:, end]) for _, _, hits in shares for end in (0, -1)]
    yield (f"and at least 90 % at the tenth and the ninetieth percentile ({_extent(ends)} %)",
           all(high >= 0.9 for _, _, high in ends))
    figures = [intervals.share([sample[name] for sample in samples])
               for _, samples in found for name in samples[0]]
    yield (f"intervals of evaluate cover 91 to 98 % of the figures of many more prompts "
           f"({_extent(figures)} %)", all(low <= 0.98 and high >= 0.91 for _, low, high in figures))
    ratios = []
    for _, samples in smoothed:
        means = {frac: np.mean([sample[frac] for sample in samples]) for frac in samples[0]}
        ratios.append(means.pop("auto") / min(means.values()))
    mean = np.mean(ratios)
    yield f"frac: auto is within 1.2 times the best error on average ({mean:.2f})", mean <= 1.2


def _extent(shares):
    """From the least to the largest share, in percent."""
    found = [100 * share for share, _, _ in shares]
    return f"{min(found):.1f} to {max(found):.1f}"
