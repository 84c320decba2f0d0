#!/usr/bin/env python3
"""Loads a dataset's folder as trainers do, and says what they would trip over.

    load_dataset.py out/quickstart

Every config and split that the card names is loaded with `datasets`, plainly, streamed and all
splits at once; types must be those that the card promises, counts those of card and manifest, and
every row must be one that TRL and the alignment-handbook can train on. Prints what is wrong and
ends with 1, or prints one line for each split and ends with 0.
"""
import json
import os
import re
import sys
import tempfile

os.environ["HF_HOME"] = tempfile.mkdtemp(prefix="load-dataset-")
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets
import yaml

ANSWER_COLUMNS = ("chosen", "rejected")
NUMBERS = ("score_chosen", "score_rejected", "raw_score_chosen", "raw_score_rejected")
problems = []


def expect(condition, *what):
    if not condition:
        problems.append(" ".join(map(str, what)))


def is_conversation(value):
    return bool(value) and all(
        set(turn) == {"content", "role"}
        and turn["role"] in ("system", "user", "assistant", "tool", "developer")
        and isinstance(turn["content"], str)
        for turn in value
    )


def check_row(row, place):
    explicit = isinstance(row["prompt"], list)
    for name in ANSWER_COLUMNS:
        expect(is_conversation(row[name]), place, name, "is no conversation")
        expect(row[name][-1]["role"] == "assistant", place, name, "does not end with an answer")
    expect(row["chosen"] != row["rejected"], place, "chosen is rejected")
    if explicit:
        # What TRL takes as it is: turns up to the answer, then the answer alone.
        expect(is_conversation(row["prompt"]), place, "prompt is no conversation")
        expect(row["prompt"][-1]["role"] != "assistant", place, "prompt ends with an answer")
        expect(len(row["chosen"]) == len(row["rejected"]) == 1, place, "more than one answer")
    else:
        # What TRL makes of whole conversations: the turns that both begin with are the prompt.
        expect(row["chosen"][:-1] == row["rejected"][:-1], place, "the prompts differ")
        expect(row["messages"] == row["chosen"], place, "messages is not chosen")
        users = [turn["content"] for turn in row["chosen"] if turn["role"] == "user"]
        expect(users and row["prompt"] == users[0], place, "prompt is not the first user turn")
    expect(row["prompt_id"], place, "no prompt_id")
    expect(all(abs(row[name]) < float("inf") for name in NUMBERS), place, "a score is not finite")
    expect(row["score_chosen"] > row["score_rejected"], place, "chosen does not score higher")


def check_split(folder, config, split, features, rows):
    place = f"{config}/{split}"
    data = datasets.load_dataset(folder, config, split=split)
    expect(data.features == features, place, "types:", data.features, "not", features)
    expect(len(data) == rows, place, len(data), "rows, promised", rows)
    streamed = datasets.load_dataset(folder, config, split=split, streaming=True)
    expect(sum(1 for _ in streamed) == rows, place, "streams another number of rows")
    for index, row in enumerate(data):
        check_row(row, f"{place} row {index}")
    # The handbook keeps only these two, shuffles, and joins datasets.
    pair = data.select_columns(list(ANSWER_COLUMNS)).shuffle(seed=0)
    expect(len(datasets.concatenate_datasets([pair, pair])) == 2 * rows, place, "does not join")
    return {row["prompt_id"] for row in data}


def main(folder):
    datasets.logging.set_verbosity_error()
    datasets.disable_progress_bars()
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        card = yaml.safe_load(re.match(r"---\n(.*?\n)---\n", file.read(), re.DOTALL)[1])
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    infos = {info["config_name"]: info for info in card["dataset_info"]}
    expect(card["configs"][0]["config_name"] == "default", "the first config is not the default")
    written = sum(output["rows"] for output in manifest["outputs"] if "rejects" not in output["path"])
    expect(written == manifest["ledger"]["pairs"] * len(infos), "rows written:", written)
    for config in card["configs"]:
        name = config["config_name"]
        info = infos[name]
        features = datasets.Features._from_yaml_list(info["features"])
        counts = {split["name"]: split["num_examples"] for split in info["splits"]}
        expect([f["split"] for f in config["data_files"]] == list(counts), name, "splits differ")
        expect(sum(counts.values()) == manifest["ledger"]["pairs"], name, "counts:", counts)
        together = datasets.load_dataset(folder, name)
        expect({s: len(d) for s, d in together.items()} == counts, name, "splits at once:", together)
        prompts = [check_split(folder, name, s, features, rows) for s, rows in counts.items()]
        expect(len(set().union(*prompts)) == sum(map(len, prompts)), name, "a prompt is in two splits")
        for split, rows in counts.items():
            print(f"{name}/{split}: {rows} rows, {len(features)} columns")
    plain = datasets.load_dataset(folder, split=next(iter(infos["default"]["splits"]))["name"])
    expect(len(plain) > 0, "nothing comes when nothing is asked for")
    for problem in problems[:20]:
        print("wrong:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
