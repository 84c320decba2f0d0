"""From scored groups to pairs, every strategy spelled out."""
import fractions
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
    good = [i for i in range(count) if may_be(rank[i], options.chosen_models)]
    bad = [i for i in range(count) if may_be(rank[i], options.rejected_models)]
    allowed = [(i, j) for i, j in every(count) if i in good and j in bad]
    if strategy == "all":
        return by_margin(rank, allowed)
    if strategy == "length_matched":
        close = [p for p in allowed if matched(rank[p[0]], rank[p[1]], options.length_ratio)]
        return by_margin(rank, close)
    if strategy == "model_pairs":
        two = [(i, j) for i, j in allowed if len({rank[i].model, rank[j].model} - {None}) == 2]
        return by_margin(rank, two)
    if strategy == "neighbors":
        return [(i, j) for i, j in allowed if j == i + 1]
    best, worst = good[0], bad[-1]
    below = [j for j in bad if j > best]
    found = []
    if strategy == "max_min":
        found = [(best, worst)]
    elif strategy == "max_second":
        found = [(best, j) for j in below[:1]]
    elif strategy == "max_random" and below:
        draw = first_bytes(f"{options.seed}:{group.prompt_id}")
        found = [(best, below[draw % len(below)])]
    elif strategy == "mu_sigma" and below:  # arXiv 2502.16825
        scores = [c.score for c in rank]
        target = statistics.fmean(scores) - options.sigma * statistics.pstdev(scores)
        gap = [abs(score - target) for score in scores]
        found = [(best, max(below, key=lambda i: (-gap[i], i)))]
    elif strategy == "quantile":
        upper = nearest_rank(len(good), options.upper_quantile)
        lower = nearest_rank(len(bad), options.lower_quantile)
        found = [(good[len(good) - 1 - upper], bad[len(bad) - 1 - lower])]
    elif strategy == "top_bottom":
        for i, j in list(zip(good, reversed(bad)))[: options.per_prompt]:
            if i >= j:
                break
            found.append((i, j))
    # Where nothing ranks below what may be chosen, no pair has a margin.
    return found or [(best, worst)]


def may_be(candidate, models):
    return not models or candidate.model in models


def bound(candidate, options):
    return candidate.reward if options.bounded_scores == "raw" else candidate.score


def fault_of(chosen, rejected, options, bounds):
    margin = chosen.score - rejected.score
    low, high = bounds
    if margin <= 0:
        return "no_margin"
    if margin < low:
        return "below_min_margin"
    if high is not None and margin > high:
        return "above_max_margin"
    for name, least in options.field_margins:
        if chosen.values[name] - rejected.values[name] < least:
            return "below_field_margin"
    if options.chosen_min_score is not None and bound(chosen, options) < options.chosen_min_score:
        return "chosen_below_min_score"
    if (
        options.rejected_max_score is not None
        and bound(rejected, options) > options.rejected_max_score
    ):
        return "rejected_above_max_score"
    return None


def pairs_of(group, options, bounds=(0, None)):
    """([(chosen, rejected)], None), or ([], the reason)."""
    if group.ambiguous:
        return [], "duplicate_prompt_id_with_other_prompt"
    if len(group.candidates) < max(options.min_candidates, 2):
        return [], "too_few_candidates"
    rank = ranked(group)
    if not all(
        any(may_be(c, models) for c in rank)
        for models in (options.chosen_models, options.rejected_models)
    ):
        return [], "no_pair_of_models"
    proposed = [(rank[i], rank[j]) for i, j in proposals(group, rank, options)]
    if not proposed:
        without = {"length_matched": "no_matched_length", "all": "no_margin"}
        return [], without.get(options.strategy, "no_pair_of_models")
    faults = [fault_of(*pair, options, bounds) for pair in proposed]
    good = [pair for pair, fault in zip(proposed, faults) if fault is None]
    if options.strategy == "model_pairs":
        once = {}
        for pair in good:
            once.setdefault(frozenset(c.model for c in pair), pair)
        good = list(once.values())
    # A prompt without a pair is dropped for what was wrong with its best one.
    return (good[: options.per_prompt], None) if good else ([], faults[0])


def margin_bounds(groups, options):
    """The bounds of margins in scores: `0.5sd` and `q10` are of all pairs that come without them."""
    pairs = [pair for group in groups for pair in pairs_of(group, options)[0]]
    margins = sorted(chosen.score - rejected.score for chosen, rejected in pairs)

    def value(text):
        if text is None or not margins:
            return None
        if text.endswith("sd"):
            return float(text[:-2]) * statistics.pstdev(margins)
        if text.startswith("q"):
            rank = math.ceil(fractions.Fraction(text[1:]) * len(margins) / 100)
            return margins[max(rank, 1) - 1]
        return float(text)

    return value(options.min_margin) or 0, value(options.max_margin)


MASK = 2**64 - 1


def rank_of(prompt_id, seed):
    """What chooses prompts: XXH3-128 of the id, its upper half mixed with the seed (SplitMix64)."""
    import xxhash

    digest = xxhash.xxh3_128_intdigest(prompt_id.encode())
    upper, lower = digest >> 64, digest & MASK
    mixed = upper ^ (seed * 0x9E3779B97F4A7C15 & MASK)
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & MASK
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & MASK
    return (mixed ^ mixed >> 31) << 64 | lower


def capped(found, options):
    """[(group, pairs, reason)] with the pairs of no source above `per_source`, of `sample` prompts."""
    reasons, counts, closed, taken = {}, {}, set(), []
    by_hash = [(group, pairs) for group, pairs, _ in found if pairs]
    if options.per_source is not None or options.sample is not None:
        by_hash.sort(key=lambda entry: rank_of(entry[0].prompt_id, options.seed))
    for group, pairs in by_hash:
        counts[group.source] = counts.get(group.source, 0) + len(pairs)
        if options.per_source is not None and counts[group.source] > options.per_source:
            closed.add(group.source)
        if group.source in closed:
            reasons[group.prompt_id] = "beyond_source"
        else:
            taken.append(group)
    if options.sample is not None:
        reasons |= {group.prompt_id: "beyond_sample" for group in taken[options.sample :]}
    return [
        (group, [] if group.prompt_id in reasons else pairs, reasons.get(group.prompt_id, reason))
        if pairs
        else (group, pairs, reason)
        for group, pairs, reason in found
    ]
