"""Jobs without an engine: any order, any number of workers, kills, copies, failing tasks."""

import contextlib
import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import INPUTS, Place

SINGLE = {"plan": 1, "finish": 1}


def tasks(place: Place, step: str) -> list[list[str]]:
    """The tasks of a step, as they are typed."""
    if step in SINGLE:
        return [[step]]
    if step == "assemble":
        return [[step, str(index)] for index in range(len(place.status()["outputs"]))]
    return [[step, str(index)] for index in range(INPUTS)]


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_any_order(place: Place, workers: int) -> None:
    place.init()
    draw = random.Random(workers)
    for step in ("measure", "plan", "extract", "assemble", "finish"):
        todo = tasks(place, step)
        draw.shuffle(todo)
        with ThreadPoolExecutor(workers) as pool:
            assert set(pool.map(lambda task: place.call(*task), todo)) == {0}
    place.check()


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_run_here(place: Place, workers: int) -> None:
    place.init()
    assert place.call("run", "--workers", str(workers)) == 0
    place.check()
    before = place.done()
    assert place.call("run", "--workers", str(workers)) == 0
    assert place.done() == before


def test_shards(place: Place) -> None:
    """Two ranks for seven inputs; nine ranks, some of which have nothing to do."""
    place.init()
    for step, ranks in (("measure", 2), ("plan", 0), ("extract", 9), ("assemble", 99)):
        todo = [[step, "--shard", f"{rank}/{ranks}"] for rank in range(ranks)] or [[step]]
        assert {place.call(*task) for task in todo} == {0}
    assert place.call("finish") == 0
    place.check()


def test_not_yet(place: Place) -> None:
    """A step whose predecessors are not done says so with the status for trying later."""
    place.init()
    assert place.call("plan") == 75
    assert place.call("extract", "0") == 75
    assert place.call("measure", "0") == 0
    assert place.call("plan") == 75
    assert place.call("finish") == 75
    assert "measure" in (place.folder / "log").read_text()
    assert not place.out.exists()


def kill(place: Place, after: float, *task: str) -> bool:
    """Starts a task and kills it; whether that met it alive. What was done stays as it is."""
    before = place.done()
    process = place.start(*task)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    alive = process.wait() == -signal.SIGKILL
    # What it started is gone when the system's first process has taken note of it.
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.killpg(process.pid, 0)
            time.sleep(0.01)
    after_it = place.done()
    assert {name: after_it[name] for name in before} == before
    return alive


def test_kills_in_every_stage(place: Place, seconds: dict[str, float]) -> None:
    """Each task is killed at moments spread over what it takes, then runs to its end."""
    place.init()
    kills = dict.fromkeys(seconds, 0)
    for step in seconds:
        for position, task in enumerate(tasks(place, step)):
            # A machine that others use, too, is now slower and now faster than it was.
            moments = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8] if position == 0 else [position % 10 / 10]
            for moment in moments:
                kills[step] += kill(place, seconds[step] * moment, *task)
            assert place.call(*task) == 0
    assert min(kills.values()) >= 2 and sum(kills.values()) >= 15
    place.check()


def test_kills_of_run(place: Place, seconds: dict[str, float]) -> None:
    """All of `job run` is killed again and again; each time it goes on from where it was."""
    place.init()
    draw = random.Random(4)
    kills = 0
    for _ in range(200):
        kills += kill(place, draw.uniform(0, 3 * max(seconds.values())), "run", "--workers", "2")
        if place.status()["finished"]:
            break
    assert kills >= 2
    assert place.call("run", "--workers", "2") == 0
    place.check()


def test_three_copies_of_every_task(place: Place) -> None:
    place.init()
    for step in ("measure", "plan", "extract", "assemble", "finish"):
        for task in tasks(place, step):
            copies = [place.start(*task) for _ in range(3)]
            assert [copy.wait() for copy in copies] == [0, 0, 0]
    place.check()


def test_a_failing_task(place: Place) -> None:
    place.break_input(3)
    place.init()
    assert place.call("run", "--workers", "2") == 65
    place.check_failed(3)
    measured = [entry["index"] for entry in place.status()["inputs"] if entry["measured"]]
    assert 3 not in measured
    assert place.call("plan") == 75
    assert place.call("measure", "3") == 65
