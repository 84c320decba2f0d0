"""Means with 95 % intervals."""
import numpy as np
from scipy import stats


def mean(values):
    """The mean of independent values and half the width of its interval (Student's t)."""
    values = np.asarray(values, float)
    spread = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.nan
    return values.mean(), spread * stats.t.ppf(0.975, max(1, len(values) - 1))


def share(hits):
    """A share and the ends of its interval (Wilson).

    Hits of one sample, in a row, are taken for one, of which a part was hit.
    """
    hits = np.asarray(hits, float).reshape(len(hits), -1).mean(1)
    test = stats.binomtest(round(hits.sum()), len(hits)).proportion_ci(method="wilson")
    return hits.mean(), test.low, test.high
