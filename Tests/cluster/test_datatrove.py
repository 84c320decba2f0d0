"""Jobs on datatrove's local executor; test_slurm.py has those on its other one."""

import os
import signal
import subprocess
import sys
import time

from conftest import EXAMPLES, Place


def run(place: Place) -> "subprocess.CompletedProcess[str]":
    return place.driver("datatrove_job.py", "--workers", "2")


def test_a_dataset(place: Place) -> None:
    made = run(place)
    assert made.returncode == 0, made.stderr
    place.check()


def test_fewer_ranks_than_inputs(place: Place) -> None:
    made = place.driver("datatrove_job.py", "--workers", "2", "--tasks", "2")
    assert made.returncode == 0, made.stderr
    place.check()


def test_kill_and_relaunch(place: Place) -> None:
    """The driver and all below it are killed in the middle of a step, twice."""
    for step in ("measure", "extract"):
        place.fault(step, 3, f"touch {place.folder}/{step}; sleep 100")
        process = subprocess.Popen(
            [sys.executable, str(EXAMPLES / "datatrove_job.py"), "c.yaml", "JOB", "--workers", "2"],
            cwd=place.folder, env=place.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (place.folder / step).exists():
            assert process.poll() is None
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert not place.out.exists()
    before = place.done()
    made = run(place)
    assert made.returncode == 0, made.stderr
    assert {name: place.done()[name] for name in before} == before
    place.check()


def test_a_killed_step(place: Place) -> None:
    """The program is killed and not the driver, which says that it failed."""
    place.fault("assemble", 1, "kill -9 $$")
    failed = run(place)
    assert failed.returncode != 0 and not place.out.exists()
    assert "SIGKILL" in failed.stderr
    made = run(place)
    assert made.returncode == 0, made.stderr
    place.check()


def test_a_failing_task(place: Place) -> None:
    place.break_input(3)
    failed = run(place)
    assert failed.returncode != 0
    assert "in/3.jsonl" in failed.stdout + failed.stderr
    place.check_failed(3)
