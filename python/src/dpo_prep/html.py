"""Tables and figures for notebooks: plain HTML and SVG, without scripts."""
from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Optional, Union

if TYPE_CHECKING:
    from .curves import Curve
    from .summary import Summary

Cell = Union[None, int, float, str]


def cell(value: Cell) -> str:
    """A number as people read it.

    >>> cell(12345), cell(0.5972), cell(None), cell("a<b")
    ('12,345', '0.597', '–', 'a&lt;b')
    """
    if value is None:
        return "–"
    if isinstance(value, bool) or isinstance(value, str):
        return html.escape(str(value))
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3f}"


def table(
    rows: Iterable[Sequence[Cell]], head: Sequence[str] = (), caption: str = "",
) -> str:
    """A table whose first column has names."""
    parts = ["<table>"]
    if caption:
        parts.append(f"<caption>{html.escape(caption)}</caption>")
    if head:
        parts.append(
            "<thead><tr>" + "".join(f"<th>{html.escape(name)}</th>" for name in head)
            + "</tr></thead>")
    parts.append("<tbody>")
    for name, *values in rows:
        numbers = "".join(f'<td style="text-align:right">{cell(value)}</td>' for value in values)
        parts.append(f'<tr><th style="text-align:left">{cell(name)}</th>{numbers}</tr>')
    parts.append("</tbody></table>")
    return "".join(parts)


def _percent(share: Optional[float]) -> Optional[str]:
    return None if share is None else f"{share:.1%}"


def summary_table(summary: Summary) -> str:
    """What calibration did, and what became of the input."""
    before, after, ledger = summary.before, summary.after, summary.ledger
    name = summary.characteristic
    bias = table(
        [
            ("pairs", before.pairs, after.pairs),
            (f"Spearman of reward and {name}, pooled", before.spearman_pooled,
             after.spearman_pooled),
            ("within prompt", before.spearman_within_prompt, after.spearman_within_prompt),
            ("longer answer chosen", _percent(before.longer_chosen),
             _percent(after.longer_chosen)),
            ("mean gap, chosen - rejected", before.length_gap_mean, after.length_gap_mean),
            ("Cohen's d", before.cohens_d, after.cohens_d),
        ],
        head=["", "before", "after"], caption=f"{summary.output}: {summary.pairs:,} pairs")
    counts: list[tuple[str, int]] = [
        ("rows read", ledger.rows_read), ("rows rejected", ledger.rows_rejected),
        ("candidates read", ledger.candidates_read)]
    counts += [(f"dropped: {reason}", count) for reason, count in ledger.candidates_dropped.items()]
    counts.append(("prompts read", ledger.prompts_read))
    counts += [(f"dropped: {reason}", count) for reason, count in ledger.prompts_dropped.items()]
    counts.append(("prompts paired", ledger.prompts_paired))
    told = "".join(f"<li>{html.escape(str(warning))}</li>" for warning in summary.warnings)
    return bias + table(counts) + (f"<ul>{told}</ul>" if told else "")


_WIDTH, _HEIGHT, _MARGIN = 480, 240, 44


def curve_figure(curve: Curve) -> str:
    """The bias against the characteristic, with its 95 % band."""
    points = [
        (length, bias) for length, bias in zip(curve.lengths, curve.bias) if bias is not None]
    if curve.coefficient is not None or len(points) < 2:
        return table([(f"bias of {curve.characteristic}", curve.coefficient)])
    band = _band(curve)
    heights = [bias for _, bias in points] + [end for _, *ends in band for end in ends]
    left, right = points[0][0], points[-1][0]
    low, high = min(heights), max(heights)

    def place(length: float, bias: float) -> str:
        x = _MARGIN + (length - left) / (right - left or 1) * (_WIDTH - 2 * _MARGIN)
        y = _HEIGHT - _MARGIN - (bias - low) / (high - low or 1) * (_HEIGHT - 2 * _MARGIN)
        return f"{x:.1f},{y:.1f}"

    def text(x: float, y: float, words: str, anchor: str = "middle") -> str:
        return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="11" '
                f'fill="currentColor">{html.escape(words)}</text>')

    # More points than pixels show nothing more.
    step = max(1, len(points) // _WIDTH)
    thinned = [*points[:-1:step], points[-1]]
    outline = [place(length, upper) for length, _, upper in band] + [
        place(length, lower) for length, lower, _ in reversed(band)]
    bottom = _HEIGHT - _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" role="img">',
        f"<title>bias of {html.escape(curve.characteristic)}</title>",
        f'<polygon points="{" ".join(outline)}" fill="#4477aa" fill-opacity="0.2"/>',
        f'<polyline points="{" ".join(place(*point) for point in thinned)}" fill="none" '
        'stroke="#4477aa" stroke-width="2"/>',
        f'<path d="M{_MARGIN},{_MARGIN}V{bottom}H{_WIDTH - _MARGIN}" fill="none" '
        'stroke="currentColor" stroke-opacity="0.5"/>',
        text(_MARGIN, bottom + 14, f"{left:,.0f}"),
        text(_WIDTH - _MARGIN, bottom + 14, f"{right:,.0f}"),
        text(_WIDTH / 2, bottom + 30, curve.characteristic),
        text(_MARGIN - 4, bottom, f"{low:.2f}", "end"),
        text(_MARGIN - 4, _MARGIN + 4, f"{high:.2f}", "end"),
        text(_MARGIN, _MARGIN - 12, "bias", "middle"),
        "</svg>",
    ]
    return "".join(parts)


def _band(curve: Curve) -> list[tuple[float, float, float]]:
    if curve.support is None:
        return []
    support = curve.support
    return [
        (length, lower, upper)
        for length, lower, upper in zip(support.lengths, support.lower, support.upper)
        if lower is not None and upper is not None]
