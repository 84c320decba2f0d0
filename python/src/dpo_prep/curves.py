"""The bias that was found."""
from __future__ import annotations

import json
import os
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Any, Optional, Union


@dataclass(frozen=True)
class Support:
    """What a curve rests on, at up to a hundred lengths."""

    lengths: tuple[float, ...]
    bias: tuple[Optional[float], ...]
    effective_candidates: tuple[Optional[float], ...]
    standard_error: tuple[Optional[float], ...]
    #: The ends of the 95 % band of the true bias; its middle is the curve less its smoothing bias.
    lower: tuple[Optional[float], ...]
    upper: tuple[Optional[float], ...]


@dataclass(frozen=True)
class Curve:
    """What the reward owes to one characteristic of an answer.

    >>> curve = Curve("chars", 1.0, lengths=(10.0, 20.0), bias=(0.0, 0.5), candidates=(3, 4))
    >>> curve(15), curve(100)
    (0.25, 0.5)
    """

    characteristic: str
    #: How much of the bias is removed.
    alpha: float
    lengths: tuple[float, ...] = field(default=(), repr=False)
    bias: tuple[Optional[float], ...] = field(default=(), repr=False)
    #: The candidates that have each length.
    candidates: tuple[int, ...] = field(default=(), repr=False)
    #: What a unit costs, in place of the lists, with ``method: penalty``.
    coefficient: Optional[float] = None
    support: Optional[Support] = field(default=None, repr=False)
    #: How ``frac: auto`` was chosen.
    smoothing: Optional[Mapping[str, Any]] = field(default=None, repr=False)

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Curve:
        """Reads one of the curves of curve.json."""
        support = document.get("support")
        return cls(
            characteristic=document["characteristic"], alpha=document["alpha"],
            lengths=tuple(document.get("lengths", ())), bias=tuple(document.get("bias", ())),
            candidates=tuple(document.get("candidates", ())),
            coefficient=document.get("coefficient"),
            support=support and Support(**{
                name: tuple(support[name]) for name in Support.__dataclass_fields__}),
            smoothing=document.get("smoothing"))

    def __call__(self, length: float) -> Optional[float]:
        """The bias at a length: interpolated, and beyond the ends that of the end.

        Nothing where too few candidates lie near to tell; NaN at NaN.

        :raises TypeError: if the length is not a number.
        """
        # Anything else that compares and multiplies, such as a text, would give some answer.
        if isinstance(length, (str, bytes)) or not hasattr(length, "__float__"):
            raise TypeError(f"expected a number, found {type(length).__name__}")
        length = float(length)
        if isnan(length):
            return length
        if self.coefficient is not None:
            return self.coefficient * length
        if not self.lengths:
            return None
        place = bisect_left(self.lengths, length)
        if place == 0:
            return self.bias[0]
        if place == len(self.lengths):
            return self.bias[-1]
        if self.lengths[place] == length:
            return self.bias[place]
        low, high = self.bias[place - 1], self.bias[place]
        if low is None or high is None:
            return None
        start, end = self.lengths[place - 1], self.lengths[place]
        return low + (high - low) * (length - start) / (end - start)

    def _repr_html_(self) -> str:
        from .html import curve_figure

        return curve_figure(self)


def read_curves(path: Union[str, os.PathLike[str]]) -> tuple[Curve, ...]:
    """Reads curve.json."""
    with open(path, encoding="utf-8") as file:
        return parse_curves(json.load(file))


def parse_curves(document: Mapping[str, Any]) -> tuple[Curve, ...]:
    """Reads what is in curve.json."""
    return tuple(Curve.of(curve) for curve in document["curves"])
