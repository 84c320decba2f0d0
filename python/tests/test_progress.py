"""Progress, and what happens to the program when Python has had enough."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

import dpo_prep
from dpo_prep import Progress
from dpo_prep import progress as progress_module

Rows = list[dict[str, Any]]


def test_a_callback_sees_every_stage(rows: Rows) -> None:
    seen: list[Progress] = []
    dpo_prep.run(input=rows, output="out", progress=seen.append)
    assert [moment.stage for moment in seen if moment.finished] == [
        "reading", "fitting", "pairing", "writing"]
    assert seen[0].fraction == 0 and not seen[0].finished
    assert all(moment.total is None or 0 <= moment.done <= moment.total for moment in seen)
    for command in [lambda: dpo_prep.audit("out", progress=seen.append),
                    lambda: dpo_prep.inspect(rows, progress=seen.append)]:
        seen.clear()
        command()
        assert seen[-1].finished


def test_a_callback_that_raises_ends_the_program(rows: Rows) -> None:
    class Enough(Exception):
        pass

    def stop(moment: Progress) -> None:
        raise Enough

    with pytest.raises(Enough):
        dpo_prep.run(input=rows, output="out", progress=stop)
    # The run may have been over before it was told.
    assert [name for name in os.listdir() if ".partial" in name] == []


def test_bars(
    rows: Rows, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    dpo_prep.inspect(rows)
    assert capsys.readouterr().err == ""
    dpo_prep.inspect(rows, progress=True)
    shown = capsys.readouterr().err
    assert "reading" in shown and shown.endswith("\r\x1b[K")
    assert shown.count("\n") == 0


def test_a_bar_in_a_notebook(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a kernel does with a bar is told by a stand-in for its display."""
    shown: list[str] = []

    class Handle:
        def update(self, page: str) -> None:
            shown.append(page)

    class Display:
        HTML = staticmethod(str)

        @staticmethod
        def display(page: str, display_id: bool) -> Handle:
            assert display_id
            shown.append(page)
            return Handle()

    class IPython:
        display = Display

    monkeypatch.setitem(sys.modules, "IPython", IPython)
    monkeypatch.setattr(progress_module, "_in_notebook", lambda: True)
    dpo_prep.inspect(rows)
    assert shown[0].startswith("<progress ") and shown[-1] == ""


@pytest.mark.parametrize("whole_group", [False, True])
def test_interrupt_ends_the_program_first(folder: Path, whole_group: bool) -> None:
    """Ctrl-C in a terminal goes to the whole group, in a kernel to Python alone."""
    script = textwrap.dedent("""
        import os, signal, sys, dpo_prep
        # A shell has its background jobs ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        # Nothing ever comes: the program waits for its input.
        os.mkfifo("pipe")
        writer = os.open("pipe", os.O_RDWR)
        print("ready", flush=True)
        try:
            dpo_prep.run(input=["pipe"], output="out")
        except KeyboardInterrupt:
            print("interrupted", sorted(os.listdir()), flush=True)
    """)
    python = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert python.stdout is not None
    assert python.stdout.readline() == "ready\n"
    waited = 0.0
    while waited < 20 and not any(".partial" in name for name in os.listdir()):
        time.sleep(0.05)
        waited += 0.05
    (os.killpg if whole_group else os.kill)(python.pid, signal.SIGINT)
    output, _ = python.communicate(timeout=20)
    assert output == "interrupted ['pipe']\n"
    assert python.returncode == 0
