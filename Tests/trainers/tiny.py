"""What the programs of this folder share: a model, what a card says, and how results are told."""
import os
import sys
import traceback

for folder in ("../../examples", "../oracle"):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), folder))
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"

from snippets import blocks, command, of_card  # noqa: E402
from train_dpo import tiny_model  # noqa: E402

__all__ = ["Trial", "blocks", "command", "expect", "model_in", "of_card", "versions"]


def model_in(folder):
    """The path of a model in the folder, which is made if it is not there."""
    path = os.path.join(folder, "tiny")
    if not os.path.exists(os.path.join(path, "config.json")):
        tiny_model(path)
    return path


def versions(*names):
    """The versions of packages, for the table."""
    from importlib.metadata import version

    return ", ".join(f"{name} {version(name)}" for name in names)


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(map(str, what)))


class Trial:
    """Prints a line for each thing that is tried: its name, what came of it, and why."""

    failed = False

    def run(self, name, action):
        try:
            result, words = "ok", action() or ""
        except Exception as error:
            traceback.print_exc()
            result, words = "fails", f"{type(error).__name__}: {error}".splitlines()[0][:120]
            self.failed = True
        print(f"trial\t{name}\t{result}\t{words}", flush=True)
