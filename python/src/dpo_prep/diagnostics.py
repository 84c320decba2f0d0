"""What the program tells of a run: errors, warnings and notes."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Optional

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Diagnostic:
    """One thing to know, where it is, and what to do about it.

    >>> told = Diagnostic("warning", "the curve is weak", file="a.jsonl", line=3, hint="more data")
    >>> print(told)
    a.jsonl:3: warning: the curve is weak (more data)
    """

    severity: Severity
    message: str
    #: What this is, for programs: ``weak_curve``, ``malformed_row``.
    code: Optional[str] = None
    #: What kind of failure an error is: ``bad_data``, ``input_missing``.
    kind: Optional[str] = None
    #: The exit status that an error leads to.
    status: Optional[int] = None
    file: Optional[str] = None
    #: From 1; None where the whole file is meant.
    line: Optional[int] = None
    #: In bytes, from 1.
    column: Optional[int] = None
    hint: Optional[str] = None

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Diagnostic:
        """Reads an object of the program's JSON Lines."""
        return cls(
            severity=event["severity"], message=event["message"], code=event["code"],
            kind=event["kind"], status=event["status"], file=event["file"],
            line=event["line"], column=event["column"], hint=event["hint"])

    @property
    def place(self) -> Optional[str]:
        """``file:line:column``, as compilers write it; None without a file."""
        parts = (self.file, self.line, self.column if self.line is not None else None)
        return ":".join(str(part) for part in parts if part is not None) or None

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.severity}: {self.message}{hint}"
