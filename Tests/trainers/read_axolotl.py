#!/usr/bin/env python3
"""Reads the profile axolotl with Axolotl's own loading code, by what the dataset's card says.

    read_axolotl.py FOLDER WORK
"""
import os
import sys

from tiny import Trial, expect, model_in, of_card, versions

import yaml
from axolotl.prompt_strategies.dpo import load as load_strategy
from axolotl.utils.data.shared import load_dataset_with_config
from axolotl.utils.dict import DictDefault
from transformers import AutoTokenizer


def read(work, settings):
    tokenizer = AutoTokenizer.from_pretrained(model_in(work))
    settings = DictDefault({**settings, "chat_template": "tokenizer_default"})
    part = settings["datasets"][0]
    rows = load_dataset_with_config(part, use_auth_token=False)
    transform, _ = load_strategy(part["type"], settings, dataset_idx=0)
    for row in rows:
        made = transform(dict(row), tokenizer=tokenizer)
        for side in ("chosen", "rejected"):
            answer = row[side]["content"].rstrip()
            expect(made[side].startswith(answer), side, "is", made[side][:80])
        expect(row["messages"][-1]["content"] in made["prompt"], "the prompt is", made["prompt"])


def main(folder, work):
    print(f"versions\t{versions('axolotl', 'transformers', 'datasets', 'torch')}")
    trial = Trial()
    for language, block in of_card(folder)["axolotl"]:
        if language == "yaml":
            trial.run("axolotl", lambda: read(work, yaml.safe_load(block)))
    return trial.failed


if __name__ == "__main__":
    sys.exit(main(*map(os.path.abspath, sys.argv[1:])))
