"""What a run did, typed."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from .curves import Curve
from .diagnostics import Diagnostic


@dataclass(frozen=True)
class Ledger:
    """What became of everything that was read; the counts add up."""

    rows_read: int
    rows_rejected: int
    candidates_read: int
    candidates_kept: int
    #: Candidates that were dropped, by reason.
    candidates_dropped: Mapping[str, int]
    prompts_read: int
    prompts_paired: int
    #: Prompts that were dropped, by reason.
    prompts_dropped: Mapping[str, int]
    pairs: int

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Ledger:
        """Reads the ledger of a summary or a manifest."""
        rows, candidates = document["rows"], document["candidates"]
        prompts = document["prompts"]
        return cls(
            rows_read=rows["read"], rows_rejected=rows["rejected"],
            candidates_read=candidates["read"], candidates_kept=candidates["kept"],
            candidates_dropped=dict(candidates["dropped"]), prompts_read=prompts["read"],
            prompts_paired=prompts["paired"], prompts_dropped=dict(prompts["dropped"]),
            pairs=document["pairs"])


@dataclass(frozen=True)
class Bias:
    """How far longer answers are preferred; a figure is None where it cannot be told."""

    pairs: int
    #: Spearman's correlation of score and length over all candidates.
    spearman_pooled: Optional[float]
    #: The same within prompts.
    spearman_within_prompt: Optional[float]
    #: The share of pairs whose chosen answer is the longer one.
    longer_chosen: Optional[float]
    equal_length: int
    #: The mean of chosen - rejected length.
    length_gap_mean: Optional[float]
    cohens_d: Optional[float]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Bias:
        """Reads `before` or `after` of a summary or a manifest."""
        return cls(
            pairs=document["pairs"], spearman_pooled=document["spearman_pooled"],
            spearman_within_prompt=document["spearman_within_prompt"],
            longer_chosen=document["longer_chosen"], equal_length=document["equal_length"],
            length_gap_mean=document["length_gap_mean"], cohens_d=document["cohens_d"])


@dataclass(frozen=True)
class Effect:
    """What calibration did to the pairs that the raw rewards would have given."""

    unchanged: int
    swapped: int
    changed: int
    gained: int
    lost: int


@dataclass(frozen=True)
class Split:
    """The rows of a split in the columns of a profile."""

    profile: str
    name: str
    rows: int


@dataclass(frozen=True)
class Summary:
    """Everything that is known at the end of a run.

    >>> summary = dpo_prep.run(input=rows, output="summary", profiles=["trl"]).summary
    >>> summary.pairs == summary.ledger.prompts_paired
    True
    >>> summary.before.pairs, summary.characteristic
    (60, 'chars')
    """

    #: The dataset's folder.
    output: str
    #: What rows are like, in words.
    layout: str
    ledger: Ledger
    #: What the first of the removed characteristics is, such as ``chars``.
    characteristic: str
    #: By the raw rewards.
    before: Bias
    #: By the calibrated scores.
    after: Bias
    effect: Effect
    curves: tuple[Curve, ...]
    splits: tuple[Split, ...]
    #: Seconds of each stage.
    timings: Mapping[str, float]
    diagnostics: tuple[Diagnostic, ...] = ()
    #: The object that the program printed.
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls, document: Mapping[str, Any], curves: Sequence[Curve],
        diagnostics: Sequence[Diagnostic],
    ) -> Summary:
        """Reads what `run --json` prints."""
        figures = document["diagnostics"]
        return cls(
            output=document["output"], layout=document["layout"],
            ledger=Ledger.of(document["ledger"]), characteristic=figures["characteristic"],
            before=Bias.of(figures["before"]), after=Bias.of(figures["after"]),
            effect=Effect(**{
                name: figures["calibration_effect"][name] for name in Effect.__dataclass_fields__}),
            curves=tuple(curves),
            splits=tuple(
                Split(split["profile"], split["split"], split["rows"])
                for split in document["splits"]),
            timings=dict(document["timings"]), diagnostics=tuple(diagnostics), document=document)

    @property
    def pairs(self) -> int:
        """How many pairs the dataset has."""
        return self.ledger.pairs

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What should not be overlooked."""
        return tuple(told for told in self.diagnostics if told.severity == "warning")

    @property
    def notes(self) -> tuple[Diagnostic, ...]:
        """How the input was understood."""
        return tuple(told for told in self.diagnostics if told.severity == "note")

    def _repr_html_(self) -> str:
        from .html import summary_table

        return summary_table(self)
