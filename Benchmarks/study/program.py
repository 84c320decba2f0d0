"""Calls dpo-prep on a sample and reads what it made of it."""
import glob
import io
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass

import numpy as np
import zstandard

import methods


class Failed(Exception):
    """dpo-prep ended with an error; the text is what it said."""


@dataclass(frozen=True)
class Program:
    """Where dpo-prep is; every call has a folder and a thread of its own."""
    path: str

    def curve(self, rows, settings):
        """The curve that `fit` finds in rows, as `curve.json` has it."""
        with tempfile.TemporaryDirectory(prefix="dpo-prep-study.") as folder:
            written = os.path.join(folder, "curve.json")
            self._call(folder, "fit", rows, ["-o", written, *settings])
            with open(written) as file:
                return json.load(file)["curves"][0]

    def pairs(self, rows, settings):
        """For every prompt that gave a pair: (prompt, chosen answer, rejected answer)."""
        with tempfile.TemporaryDirectory(prefix="dpo-prep-study.") as folder:
            out = os.path.join(folder, "out")
            self._call(folder, "run", rows,
                       ["output.format=jsonl", f"output.dir={out}", "report.html=false",
                        "calibration.intervals=false", *settings])
            found = []
            for path in sorted(glob.glob(os.path.join(out, "data", "*.zst"))):
                with open(path, "rb") as raw:
                    text = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw))
                    found += [_places(json.loads(line)) for line in text]
            return np.array(found, dtype=int).reshape(-1, 3)

    def evaluated(self, kind, rows, resamples, *arguments):
        """What `evaluate` says of rows."""
        with tempfile.TemporaryDirectory(prefix="dpo-prep-study.") as folder:
            return json.loads(self._ended([
                self.path, "evaluate", kind, _written(folder, rows), "--json", "--quiet",
                f"--resamples={resamples}", *arguments]))

    def _call(self, folder, command, rows, arguments):
        rows = list(rows)
        made = _written(folder, rows)
        fields = {"model": "models"} if "models" in rows[0] else {}
        configuration = os.path.join(folder, "study.yaml")
        with open(configuration, "w") as file:
            json.dump({"input": {"paths": [made], "fields": fields},
                       "output": {"dir": os.path.join(folder, "out")}}, file)
        self._ended([
            self.path, command, configuration, "--quiet", "--no-progress", "run.threads=1",
            methods.LENGTH, *arguments])

    @staticmethod
    def _ended(command):
        ended = subprocess.run(command, capture_output=True, text=True)
        if ended.returncode != 0:
            raise Failed(ended.stderr)
        return ended.stdout


def _written(folder, rows):
    made = os.path.join(folder, "rows.jsonl")
    with open(made, "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return made


def rows(sample):
    """Rows of a `worlds.Sample`, a prompt each; an answer's text is its number."""
    several = sample.world.models > 1
    for prompt in range(len(sample.length)):
        row = {
            "prompt": str(prompt),
            "all_generated_responses": [str(k) for k in range(sample.world.answers)],
            "all_rm_scores": sample.reward[prompt].tolist(),
            "length": sample.length[prompt].tolist(),
        }
        if several:
            row["models"] = [f"model {number}" for number in sample.model[prompt]]
        yield row


def _places(row):
    return [int(row["prompt_text"]), int(row["chosen"][-1]["content"]),
            int(row["rejected"][-1]["content"])]
