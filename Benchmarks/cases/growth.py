"""Time by the size of the input."""
from case import Case, Comparison, at_most
from figure import Line, drawn


def growth(bench):
    """A hundredth of the corpus, a tenth and all of it, peers too; --large: ten times as much"""
    corpora = bench.corpora
    sources = {"a hundredth": corpora.first_part(100), "a tenth": corpora.first_part(10),
               "all": corpora.file("nested")}
    if bench.options.large:
        sources["ten times"] = corpora.file("large-nested")
    ours, floors, peers = [], [], []
    for name, source in sources.items():
        ours.append(bench.ours(f"dpo-prep, {name}", [source], "Parquet"))
        floors.append(bench.floor([source], f"zstd -dc, {name}"))
        # Ten times as much would be more memory than machines have.
        peers.append([] if name == "ten times" else bench.peers_on(source, f", {name}"))
    entries = ours + [entry for group in peers for entry in group] + floors
    bench.measure(entries, sources.values())
    sizes = [(corpora.line_count(source), corpora.size(source)[1]) for source in sources.values()]
    lines = [Line("dpo-prep", seconds(ours), "ours")]
    for number, name in enumerate(bench.peers):
        its = [group[number] for group in peers if group]
        lines.append(Line(name, seconds(its), f"peer{number % 2}"))
    lines.append(Line("zstd -dc", seconds(floors), "floor"))
    return Case(
        "Growth",
        "The first hundredth of the nested corpus, the first tenth, and all of it"
        + (", and one of ten times the prompts" if bench.options.large else "")
        + "; dpo-prep and the peers write Parquet.",
        entries,
        [Comparison.wall(f"{large.name} / {small.name}", large, small, at_most(10.5))
         for small, large in zip(ours, ours[1:])],
        figure=drawn(lines, sizes))


def seconds(entries):
    return [entry.median() for entry in entries]
