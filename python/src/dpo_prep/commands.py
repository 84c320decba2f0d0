"""The commands of the program, as functions."""
from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Literal, Optional, Union

from ._inputs import as_path, as_paths, is_paths, place
from ._program import run_program
from ._settings import Config, PathLike, source
from .curves import parse_curves, read_curves
from .diagnostics import Diagnostic
from .progress import ProgressOption
from .results import (
    AuditResult, Difference, DryRun, Evaluation, Field, Finding, FitResult, Inspection, Mismatch, RunResult,
    ScoreResult, SweepResult, SweepVariant, Validation, Verification, placed, read_table,
)
from .summary import Summary

Settings = Mapping[str, Any]


@contextmanager
def _configured(
    config: Config, settings: Optional[Settings], input: Any, sections: Settings,
) -> Iterator[tuple[list[str], bytes]]:
    """The operands of a command with a configuration, as long as the input's files are there."""
    overrides: dict[str, Any] = {}
    with ExitStack() as stack:
        for name, value in sections.items():
            if value is not None:
                overrides[name] = value
        if isinstance(input, Mapping) and not _is_dataset_dict(input):
            overrides["input"] = input
        elif input is not None:
            overrides["input.paths"] = paths = stack.enter_context(as_paths(input))
            if not is_paths(input):
                # Documents do not tell a folder that is gone.
                overrides["input.base"] = os.path.dirname(paths[0])
        overrides.update(settings or {})
        yield source(config, overrides)


def _is_dataset_dict(value: object) -> bool:
    return type(value).__module__.split(".")[0] == "datasets"


def _output(output: Union[None, PathLike, Settings], profiles: Union[None, str, Sequence[str]],
            overwrite: Optional[bool]) -> dict[str, Any]:
    sections: dict[str, Any] = {}
    if isinstance(output, Mapping):
        sections["output"] = output
    elif output is not None:
        sections["output.dir"] = os.fspath(output)
    if profiles is not None:
        sections["output.profiles"] = [profiles] if isinstance(profiles, str) else list(profiles)
    if overwrite is not None:
        sections["output.overwrite"] = overwrite
    return sections


def run(
    config: Config = None,
    settings: Optional[Settings] = None,
    *,
    input: Any = None,
    output: Union[None, PathLike, Settings] = None,
    profiles: Union[None, str, Sequence[str]] = None,
    overwrite: Optional[bool] = None,
    calibration: Optional[Settings] = None,
    filters: Optional[Settings] = None,
    pairs: Optional[Settings] = None,
    split: Optional[Settings] = None,
    limit: Optional[int] = None,
    figures: Optional[PathLike] = None,
    figure_format: Optional[Literal["svg", "pdf", "png"]] = None,
    progress: ProgressOption = None,
) -> RunResult:
    """Makes a dataset of calibrated preference pairs.

    Args:
        config: The path of a configuration, or what would stand in one.
        settings: Settings by dotted key that win over everything else.
        input: Paths, or rows in memory: a ``datasets.Dataset``, a data frame, an Arrow table, a
            list of dictionaries; or the section ``input`` as a mapping.
        output: The dataset's folder, or the section ``output`` as a mapping.
        profiles: For which trainers the columns are; the first is the dataset's default.
        overwrite: Whether a dataset that is there already is replaced.
        calibration, filters, pairs, split: Sections of the configuration.
        limit: How many prompts are used, a sample that neither order nor files decide.
        figures: The folder that every figure of the report is written to.
        figure_format: What these files are; the others than SVG take `rsvg-convert`.
        progress: What is called with each ``Progress``; True for a bar, False for none.

    Raises:
        DpoPrepError: One subclass for each kind of failure; the output folder is complete or is
            not there.

    >>> result = dpo_prep.run(
    ...     input=rows, output="dataset", profiles=["trl"], calibration={"frac": 0.5})
    >>> result.summary.pairs
    60
    >>> result.dataset["train"].column_names[:3]
    ['prompt', 'chosen', 'rejected']
    """
    sections = {
        **_output(output, profiles, overwrite), "calibration": calibration, "filters": filters,
        "pairs": pairs, "split": split, "input.limit": limit}
    with _configured(config, settings, input, sections) as (operands, text):
        outcome = run_program(
            ["run", "--json", *_options(figures=figures, figure_format=figure_format), *operands],
            progress=progress, standard_input=text)
    document = outcome.document
    # What was made stays where it is when the working folder changes.
    path = os.path.abspath(document["output"])
    curves = read_curves(os.path.join(path, "curve.json"))
    return RunResult(path, Summary.of(document, curves, outcome.diagnostics))


def dry_run(
    config: Config = None,
    settings: Optional[Settings] = None,
    *,
    input: Any = None,
    output: Union[None, PathLike, Settings] = None,
    profiles: Union[None, str, Sequence[str]] = None,
    overwrite: Optional[bool] = None,
    calibration: Optional[Settings] = None,
    filters: Optional[Settings] = None,
    pairs: Optional[Settings] = None,
    split: Optional[Settings] = None,
    limit: Optional[int] = None,
    progress: ProgressOption = None,
) -> DryRun:
    """Says what `run` would write and drop, and writes nothing; the arguments are those of `run`.

    >>> dpo_prep.dry_run(input=rows, limit=20).summary.ledger.prompts_dropped
    {'beyond_limit': 40}
    """
    sections = {
        **_output(output, profiles, overwrite), "calibration": calibration, "filters": filters,
        "pairs": pairs, "split": split, "input.limit": limit}
    with _configured(config, settings, input, sections) as (operands, text):
        outcome = run_program(
            ["run", "--dry-run", "--json", *operands], progress=progress, standard_input=text)
    document = outcome.document
    return DryRun(
        document, outcome.diagnostics,
        files={file["path"]: file["rows"] for file in document["files"]})


def sweep(
    axes: Optional[Mapping[str, Sequence[Any]]] = None,
    config: Config = None,
    settings: Optional[Settings] = None,
    *,
    input: Any = None,
    output: Union[None, PathLike, Settings] = None,
    data: bool = True,
    profiles: Union[None, str, Sequence[str]] = None,
    overwrite: Optional[bool] = None,
    calibration: Optional[Settings] = None,
    filters: Optional[Settings] = None,
    pairs: Optional[Settings] = None,
    split: Optional[Settings] = None,
    limit: Optional[int] = None,
    html: Optional[PathLike] = None,
    figures: Optional[PathLike] = None,
    figure_format: Optional[Literal["svg", "pdf", "png"]] = None,
    progress: ProgressOption = None,
) -> SweepResult:
    """Makes a dataset of every combination of settings, on one reading of the input.

    Args:
        axes: Dotted keys of settings with the values that each takes; those of the section ``sweep``
            of the configuration by default.
        output: The datasets' folders: ``{n}`` is the variant's number, ``{calibration.frac}`` its
            value of that setting. Or the section ``output`` as a mapping.
        data: Whether datasets are written, or only figures told.
        html: Where a report with figures goes.
        figures: The folder that its figures are written to.
        figure_format: What these files are; the others than SVG take `rsvg-convert`.

    The other arguments are those of `run`, and each dataset is the one that `run` would make.

    Raises:
        DpoPrepError: As of `run`, where no variant has a result. A variant that fails beside others
            has its ``error``.

    >>> sweep = dpo_prep.sweep(
    ...     {"calibration.frac": [0.2, 0.5], "calibration.scope": ["global", "within_prompt"]},
    ...     input=rows, data=False)
    >>> [row["calibration.scope"] for row in sweep.rows()]
    ['global', 'within_prompt', 'global', 'within_prompt']
    """
    sections = {
        **_output(output, profiles, overwrite), "calibration": calibration, "filters": filters,
        "pairs": pairs, "split": split, "input.limit": limit, "sweep": axes}
    options = _options(html=html, figures=figures, figure_format=figure_format)
    options += [] if data else ["--no-data"]
    # Given to an option, the folder makes paths of operands, of which the configuration is none.
    with _configured(config, settings, input, sections) as (operands, text):
        outcome = run_program(
            ["sweep", "--json", *options, *operands], progress=progress, standard_input=text,
            reports=(65, 66, 70, 73, 74))
    document = outcome.document
    return SweepResult(
        document, outcome.diagnostics,
        axes={axis["setting"]: tuple(axis["values"]) for axis in document["axes"]},
        variants=tuple(map(_variant, document["variants"])), scans=document["scans"])


def _variant(document: Mapping[str, Any]) -> SweepVariant:
    """Reads what `sweep --json` prints of a variant."""
    summary, result, error = document["summary"], None, document["error"]
    if summary is not None:
        told = tuple(
            Diagnostic("warning", **warning) for warning in summary["warnings"])
        path = document["output"] and os.path.abspath(document["output"])
        curves = read_curves(os.path.join(path, "curve.json")) if path else ()
        summary = Summary.of(summary, curves, told)
        result = RunResult(path, summary) if path else None
    return SweepVariant(
        number=document["number"], settings=dict(document["settings"]), summary=summary,
        error=None if error is None else Diagnostic("error", **error), result=result,
        prompts_dropped=document["prompts_dropped"], same_pairs=document["same_pairs"],
        same_pairs_share=document["same_pairs_share"])


def fit(
    config: Config = None,
    settings: Optional[Settings] = None,
    *,
    input: Any = None,
    calibration: Optional[Settings] = None,
    filters: Optional[Settings] = None,
    limit: Optional[int] = None,
    progress: ProgressOption = None,
) -> FitResult:
    """Estimates the bias curves and writes nothing; the arguments are those of `run`.

    >>> dpo_prep.fit(input=rows).curves[0].characteristic
    'chars'
    """
    sections = {"calibration": calibration, "filters": filters, "input.limit": limit}
    with _configured(config, settings, input, sections) as (operands, text):
        outcome = run_program(
            ["fit", f"--config={operands[0]}", *operands[1:]], progress=progress,
            standard_input=text)
    document = outcome.document
    return FitResult(document, outcome.diagnostics, curves=parse_curves(document))


def score(
    config: Config = None,
    settings: Optional[Settings] = None,
    *,
    input: Any = None,
    output: Optional[PathLike] = None,
    calibration: Optional[Settings] = None,
    filters: Optional[Settings] = None,
    pairs: Optional[Settings] = None,
    split: Optional[Settings] = None,
    limit: Optional[int] = None,
    progress: ProgressOption = None,
) -> ScoreResult:
    """Gives every candidate its calibrated score, or the reason why it is not used.

    Args:
        output: The table's file, ``.parquet``, ``.jsonl``, ``.jsonl.zst`` or ``.jsonl.gz``; without
            one the table is in memory alone.
        calibration: ``{"curve": "curve.json"}`` applies a saved curve.

    The other arguments are those of `run`, and the scores are those of the dataset that it makes.

    >>> scored = dpo_prep.score(input=rows, calibration={"frac": 0.5})
    >>> scored.table.column_names
    ['prompt_id', 'file', 'row', 'candidate', 'model', 'raw_score', 'bias', 'score', 'rank', 'chars', 'drop_reason']
    """
    sections = {
        "calibration": calibration, "filters": filters, "pairs": pairs, "split": split,
        "input.limit": limit}
    with ExitStack() as stack:
        operands, text = stack.enter_context(_configured(config, settings, input, sections))
        path = None if output is None else os.path.abspath(os.fspath(output))
        file = path or os.path.join(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="dpo-prep-")), "scores.parquet")
        outcome = run_program(
            ["score", "--json", f"--out={file}", f"--config={operands[0]}", *operands[1:]],
            progress=progress, standard_input=text)
        table = None if path else read_table(file)
    if table is not None and input is not None and not isinstance(input, Mapping) \
            and not is_paths(input):
        table = placed(table)
    document = outcome.document
    candidates = document["ledger"]["candidates"]
    return ScoreResult(
        document, outcome.diagnostics, rows=document["rows"], scored=candidates["kept"],
        dropped=dict(candidates["dropped"]), path=path, _table=table)


def inspect(
    input: Any,
    *,
    format: Optional[str] = None,
    fields: Optional[Mapping[str, str]] = None,
    progress: ProgressOption = None,
) -> Inspection:
    """Says what is in scored generations and how they are understood.

    Args:
        input: Paths, or rows in memory, as `run` takes them.
        format: How rows are laid out, as in ``input.format``.
        fields: Where rows keep a field: ``{"reward": "scores.helpful"}``.

    >>> dpo_prep.inspect(rows).usable_candidates
    240
    """
    options = ["--format", format] if format is not None else []
    for name, path in (fields or {}).items():
        options += ["--field", f"{name}={path}"]
    with as_paths(input) as paths:
        outcome = run_program(
            ["inspect", "--json", *options, "--", *paths], progress=progress)
    document = outcome.document
    found = tuple(
        Field(field["path"], field["type"], field["present"], field["example"])
        for field in document["fields"])
    return Inspection(
        document, outcome.diagnostics, layout=document["layout"], format=document["format"],
        fields=found, rows=document["rows"], malformed_rows=document["malformed_rows"],
        prompts=document["prompts"], candidates=document["candidates"],
        usable_candidates=document["usable_candidates"], dropped=dict(document["dropped"]),
        spearman_pooled=document["spearman_pooled"],
        spearman_within_prompt=document["spearman_within_prompt"])


#: A dataset: its folder or a file, a `RunResult`, or pairs in memory.
Dataset = Any


@contextmanager
def _dataset(dataset: Dataset) -> Iterator[str]:
    """One name for a dataset, as long as its files are there."""
    if not isinstance(dataset, (str, os.PathLike)) and is_paths(dataset):
        raise TypeError("a dataset is one folder, file or pattern")
    with as_path(dataset) as path:
        yield path


def audit(
    dataset: Dataset,
    *,
    profile: Optional[str] = None,
    by: Union[str, Sequence[str]] = (),
    fail_if: Union[str, Sequence[str]] = (),
    tokenizer: Optional[PathLike] = None,
    max_length: Optional[int] = None,
    html: Optional[PathLike] = None,
    figures: Optional[PathLike] = None,
    figure_format: Optional[Literal["svg", "pdf", "png"]] = None,
    progress: ProgressOption = None,
) -> AuditResult:
    """Measures the length bias and the flaws of a preference dataset.

    Args:
        dataset: A folder, a file, a `RunResult`, or pairs in memory.
        profile: How rows are written, by default what the first row looks like.
        by: Columns whose values are measured too.
        fail_if: Conditions such as ``longer_chosen > 0.6``; those that hold are in ``failed``.
        tokenizer: A ``tokenizer.json`` that tokens are counted by, too.
        max_length: The tokens that a trainer takes of a prompt and an answer; what it would cut is
            in ``metrics`` as ``cut_pairs``, ``cut_chosen_only`` and so on.
        html: Where a report with figures goes.
        figures: The folder that its figures are written to.
        figure_format: What these files are; the others than SVG take `rsvg-convert`.

    >>> 0 <= dpo_prep.audit("out").metrics["longer_chosen"] <= 1
    True
    """
    options = _options(
        profile=profile, tokenizer=tokenizer, max_length=max_length, html=html, figures=figures,
        figure_format=figure_format)
    options += _each("by", by) + _each("fail-if", fail_if)
    with _dataset(dataset) as path:
        outcome = run_program(["audit", "--json", *options, "--", path], progress=progress)
    document = outcome.document
    others = {"dataset", "rows_without_pair", "margin_percentiles", "groups", "failed"}

    def metrics(figures: Mapping[str, Any]) -> dict[str, Optional[float]]:
        return {
            name: value for name, value in figures.items()
            if name not in others and name != "value"}

    return AuditResult(
        document, outcome.diagnostics, metrics=metrics(document),
        failed=tuple(document["failed"]),
        groups={
            column: {group["value"]: metrics(group) for group in groups}
            for column, groups in document["groups"].items()})


def validate(
    dataset: Dataset, *, profile: Optional[str] = None, progress: ProgressOption = None,
) -> Validation:
    """Says whether a trainer would take a preference dataset.

    >>> validation = dpo_prep.validate("out")
    >>> validation.profile, validation.rows, validation.splits
    ('trl', 60, {'train': 60})
    """
    with _dataset(dataset) as path:
        outcome = run_program(
            ["validate", "--json", *_options(profile=profile), "--", path], progress=progress)
    document = outcome.document
    findings = tuple(
        Finding(
            found["code"], found["severity"], found["subject"], found["count"], found["message"],
            found["remedy"], tuple(place(row["file"], row["row"]) for row in found["rows"]))
        for found in document["findings"])
    return Validation(
        document, outcome.diagnostics, profile=document["profile"], rows=document["rows"],
        splits=dict(document["splits"]), accepted=document["accepted"], findings=findings)


def verify(
    dataset: Union[PathLike, RunResult], *, progress: ProgressOption = None,
) -> Verification:
    """Says whether a dataset of dpo-prep is as it was written.

    Args:
        dataset: The dataset's folder, or a `RunResult`.
        progress: See `run`.

    Raises:
        DataError: The folder has no manifest to compare it with.

    >>> verification = dpo_prep.verify("out")
    >>> verification.intact, verification.problems
    (True, ())
    """
    arguments = ["verify", "--json", "--", os.fspath(dataset)]
    outcome = run_program(arguments, progress=progress, reports=(65,))
    document = outcome.document
    return Verification(
        document, outcome.diagnostics, intact=document["intact"],
        files={file["path"]: file["intact"] for file in document["files"]},
        problems=tuple(
            Mismatch(found["file"], found["code"], found["message"])
            for found in document["problems"]))


def diff(
    old: Dataset,
    new: Dataset,
    *,
    examples: Optional[int] = None,
    max_rows: Optional[int] = None,
    tolerance: Optional[float] = None,
    by: Union[str, Sequence[str]] = (),
    html: Optional[PathLike] = None,
    figures: Optional[PathLike] = None,
    figure_format: Optional[Literal["svg", "pdf", "png"]] = None,
    progress: ProgressOption = None,
) -> Difference:
    """Says what changed between two preference datasets.

    >>> other = dpo_prep.run(
    ...     input=rows, output="uncalibrated", profiles=["trl"], calibration={"method": "none"})
    >>> difference = dpo_prep.diff(other, "out")
    >>> difference.same, difference.prompts["added"]
    (False, 0)
    """
    options = _options(
        examples=examples, max_rows=max_rows, tolerance=tolerance, html=html, figures=figures,
        figure_format=figure_format)
    options += _each("by", by)
    with _dataset(old) as first, _dataset(new) as second:
        outcome = run_program(
            ["diff", "--json", *options, "--", first, second], progress=progress)
    document = outcome.document
    return Difference(
        document, outcome.diagnostics, same=document["same"], prompts=dict(document["prompts"]),
        pairs=dict(document["pairs"]),
        drift={
            name: (values["old"], values["new"]) for name, values in document["drift"].items()})


def evaluate(
    kind: Literal["rewardbench", "alpacaeval"],
    scores: Union[PathLike, Sequence[PathLike]],
    settings: Optional[Settings] = None,
    *,
    texts: Optional[PathLike] = None,
    ensemble: bool = False,
    baseline: Optional[str] = None,
    baseline_file: Optional[PathLike] = None,
    baseline_score: Optional[float] = None,
    baseline_in_fit: bool = False,
    score: Optional[str] = None,
    preferences: bool = False,
    preference_scale: Optional[Literal["0-1", "1-2", "auto"]] = None,
    gamed: Optional[PathLike] = None,
    clip: Optional[float] = None,
    rankings: Optional[Mapping[str, str]] = None,
    ties: Optional[Literal["half", "wrong"]] = None,
    reference_compatible: bool = False,
    resamples: Optional[int] = None,
    seed: Optional[int] = None,
    csv: Optional[PathLike] = None,
    html: Optional[PathLike] = None,
    figures: Optional[PathLike] = None,
    figure_format: Optional[Literal["svg", "pdf", "png"]] = None,
) -> Evaluation:
    """Judges reward models (`rewardbench`) or a leaderboard (`alpacaeval`) without the bias.

    Args:
        kind: Which evaluation.
        scores: Files, folders or patterns of scores.
        settings: Settings of calibration: ``{"calibration.frac": 1}``.
        texts: For `rewardbench`, the benchmark's own texts.
        ensemble: For `rewardbench`, adds the scores of all models, combined by `calibration.combine`.
        rankings: For `alpacaeval`, what win rates are compared with: ``{"arena": "a.csv:elo"}``.
        ties: What equal scores of two answers count.
        resamples: How often prompts are drawn anew for intervals, 0 for none; 200 by default.
        seed: What the draws follow from; 0 by default.
        csv, html, figures: Where a table, a report and its figures go.
        figure_format: What the figures are; the others than SVG take `rsvg-convert`.

    The others are the options of `dpo-prep evaluate alpacaeval`.
    """
    options = _options(
        texts=texts, baseline=baseline, baseline_file=baseline_file, score=score,
        baseline_score=baseline_score, preference_scale=preference_scale, clip=clip, ties=ties,
        gamed=gamed, resamples=resamples, seed=seed, csv=csv, html=html, figures=figures,
        figure_format=figure_format)
    flags = {
        "--ensemble": ensemble, "--baseline-in-fit": baseline_in_fit, "--preferences": preferences,
        "--reference-compatible": reference_compatible}
    options += [name for name, is_set in flags.items() if is_set]
    options += [f"--ranking={name}={place}" for name, place in (rankings or {}).items()]
    paths = [os.fspath(scores)] if isinstance(scores, (str, os.PathLike)) else [
        os.fspath(path) for path in scores]
    operands, _ = source(None, settings or {})
    outcome = run_program(
        ["evaluate", kind, "--json", *options, "--", *paths, *operands[1:]], progress=False)
    document = outcome.document
    return Evaluation(
        document, outcome.diagnostics, kind=kind, models=tuple(document["models"]))


def _options(**values: Union[None, str, float, PathLike]) -> list[str]:
    """`--name=value` for what is set."""
    texts = {
        name: os.fspath(value) if isinstance(value, os.PathLike) else str(value)
        for name, value in values.items() if value is not None}
    return [f"--{name.replace('_', '-')}={text}" for name, text in texts.items()]


def _each(name: str, values: Union[str, Sequence[str]]) -> list[str]:
    """`--name=value` for one value or several."""
    return [f"--{name}={value}" for value in ([values] if isinstance(values, str) else values)]
