"""From scored groups to pairs, every strategy spelled out."""
import hashlib
import math
import statistics


def fraction(text):
    """A number in [0, 1) that belongs to a text: the first 8 bytes of its SHA-256 over 2**64."""
    return first_bytes(text) / 2**64


def first_bytes(text):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def ranked(group):
    """Best first: score, then the shorter, then the earlier."""
    return sorted(group.candidates, key=lambda c: (-c.score, c.lengths[0], c.order))


def by_margin(rank, index_pairs):
    """Largest margin first; ties keep the order of ranks."""

    def margin(pair):
        return rank[pair[0]].score - rank[pair[1]].score

    return sorted(sorted(index_pairs), key=lambda pair: -margin(pair))


def every(count):
    return [(i, j) for i in range(count) for j in range(i + 1, count)]


def nearest_rank(count, quantile):
    """Index into ascending values."""
    return min(max(math.ceil(quantile * count) - 1, 0), count - 1)


def matched(a, b, ratio):
    short, long = sorted((a.lengths[0], b.lengths[0]))
    return short == long == 0 or (short > 0 and long / short <= ratio)


def proposals(group, rank, options):
    """[(index of chosen, index of rejected)] in rank order, best first, before any margin test."""
    count = len(rank)
    strategy = options.strategy
    if strategy == "max_min":
        return [(0, count - 1)]
    if strategy == "max_second":
        return [(0, 1)]
    if strategy == "max_random":
        return [(0, 1 + first_bytes(f"{options.seed}:{group.prompt_id}") % (count - 1))]
    if strategy == "mu_sigma":  # arXiv 2502.16825
        scores = [c.score for c in rank]
        target = statistics.fmean(scores) - options.sigma * statistics.pstdev(scores)
        gap = [abs(score - target) for score in scores]
        return [(0, max(range(1, count), key=lambda i: (-gap[i], i)))]
    if strategy == "quantile":
        upper = nearest_rank(count, options.upper_quantile)
        lower = nearest_rank(count, options.lower_quantile)
        return [(count - 1 - upper, count - 1 - lower)]
    if strategy == "all":
        return by_margin(rank, every(count))
    if strategy == "top_bottom":
        return [(i, count - 1 - i) for i in range(min(options.per_prompt, count // 2))]
    if strategy == "length_matched":
        close = [p for p in every(count) if matched(rank[p[0]], rank[p[1]], options.length_ratio)]
        return by_margin(rank, close)
    raise ValueError(strategy)


def margin_fault(chosen, rejected, options):
    margin = chosen.score - rejected.score
    if margin <= 0:
        return "no_margin"
    if margin < options.min_margin:
        return "below_min_margin"
    if options.max_margin is not None and margin > options.max_margin:
        return "above_max_margin"
    return None


def pairs_of(group, options):
    """([(chosen, rejected)], None), or ([], the reason)."""
    if group.ambiguous:
        return [], "duplicate_prompt_id_with_other_prompt"
    if len(group.candidates) < max(options.min_candidates, 2):
        return [], "too_few_candidates"
    rank = ranked(group)
    proposed = [(rank[i], rank[j]) for i, j in proposals(group, rank, options)]
    if not proposed:
        return [], "no_matched_length"
    faults = [margin_fault(*pair, options) for pair in proposed]
    good = [pair for pair, fault in zip(proposed, faults) if fault is None]
    # A prompt without a pair is dropped for what was wrong with its best one.
    return (good[: options.per_prompt], None) if good else ([], faults[0])
