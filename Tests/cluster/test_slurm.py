"""Jobs on a Slurm of this machine: arrays, requeue, failed dependencies."""

import subprocess
import time
from collections.abc import Iterator

import pytest
from conftest import INPUTS, Place
from slurm_cluster import SlurmCluster


@pytest.fixture(scope="module")
def slurm() -> Iterator[SlurmCluster]:
    with SlurmCluster() as cluster:
        yield cluster


def submit(place: Place, slurm: SlurmCluster, **more: str) -> "subprocess.CompletedProcess[str]":
    small = "--mem=500M --cpus-per-task=1"
    return place.driver("submit.sh", SLURM_CONF=slurm.conf, PLAN_OPTIONS=small, **more)


def test_arrays(place: Place, slurm: SlurmCluster) -> None:
    made = submit(place, slurm)
    assert made.returncode == 0, made.stderr
    place.check()
    measured = [f"measure-{number}" for number in range(INPUTS)]
    assert sorted(place.started())[-INPUTS - 1 :] == [*measured, "plan-0"]


def test_fewer_tasks_than_inputs(place: Place, slurm: SlurmCluster) -> None:
    made = submit(place, slurm, TASKS="2")
    assert made.returncode == 0, made.stderr
    place.check()
    assert {name for name in place.started() if "extract" in name} == {"extract-0", "extract-1"}


def test_bare_array_task(place: Place, slurm: SlurmCluster) -> None:
    """A step takes its number from the array that it finds itself in."""
    place.init()
    step = " ".join(place.command("measure"))
    command = ["sbatch", "--wait", f"--array=0-{INPUTS - 1}", "--wrap", step]
    subprocess.run(
        command, cwd=place.folder, env={**place.environment, "SLURM_CONF": slurm.conf}, check=True)
    assert len(place.started()) == INPUTS
    assert all(entry["measured"] for entry in place.status()["inputs"])


def test_requeue(place: Place, slurm: SlurmCluster) -> None:
    """Slurm takes a task away while it is at work and starts it again."""
    place.fault("measure", 2, 'scontrol requeue "$SLURM_JOB_ID"; sleep 100')
    place.fault("extract", 4, 'scontrol requeue "$SLURM_JOB_ID"; sleep 100')
    made = submit(place, slurm)
    assert made.returncode == 0, made.stderr
    assert place.started().count("measure-2") == 2 and place.started().count("extract-4") == 2
    place.check()


@pytest.mark.parametrize("step", ["measure", "plan", "extract", "assemble", "finish"])
def test_a_killed_task(place: Place, slurm: SlurmCluster, step: str) -> None:
    """The steps after a killed task do not run; submitted again, what is done is not repeated."""
    place.fault(step, 0, "kill -9 $$")
    failed = submit(place, slurm)
    assert failed.returncode == 1 and "there is no dataset" in failed.stderr
    assert not place.out.exists()
    before = place.done()
    made = submit(place, slurm)
    assert made.returncode == 0, made.stderr
    assert {name: place.done()[name] for name in before} == before
    place.check()


def test_a_failed_dependency(place: Place, slurm: SlurmCluster) -> None:
    place.break_input(3)
    failed = submit(place, slurm)
    assert failed.returncode == 1
    assert "in/3.jsonl" in failed.stdout + failed.stderr
    assert not [name for name in place.started() if not name.startswith("measure")]
    place.check_failed(3)


def test_what_wait_says_after_a_failed_dependency(slurm: SlurmCluster) -> None:
    """Why submit.sh asks for the job's status: this is 0."""
    failed = slurm.call(
        "sbatch", "--parsable", "--hold", "--output=/dev/null", "--wrap", "false").stdout.strip()
    waiting = subprocess.Popen(
        ["sbatch", "--wait", f"--dependency=afterok:{failed}", "--kill-on-invalid-dep=yes",
         "--output=/dev/null", "--wrap", "true"], env=slurm.environment)
    time.sleep(1)
    slurm.call("scontrol", "release", failed)
    assert waiting.wait() == 0


def test_datatrove(place: Place, slurm: SlurmCluster) -> None:
    options = ["--slurm", "main", "--wait", "--memory", "1", "--plan-memory", "1"]
    place.fault("extract", 1, "kill -9 $$")
    failed = place.driver("datatrove_job.py", *options, SLURM_CONF=slurm.conf)
    assert failed.returncode == 1 and not place.out.exists()
    made = place.driver("datatrove_job.py", *options, SLURM_CONF=slurm.conf)
    assert made.returncode == 0, made.stderr
    place.check()
