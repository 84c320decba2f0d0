#!/usr/bin/env python3
"""Carries out the Python of Markdown files, as a reader would type it into a folder with datasets.

    doc_snippets.py FILE…

Each file is a reader of its own: what a block defines, the next ones know. What CI does not install
is stood in for: trainers and plots take what they are given, but a trainer only rows that it could
train on. scripts/trainers.sh types the README's block with the real ones. Ends with 1 at the first
that fails. Blocks of sessions (>>>) are python/tests/test_docs.py's.
"""
import os
import sys
import tempfile
import types

cache = tempfile.TemporaryDirectory(prefix="doc-snippets-")
os.environ["HF_HOME"] = cache.name
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"

from snippets import blocks


class Anything:
    """What takes every call."""

    def __init__(self, *values, **named):
        pass

    def __call__(self, *values, **named):
        return self

    def __getattr__(self, name):
        return self


class Trainer(Anything):
    """Refuses what TRL refuses: a string beside conversations, and columns of other trainers."""

    def __init__(self, *values, train_dataset, processing_class, **named):
        row = train_dataset[0]
        read = {"prompt", "messages", "completion", "label"} & set(row)
        kinds = {type(row[name]) for name in read | {"chosen", "rejected"}}
        assert read <= {"prompt"} and len(kinds) == 1, f"{read} of {kinds}"


def stand_in(**members):
    for path, value in members.items():
        name, member = path.rsplit("__", 1)
        name = name.replace("__", ".")
        module = sys.modules.setdefault(name, types.ModuleType(name))
        setattr(module, member, value)
        if "." in name:
            parent, child = name.rsplit(".", 1)
            setattr(sys.modules.setdefault(parent, types.ModuleType(parent)), child, module)


def main(*paths):
    stand_in(
        trl__DPOTrainer=Trainer, trl__DPOConfig=Anything,
        transformers__AutoModelForCausalLM=Anything(), transformers__AutoTokenizer=Anything(),
        # What `datasets` asks for where it finds the package.
        transformers__PreTrainedTokenizerBase=type("PreTrainedTokenizerBase", (), {}),
        matplotlib__pyplot__savefig=lambda path: open(path, "w").close())
    for name in ("fill_between", "plot", "xlabel", "ylabel"):
        setattr(sys.modules["matplotlib.pyplot"], name, Anything())
    for path in paths:
        names = {}
        with open(path, encoding="utf-8") as file:
            found = [
                block for language, block in blocks(file.read())
                if language == "python" and not block.startswith(">>>")]
        for block in found:
            try:
                exec(block, names)
            except Exception as error:
                print(f"{path}: {type(error).__name__}: {error}\n{block}")
                return 1
        print(f"{os.path.basename(path)}: {len(found)} blocks")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
