"""Jobs on a Spark of this machine, which tries a failed task a second time."""

import subprocess

from conftest import Place


def run(place: Place) -> "subprocess.CompletedProcess[str]":
    return place.driver(
        "spark_job.py", PYSPARK_SUBMIT_ARGS="--master local[2,2] pyspark-shell",
        SPARK_LOCAL_IP="127.0.0.1")


def test_killed_tasks(place: Place) -> None:
    """A step is killed in every stage, and once the worker that started it."""
    for task in (("measure", 1), ("plan", 0), ("extract", 3), ("assemble", 1), ("finish", 0)):
        place.fault(*task, "kill -9 $$")
    place.fault("measure", 5, "kill -9 $PPID")
    made = run(place)
    assert made.returncode == 0, made.stderr
    assert place.started().count("measure-1") == 2 and place.started().count("measure-5") == 2
    place.check()


def test_a_failing_task(place: Place) -> None:
    place.break_input(3)
    failed = run(place)
    assert failed.returncode != 0
    assert "in/3.jsonl" in failed.stdout + failed.stderr
    assert "plan-0" not in place.started()
    place.check_failed(3)
