"""Calls `dpo-prep evaluate` and reads the JSON it prints."""
import json
import subprocess
from dataclasses import dataclass

METHODS = {"penalty": "length penalty", "mean": "RC-Mean", "lwr": "RC-LWR"}


class Failed(Exception):
    """dpo-prep ended with an error; the text is what it said."""


@dataclass(frozen=True)
class Evaluation:
    """The program, and how many resamples of prompts its intervals are taken from."""
    program: str
    resamples: int

    def rewardbench(self, files, settings, texts=None):
        return self._call("rewardbench", files, settings, ["--texts", texts] if texts else [])

    def leaderboard(self, files, settings, options):
        return self._call("alpacaeval", files, settings, options)

    def _call(self, name, files, settings, options):
        command = [self.program, "evaluate", name, "--json", "--quiet", "--no-progress",
                   "--resamples", str(self.resamples), *options, *files, *settings]
        ended = subprocess.run(command, capture_output=True, text=True)
        if ended.returncode != 0:
            raise Failed(ended.stderr)
        return json.loads(ended.stdout)
