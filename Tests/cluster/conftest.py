"""What tests of jobs share: inputs, the dataset that `run` makes of them, and places for jobs."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples" / "cluster"
sys.path.insert(0, str(EXAMPLES))

PROGRAM = os.path.abspath(os.environ["DPO_PREP"])
INPUTS = 7
PROMPTS = 1500
CONFIG = """\
input: {paths: ["in/*.jsonl"]}
calibration: {characteristics: [{name: chars, alpha: auto}], intervals: false}
split: {test: 0.1}
output: {dir: out, shard_rows: 600, profiles: [trl, h4], keep: [source]}
"""


def make_inputs(folder: Path) -> None:
    """Answers whose rewards like length, those of a prompt scattered over the files."""
    draw = random.Random(18)
    rows = []
    for number in range(PROMPTS):
        source = draw.choice(["a", "b", "c"])
        for _ in range(4):
            length = draw.randint(1, 90)
            rows.append({
                "prompt": f"question {number}: «naïve» 東京?",
                "response": f"{draw.random()} " + "word " * length,
                "reward": length / 90 + draw.gauss(0, 0.5),
                "source": source,
            })
    draw.shuffle(rows)
    # The last file has no pair of its own: a task without anything to extract.
    parts = [rows[start : -1 : INPUTS - 1] for start in range(INPUTS - 1)]
    parts.append([{"prompt": "alone", "response": "the only answer", "reward": 0.5, "source": "a"}])
    folder.mkdir()
    for number, part in enumerate(parts):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in part)
        (folder / f"{number}.jsonl").write_text("".join(lines))


def files(folder: Path) -> dict[str, bytes]:
    """The files of a dataset by name, the manifest without what differs from run to run."""
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    texts = {name: path.read_bytes() for name, path in found.items()}
    manifest = json.loads(texts["manifest.json"])
    del manifest["timings"], manifest["memory"], manifest["manifest_sha256"]
    texts["manifest.json"] = json.dumps(manifest).encode()
    return texts


class Place:
    """A working folder with the inputs, a configuration and, when it is made, a job."""

    def __init__(self, folder: Path, inputs: Path, expected: Path | None) -> None:
        self.folder = folder
        self.expected = expected
        self.job = folder / "JOB"
        self.out = folder / "out"
        self.faults = folder / "faults"
        self.faults.mkdir()
        (folder / "in").symlink_to(inputs)
        (folder / "c.yaml").write_text(CONFIG)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the test with the program that meets faults."""
        return {
            **os.environ, "DPO_PREP": str(HERE / "faulty.sh"), "DPO_PREP_REAL": PROGRAM,
            "DPO_PREP_FAULTS": str(self.faults),
        }

    def command(self, *arguments: str) -> list[str]:
        return [self.environment["DPO_PREP"], "job", arguments[0], "JOB", *arguments[1:]]

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Starts a step of the job, in a session of its own so that all of it can be killed."""
        with open(self.folder / "log", "ab") as log:
            return subprocess.Popen(
                self.command(*arguments), cwd=self.folder, env=self.environment, stderr=log,
                stdout=log, start_new_session=True)

    def call(self, *arguments: str) -> int:
        """The exit status of a step of the job."""
        return self.start(*arguments).wait()

    def init(self) -> None:
        command = [PROGRAM, "job", "init", "c.yaml", "JOB"]
        subprocess.run(command, cwd=self.folder, check=True)

    def driver(
        self, name: str, *options: str, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        """Runs a driver of examples/cluster on the job."""
        script = EXAMPLES / name
        command = [str(script)] if script.suffix == ".sh" else [sys.executable, str(script)]
        return subprocess.run(
            [*command, "c.yaml", "JOB", *options], cwd=self.folder, timeout=600, text=True,
            env={**self.environment, **environment}, capture_output=True)

    def status(self) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(
            subprocess.check_output([PROGRAM, "job", "status", "JOB", "--json"], cwd=self.folder))
        return made

    def fault(self, step: str, index: int, script: str) -> None:
        """Has a task carry out a piece of shell script, once, before the step itself."""
        (self.faults / f"{step}-{index}").write_text(script)

    def started(self) -> list[str]:
        """The tasks that were started so far, such as `measure-3`."""
        log = self.faults / "log"
        return log.read_text().split() if log.exists() else []

    def break_input(self, number: int) -> None:
        """Gives the place inputs of its own, one of which is malformed at its end."""
        inputs = (self.folder / "in").resolve()
        (self.folder / "in").unlink()
        shutil.copytree(inputs, self.folder / "in")
        with open(self.folder / "in" / f"{number}.jsonl", "a") as file:
            file.write('{"prompt": "cut\n')

    def done(self) -> dict[str, int]:
        """What is done: the receipts with the moments in which they were written."""
        places = ("columns/*.json", "plan/plan.json", "texts/*.json", "outputs/receipts/*.json")
        receipts = [path for place in places for path in self.job.glob(place)]
        return {str(path.relative_to(self.job)): path.stat().st_mtime_ns for path in receipts}

    def check(self) -> None:
        """Holds the dataset against that of `run`, and sees that nothing is left over."""
        assert self.expected is not None
        made, expected = files(self.out), files(self.expected)
        assert made.keys() == expected.keys()
        differing = [name for name in made if made[name] != expected[name]]
        assert not differing
        assert not list(self.folder.rglob("*.partial-*"))
        status = self.status()
        assert status["finished"]
        failures = [entry["failure"] for entry in [*status["inputs"], *status["outputs"]]]
        assert not any(failures)

    def check_failed(self, number: int) -> None:
        """Sees that there is no dataset and that the status names the input that is to blame."""
        assert not self.out.exists()
        status = self.status()
        assert not status["finished"]
        failed = [entry["path"] for entry in status["inputs"] if entry["failure"]]
        assert failed == [f"in/{number}.jsonl"]
        told = subprocess.run(
            [PROGRAM, "job", "status", "JOB"], cwd=self.folder, capture_output=True, text=True)
        assert f"in/{number}.jsonl" in told.stdout + told.stderr


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the inputs."""
    folder = tmp_path_factory.mktemp("inputs") / "in"
    make_inputs(folder)
    return folder


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory, inputs: Path) -> Path:
    """What `run` makes of the inputs."""
    place = Place(tmp_path_factory.mktemp("expected"), inputs, None)
    subprocess.run([PROGRAM, "run", "-q", "c.yaml"], cwd=place.folder, check=True)
    assert len(list((place.out / "data").iterdir())) > 3
    return place.out


@pytest.fixture(scope="session")
def seconds(tmp_path_factory: pytest.TempPathFactory, inputs: Path) -> dict[str, float]:
    """What each step of a job takes, of its first task."""
    place = Place(tmp_path_factory.mktemp("seconds"), inputs, None)
    place.init()
    took = {}
    for step in ("measure", "plan", "extract", "assemble", "finish"):
        begin = time.monotonic()
        assert place.call(step, *(["0"] if step not in ("plan", "finish") else [])) == 0
        took[step] = time.monotonic() - begin
        # All of it, so that the next step can be done.
        assert place.call(step) == 0
    return took


@pytest.fixture
def place(tmp_path: Path, inputs: Path, expected: Path) -> Place:
    """A place for a job."""
    return Place(tmp_path, inputs, expected)
