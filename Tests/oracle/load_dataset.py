#!/usr/bin/env python3
"""Loads a dataset's folder as trainers do, and says what they would trip over.

    load_dataset.py out/quickstart
    load_dataset.py out/quickstart expected.jsonl

Every config and split that the card names is loaded with `datasets`, plainly, streamed and all
splits at once; types must be those that the card promises, counts those of card and manifest, and
every row must be one that TRL and the alignment-handbook can train on. With a file that reference.py
printed, every row must also say what it says. Prints what is wrong and ends with 1, or prints one
line for each split and ends with 0.
"""
import json
import os
import re
import sys
import tempfile

cache = tempfile.TemporaryDirectory(prefix="load-dataset-")
os.environ["HF_HOME"] = cache.name
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets
import yaml

import content

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


def is_text(value):
    return isinstance(value, str)


def check_pair(row, place):
    expect(all(abs(row[name]) < float("inf") for name in NUMBERS), place, "a score is not finite")
    expect(row["score_chosen"] > row["score_rejected"], place, "chosen does not score higher")
    if "chosen" in row:
        expect(row["chosen"] != row["rejected"], place, "chosen is rejected")


def check_conversations(row, place):
    for name in ("chosen", "rejected"):
        expect(is_conversation(row[name]), place, name, "is no conversation")
        expect(row[name][-1]["role"] == "assistant", place, name, "does not end with an answer")
    # What TRL makes of whole conversations: the turns that both begin with are the prompt.
    expect(row["chosen"][:-1] == row["rejected"][:-1], place, "the prompts differ")
    expect(any(turn["role"] == "user" for turn in row["chosen"][:-1]), place, "no user turn")


def check_prompt(turns, place):
    # What TRL takes as it is: turns up to the answer, then the answer alone.
    expect(is_conversation(turns), place, "prompt is no conversation")
    expect(turns[-1]["role"] != "assistant", place, "prompt ends with an answer")


def check_answer(turns, place):
    expect(is_conversation(turns) and len(turns) == 1, place, "not one answer")
    expect(turns[0]["role"] == "assistant", place, "does not end with an answer")


def check_first_turn(text, row, place):
    users = [turn["content"] for turn in row["chosen"] if turn["role"] == "user"]
    expect(users and text == users[0], place, "the prompt's text is not the first user turn")


def alignment_handbook(row, place):
    check_conversations(row, place)
    check_first_turn(row["prompt_text"], row, place)
    # TRL takes these for its own, and some of its versions fail.
    for name in ("prompt", "messages", "completion", "label"):
        expect(name not in row, place, name, "stands beside the conversations")


def h4(row, place):
    check_conversations(row, place)
    expect(row["messages"] == row["chosen"], place, "messages is not chosen")
    check_first_turn(row["prompt"], row, place)


def trl(row, place):
    check_prompt(row["prompt"], place)
    check_answer(row["chosen"], place)
    check_answer(row["rejected"], place)


def trl_implicit(row, place):
    check_conversations(row, place)
    expect("prompt" not in row and "messages" not in row, place, "more than the conversations")


def standard(row, place):
    expect(all(is_text(row[name]) for name in ("prompt", "chosen", "rejected")), place, "no strings")


def kto(row, place):
    check_prompt(row["prompt"], place)
    check_answer(row["completion"], place)
    expect(isinstance(row["label"], bool), place, "label is no truth value")
    expect(abs(row["score"]) < float("inf"), place, "a score is not finite")


def llama_factory(row, place):
    # As its ShareGPT converter wants them: turns by turns, the answers one message each.
    roles = [turn["from"] for turn in row["conversations"]]
    expect(roles and all(role in ("human", "observation") for role in roles[::2]), place, roles)
    expect(all(role == "gpt" for role in roles[1::2]) and len(roles) % 2 == 1, place, roles)
    for name in ("chosen", "rejected"):
        expect(set(row[name]) == {"from", "value"} and row[name]["from"] == "gpt", place, name)
    expect(is_text(row["system"]), place, "system is no text")


def axolotl(row, place):
    check_prompt(row["messages"], place)
    check_answer([row["chosen"]], place)
    check_answer([row["rejected"]], place)


def ms_swift(row, place):
    expect(is_conversation(row["messages"]), place, "messages is no conversation")
    expect(row["messages"][-1]["role"] == "assistant", place, "does not end with an answer")
    expect(is_text(row["rejected_response"]), place, "rejected_response is no text")
    expect(row["messages"][-1]["content"] != row["rejected_response"], place, "chosen is rejected")


CHECKS = {
    "alignment-handbook": alignment_handbook, "h4": h4, "trl": trl, "trl-implicit": trl_implicit,
    "openrlhf": trl_implicit, "standard": standard, "kto": kto,
    "llama-factory": llama_factory, "axolotl": axolotl, "ms-swift": ms_swift,
}


def check_row(row, profile, place):
    expect(row["prompt_id"], place, "no prompt_id")
    CHECKS[profile](row, place)
    if profile != "kto":
        check_pair(row, place)


def check_content(data, profile, place, expected):
    for index, fault in content.faults(data, profile, expected):
        expect(False, place, "pair", index, fault)


def check_split(folder, config, profile, split, features, rows, expected):
    place = f"{config}/{split}"
    data = datasets.load_dataset(folder, config, split=split)
    expect(data.features == features, place, "types:", data.features, "not", features)
    expect(len(data) == rows, place, len(data), "rows, promised", rows)
    streamed = datasets.load_dataset(folder, config, split=split, streaming=True)
    expect(sum(1 for _ in streamed) == rows, place, "streams another number of rows")
    for index, row in enumerate(data):
        check_row(row, profile, f"{place} row {index}")
    if expected is not None:
        check_content(data, profile, place, [p for p in expected if p["split"] in split.split("_")])
    # The handbook shuffles and joins datasets.
    shuffled = data.shuffle(seed=0)
    expect(
        len(datasets.concatenate_datasets([shuffled, shuffled])) == 2 * rows, place, "does not join")
    if profile == "kto":
        labels = data["label"]
        expect(sum(labels) * 2 == len(labels), place, "not as many good answers as bad ones")
    return {row["prompt_id"] for row in data}


def check_sizes(info, together, place):
    for split in info["splits"]:
        loaded = together[split["name"]].info.splits[split["name"]].num_bytes
        # Earlier versions read files in other pieces, and have bits for nulls where there are none.
        slack = 0 if datasets.__version__ >= "5" else loaded // 20
        expect(
            abs(split["num_bytes"] - loaded) <= slack, place, split["name"], split["num_bytes"],
            "bytes promised, loaded", loaded)
    expect(
        info["dataset_size"] == sum(split["num_bytes"] for split in info["splits"]), place,
        "dataset_size:", info["dataset_size"])


def main(folder, expected=None):
    if expected:
        with open(expected, encoding="utf-8") as file:
            expected = [json.loads(line) for line in file]
    datasets.logging.set_verbosity_error()
    # Its name before version 2.18.
    getattr(datasets, "disable_progress_bars", datasets.disable_progress_bar)()
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        card = yaml.safe_load(re.match(r"---\n(.*?\n)---\n", file.read(), re.DOTALL)[1])
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    infos = {info["config_name"]: info for info in card["dataset_info"]}
    profiles = manifest["config"]["output"]["profiles"]
    # Every profile has a config of its name, and the first is the default as well.
    names = [config["config_name"] for config in card["configs"]]
    expect(names == ["default", *profiles], "configs:", names)
    expect(list(infos) == names, "described configs:", list(infos))
    pairs = manifest["ledger"]["pairs"]
    written = sum(output["rows"] for output in manifest["outputs"] if "rejects" not in output["path"])
    promised = sum(pairs * (2 if profile == "kto" else 1) for profile in profiles)
    expect(written == promised, "rows written:", written)
    for profile, config in zip([profiles[0], *profiles], card["configs"], strict=True):
        name = config["config_name"]
        info = infos[name]
        features = datasets.Features._from_yaml_list(info["features"])
        counts = {split["name"]: split["num_examples"] for split in info["splits"]}
        expect([f["split"] for f in config["data_files"]] == list(counts), name, "splits differ")
        wanted = pairs * (2 if profile == "kto" else 1)
        expect(sum(counts.values()) == wanted, name, "counts:", counts)
        together = datasets.load_dataset(folder, name)
        expect({s: len(d) for s, d in together.items()} == counts, name, "splits at once:", together)
        check_sizes(info, together, name)
        prompts = [
            check_split(folder, name, profile, s, features, rows, expected)
            for s, rows in counts.items()]
        expect(len(set().union(*prompts)) == sum(map(len, prompts)), name, "a prompt is in two splits")
        for split, rows in counts.items():
            print(f"{name}/{split}: {rows} rows, {len(features)} columns")
    plain = datasets.load_dataset(folder, split=next(iter(infos["default"]["splits"]))["name"])
    expect(len(plain) > 0, "nothing comes when nothing is asked for")
    for problem in problems[:20]:
        print("wrong:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), *sys.argv[2:]))
