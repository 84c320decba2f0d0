#!/usr/bin/env python3
"""Reads the profile openrlhf with OpenRLHF's own loading code, by what the dataset's card says.

    read_openrlhf.py FOLDER WORK
"""
import os
import sys
import types

from tiny import Trial, command, expect, model_in, of_card, versions

from openrlhf.datasets import RewardDataset
from openrlhf.datasets.utils import blending_datasets
from transformers import AutoTokenizer


def read(work, options):
    prefix = "data." if "data.dataset" in options else ""
    arguments = types.SimpleNamespace(
        prompt_key=None, chosen_key=options[prefix + "chosen_key"],
        rejected_key=options[prefix + "rejected_key"],
        apply_chat_template=options[prefix + "apply_chat_template"], use_ms=False)
    # Names are in a group of their own since 0.10.4.
    arguments.data = arguments
    strategy = types.SimpleNamespace(
        args=arguments, print=print, is_rank_0=lambda: True)
    rows = blending_datasets(options[prefix + "dataset"], None, strategy, 42, dataset_split="train")
    tokenizer = AutoTokenizer.from_pretrained(model_in(work))
    prepared = RewardDataset(rows, tokenizer, 4096, strategy, is_dpo=True)
    expect(len(prepared) == len(rows), len(prepared), "of", len(rows), "rows")
    for index, row in enumerate(rows):
        for side, answers in (("chosen", prepared.chosens), ("rejected", prepared.rejects)):
            answer = row[side][-1]["content"]
            expect(answers[index].startswith(answer), side, "is", answers[index][:80])
        expect(row["chosen"][-2]["content"] in prepared.prompts[index], "the prompt is another")


def main(folder, work):
    print(f"versions\t{versions('openrlhf', 'transformers', 'datasets', 'torch')}")
    trial = Trial()
    for language, block in of_card(folder)["openrlhf"]:
        if language == "console":
            options = command(block)[1]
            trial.run(
                f"openrlhf by --{next(name for name in options if 'dataset' in name)}",
                lambda: read(work, options))
    return trial.failed


if __name__ == "__main__":
    sys.exit(main(*map(os.path.abspath, sys.argv[1:])))
