#!/usr/bin/env python3
"""Trains two steps with TRL on each config of a dataset's folder, as it comes.

    train_trl.py FOLDER WORK CONFIG…

A config is a profile's name, or `default` for what comes when none is asked for. No column is picked
or renamed. What the trainer makes of the first row is read back and compared with the row.
"""
import inspect
import os
import sys

from tiny import Trial, blocks, expect, model_in, versions

import datasets
import trl
from transformers import AutoModelForCausalLM, AutoTokenizer

try:
    from trl import KTOConfig, KTOTrainer
except ImportError:
    from trl.experimental.kto import KTOConfig, KTOTrainer


def arguments(config, folder, **more):
    known = inspect.signature(config).parameters
    values = dict(
        output_dir=folder, max_steps=2, per_device_train_batch_size=2, use_cpu=True, report_to=[],
        bf16=False, gradient_checkpointing=False, max_length=512, max_prompt_length=256,
        save_strategy="no", eval_strategy="steps", eval_steps=2, per_device_eval_batch_size=2,
        logging_steps=2, **more)
    return config(**{name: value for name, value in values.items() if name in known})


def text_of(turns):
    return turns if isinstance(turns, str) else "".join(turn["content"] for turn in turns)


def check_tokens(row, prepared, tokenizer):
    """The prompt and the two answers have to arrive each in its place."""
    decoded = {}
    for kind in ("prompt", "chosen", "rejected"):
        # Their names before TRL 0.29, and since.
        ids = next((prepared[name] for name in (f"{kind}_input_ids", f"{kind}_ids")
                    if name in prepared), None)
        expect(ids is not None, "no tokens of", kind)
        decoded[kind] = tokenizer.decode(ids)
    answers = {side: text_of(row[side][-1:] if isinstance(row[side], list) else row[side])
               for side in ("chosen", "rejected")}
    asked = row.get("prompt") or row["chosen"][:-1]
    # Long ones are cut, the prompt from the left and answers from the right.
    for side, answer in answers.items():
        expect(answer[:60].strip() in decoded[side], side, "is", decoded[side][:80])
        expect(answer[:60].strip() not in decoded["prompt"], side, "stands in the prompt")
    expect(text_of(asked)[-60:].strip() in decoded["prompt"], "prompt is", decoded["prompt"][-80:])


def train(folder, work, config, **more):
    data = datasets.load_dataset(folder, *([] if config == "default" else [config]))
    split = "train" if "train" in data else "train_prefs"
    rows, tests = data[split], data[split.replace("train", "test")]
    rows, tests = rows.select(range(16)), tests.select(range(2))
    path = model_in(work)
    tokenizer = AutoTokenizer.from_pretrained(path)
    is_kto = "label" in rows.column_names
    trainer_type, config_type = (
        (KTOTrainer, KTOConfig) if is_kto else (trl.DPOTrainer, trl.DPOConfig))
    trainer = trainer_type(
        model=AutoModelForCausalLM.from_pretrained(path), train_dataset=rows, eval_dataset=tests,
        args=arguments(config_type, os.path.join(work, "out"), **more), processing_class=tokenizer)
    if not is_kto:
        prepared = trainer.train_dataset[0]
        check_tokens(rows[0], prepared, tokenizer)
    trainer.train()
    expect(trainer.state.global_step == 2, trainer.state.global_step, "steps")


def readme(folder, work):
    """Types what the README says, with a model and a dataset that are here."""
    top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    with open(os.path.join(top, "README.md"), encoding="utf-8") as file:
        block = next(block for language, block in blocks(file.read()) if "DPOTrainer(" in block)
    for written, here in (
        ("Qwen/Qwen2.5-0.5B-Instruct", model_in(work)), ("out/quickstart", folder),
        ('output_dir="model"', f'output_dir="{work}/readme"'),
    ):
        expect(written in block, "the README does not say", written)
        block = block.replace(written, here)
    names = {}
    exec(block, names)
    expect(names["trainer"].state.global_step == 2, "not two steps")


def main(folder, work, *configs):
    print(f"versions\t{versions('trl', 'transformers', 'datasets', 'torch')}")
    trial = Trial()
    for config in configs:
        trial.run(config, lambda: train(folder, work, config))
    trial.run("the README's snippet", lambda: readme(folder, work))
    # As the handbook's scripts say: the trainer is not to leave out what it does not know.
    trial.run(
        f"{configs[0]} with remove_unused_columns=False",
        lambda: train(folder, work, configs[0], remove_unused_columns=False))
    return trial.failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
