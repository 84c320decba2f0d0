"""Why a command failed: one exception for each kind of failure."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from .diagnostics import Diagnostic


class DpoPrepError(Exception):
    """A command failed; the subclasses say in which way.

    >>> try:
    ...     dpo_prep.inspect("no-such-file.jsonl")
    ... except DpoPrepError as error:
    ...     print(type(error).__name__, error.kind, error.file)
    InputNotFoundError input_missing no-such-file.jsonl
    """

    #: Everything that is wrong, in order; the first one gives the attributes below.
    diagnostics: tuple[Diagnostic, ...]
    #: What the program ended with.
    status: int

    def __init__(self, diagnostics: Sequence[Diagnostic], status: int) -> None:
        self.diagnostics = tuple(diagnostics)
        self.status = status
        super().__init__(self.message)

    @property
    def _first(self) -> Diagnostic:
        if self.diagnostics:
            return self.diagnostics[0]
        return Diagnostic("error", f"dpo-prep ended with status {self.status}")

    @property
    def message(self) -> str:
        """One sentence: what was expected and what was found."""
        return self._first.message

    @property
    def kind(self) -> Optional[str]:
        """The kind of failure, such as ``bad_data``."""
        return self._first.kind

    @property
    def code(self) -> Optional[str]:
        """What happened, such as ``malformed_row``."""
        return self._first.code

    @property
    def file(self) -> Optional[str]:
        """The file that is at fault."""
        return self._first.file

    @property
    def line(self) -> Optional[int]:
        """The line in the decompressed text, from 1."""
        return self._first.line

    @property
    def column(self) -> Optional[int]:
        """The column in bytes, from 1."""
        return self._first.column

    @property
    def hint(self) -> Optional[str]:
        """What to do about it."""
        return self._first.hint

    def __str__(self) -> str:
        parts = []
        for told in self.diagnostics or (self._first,):
            text = f"{told.place}: {told.message}" if told.place else told.message
            hints = (told.hint or "").splitlines()
            parts.append("\n".join([text, *(f"  {line}" for line in hints)]))
        return "\n".join(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.diagnostics, self.status)


class UsageError(DpoPrepError, ValueError):
    """The arguments make no sense."""


class ConfigurationError(DpoPrepError, ValueError):
    """A setting is unknown, missing or has an impossible value."""


class DataError(DpoPrepError, ValueError):
    """The data are damaged, malformed, or give no pair."""


class InputNotFoundError(DpoPrepError, FileNotFoundError):
    """An input or the configuration file is not there."""


class OutputError(DpoPrepError, OSError):
    """The output folder cannot be made."""


class OutputExistsError(OutputError, FileExistsError):
    """The output folder is there already and ``overwrite`` is not set."""


class ReadWriteError(DpoPrepError, OSError):
    """Reading or writing failed."""


class ProgramError(DpoPrepError, RuntimeError):
    """The program itself is at fault, or something ended it."""


class ProgramNotFoundError(DpoPrepError, RuntimeError):
    """There is no program ``dpo-prep`` to call."""


_KINDS: dict[int, type[DpoPrepError]] = {
    64: UsageError, 65: DataError, 66: InputNotFoundError, 73: OutputError, 74: ReadWriteError,
    78: ConfigurationError,
}


def failure(diagnostics: Sequence[Diagnostic], status: int) -> DpoPrepError:
    """The exception for an exit status and what was told with it."""
    errors = [told for told in diagnostics if told.severity == "error"]
    kind = _KINDS.get(status, ProgramError)
    if kind is OutputError and errors and errors[0].code == "exists":
        kind = OutputExistsError
    return kind(errors, status)
