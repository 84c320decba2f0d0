"""Draws time by size of input, both logarithmic, as SVG that reads in light and in dark mode."""
import dataclasses
import html
import math

WIDTH, HEIGHT = 760, 430
LEFT, RIGHT, TOP, BOTTOM = 84, 206, 68, 72
LABEL_HEIGHT = 20
STYLE = """
    text { font: 14px system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: #1f2328; }
    .surface { fill: #ffffff; }
    .title { font-size: 17px; font-weight: 600; }
    .small { font-size: 13px; fill: #59636e; }
    .grid { stroke: #e3e7eb; }
    .leader { stroke: #afb8c1; fill: none; }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
    .dot { stroke: #ffffff; stroke-width: 1.5; }
    .peer0 { stroke: #bc5a1b; } .dot.peer0 { fill: #bc5a1b; }
    .peer1 { stroke: #8250df; } .dot.peer1 { fill: #8250df; }
    .floor { stroke: #6e7781; } .dot.floor { fill: #6e7781; }
    .line.floor { stroke-dasharray: 5 5; }
    .ours { stroke: #0969da; } .dot.ours { fill: #0969da; }
    .line.ours { stroke-width: 3.5; }
    text.ours { stroke: none; font-weight: 600; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .surface { fill: #0d1117; }
      .small { fill: #9198a1; }
      .grid { stroke: #262c36; }
      .leader { stroke: #4b535d; }
      .dot { stroke: #0d1117; }
      .peer0 { stroke: #e8894a; } .dot.peer0 { fill: #e8894a; }
      .peer1 { stroke: #b392f0; } .dot.peer1 { fill: #b392f0; }
      .floor { stroke: #8b949e; } .dot.floor { fill: #8b949e; }
      .ours { stroke: #4493f8; } .dot.ours { fill: #4493f8; }
    }
"""


@dataclasses.dataclass
class Line:
    name: str
    seconds: list[float]
    """By size, from the least on; there may be fewer than sizes."""
    role: str
    """Its class in STYLE."""


class Scale:
    """Places of values of which each factor takes the same space."""

    def __init__(self, least, most, start, end):
        self.least, self.most, self.start, self.end = least, most, start, end

    def __call__(self, value):
        share = math.log(value / self.least) / math.log(self.most / self.least)
        return self.start + share * (self.end - self.start)

    def decades(self):
        first, last = math.ceil(math.log10(self.least)), math.floor(math.log10(self.most))
        return [10.0 ** exponent for exponent in range(first, last + 1)]


def drawn(lines, sizes):
    """- sizes: lines and bytes of each input, from the least on."""
    x = Scale(sizes[0][1], sizes[-1][1], LEFT + 34, WIDTH - RIGHT)
    every = [value for line in lines for value in line.seconds]
    y = Scale(min(every) / 1.6, max(every) * 1.6, HEIGHT - BOTTOM, TOP)
    places = [x(size) for _, size in sizes]
    right = WIDTH - RIGHT + 14
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{html.escape(told(lines))}">',
        f"  <style>{STYLE}  </style>",
        f'  <rect class="surface" width="{WIDTH}" height="{HEIGHT}" rx="6"/>',
        text(20, 30, "Time from scored answers to a dataset of pairs", "title"),
        text(20, 50, "Both axes are logarithmic. zstd -dc only decompresses the input.", "small")]
    for value in y.decades():
        parts += [f'  <path class="grid" d="M{LEFT} {y(value):.1f}H{right}"/>',
                  text(LEFT - 10, y(value) + 5, f"{value:g}", "small", "end")]
    for (count, size), place in zip(sizes, places):
        parts += [text(place, HEIGHT - BOTTOM + 20, f"{count:,}", "", "middle"),
                  text(place, HEIGHT - BOTTOM + 38, megabytes(size), "small", "middle")]
    parts += [
        text((places[0] + places[-1]) / 2, HEIGHT - 12,
             "prompts in the input, and megabytes of JSON Lines", "small", "middle"),
        f'  <text class="small" text-anchor="middle" transform="translate(28 '
        f'{(TOP + HEIGHT - BOTTOM) / 2:.0f}) rotate(-90)">seconds</text>']
    for line in lines:
        points = [(place, y(value)) for place, value in zip(places, line.seconds)]
        path = "L".join(f"{across:.1f} {down:.1f}" for across, down in points)
        parts.append(f'  <path class="line {line.role}" d="M{path}"/>')
        parts += [f'  <circle class="dot {line.role}" cx="{across:.1f}" cy="{down:.1f}" r="4.5"/>'
                  for across, down in points]
    for place in places:
        ending = [line for line in lines if places[len(line.seconds) - 1] == place]
        parts += labels(ending, place, [y(line.seconds[-1]) for line in ending])
    return "\n".join(parts + ["</svg>", ""])


def labels(lines, across, places):
    """The names of lines that end one above the other."""
    parts = []
    for line, end, place in zip(lines, places, apart(places)):
        leader = f"M{across + 8:.1f} {end:.1f}L{across + 18:.1f} {place:.1f}"
        parts += [
            f'  <path class="leader" d="{leader}"/>',
            text(across + 24, place + 5, f"{line.name}, {seconds(line.seconds[-1])}",
                 "ours" if line.role == "ours" else "")]
    return parts


def told(lines):
    """The figure in words."""
    ends = ", ".join(f"{line.name} {seconds(line.seconds[-1])}" for line in lines)
    return f"Time by size of input, both logarithmic; at the right end {ends}."


def apart(places):
    """Where labels stand that want to be at these places, none on another."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for above, below in zip(order, order[1:]):
        lacking = LABEL_HEIGHT - (moved[below] - moved[above])
        if lacking > 0:
            moved[below] += lacking
    return moved


def text(across, down, words, style="", anchor="start"):
    return (f'  <text class="{style}" x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}">'
            f"{html.escape(words)}</text>")


def megabytes(size):
    return f"{size / 1e6:,.{0 if size >= 1e7 else 1}f} MB"


def seconds(value):
    return f"{value:.{0 if value >= 10 else 1 if value >= 1 else 2}f} s"
