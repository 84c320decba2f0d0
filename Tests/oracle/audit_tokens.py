#!/usr/bin/env python3
"""What `audit --tokenizer` should say, by `tokenizers` itself.

audit_tokens.py make FOLDER: a tokenizer that is trained on the spot (tokenizer.json), and pairs in three layouts
(texts.jsonl, turns.jsonl, standard.parquet).
audit_tokens.py check FOLDER FILE MAX_LENGTH AUDIT.json: the figures of the audit are those of the pairs in FILE."""
import json
import random
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from tokenizers import Tokenizer

import tokens

PIECES = tokens.SENTENCES + ["", "yes", "Straße 12\n\n", "<|im_end|> twice <|im_end|>", "नमस्ते दुनिया"]


def text(rng, most):
    return " ".join(rng.choice(PIECES) for _ in range(rng.randint(1, most)))


def make(folder):
    rng = random.Random(7)
    next(tokenizer for name, tokenizer in tokens.made() if name == "qwen2").save(
        str(folder / "tokenizer.json"))
    pairs = [(text(rng, 14), text(rng, 9), text(rng, 9)) for _ in range(400)]
    with open(folder / "texts.jsonl", "w") as file:
        for prompt, chosen, rejected in pairs:
            file.write(json.dumps({
                "prompt": prompt, "chosen": [{"role": "assistant", "content": chosen}],
                "rejected": [{"role": "assistant", "content": rejected}]}) + "\n")
    with open(folder / "turns.jsonl", "w") as file:
        for prompt, chosen, rejected in pairs:
            turns = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": prompt},
                     {"role": "assistant", "content": text(rng, 3)},
                     {"role": "user", "content": text(rng, 3)}]
            file.write(json.dumps({
                "chosen": [*turns, {"role": "assistant", "content": chosen}],
                "rejected": [*turns, {"role": "assistant", "content": rejected}]}) + "\n")
    pq.write_table(pa.table(dict(zip(["prompt", "chosen", "rejected"], zip(*pairs)))),
                   folder / "standard.parquet", row_group_size=90)


def rows(path):
    if path.suffix == ".parquet":
        yield from pq.read_table(path).to_pylist()
    else:
        yield from map(json.loads, path.open())


def texts(row):
    """The messages of the prompt, and both answers."""
    if isinstance(row["chosen"], str):
        return [row["prompt"]], row["chosen"], row["rejected"]
    prompt = [row["prompt"]] if "prompt" in row else [
        turn["content"] for turn in row["chosen"][:-1]]
    return prompt, row["chosen"][-1]["content"], row["rejected"][-1]["content"]


def check(folder, path, length, found):
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def count(text):
        return len(tokenizer.encode(text, add_special_tokens=False).ids)

    counts = []
    for row in rows(path):
        prompt, chosen, rejected = texts(row)
        counts.append((sum(map(count, prompt)), count(chosen), count(rejected)))
    cut = [(prompt + chosen > length, prompt + rejected > length)
           for prompt, chosen, rejected in counts]
    expected = {
        "tokens_chosen_mean": sum(chosen for _, chosen, _ in counts) / len(counts),
        "tokens_rejected_mean": sum(rejected for _, _, rejected in counts) / len(counts),
        "tokens_pair_max": max(prompt + max(answers) for prompt, *answers in counts),
        "cut_pairs": sum(map(any, cut)), "cut_chosen_only": cut.count((True, False)),
        "cut_rejected_only": cut.count((False, True)), "cut_both": cut.count((True, True)),
        "cut_prompts": sum(prompt >= length for prompt, _, _ in counts),
    }
    assert len(counts) == found["rows"] == 400
    for name, value in expected.items():
        assert abs(found[name] - value) < 1e-9, (name, found[name], value)
        assert value > 0, f"{name} shows nothing"


def main():
    folder = Path(sys.argv[2])
    if sys.argv[1] == "make":
        make(folder)
    else:
        check(folder, folder / sys.argv[3], int(sys.argv[4]),
              json.loads(Path(sys.argv[5]).read_text()))


if __name__ == "__main__":
    main()
