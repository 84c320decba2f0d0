"""Jobs on a Ray of this machine."""

from conftest import Place


def test_a_killed_worker(place: Place) -> None:
    """A worker dies in every stage; its task is run again while the step it started goes on."""
    for task in (("measure", 1), ("measure", 4), ("plan", 0), ("extract", 3), ("assemble", 1)):
        place.fault(*task, "kill -9 $PPID")
    made = place.driver("ray_job.py")
    assert made.returncode == 0, made.stderr
    assert place.started().count("measure-4") == 2 and place.started().count("extract-3") == 2
    place.check()


def test_a_killed_step(place: Place) -> None:
    place.fault("extract", 2, "kill -9 $$")
    made = place.driver("ray_job.py")
    assert made.returncode == 0, made.stderr
    assert place.started().count("extract-2") == 2
    place.check()


def test_a_failing_task(place: Place) -> None:
    place.break_input(3)
    failed = place.driver("ray_job.py")
    assert failed.returncode != 0
    assert "in/3.jsonl" in failed.stdout + failed.stderr
    assert "plan-0" not in place.started()
    place.check_failed(3)
