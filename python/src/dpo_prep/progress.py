"""How far a command is."""
from __future__ import annotations

import html
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable, Optional, Protocol, Union


@dataclass(frozen=True)
class Progress:
    """A moment of a command.

    >>> Progress("reading", done=512, total=2048, seconds=0.5, finished=False).fraction
    0.25
    """

    #: ``reading``, ``fitting``, ``pairing``, ``writing``.
    stage: str
    #: Bytes that are done.
    done: int
    #: Bytes that there are; None for a stage that is not measured in bytes.
    total: Optional[int]
    #: Seconds since the stage began.
    seconds: float
    #: Whether the stage is over.
    finished: bool

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Progress:
        """Reads an object of the program's JSON Lines."""
        return cls(
            stage=event["stage"], done=event["done"], total=event["total"],
            seconds=event["seconds"], finished=event["finished"])

    @property
    def fraction(self) -> Optional[float]:
        """From 0 to 1; None where it is not known."""
        if self.finished:
            return 1.0
        return min(1.0, self.done / self.total) if self.total else None


#: None for a bar on a terminal, True for a bar, False for nothing, or what is called.
ProgressOption = Union[None, bool, Callable[[Progress], None]]


class Display(Protocol):
    """What shows progress and goes when all is done."""

    def __call__(self, moment: Progress) -> None: ...

    def close(self) -> None: ...


def display(option: ProgressOption) -> Display:
    """What a progress option asks for."""
    if callable(option):
        return _Callback(option)
    notebook = _in_notebook()
    if option is False or (option is None and not notebook and not sys.stderr.isatty()):
        return _Callback(lambda moment: None)
    return _NotebookBar() if notebook else _TerminalBar()


def _in_notebook() -> bool:
    """Whether a kernel of Jupyter runs this; IPython is not imported for the question."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")


def _caption(moment: Progress) -> str:
    if moment.total is None:
        return moment.stage
    scale = 1e6
    return f"{moment.stage} {moment.done / scale:,.0f} of {moment.total / scale:,.0f} MB"


class _Callback:
    def __init__(self, call: Callable[[Progress], None]) -> None:
        self._call = call

    def __call__(self, moment: Progress) -> None:
        self._call(moment)

    def close(self) -> None:
        pass


class _TerminalBar:
    """A line on standard error."""

    def __call__(self, moment: Progress) -> None:
        fraction = moment.fraction
        filled = int((fraction or 0) * 24)
        bar = f"[{'#' * filled}{'-' * (24 - filled)}] " if moment.total else ""
        print(f"\r\x1b[K{bar}{_caption(moment)}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class _NotebookBar:
    """HTML's own bar, which needs no widgets."""

    def __init__(self) -> None:
        self._handle: Any = None

    def __call__(self, moment: Progress) -> None:
        from IPython import display as ipython

        shown = ipython.HTML(progress_html(moment))
        if self._handle is None:
            self._handle = ipython.display(shown, display_id=True)
        else:
            self._handle.update(shown)

    def close(self) -> None:
        if self._handle is not None:
            from IPython import display as ipython

            self._handle.update(ipython.HTML(""))


def progress_html(moment: Progress) -> str:
    """A bar with its caption.

    >>> progress_html(Progress("reading", 1_000_000, 4_000_000, 1.0, False))
    '<progress max="1" value="0.250"></progress> reading 1 of 4 MB'
    """
    fraction = moment.fraction
    value = f' value="{fraction:.3f}"' if fraction is not None else ""
    return f'<progress max="1"{value}></progress> {html.escape(_caption(moment))}'
