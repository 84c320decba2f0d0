"""Starts the steps of `dpo-prep job`, for the drivers beside this file.

An engine decides where and when a step runs, dpo-prep what it does. A step that is done ends at
once, copies of a step do no harm, and one that fails raises, so that the engine knows.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from staging import is_remote, publish, staged

STEPS = ("measure", "plan", "extract", "assemble", "finish")


@dataclass(frozen=True)
class Job:
    """A job's folder, which all workers share, and how its steps are started."""

    folder: str
    program: str
    scratch: str | None = None
    cpus: int = 1
    plan_cpus: int = 1

    def init(self, config: str, settings: Sequence[str]) -> None:
        """Makes the folder, or checks that it is this job's."""
        self._call("init", config, self.folder, *settings)

    def status(self) -> dict[str, Any]:
        """What is done, missing and failed: `job status --json`."""
        command = [self.program, "job", "status", self.folder, "--json"]
        status: dict[str, Any] = json.loads(subprocess.check_output(command))
        return status

    def inputs(self) -> list[str]:
        """The paths of the inputs; an input's number is its place."""
        return [entry["path"] for entry in self._description()["inputs"]]

    def tell(self) -> None:
        """Prints what is done, missing and failed."""
        subprocess.run([self.program, "job", "status", self.folder], check=False)

    def pending(self, step: str) -> list[int]:
        """The numbers of a step's tasks that are still to do; 0 stands for a step of one task."""
        status = self.status()
        if step == "plan":
            return [] if status["planned"] else [0]
        if step == "finish":
            return [] if status["finished"] else [0]
        if step == "assemble":
            if status["outputs"] is None:
                raise RuntimeError(f"{self.folder} has no plan yet")
            return [entry["index"] for entry in status["outputs"] if not entry["assembled"]]
        done = {"measure": "measured", "extract": "extracted"}[step]
        return [entry["index"] for entry in status["inputs"] if not entry[done]]

    def run(self, step: str, index: int) -> None:
        """Runs one task and raises CalledProcessError unless it ends with 0."""
        # The program would take every processor that it sees, beside other tasks that do, too.
        threads = ("--threads", str(self.plan_cpus if step == "plan" else self.cpus))
        if step in ("plan", "finish"):
            self._call(step, self.folder, *threads)
            return
        task = (step, self.folder, str(index), *threads)
        path = self.inputs()[index] if step in ("measure", "extract") else ""
        if is_remote(path):
            with staged(path, self.scratch) as copy:
                self._call(*task, "--input", copy)
        else:
            self._call(*task)

    def publish(self, url: str) -> None:
        """Uploads the finished dataset."""
        publish(os.path.join(self._description()["base"], self.status()["output"]), url)

    def _description(self) -> dict[str, Any]:
        with open(os.path.join(self.folder, "job.json"), encoding="utf-8") as file:
            description: dict[str, Any] = json.load(file)
        return description

    def _call(self, *arguments: str) -> None:
        subprocess.run([self.program, "job", *arguments], check=True)


def parser(description: str) -> argparse.ArgumentParser:
    """The arguments that all drivers have."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("config", help="the configuration, as for dpo-prep run")
    made.add_argument("job", help="the job's folder, on a disk that all workers share")
    made.add_argument("settings", nargs="*", metavar="key=value", help="settings to change")
    made.add_argument("--scratch", help="the folder for copies of remote inputs (TMPDIR)")
    made.add_argument("--cpus", type=int, default=1, help="processors of a task (1)")
    made.add_argument("--plan-cpus", type=int, default=1, help="processors of `plan` (1)")
    made.add_argument("--publish", metavar="URL", help="upload the finished dataset to this place")
    return made


def begin(arguments: argparse.Namespace) -> Job:
    """Makes the job of the arguments; `DPO_PREP` names the program if PATH does not have it."""
    job = Job(
        folder=os.path.abspath(arguments.job),
        program=os.environ.get("DPO_PREP", "dpo-prep"),
        scratch=arguments.scratch,
        cpus=arguments.cpus,
        plan_cpus=arguments.plan_cpus,
    )
    job.init(arguments.config, arguments.settings)
    return job
