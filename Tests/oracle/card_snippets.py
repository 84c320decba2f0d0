#!/usr/bin/env python3
"""Carries out every block of a dataset's card that says how to load it.

    card_snippets.py out

Python runs as it stands. What configures a trainer is loaded as that trainer does it: the calls
are those of its own code, and scripts/trainers.sh runs that code itself. Each block has to give the
rows of its profile, with the columns that it names. Prints what is wrong and ends with 1, or prints
a line for each block and ends with 0.
"""
import json
import os
import re
import sys
import tempfile

cache = tempfile.TemporaryDirectory(prefix="card-snippets-")
os.environ["HF_HOME"] = cache.name
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets
import yaml

from snippets import command, of_card


def handbook(settings):
    """alignment-handbook's get_dataset: a whole dataset, of which `train` is trained on."""
    together = datasets.load_dataset(settings["dataset_name"], settings.get("dataset_config"))
    return {split: data for split, data in together.items()}


def handbook_mixture(settings):
    parts = settings["dataset_mixture"]["datasets"]
    return {
        part["split"]: datasets.load_dataset(
            part["id"], part["config"], split=part["split"]).select_columns(part["columns"])
        for part in parts}


def handbook_mixer(settings):
    """mix_datasets of its releases, which wants each split and sorts them by their names."""
    names = list(settings["dataset_mixer"])
    configs = settings.get("dataset_configs") or [None] * len(names)
    found = {}
    for name, config in zip(names, configs, strict=True):
        for split in settings["dataset_splits"]:
            if "train" not in split and "test" not in split:
                raise ValueError(f"split {split} is neither for training nor for a test")
            found[split] = datasets.load_dataset(name, config, split=split)
    return found


def llama_factory(settings):
    """Every file of a folder that dataset_info.json names, and the columns that it names."""
    folder = settings["dataset_dir"]
    with open(os.path.join(folder, "dataset_info.json"), encoding="utf-8") as file:
        info = json.load(file)[settings["dataset"]]
    split = os.path.join(folder, info["file_name"])
    files = sorted(os.path.join(split, name) for name in os.listdir(split))
    kind = "parquet" if files[0].endswith(".parquet") else "json"
    data = datasets.load_dataset(kind, data_files=files, split="train")
    missing = set(info["columns"].values()) - set(data.column_names)
    if missing:
        raise ValueError(f"no columns {missing}")
    return {settings["dataset"].removeprefix("dpo_prep_"): data}


def axolotl(settings):
    found = {}
    for part in settings["datasets"]:
        data = datasets.load_dataset(part["path"], name=part["name"], split=part["split"])
        for field in ("field_messages", "field_chosen", "field_rejected"):
            if part[field] not in data.column_names:
                raise ValueError(f"no column {part[field]}")
        found[part["split"]] = data
    return found


def openrlhf(options):
    """blending_datasets: a folder that is no saved dataset, then its split `train`."""
    prefix = "data." if "data.dataset" in options else ""
    data = datasets.load_dataset(options[prefix + "dataset"], data_dir=None)["train"]
    for name in ("chosen_key", "rejected_key"):
        if options[prefix + name] not in data.column_names:
            raise ValueError(f"no column {options[prefix + name]}")
    return {"train": data}


def ms_swift(options):
    """A path and a config, of which `train` is taken."""
    path, config = options["dataset"].rsplit(":", 1)
    return {"train": datasets.load_dataset(path, config, split="train")}


def python(block):
    names = {}
    exec(block, names)
    split = re.search(r'split="(\w+)"', block)[1]
    return {split: names["dataset"]}


def carried_out(language, block):
    """The splits that a block gives, and what it is called here."""
    if language == "python":
        return "python", python(block)
    if language == "yaml":
        settings = yaml.safe_load(block)
        for key, load in (
            ("dataset_name", handbook), ("dataset_mixture", handbook_mixture),
            ("dataset_mixer", handbook_mixer), ("dataset_dir", llama_factory),
            ("datasets", axolotl),
        ):
            if key in settings:
                return key, load(settings)
    if language == "console":
        words, options = command(block)
        if "swift" in words:
            return "swift", ms_swift(options)
        return "openrlhf " + next(name for name in options if "dataset" in name), openrlhf(options)
    raise ValueError(f"nothing is known of a block of {language}")


def main(folder):
    datasets.logging.set_verbosity_error()
    getattr(datasets, "disable_progress_bars", datasets.disable_progress_bar)()
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        card = yaml.safe_load(re.match(r"---\n(.*?\n)---\n", file.read(), re.DOTALL)[1])
    infos = {info["config_name"]: info for info in card["dataset_info"]}
    wrong = 0
    for profile, blocks in of_card(folder).items():
        columns = {feature["name"] for feature in infos[profile]["features"]}
        counts = {split["name"]: split["num_examples"] for split in infos[profile]["splits"]}
        for language, block in blocks:
            try:
                name, found = carried_out(language, block)
                for split, data in found.items():
                    if len(data) != counts[split] or not set(data.column_names) <= columns:
                        raise ValueError(f"{split}: {len(data)} rows of {data.column_names}")
                if not found:
                    raise ValueError("it gives nothing")
                print(f"{profile}: {name}: {', '.join(found)}")
            except Exception as error:
                wrong += 1
                print(f"wrong: {profile}: {type(error).__name__}: {error}\n{block}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
