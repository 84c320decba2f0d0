"""The page that tells what came of the policies."""
import math
import statistics

# 97.5th percentiles of Student's t by degrees of freedom.
STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306,
           9: 2.262}


def interval(values):
    """The mean over seeds, and half the width of its 95 % interval; nan for one seed."""
    if len(values) < 2:
        return statistics.mean(values), math.nan
    freedom = len(values) - 1
    return (statistics.mean(values),
            STUDENT.get(freedom, 2.0) * statistics.stdev(values) / math.sqrt(len(values)))


def grouped(outcomes):
    """Outcomes by world and arm, in the order in which they came."""
    found = {}
    for outcome in outcomes:
        found.setdefault(outcome.world, {}).setdefault(outcome.arm, []).append(outcome)
    return found


def written(outcomes, options, figure):
    parts = [
        "# What calibration does to a policy", "",
        "Made by `scripts/alignment.sh`: the whole way from sampled answers to a trained policy, "
        "in small, where the truth is known.", "",
        f"A language model of half a million parameters learns a made language: descriptions of "
        f"invented topics, in which each of four statements is true or false and sentences of "
        f"padding say nothing. It answers {options.prompts} prompts {options.answers} times each. A "
        "made reward model sees the true quality with noise (0.7 standard deviations), and in the "
        "first world likes length besides. `dpo-prep run` makes pairs of the rewards as they are "
        "and calibrated by its defaults, and TRL's `DPOTrainer` trains on either (one epoch, "
        f"β 0.1, learning rate {options.rate:g}). The policies then answer prompts that no training "
        f"has seen. Means over {options.seeds} seeds, each with a language, a model and answers of "
        "its own, and 95 % intervals (Student's t).", "",
        f"![True quality against mean length of the policies in the three worlds]({figure})", "",
    ]
    for world, arms in grouped(outcomes).items():
        parts += [f"## {world[0].upper()}{world[1:]}", "",
                  "| policy | true statements | words an answer | quality | longer chosen in pairs |",
                  "|---|--:|--:|--:|--:|"]
        for arm, found in arms.items():
            chosen = [outcome.longer_chosen for outcome in found]
            parts.append(
                f"| {arm} | {shown([100 * outcome.correct for outcome in found], 1)} % | "
                f"{shown([outcome.words for outcome in found], 1)} | "
                f"{shown([outcome.quality for outcome in found], 2)} | "
                + ("–" if None in chosen else
                   f"{shown([100 * share for share in chosen], 1)} %") + " |")
        parts += ["", difference(arms), ""]
    parts += [
        "Quality is in standard deviations of the first model's answers: the share of true "
        "statements, and in the third world the logarithm of the length as well. The first and the "
        "third world have the same rewards, so the same pairs and the same policies: what is a "
        "bias in one is earned in the other, and rewards and lengths alone cannot tell which it is. "
        "[Does calibration help?](does-calibration-help.md) says what can.",
    ]
    return "\n".join(parts) + "\n"


def difference(arms):
    """What calibrating changed, seed by seed."""
    raw, calibrated = (
        {outcome.seed: outcome for outcome in arms[arm]} for arm in ("raw rewards", "calibrated"))
    middle, half = interval(
        [calibrated[seed].quality - raw[seed].quality for seed in raw])
    words, wide = interval([calibrated[seed].words - raw[seed].words for seed in raw])
    if math.isnan(half):
        verdict = "one seed has no interval"
    elif abs(middle) <= half:
        verdict = "no difference that these seeds could tell"
    else:
        verdict = "calibration " + ("helps" if middle > 0 else "hurts")
    return (f"Calibrated less raw, by seed: quality {middle:+.2f} ± {half:.2f}, words "
            f"{words:+.1f} ± {wide:.1f}: {verdict}.").replace("-", "−")


def shown(values, digits):
    middle, half = interval(values)
    return f"{middle:.{digits}f} ± {half:.{digits}f}".replace("-", "−")
