"""Bias curves from first principles: every fit looks at every candidate, nothing is collapsed."""
import numpy as np

# The bound of statsmodels for weights, and for the spread of lengths around their mean.
NEGLIGIBLE = 1e-12


def lowess(x, y, frac, iterations):
    """{length: fitted reward} by locally weighted regression (Cleveland 1979, JASA 74:829-836).

    The weight of a point is the tricube of its distance over the distance of the k-th nearest.
    Where fewer than two candidates carry weight no line is determined. There, and where all of
    them are equally long, the fit is the mean of that length, by robustness weight if any is left.
    """
    count = len(x)
    nearest = min(max(int(frac * count + 1e-10), 2), count)
    lengths, which = np.unique(x, return_inverse=True)
    robustness = np.ones(count)
    for _ in range(iterations + 1):
        fitted = np.array([local_fit(x, y, robustness, at, nearest) for at in lengths])
        residuals = np.abs(y - fitted[which])
        median = np.median(residuals)
        scaled = (residuals > 0).astype(float) if median == 0 else residuals / (6 * median)
        robustness = (1 - np.minimum(scaled, 1) ** 2) ** 2
    return dict(zip(lengths.tolist(), fitted.tolist()))


def local_fit(x, y, robustness, at, nearest):
    distance = np.abs(x - at)
    radius = np.partition(distance, nearest - 1)[nearest - 1]
    if radius > 0:
        inside = distance < radius
        weights = (1 - (distance[inside] / radius) ** 3) ** 3 * robustness[inside]
        if (weights > NEGLIGIBLE).sum() >= 2:
            return line(x[inside], y[inside], weights / weights.sum(), at)
    own = distance == 0
    weights = robustness[own]
    return np.average(y[own], weights=weights if weights.sum() > 0 else None)


def line(x, y, weights, at):
    """The weighted least-squares line at a length; weights add up to one."""
    center = weights @ x
    spread = max(weights @ (x - center) ** 2, NEGLIGIBLE)
    return weights @ y + (at - center) * (weights * (x - center)) @ y / spread


def lowess_statsmodels(x, y, frac, iterations):
    """The same numbers from statsmodels, where it has an answer."""
    from statsmodels.nonparametric.smoothers_lowess import lowess as fit

    return dict(fit(y, x, frac=frac, it=iterations, delta=0.0).tolist())


def neighbour_means(x, y, members, ratio, min_count):
    """The mean reward of all candidates about as long, for each candidate (RC-Mean).

    "About" is the mean length difference within prompts over `ratio`. A candidate with fewer than
    `min_count` neighbours, itself included, has no bias: NaN. So has one outside the population,
    whose y is NaN.
    """
    known = ~np.isnan(y)
    gaps = []
    for group in members:
        lengths = [x[i] for i in group if known[i]]
        gaps += [abs(a - b) for i, a in enumerate(lengths) for b in lengths[i + 1 :]]
    radius = sum(gaps) / len(gaps) / ratio if gaps else 0.0
    result = np.full(len(x), np.nan)
    for index in np.flatnonzero(known):
        near = known & (np.abs(x - x[index]) <= radius)
        if near.sum() >= min_count:
            result[index] = y[near].mean()
    return result


def biases(x, y, members, options):
    """The bias of every candidate by one characteristic."""
    if options.method == "penalty":
        return options.coefficient * x
    if options.method == "mean":
        return neighbour_means(x, y, members, options.ratio, options.min_count)
    fit = lowess_statsmodels if options.fit == "statsmodels" else lowess
    curve = fit(x, y, options.frac, options.iterations)
    return np.array([curve[length] for length in x.tolist()])


def calibrate(groups, options):
    """Sets every candidate's score; returns how many groups the mean method left alone."""
    candidates = [c for group in groups for c in group.candidates]
    members, start = [], 0
    for group in groups:
        members.append(range(start, start + len(group.candidates)))
        start += len(group.candidates)
    score = np.array([c.reward for c in candidates], float)
    if candidates and options.method != "none":
        for index, (_, alpha) in enumerate(options.characteristics):
            x = np.array([c.lengths[index] for c in candidates], float)
            # What has no bias by one characteristic is not seen by the next ones.
            score = score - alpha * biases(x, score, members, options)
    untouched = 0
    for group, places in zip(groups, members):
        values = [score[i] for i in places]
        if any(np.isnan(values)):
            untouched += 1
            values = [c.reward for c in group.candidates]
        for candidate, value in zip(group.candidates, values):
            candidate.score = float(value)
    return untouched
