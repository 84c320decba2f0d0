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


#: The ends of a 95 % interval.
Interval = tuple[float, float]


def _interval(ends: Optional[Sequence[float]]) -> Optional[Interval]:
    return None if ends is None else (ends[0], ends[1])


@dataclass(frozen=True)
class Intervals:
    """Where figures would lie for other prompts of the same kind, with 95 % confidence."""

    longer_chosen: Optional[Interval]
    length_gap_mean: Optional[Interval]
    spearman_within_prompt: Optional[Interval]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Intervals:
        """Reads `intervals` of `before` or `after`."""
        return cls(**{name: _interval(document[name]) for name in cls.__dataclass_fields__})


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
    #: The prompts that have a correlation of their own.
    prompts_with_spearman: int
    #: The shares of prompts whose best score, whose worst, or either, several answers have.
    tied_top_share: Optional[float]
    tied_bottom_share: Optional[float]
    tied_share: Optional[float]
    #: None without ``calibration.intervals``.
    intervals: Optional[Intervals]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Bias:
        """Reads `before` or `after` of a summary or a manifest."""
        intervals = document["intervals"]
        return cls(
            prompts_with_spearman=document["prompts_with_spearman"],
            tied_top_share=document["tied_top_share"],
            tied_bottom_share=document["tied_bottom_share"], tied_share=document["tied_share"],
            intervals=None if intervals is None else Intervals.of(intervals),
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
    #: The share of prompts with pairs by their rewards that have other pairs now, or none.
    changed_share: Optional[float]
    changed_share_interval: Optional[Interval]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Effect:
        """Reads `calibration_effect` of a summary or a manifest."""
        figures = {name: document[name] for name in cls.__dataclass_fields__}
        figures["changed_share_interval"] = _interval(document["changed_share_interval"])
        return cls(**figures)


@dataclass(frozen=True)
class ModelEffect:
    """What a model adds to rewards, about the mean, prompts and lengths being equal."""

    #: None for the candidates that name no model.
    model: Optional[str]
    effect: float
    candidates: int


@dataclass(frozen=True)
class CurveFit:
    """What the curve of one characteristic rests on, and how exact it is."""

    characteristic: str
    alpha: float
    #: How far the bias may be off by the arithmetic, in units of the reward; smaller margins say
    #: nothing. 0 for a saved curve.
    precision: float
    #: The fewest candidates that the curve rests on anywhere, and the median.
    least_effective_candidates: Optional[float]
    median_effective_candidates: Optional[float]
    #: The share of candidates where it rests on too few.
    weak_share: Optional[float]
    #: The share of candidates beyond its ends.
    extrapolated_share: float
    model_effects: tuple[ModelEffect, ...]
    #: How many rewards took no part in the fit, as absurdly far from the others.
    rewards_left_out: int = 0

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> CurveFit:
        """Reads one of `curves` of a summary or a manifest."""
        figures = {name: document[name] for name in cls.__dataclass_fields__ if name in document}
        figures["model_effects"] = tuple(
            ModelEffect(**effect) for effect in document["model_effects"])
        return cls(**figures)


@dataclass(frozen=True)
class Variant:
    """What other settings would give."""

    #: None where the used alphas hold.
    alpha: Optional[float]
    scope: str
    #: The share of prompts that would keep the pairs they have.
    same_pairs: Optional[float]
    longer_chosen: Optional[float]
    length_gap_mean: Optional[float]
    spearman_within_prompt: Optional[float]


@dataclass(frozen=True)
class Slopes:
    """How rewards rise with length between prompts and within them."""

    between_prompts: Optional[float]
    within_prompts: Optional[float]
    #: Of what the curve within prompts leaves: the slope between prompts less that within.
    difference: Optional[float]
    difference_interval: Optional[Interval]
    #: Whether the interval leaves out 0: prompts confound.
    prompts_differ: bool

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Slopes:
        """Reads `slopes` of the sensitivity."""
        figures = {name: document[name] for name in cls.__dataclass_fields__}
        figures["difference_interval"] = _interval(document["difference_interval"])
        return cls(**figures)


@dataclass(frozen=True)
class Sensitivity:
    """How much depends on what was chosen, where scores alone cannot tell."""

    #: How many prompts tell it.
    prompts: int
    #: The used curves with alpha 0, 0.5 and 1.
    alphas: tuple[Variant, ...]
    #: None where the method has no scope.
    other_scope: Optional[Variant]
    #: None where no curve was fitted.
    slopes: Optional[Slopes]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Sensitivity:
        """Reads `sensitivity` of a summary or a manifest."""
        other, slopes = document["other_scope"], document["slopes"]
        return cls(
            prompts=document["prompts"],
            alphas=tuple(Variant(**variant) for variant in document["alphas"]),
            other_scope=None if other is None else Variant(**other),
            slopes=None if slopes is None else Slopes.of(slopes))


@dataclass(frozen=True)
class Split:
    """The rows of a split in the columns of a profile."""

    profile: str
    name: str
    rows: int


@dataclass(frozen=True)
class RewardModels:
    """What several reward models have in common.

    >>> scored = [
    ...     {**row, "all_rm_scores": [{"a": score, "b": 9 * score - place} for place, score in
    ...                               enumerate(row["all_rm_scores"])]} for row in rows]
    >>> models = dpo_prep.run(input=scored, output="models", pairs={"agreement": 1}).summary.reward_models
    >>> models.names, sum(models.pairs_by_support) == models.pairs_by_support[-1]
    (('a', 'b'), True)
    >>> models.rank_correlations[0][1] == models.rank_correlations[1][0] > 0.5
    True
    """

    names: tuple[str, ...]
    #: How the rewards of each rise with the bias of what they are combined to, within prompts.
    bias_shares: tuple[float, ...]
    #: Within prompts, the mean over prompts; None where no prompt has one.
    rank_correlations: tuple[tuple[Optional[float], ...], ...]
    spearman_with_length: tuple[Optional[float], ...]
    #: Pairs of the dataset that each model would turn round.
    pairs_turned_round: tuple[int, ...]
    #: Of the pairs of answers that some model tells apart, the share that all order alike.
    unanimous_share: Optional[float]
    #: Pairs of the dataset by how many models prefer the chosen answer, from none to all.
    pairs_by_support: tuple[int, ...]
    #: Pairs that ``pairs.agreement`` left out.
    pairs_below_agreement: int

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> RewardModels:
        """Reads `reward_models` of the diagnostics of a summary or a manifest."""
        models = document["models"]
        return cls(
            names=tuple(model["name"] for model in models),
            bias_shares=tuple(model["bias_share"] for model in models),
            rank_correlations=tuple(tuple(model["rank_correlations"]) for model in models),
            spearman_with_length=tuple(model["spearman_with_length"] for model in models),
            pairs_turned_round=tuple(model["pairs_turned_round"] for model in models),
            unanimous_share=document["unanimous_share"],
            pairs_by_support=tuple(document["pairs_by_support"]),
            pairs_below_agreement=document["pairs_below_agreement"])


@dataclass(frozen=True)
class Summary:
    """Everything that is known at the end of a run.

    >>> summary = dpo_prep.run(input=rows, output="summary", profiles=["trl"]).summary
    >>> summary.pairs == summary.ledger.prompts_paired
    True
    >>> summary.before.pairs, summary.characteristic
    (60, 'chars')
    >>> low, high = summary.after.intervals.longer_chosen
    >>> low <= summary.after.longer_chosen <= high
    True
    >>> [variant.alpha for variant in summary.sensitivity.alphas]
    [0.0, 0.5, 1.0]
    >>> summary.fits[0].precision < 1e-6
    True
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
    #: Of each curve what it rests on.
    fits: tuple[CurveFit, ...]
    #: None without ``calibration.intervals``, or where nothing was removed.
    sensitivity: Optional[Sensitivity]
    splits: tuple[Split, ...]
    #: Seconds of each stage.
    timings: Mapping[str, float]
    #: None where there is one reward.
    reward_models: Optional[RewardModels] = None
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
            effect=Effect.of(figures["calibration_effect"]), curves=tuple(curves),
            fits=tuple(map(CurveFit.of, figures["curves"])),
            sensitivity=(
                None if figures["sensitivity"] is None else Sensitivity.of(figures["sensitivity"])),
            splits=tuple(
                Split(split["profile"], split["split"], split["rows"])
                for split in document["splits"]),
            timings=dict(document["timings"]),
            reward_models=(
                RewardModels.of(figures["reward_models"]) if "reward_models" in figures else None),
            diagnostics=tuple(diagnostics), document=document)

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
