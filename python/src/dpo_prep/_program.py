"""Finds the program and runs it."""
from __future__ import annotations

import json
import logging
import os
import selectors
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ._inputs import DATASET, first_row
from .diagnostics import Diagnostic
from .errors import ProgramNotFoundError, failure
from .progress import Display, Progress, ProgressOption, display

_logger = logging.getLogger("dpo_prep")
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "note": logging.INFO}


@dataclass(frozen=True)
class Outcome:
    """What came of a command that did not fail."""

    #: 0, or what tells that a check found something.
    status: int
    output: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def document(self) -> dict[str, Any]:
        """The JSON object that was printed."""
        document: dict[str, Any] = json.loads(self.output)
        return document


def find_program() -> str:
    """Where the program is: DPO_PREP_PROGRAM, inside this package, or on the path."""
    named = os.environ.get("DPO_PREP_PROGRAM")
    if named:
        if not os.path.isfile(named) or not os.access(named, os.X_OK):
            raise _not_found(f"DPO_PREP_PROGRAM names no program: {named}")
        return named
    own = Path(__file__).parent / "bin" / "dpo-prep"
    if os.access(own, os.X_OK):
        return str(own)
    # The console script of this package has the same name, and would only look for the program.
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = shutil.which("dpo-prep", path=folder or os.curdir)
        if found and not _is_script(found):
            return found
    raise _not_found("there is no program dpo-prep on the path")


def _is_script(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(2) == b"#!"


def _not_found(message: str) -> ProgramNotFoundError:
    hint = "build it with scripts/quickstart.sh and name it in DPO_PREP_PROGRAM"
    return ProgramNotFoundError([Diagnostic("error", message, hint=hint)], 127)


def run_program(
    arguments: Sequence[str], *, progress: ProgressOption = None, standard_input: bytes = b"",
    reports: Sequence[int] = (1,),
) -> Outcome:
    """Runs a command to its end.

    An exit status above 0 is an exception, unless it is one of ``reports`` and a result was printed.
    KeyboardInterrupt, and whatever a callback raises, ends the program first, which leaves nothing
    half-written.
    """
    program = find_program()
    reader, writer = os.pipe()
    try:
        # A session of its own: Ctrl-C in a terminal would reach the program twice, and the second
        # one does not wait until it has cleaned up.
        process = subprocess.Popen(
            [program, *arguments[:1], f"--diagnostics-fd={writer}", f"--progress-fd={writer}",
             *arguments[1:]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            pass_fds=[writer], start_new_session=True)
    except BaseException:
        os.close(reader)
        raise
    finally:
        os.close(writer)
    shown = display(progress)
    conversation = _Conversation(process, reader, shown)
    try:
        with process:
            try:
                conversation.run(standard_input)
            except BaseException:
                process.send_signal(signal.SIGINT)
                try:
                    conversation.drain()
                except BaseException:
                    # A second interrupt insists.
                    process.kill()
                    raise
                raise
    finally:
        os.close(reader)
        shown.close()
    status = process.returncode
    if status in (128 + signal.SIGINT, -signal.SIGINT):
        raise KeyboardInterrupt
    text = conversation.text("output")
    if status != 0 and not (status in reports and text):
        raise failure(conversation.all_diagnostics(), status)
    return Outcome(status, text, tuple(conversation.diagnostics))


def _told(event: dict[str, Any]) -> Diagnostic:
    """What was told, as the caller knows the files."""
    file, line = event["file"], event["line"]
    start = first_row(file) if file is not None else None
    if start is not None:
        name = event["message"].replace(file, DATASET)
        line = None if line is None else line + start
        event = {**event, "message": name, "file": DATASET, "line": line}
    elif file in ("command line", "standard input"):
        # Settings come from arguments, with an empty configuration.
        event = {**event, "file": None, "line": None, "column": None}
    return Diagnostic.of(event)


class _Conversation:
    """What goes to a program and comes from it, on the calling thread."""

    def __init__(self, process: subprocess.Popen[bytes], events: int, shown: Display) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._process = process
        self._shown = shown
        self._texts = {"output": bytearray(), "errors": bytearray(), "events": bytearray()}
        self._selector = selectors.DefaultSelector()
        assert process.stdout is not None and process.stderr is not None
        self._selector.register(process.stdout, selectors.EVENT_READ, "output")
        self._selector.register(process.stderr, selectors.EVENT_READ, "errors")
        self._selector.register(events, selectors.EVENT_READ, "events")

    def run(self, standard_input: bytes) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        try:
            # A configuration: far less than a pipe holds.
            stdin.write(standard_input)
            stdin.close()
        except BrokenPipeError:
            pass
        while self._read(handles=True):
            pass
        self._process.wait()

    def drain(self) -> None:
        """Reads to the end without telling anybody, so that the program can end."""
        while self._read(handles=False):
            pass
        self._process.wait()

    def all_diagnostics(self) -> list[Diagnostic]:
        """What was told, and what a program that crashed wrote on standard error."""
        if any(told.severity == "error" for told in self.diagnostics):
            return self.diagnostics
        text = self.text("errors").strip() or f"dpo-prep ended with {self._process.returncode}"
        return [*self.diagnostics, Diagnostic("error", text)]

    def text(self, name: str) -> str:
        return self._texts[name].decode("utf-8", errors="replace")

    def _read(self, handles: bool) -> bool:
        """Reads what is there; False when nothing more comes.

        A process that was forked meanwhile may hold the ends of pipes for as long as it lives.
        """
        if not self._selector.get_map():
            return False
        ready = self._selector.select(timeout=0.2)
        if not ready and self._process.poll() is not None:
            return bool(self._selector.select(timeout=0))
        for key, _ in ready:
            descriptor = key.fd
            piece = os.read(descriptor, 1 << 16)
            if not piece:
                self._selector.unregister(key.fileobj)
                continue
            self._texts[key.data] += piece
            if key.data == "events" and handles:
                self._handle_events()
        return True

    def _handle_events(self) -> None:
        *lines, rest = self._texts["events"].split(b"\n")
        # Before anything is called: a callback may raise.
        self._texts["events"] = rest
        for line in lines:
            event = json.loads(line)
            if event["type"] == "progress":
                self._shown(Progress.of(event))
            elif event["type"] == "diagnostic":
                told = _told(event)
                self.diagnostics.append(told)
                if told.severity != "error":
                    _logger.log(_LEVELS[told.severity], "%s", told)
