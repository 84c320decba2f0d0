"""Holds a built dataset of JSON lines against the expected pairs, row by row and in order."""
import collections
import glob
import os

import rows

# Where two scores differ by less than this, rounding may have settled the order.
TOLERANCE = 1e-9
SIDES = ("chosen", "rejected")


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


def answer_faults(got, want, side, tied):
    """What differs on one side of a pair, and whether a tied candidate stands there."""
    before = conversation(want["conversation"])
    turns = conversation(got[side])
    if not isinstance(got.get("prompt"), list):
        if turns[: len(before)] != before:
            return [f"turns of {side}"], False
        turns = turns[len(before) :]
    if len(turns) != 1 or turns[0][0] != "assistant":
        return [f"turns of {side}"], False

    def stands_for(candidate):
        numbers = got[f"raw_score_{side}"], got[f"length_{side}"]
        return turns[0][1] == candidate.text and numbers == (
            candidate.reward,
            candidate.lengths[0],
        )

    # The first of the tied is the expected one.
    if stands_for(tied[0]):
        return [], False
    # A tie that only rounding broke is no difference; anything else about the row still is.
    if any(stands_for(candidate) for candidate in tied[1:]):
        return [], True
    return [side], False


def faults(got, want, ties):
    """What differs between a row and what it should be, and whether rounding broke a tie."""
    found = [] if got["prompt_id"] == want["prompt_id"] else ["prompt_id"]
    prompt = got["prompt"] if "prompt" in got else got["prompt_text"]
    if isinstance(prompt, str):
        same = prompt == want["prompt"]
    else:
        same = conversation(prompt) == conversation(want["conversation"])
    if not same:
        found.append("prompt")
    if "messages" in got and got["messages"] != got["chosen"]:
        found.append("messages")
    if got["chosen"] == got["rejected"]:
        found.append("chosen is rejected")
    is_tie = False
    for side in SIDES:
        if off(got[f"score_{side}"], want[f"score_{side}"]) > TOLERANCE:
            found.append(f"score_{side}")
        differing, tied = answer_faults(got, want, side, ties[side])
        found += differing
        is_tie |= tied
    return found, is_tie


def report(pairs, ties, folder):
    """Prints what differs; returns the exit status."""
    splits, different, broken_ties = load(folder), 0, 0
    for split in ("train", "test"):
        want = [(p, t) for p, t in zip(pairs, ties) if p["split"] == split]
        got = splits.pop(split, [])
        if len(want) != len(got):
            print(f"{split}: {len(got)} rows, expected {len(want)}")
            different += 1
        for index, (row, (pair, tied)) in enumerate(zip(got, want)):
            found, is_tie = faults(row, pair, tied)
            broken_ties += is_tie
            if found:
                different += 1
                if different <= 20:
                    print(f"{split} row {index} ({pair['prompt_id']}): {', '.join(found)}")
    for split in splits:
        print(f"unexpected split {split}")
        different += 1
    print(f"{len(pairs)} pairs, {different} differences, {broken_ties} ties broken by rounding")
    return 1 if different else 0
