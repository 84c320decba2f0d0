"""Bias curves from first principles: every fit looks at every candidate, nothing is collapsed."""
import numpy as np


def lowess(x, y, frac, iterations):
    """{length: fitted reward} by locally weighted regression (Cleveland 1979, JASA 74:829-836).

    The weight of a point is the tricube of its distance over the distance of the k-th nearest.
    Where fewer than two points carry weight no line is determined: the fit is their weighted mean.
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
    else:
        inside = distance == 0
        weights = robustness[inside]
    x, y = x[inside], y[inside]
    if weights.sum() == 0:
        return y[x == at].mean()
    weights = weights / weights.sum()
    center = weights @ x
    if (weights > 0).sum() < 2 or x.min() == x.max():
        return weights @ y
    spread = max(weights @ (x - center) ** 2, 1e-12)
    return weights @ y + (at - center) * (weights * (x - center)) @ y / spread


def lowess_statsmodels(x, y, frac, iterations):
    """The same numbers from statsmodels, where it has an answer."""
    from statsmodels.nonparametric.smoothers_lowess import lowess as fit

    return dict(fit(y, x, frac=frac, it=iterations, delta=0.0).tolist())


def mean_biases(groups, x, y, ratio, min_count):
    """One list of biases a group: the mean reward of all candidates about as long (RC-Mean).

    "About" is the mean length difference within prompts over `ratio`. A group with a candidate
    that has fewer than `min_count` neighbours, itself included, is left as it is: None.
    """
    gaps = []
    for group in groups:
        lengths = [x[i] for i in group]
        gaps += [abs(a - b) for i, a in enumerate(lengths) for b in lengths[i + 1 :]]
    radius = sum(gaps) / len(gaps) / ratio if gaps else 0.0
    result = []
    for group in groups:
        near = [np.abs(x - x[i]) <= radius for i in group]
        enough = all(mask.sum() >= min_count for mask in near)
        result.append([y[mask].mean() for mask in near] if enough else None)
    return result


def calibrate(groups, options):
    """Sets every candidate's score; returns how many groups the mean method left alone."""
    candidates = [c for group in groups for c in group.candidates]
    score = np.array([c.reward for c in candidates], float)
    untouched = set()
    if candidates and options.method != "none":
        start, members = 0, []
        for group in groups:
            members.append(range(start, start + len(group.candidates)))
            start += len(group.candidates)
        for index, (_, alpha) in enumerate(options.characteristics):
            x = np.array([c.lengths[index] for c in candidates], float)
            bias = np.zeros(len(x))
            if options.method == "lwr":
                fit = lowess_statsmodels if options.fit == "statsmodels" else lowess
                curve = fit(x, score, options.frac, options.iterations)
                bias = np.array([curve[length] for length in x.tolist()])
            elif options.method == "penalty":
                bias = options.coefficient * x
            else:
                found = mean_biases(members, x, score, options.ratio, options.min_count)
                for number, (group, values) in enumerate(zip(members, found)):
                    if values is None:
                        untouched.add(number)
                    else:
                        bias[group.start : group.stop] = values
            score = score - alpha * bias
    for candidate, value in zip(candidates, score.tolist()):
        candidate.score = value
    return len(untouched)
