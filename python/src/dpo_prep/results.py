"""What commands give."""
from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional, Union

from ._inputs import DATASET, place
from .curves import Curve
from .diagnostics import Diagnostic
from .html import Cell, curve_figure, summary_table, table
from .summary import Summary

if TYPE_CHECKING:
    import pyarrow as pa
    from datasets import DatasetDict


@dataclass(frozen=True)
class _Result:
    """What every command gives."""

    #: The object that the program printed.
    document: Mapping[str, Any] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = field(default=(), repr=False)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What should not be overlooked."""
        return tuple(told for told in self.diagnostics if told.severity == "warning")


class RunResult:
    """A dataset that was made.

    >>> result = dpo_prep.run(input=rows, output="result", profiles=["trl"])
    >>> result.dataset
    DatasetDict({
        train: Dataset({
            features: ['prompt', 'chosen', 'rejected', ...],
            num_rows: 60
        })
    })
    >>> result
    RunResult('result', pairs=60)
    """

    #: The absolute path of the dataset's folder.
    path: str
    summary: Summary

    def __init__(self, path: str, summary: Summary) -> None:
        self.path = path
        self.summary = summary
        self._loaded: dict[Optional[str], DatasetDict] = {}
        self._made = self._stamp()

    @property
    def dataset(self) -> DatasetDict:
        """The splits in the columns of the first profile, loaded once."""
        return self.load()

    def load(self, profile: Optional[str] = None) -> DatasetDict:
        """The splits in the columns of a profile, by default of the first."""
        from ._dataset import load

        if profile not in self._loaded:
            self._check()
        # The first is the dataset's default, whatever its config is called.
        if profile == self.summary.splits[0].profile:
            profile = None
        if profile not in self._loaded:
            self._loaded[profile] = load(self.path, profile)
        return self._loaded[profile]

    @property
    def manifest(self) -> dict[str, Any]:
        """manifest.json: configuration, inputs, ledger, diagnostics, digests."""
        self._check()
        with open(os.path.join(self.path, "manifest.json"), encoding="utf-8") as file:
            manifest: dict[str, Any] = json.load(file)
        return manifest

    def _stamp(self) -> tuple[int, int]:
        """Tells what stands in the folder from what another run puts there."""
        status = os.stat(os.path.join(self.path, "manifest.json"))
        return status.st_ino, status.st_mtime_ns

    def _check(self) -> None:
        if self._stamp() != self._made:
            raise RuntimeError(
                f"{self.path} holds the dataset of a later run; load it with "
                "datasets.load_dataset, or give each run a folder of its own")

    @property
    def report(self) -> str:
        """The path of report.html."""
        return os.path.join(self.path, "report.html")

    def __fspath__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return f"RunResult({self.summary.output!r}, pairs={self.summary.pairs})"

    def _repr_html_(self) -> str:
        return summary_table(self.summary) + "".join(map(curve_figure, self.summary.curves))


@dataclass(frozen=True)
class DryRun(_Result):
    """What a run would write.

    >>> dry = dpo_prep.dry_run(input=rows, profiles=["trl"])
    >>> dry.summary.pairs, dry.files
    (60, {'data/train-00000-of-00001.parquet': 60})
    """

    #: The data files, relative to the dataset's folder, with their rows.
    files: Mapping[str, int] = field(default_factory=dict)

    @property
    def summary(self) -> Summary:
        """What the run would tell; its curves are not kept."""
        return Summary.of(self.document, (), self.diagnostics)

    def _repr_html_(self) -> str:
        return summary_table(self.summary) + table(
            list(self.files.items()), head=["file", "rows"])


@dataclass(frozen=True)
class SweepVariant:
    """What one combination of settings gave."""

    #: From 1.
    number: int
    #: The values of the settings that vary.
    settings: Mapping[str, Any]
    #: What `run` would have told; None where the variant failed.
    summary: Optional[Summary]
    #: Why there is no result; None where there is one.
    error: Optional[Diagnostic]
    #: The dataset; None without data, or where the variant failed.
    result: Optional[RunResult]
    #: Prompts that give no pair.
    prompts_dropped: Optional[int]
    #: How many pairs of the first variant this one has too; None where they cannot be compared.
    same_pairs: Optional[int]
    #: Their share of the pairs of the first.
    same_pairs_share: Optional[float]


@dataclass(frozen=True)
class SweepResult(_Result):
    """Variants of a dataset, by the settings that vary.

    >>> sweep = dpo_prep.sweep(
    ...     {"calibration.frac": [0.2, 0.5]}, input=rows, output="frac-{calibration.frac}")
    >>> [variant.settings for variant in sweep.variants]
    [{'calibration.frac': 0.2}, {'calibration.frac': 0.5}]
    >>> sweep.variants[1].result
    RunResult('frac-0.5', pairs=60)
    """

    #: The settings that vary with their values; of combinations the last setting changes fastest.
    axes: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    variants: tuple[SweepVariant, ...] = ()
    #: How often the input was measured.
    scans: int = 1

    def rows(self) -> list[dict[str, Any]]:
        """A row for each variant that has a result: its settings and figures, as for a data frame."""
        rows = []
        for variant in self.variants:
            if variant.summary is None:
                continue
            before, after = variant.summary.before, variant.summary.after
            rows.append({
                "variant": variant.number, **variant.settings, "pairs": variant.summary.pairs,
                "prompts_dropped": variant.prompts_dropped,
                "longer_chosen_before": before.longer_chosen,
                "longer_chosen": after.longer_chosen,
                "length_gap_mean": after.length_gap_mean,
                "spearman_within_prompt": after.spearman_within_prompt,
                "same_pairs_share": variant.same_pairs_share, "tied_share": after.tied_share,
            })
        return rows

    def _repr_html_(self) -> str:
        rows = self.rows()
        return table(
            [[str(value) if name in self.axes else value for name, value in row.items()]
             for row in rows], head=list(rows[0]) if rows else ())


@dataclass(frozen=True)
class FitResult(_Result):
    """Bias curves, for other runs.

    >>> fitted = dpo_prep.fit(input=rows)
    >>> fitted.save("curve.json")
    >>> reused = dpo_prep.run(
    ...     input=rows, output="reused", calibration={"curve": "curve.json"})
    """

    curves: tuple[Curve, ...] = ()

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Writes the curves as `calibration.curve` reads them."""
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.document, file)

    def _repr_html_(self) -> str:
        return "".join(map(curve_figure, self.curves))


@dataclass(frozen=True)
class ScoreResult(_Result):
    """The scores of all candidates, in the order of the input.

    >>> scored = dpo_prep.score(input=rows)
    >>> scored.rows, scored.scored
    (240, 240)
    >>> scored.table.slice(0, 1).to_pylist()
    [{'prompt_id': '...', 'file': '<dataset>', 'row': 0, 'candidate': 0, ...}]
    """

    #: The candidates: one row of the table each.
    rows: int = 0
    #: Those that have a score.
    scored: int = 0
    #: The others, by reason.
    dropped: Mapping[str, int] = field(default_factory=dict)
    #: The file of the table; None where it is in memory alone.
    path: Optional[str] = None
    _table: Optional[pa.Table] = field(default=None, repr=False)

    @property
    def table(self) -> pa.Table:
        """The table, read from its file where it is not in memory."""
        return self._table if self._table is not None else read_table(str(self.path))

    def _repr_html_(self) -> str:
        counts: list[tuple[Cell, ...]] = [
            ("candidates", self.rows), ("scored", self.scored),
            *((f"dropped: {reason}", count) for reason, count in self.dropped.items())]
        return table(counts, caption=self.path or "scores")


def read_table(path: str) -> pa.Table:
    """Reads a table of scores, Parquet or JSON Lines."""
    import pyarrow as pa

    if path.endswith(".parquet"):
        import pyarrow.parquet as parquet

        return parquet.read_table(path, partitioning=None)
    import pyarrow.json

    with pa.input_stream(path, compression="detect") as file:
        return pyarrow.json.read_json(file)


def placed(found: pa.Table) -> pa.Table:
    """A table of rows in memory, which are where the caller has them."""
    import pyarrow as pa
    import pyarrow.compute as compute

    starts = {
        # The program counts rows from 0.
        name: place(name, 1)[1] - 1 for name in found["file"].unique().to_pylist()}
    names = list(starts)
    start = pa.array([starts[name] for name in names], pa.int64())
    offsets = compute.take(start, compute.index_in(found["file"], pa.array(names, pa.string())))
    rows = compute.add(found["row"], offsets)
    files = pa.array([DATASET] * len(found), pa.string())
    for name, column in [("file", files), ("row", rows)]:
        found = found.set_column(found.schema.get_field_index(name), name, column)
    return found


@dataclass(frozen=True)
class Field:
    """A field of the rows."""

    path: str
    type: str
    #: The share of rows that have it.
    present: float
    example: Optional[str]


@dataclass(frozen=True)
class Inspection(_Result):
    """What is in files of scored generations.

    >>> found = dpo_prep.inspect(rows)
    >>> found.format, found.prompts, found.candidates
    ('nested', 60, 240)
    """

    #: What rows are like, in words.
    layout: str = ""
    #: The layout's name, as in ``input.format``.
    format: str = ""
    fields: tuple[Field, ...] = ()
    rows: int = 0
    malformed_rows: int = 0
    prompts: int = 0
    candidates: int = 0
    usable_candidates: int = 0
    #: Candidates that would be dropped, by reason.
    dropped: Mapping[str, int] = field(default_factory=dict)
    spearman_pooled: Optional[float] = None
    spearman_within_prompt: Optional[float] = None

    def _repr_html_(self) -> str:
        counts: list[tuple[Cell, ...]] = [
            ("rows", self.rows), ("malformed rows", self.malformed_rows),
            ("prompts", self.prompts), ("candidates", self.candidates),
            ("usable candidates", self.usable_candidates),
            *((f"unusable: {reason}", count) for reason, count in self.dropped.items()),
            ("Spearman of reward and chars, pooled", self.spearman_pooled),
            ("within prompt", self.spearman_within_prompt)]
        fields = table(
            [(found.path, found.type, f"{found.present:.1%}", found.example)
             for found in self.fields],
            head=["field", "type", "present", "example"])
        return table(counts, caption=self.layout) + fields


@dataclass(frozen=True)
class AuditResult(_Result):
    """The length bias and the flaws of a dataset.

    >>> audit = dpo_prep.audit(result, fail_if=["longer_chosen > 0.999"])
    >>> audit.failed, audit.metrics["rows"]
    ((), 60)
    """

    #: Every metric by its name; a value is None where it cannot be told.
    metrics: Mapping[str, Optional[float]] = field(default_factory=dict)
    #: The conditions of ``fail_if`` that hold.
    failed: tuple[str, ...] = ()
    #: For each column, the metrics of each of its values.
    groups: Mapping[str, Mapping[str, Mapping[str, Optional[float]]]] = field(
        default_factory=dict, repr=False)

    @property
    def passed(self) -> bool:
        """Whether no condition holds."""
        return not self.failed

    def _repr_html_(self) -> str:
        return table(
            list(self.metrics.items()), caption=str(self.document.get("dataset", ""))) + "".join(
                table([(f"failed: {condition}",)]) for condition in self.failed)


@dataclass(frozen=True)
class Finding:
    """Something that a loader or trainer would stumble over."""

    code: str
    #: ``error`` or ``warning``.
    severity: str
    #: The column.
    subject: Optional[str]
    count: int
    message: str
    remedy: str
    #: Some of the places: a file and a row, from 1.
    rows: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Validation(_Result):
    """Whether a trainer would take a dataset.

    >>> dpo_prep.validate(result, profile="trl").accepted
    True
    """

    profile: str = ""
    rows: int = 0
    #: The rows of each split.
    splits: Mapping[str, int] = field(default_factory=dict)
    accepted: bool = False
    findings: tuple[Finding, ...] = ()

    def _repr_html_(self) -> str:
        word = "accepted" if self.accepted else "not accepted"
        return table(
            [(found.severity, found.code, found.subject, found.count, found.message, found.remedy)
             for found in self.findings],
            head=["", "code", "column", "count", "", "remedy"],
            caption=f"{self.rows:,} rows as {self.profile}: {word}")


@dataclass(frozen=True)
class Mismatch:
    """Something in which a dataset is not as it was written."""

    file: str
    #: ``missing``, ``truncated``, ``changed``, ``extra``, ``unreadable``, ``rows`` or ``ledger``.
    code: str
    message: str


@dataclass(frozen=True)
class Verification(_Result):
    """Whether a dataset is as it was written.

    >>> dpo_prep.verify(result).intact
    True
    """

    intact: bool = False
    #: The files that the manifest has a digest of, and whether each is intact.
    files: Mapping[str, bool] = field(default_factory=dict)
    problems: tuple[Mismatch, ...] = ()

    def _repr_html_(self) -> str:
        word = "as they were written" if self.intact else "not as they were written"
        return table(
            [(found.file, found.code, found.message) for found in self.problems],
            head=["file", "", ""], caption=f"{len(self.files):,} files, {word}")


@dataclass(frozen=True)
class Difference(_Result):
    """What changed between two datasets.

    >>> dpo_prep.diff(result, result).same
    True
    """

    same: bool = False
    #: Prompts: ``old``, ``new``, ``added``, ``removed``, ``moved_split``.
    prompts: Mapping[str, int] = field(default_factory=dict)
    #: Pairs by what became of them.
    pairs: Mapping[str, int] = field(default_factory=dict)
    #: Each metric before and after.
    drift: Mapping[str, tuple[Optional[float], Optional[float]]] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        return table(
            [(f"pairs: {kind}", count) for kind, count in self.pairs.items()],
            caption=f"{self.document.get('old')} → {self.document.get('new')}",
        ) + table([(name, *values) for name, values in self.drift.items()], head=["", "old", "new"])


@dataclass(frozen=True)
class Evaluation(_Result):
    """What becomes of reward models or a leaderboard without the bias."""

    #: ``rewardbench`` or ``alpacaeval``.
    kind: str = ""
    #: One object a model: `methods` has its figures by the method of calibration.
    models: tuple[Mapping[str, Any], ...] = ()

    @property
    def figure(self) -> str:
        """The name of each method's main figure."""
        return "score" if self.kind == "rewardbench" else "win_rate"

    def scores(self) -> dict[str, dict[str, Optional[float]]]:
        """The main figure of every model, by method."""
        return {
            model["model"]: {
                method: None if figures is None else figures[self.figure]
                for method, figures in model["methods"].items()}
            for model in self.models}

    def _repr_html_(self) -> str:
        scores = self.scores()
        methods = list(next(iter(scores.values()), {}))
        return table(
            [(name, *(figures[method] for method in methods)) for name, figures in scores.items()],
            head=["model", *methods], caption=f"{self.kind}: {self.figure}")
