"""Draws quality against length of the policies, a panel for each world, as SVG."""
import html

from page import grouped, interval

PANEL, HEIGHT, LEFT, TOP, BOTTOM = 250, 300, 54, 64, 50
INKS = {"before training": "#6d737b", "raw rewards": "#bd4b00", "calibrated": "#0068a8"}
STYLE = ("text{font:12px Helvetica,Arial,sans-serif;fill:#1a1d21}"
         ".small{fill:#586069}.title{font-weight:bold}.grid{stroke:#e4e7ea}.axis{stroke:#586069}")


def drawn(outcomes):
    worlds = grouped(outcomes)
    points = {
        world: {arm: (interval([outcome.words for outcome in found]),
                      interval([outcome.quality for outcome in found]))
                for arm, found in arms.items()}
        for world, arms in worlds.items()}
    across = [ends(where[0]) for arms in points.values() for where in arms.values()]
    up = [ends(where[1]) for arms in points.values() for where in arms.values()]
    x = scale(min(low for low, _ in across), max(high for _, high in across), 0, PANEL - 70)
    y = scale(min(low for low, _ in up), max(high for _, high in up), HEIGHT - TOP - BOTTOM, 0)
    width = LEFT + PANEL * len(points)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
             f'role="img" aria-label="True quality against mean length">',
             f"<style>{STYLE}</style>", f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>']
    for number, (world, arms) in enumerate(points.items()):
        left = LEFT + PANEL * number
        parts.append(f'<g transform="translate({left} {TOP})">')
        parts += panel(world, arms, x, y, first=number == 0)
        parts.append("</g>")
    place = LEFT
    for arm, ink in INKS.items():
        parts.append(f'<circle cx="{place}" cy="{14}" r="4" fill="{ink}"/>'
                     f'<text x="{place + 9}" y="18">{html.escape(arm)}</text>')
        place += 30 + 7 * len(arm)
    return "\n".join([*parts, "</svg>", ""])


def panel(world, arms, x, y, first):
    bottom = HEIGHT - TOP - BOTTOM
    for number, line in enumerate(wrapped(world)):
        yield (f'<text class="title" y="{-24 + 14 * number}">'
               f"{html.escape(line)}</text>")
    for value in y.marks:
        yield f'<path class="grid" d="M0 {y(value):.1f}H{PANEL - 70}"/>'
        if first:
            yield (f'<text class="small" x="-8" y="{y(value) + 4:.1f}" text-anchor="end">'
                   f"{value:g}</text>".replace(">-", ">−"))
    yield f'<path class="axis" d="M0 {bottom}H{PANEL - 70}"/>'
    for value in x.marks:
        yield (f'<text class="small" x="{x(value):.1f}" y="{bottom + 17}" '
               f'text-anchor="middle">{value:g}</text>')
    yield (f'<text class="small" x="{(PANEL - 70) / 2}" y="{bottom + 36}" text-anchor="middle">'
           "words an answer</text>")
    if first:
        yield (f'<text class="small" transform="translate(-40 {bottom / 2}) rotate(-90)" '
               'text-anchor="middle">true quality, SD</text>')
    for arm, (words, quality) in arms.items():
        ink = INKS[arm]
        (left, right), (low, high) = ends(words), ends(quality)
        yield (f'<path stroke="{ink}" stroke-width="1.5" d="M{x(left):.1f} {y(quality[0]):.1f}'
               f'H{x(right):.1f}M{x(words[0]):.1f} {y(low):.1f}V{y(high):.1f}"/>')
        yield (f'<circle cx="{x(words[0]):.1f}" cy="{y(quality[0]):.1f}" r="4" fill="{ink}"/>')


def ends(mean):
    middle, half = mean
    return (middle, middle) if half != half else (middle - half, middle + half)


def scale(low, high, start, end):
    """Places values between two ends, with a margin; `marks` are round values between them."""
    span = (high - low) or 1.0
    step = next(size for size in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if span / size <= 5)
    bottom, top = low - 0.06 * span, high + 0.06 * span

    def place(value):
        return start + (end - start) * (value - bottom) / (top - bottom)

    first = int(-(-bottom // step))
    place.marks = [round(number * step, 6) for number in range(first, int(top // step) + 1)]
    return place


def wrapped(text, width=34):
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
