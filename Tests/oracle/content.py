"""What rows of a dataset say, decoded profile by profile and held against expected pairs.

An expected pair is a line of reference.py, which reads the sources by itself. It shares nothing with
load_dataset.py's checks of shapes: a row of the right shape with another row's prompt, with its
answers exchanged, without a turn or with scores of single precision differs here.
"""
SPEAKERS = {"human": "user", "gpt": "assistant", "observation": "tool"}
# Two computations of a bias; single precision is a thousand times further off.
TOLERANCE = 1e-9


def turns(messages, role="role", text="content"):
    return [(SPEAKERS.get(m[role], m[role]), m[text]) for m in messages]


def decoded(row, profile):
    """(turns of the prompt or its text, turns of chosen, turns of rejected) of a row of pairs."""
    if profile == "standard":
        answers = [[("assistant", row[side])] for side in ("chosen", "rejected")]
        return row["prompt"], *answers
    if profile == "trl":
        return turns(row["prompt"]), turns(row["chosen"]), turns(row["rejected"])
    if profile == "axolotl":
        return turns(row["messages"]), turns([row["chosen"]]), turns([row["rejected"]])
    if profile == "ms-swift":
        said = turns(row["messages"])
        return said[:-1], said[-1:], [("assistant", row["rejected_response"])]
    if profile == "llama-factory":
        system = [("system", row["system"])] if row["system"] else []
        said = system + turns(row["conversations"], "from", "value")
        return said, *(turns([row[side]], "from", "value") for side in ("chosen", "rejected"))
    chosen, rejected = turns(row["chosen"]), turns(row["rejected"])
    return chosen[:-1], chosen[-1:], rejected[len(chosen) - 1 :]


def pairs(rows, profile):
    """Rows as pairs: of kto two rows, the good answer before the bad one, are one."""
    if profile != "kto":
        yield from ((row, decoded(row, profile)) for row in rows)
        return
    rows = iter(rows)
    for good, bad in zip(rows, rows):
        row = {"prompt_id": good["prompt_id"]}
        for side, half in (("chosen", good), ("rejected", bad)):
            for name in ("score", "raw_score", "length"):
                row[f"{name}_{side}"] = half[name]
        same = (good["label"], bad["label"]) == (True, False) and good["prompt"] == bad["prompt"]
        prompt = turns(good["prompt"]) if same else "rows that are no pair"
        yield row, (prompt, turns(good["completion"]), turns(bad["completion"]))


def faults(rows, profile, expected):
    """Yields the index of each pair that differs from the expected one, and in what."""
    found = list(pairs(rows, profile))
    if len(found) != len(expected):
        yield 0, f"{len(found)} pairs, not {len(expected)}"
    for index, ((row, (prompt, *answers)), want) in enumerate(zip(found, expected)):
        before = turns(want["conversation"])
        if row["prompt_id"] != want["prompt_id"]:
            yield index, f"prompt_id {row['prompt_id']}, not {want['prompt_id']}"
        if prompt != ("\n\n".join(text for _, text in before) if profile == "standard" else before):
            yield index, f"another prompt: {prompt!r}"
        for name in ("prompt_text", "prompt"):
            text = row.get(name)
            if isinstance(text, str) and profile != "standard" and text != want["prompt"]:
                yield index, f"another text in {name}: {text!r}"
        for side, answer in zip(("chosen", "rejected"), answers):
            if answer != [("assistant", want[side])]:
                yield index, f"another answer is {side}: {answer!r}"
            for name in (f"raw_score_{side}", f"length_{side}"):
                if row[name] != want[name]:
                    yield index, f"{name} is {row[name]!r}, not {want[name]!r}"
            name = f"score_{side}"
            if abs(row[name] - want[name]) > TOLERANCE * max(1.0, abs(want[name])):
                yield index, f"{name} is {row[name]!r}, not {want[name]!r}"
