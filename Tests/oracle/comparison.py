"""Holds a built dataset of JSON lines against the expected pairs, row by row and in order."""
import collections
import glob
import os

import rows

# Where two scores differ by less than this, rounding may have settled the order.
TOLERANCE = 1e-9
SCORES = ("score_chosen", "score_rejected")
EXACT = (
    "prompt_id",
    "raw_score_chosen",
    "raw_score_rejected",
    "length_chosen",
    "length_rejected",
)


def load(folder):
    """{train or test: rows}, of either profile."""
    splits = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(folder, "data", "*"))):
        name = os.path.basename(path).split("-")[0].removesuffix("_prefs")
        splits[name] += [row for _, row in rows.rows([path])]
    return splits


def conversation(messages):
    return [(message["role"], message["content"]) for message in messages]


def off(a, b):
    return abs(a - b) / max(1.0, abs(b))


def faults(got, want):
    """What differs between a row and what it should be."""
    found = [name for name in EXACT if name in got and got[name] != want[name]]
    found += [name for name in SCORES if off(got[name], want[name]) > TOLERANCE]
    before = conversation(want["conversation"])
    explicit = isinstance(got["prompt"], list)
    if explicit and conversation(got["prompt"]) != before:
        found.append("prompt")
    if not explicit and got["prompt"] != want["prompt"]:
        found.append("prompt")
    for side in ("chosen", "rejected"):
        answer = [("assistant", want[side])]
        if conversation(got[side]) != (answer if explicit else before + answer):
            found.append(side)
    if "messages" in got and got["messages"] != got["chosen"]:
        found.append("messages")
    return found


def is_rounding(got, want):
    """Whether other texts stand there with the same scores: a tie that only rounding broke."""
    return got["prompt_id"] == want["prompt_id"] and all(
        off(got[name], want[name]) <= TOLERANCE for name in SCORES
    )


def report(pairs, folder):
    """Prints what differs; returns the exit status."""
    splits, different, ties = load(folder), 0, 0
    for split in ("train", "test"):
        want = [pair for pair in pairs if pair["split"] == split]
        got = splits.pop(split, [])
        if len(want) != len(got):
            print(f"{split}: {len(got)} rows, expected {len(want)}")
            different += 1
        for index, (row, pair) in enumerate(zip(got, want)):
            found = faults(row, pair)
            if found and is_rounding(row, pair):
                ties += 1
            elif found:
                different += 1
                if different <= 20:
                    print(f"{split} row {index} ({pair['prompt_id']}): {', '.join(found)}")
    for split in splits:
        print(f"unexpected split {split}")
        different += 1
    print(f"{len(pairs)} pairs expected, {different} differences, {ties} ties broken by rounding")
    return 1 if different else 0
