#!/usr/bin/env python3
"""Trains two steps with a version of alignment-handbook, by what the dataset's card says.

    train_handbook.py CHECKOUT FOLDER WORK

CHECKOUT is the handbook's source at a version. Its own script runs where the version has one for the
installed packages. That of 0.2 is for packages of 2023: its data code alone runs here, and the rows go
to the installed trainer.
"""
import importlib.util
import os
import runpy
import sys
import types

from tiny import Trial, expect, model_in, of_card, versions

import datasets
import yaml

TRAINING = dict(
    max_steps=2, per_device_train_batch_size=2, per_device_eval_batch_size=2, report_to="none",
    use_cpu=True, bf16=False, max_length=512, save_strategy="no", logging_steps=1,
    eval_strategy="steps", eval_steps=2)


def script(path, settings, work, name):
    """Runs a script with a recipe, as `python script recipe`."""
    recipe = os.path.join(work, f"{name}.yaml")
    output = os.path.join(work, "out-" + name)
    with open(recipe, "w", encoding="utf-8") as file:
        yaml.safe_dump(
            {"model_name_or_path": model_in(work), "output_dir": output, **TRAINING, **settings},
            file)
    before = sys.argv
    # The releases take the recipe itself, the branch main an option.
    sys.argv = [path, recipe] if path.endswith("run_dpo.py") else [path, "--config", recipe]
    try:
        runpy.run_path(path, run_name="__main__")
    finally:
        sys.argv = before
    with open(os.path.join(output, "trainer_state.json"), encoding="utf-8") as file:
        expect(yaml.safe_load(file)["global_step"] == 2, "not two steps")


def without_hub():
    """HumanEval comes from the Hub when the handbook 0.3 is imported; here it is empty."""
    load = datasets.load_dataset

    def stub(path, *names, **options):
        return [] if path == "openai_humaneval" else load(path, *names, **options)

    datasets.load_dataset = stub


def data_code(checkout):
    """The module alignment.data of a version whose other modules want packages of its time."""
    package = types.ModuleType("alignment")
    package.__path__ = [os.path.join(checkout, "src", "alignment")]
    configs = types.ModuleType("alignment.configs")
    configs.DataArguments = type("DataArguments", (), {})
    sys.modules.update({"alignment": package, "alignment.configs": configs})
    path = os.path.join(checkout, "src", "alignment", "data.py")
    spec = importlib.util.spec_from_file_location("alignment.data", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def old_release(checkout, settings, work):
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from trl import DPOConfig, DPOTrainer

    data = data_code(checkout)
    tokenizer = AutoTokenizer.from_pretrained(model_in(work))
    rows = data.get_datasets(settings["dataset_mixer"], splits=settings["dataset_splits"])
    # What its run_dpo.py does with them.
    rows = rows.map(
        data.apply_chat_template, fn_kwargs={"tokenizer": tokenizer, "task": "dpo"},
        remove_columns=list(rows["train"].features))
    for split in ("train", "test"):
        rows[split] = rows[split].rename_columns({
            "text_prompt": "prompt", "text_chosen": "chosen", "text_rejected": "rejected"})
    trainer = DPOTrainer(
        AutoModelForCausalLM.from_pretrained(model_in(work)), tokenizer=tokenizer,
        train_dataset=rows["train"].select(range(8)), eval_dataset=rows["test"].select(range(2)),
        args=DPOConfig(
            output_dir=os.path.join(work, "out-old"), max_prompt_length=512, **TRAINING))
    trainer.train()
    expect(trainer.state.global_step == 2, "not two steps")
    return "its data code; training by the installed TRL"


def main(checkout, folder, work):
    print(f"versions\t{versions('trl', 'transformers', 'datasets', 'torch')}")
    card = of_card(folder)
    settings = [
        yaml.safe_load(block)
        for language, block in card["alignment-handbook"] if language == "yaml"]
    picked = next(yaml.safe_load(block) for language, block in card["h4"] if language == "yaml")
    mixer = next(found for found in settings if "dataset_mixer" in found)
    trial = Trial()
    scripts = os.path.join(checkout, "scripts")
    # Since 0.3 there is a module for benchmarks.
    if not os.path.exists(os.path.join(checkout, "src", "alignment", "decontaminate.py")) \
            and os.path.exists(os.path.join(scripts, "run_dpo.py")):
        trial.run("alignment-handbook", lambda: old_release(checkout, mixer, work))
        return trial.failed
    sys.path.insert(0, os.path.join(checkout, "src"))
    if os.path.exists(os.path.join(scripts, "run_dpo.py")):
        without_hub()
        trial.run(
            "alignment-handbook",
            lambda: script(os.path.join(scripts, "run_dpo.py"), mixer, work, "mixer"))
    else:
        main_script = os.path.join(scripts, "dpo.py")
        for profile, found in [*(("alignment-handbook", one) for one in settings), ("h4", picked)]:
            if found is mixer:
                continue
            name = "dataset_name" if "dataset_name" in found else "dataset_mixture"
            if name == "dataset_mixture":
                found["eval_strategy"] = "no"
            trial.run(
                f"{profile} by {name}",
                lambda: script(main_script, found, work, f"{profile}-{name}"))
    return trial.failed


if __name__ == "__main__":
    sys.exit(main(*map(os.path.abspath, sys.argv[1:])))
