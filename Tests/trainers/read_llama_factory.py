#!/usr/bin/env python3
"""Reads the profile llama-factory with LLaMA-Factory's own data code, by what the card says.

    read_llama_factory.py FOLDER WORK
"""
import importlib.machinery
import os
import sys
import types

from tiny import Trial, expect, model_in, of_card, versions

import datasets
import yaml

# For sounds alone, and bound to one torch.
stub = types.ModuleType("torchaudio")
stub.__spec__ = importlib.machinery.ModuleSpec("torchaudio", None)
sys.modules.setdefault("torchaudio", stub)

from llamafactory.data import get_dataset, get_template_and_fix_tokenizer  # noqa: E402
from llamafactory.hparams import DataArguments, ModelArguments
from transformers import AutoTokenizer, Seq2SeqTrainingArguments


def read(work, settings):
    tokenizer = AutoTokenizer.from_pretrained(model_in(work))
    data_arguments = DataArguments(
        dataset=settings["dataset"], dataset_dir=settings["dataset_dir"], template="default",
        cutoff_len=4096, overwrite_cache=True)
    found = get_dataset(
        get_template_and_fix_tokenizer(tokenizer, data_arguments),
        ModelArguments(model_name_or_path=model_in(work)), data_arguments,
        Seq2SeqTrainingArguments(output_dir=os.path.join(work, "out"), use_cpu=True, report_to=[]),
        stage="rm", tokenizer=tokenizer)
    rows = datasets.load_dataset(
        settings["folder"], "llama-factory", split=settings["dataset"].removeprefix("dpo_prep_"))
    prepared = found["train_dataset"]
    expect(len(prepared) == len(rows), len(prepared), "of", len(rows), "rows")
    for row, tokens in zip(rows, prepared):
        for side in ("chosen", "rejected"):
            text = tokenizer.decode(tokens[f"{side}_input_ids"])
            expect(row[side]["value"] in text, side, "is", text[-80:])
            expect(row["conversations"][-1]["value"] in text, "the prompt is not in", text[:80])


def main(folder, work):
    print(f"versions\t{versions('llamafactory', 'transformers', 'datasets', 'torch')}")
    trial = Trial()
    for language, block in of_card(folder)["llama-factory"]:
        if language == "yaml":
            settings = {**yaml.safe_load(block), "folder": folder}
            trial.run("llama-factory", lambda: read(work, settings))
    return trial.failed


if __name__ == "__main__":
    sys.exit(main(*map(os.path.abspath, sys.argv[1:])))
