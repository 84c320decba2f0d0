"""Writes docs/benchmarks.md."""
import importlib.metadata
import os
import platform
import re
import statistics
import subprocess
import time

LIBRARIES = ["numpy", "scipy", "statsmodels", "orjson", "pyarrow", "polars", "zstandard"]
BUSIEST = 4
"""How many of the threads are shown."""


def first_line(command):
    """What a program says of its version, run in the checkout."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            cwd=os.path.dirname(os.path.abspath(__file__)))
    except FileNotFoundError:
        return "not installed"
    return next((line.strip() for line in done.stdout.splitlines() if line.strip()), "")


def machine():
    """Name and value of what the figures depend on."""
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal:\s+(\d+)", file.read())[1]) / (1 << 20)
    return [
        ("processor", f"{processor()}, {os.cpu_count()} logical processors"),
        ("memory", f"{memory:.0f} GiB"),
        ("system", f"{distribution()}, Linux {platform.release()}, {platform.machine()}"),
    ]


def processor():
    with open("/proc/cpuinfo") as file:
        text = file.read()
    name = re.search(r"^model name\s*:\s*(.+)$", text, re.M)
    flags = set(re.findall(r"\b(?:avx2|avx512bw|asimd|sve)\b", text))
    return ", ".join([name[1].strip() if name else platform.machine()] + sorted(flags))


def distribution():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return "unknown distribution"


def versions(program):
    zstd = re.search(r"v\d[\d.]*", first_line(["zstd", "--version"]))
    commit = first_line(["git", "describe", "--always", "--dirty"])
    named = [
        ("dpo-prep", f"{first_line([program, '--version'])}, commit {commit}"),
        ("swift", first_line(["swift", "--version"])),
        ("zstd", zstd[0] if zstd else "unknown"),
        ("igzip", first_line(["igzip", "--version"])),
        ("Python", platform.python_version()),
    ]
    for library in LIBRARIES:
        try:
            named.append((library, importlib.metadata.version(library)))
        except importlib.metadata.PackageNotFoundError:
            named.append((library, "not installed"))
    return named


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join(["---"] * len(head)) + " |"]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def measured(entries):
    rows = [
        (entry.name, len(entry.samples), f"**{entry.median():.3f}**", f"{min(entry.walls()):.3f}",
         f"{max(entry.walls()):.3f}", f"{entry.median_cpu():.3f}",
         f"{entry.memory() / (1 << 20):.0f}")
        for entry in entries]
    return table(
        ["", "runs", "median s", "least", "most", "processor s", "peak memory MiB"], rows)


def by_thread(entries):
    rows = []
    for entry in entries:
        shares = [sample.threads for sample in entry.samples]
        others = [statistics.median(values) for values in zip(*(one.others for one in shares))]
        rows.append((
            entry.name, len(shares), f"**{statistics.median(one.calling for one in shares):.1%}**",
            " ".join(f"{share:.1%}" for share in others[:BUSIEST]),
            f"{statistics.median(one.seen for one in shares):.1%}",
            f"{statistics.median(len(one.others) + 1 for one in shares):.0f}"))
    return table(
        ["share of processor time", "runs", "calling thread", "the busiest others", "all seen",
         "threads"], rows)


def compared(comparisons):
    rows = []
    for one in comparisons:
        spread = ""
        if one.spread:
            spread = " to ".join(one.form.format(value) for value in one.spread)
        verdict = one.verdict if one.verdict == "reached" else f"**{one.verdict}**"
        rows.append((one.text, f"**{one.shown}**", spread, f"{one.bound}", verdict))
    return table(["", "", "turn by turn", "wanted", ""], rows)


def summary(cases):
    """What was measured and what was not reached."""
    comparisons = [(case, one) for case in cases for one in case.comparisons]
    missed = [(f"[{case.title}](#{anchor(case.title)})", one.text, f"**{one.shown}**", one.bound,
               one.verdict)
              for case, one in comparisons if one.verdict != "reached"]
    titles = ", ".join(f"[{case.title}](#{anchor(case.title)})" for case in cases)
    lines = [f"Measured: {titles}.", "",
             f"Of {len(comparisons)} figures of which something is wanted, "
             f"{len(comparisons) - len(missed)} reach it."]
    if missed:
        lines[-1] += " These do not, or not everywhere:"
        lines += [""] + table(["", "", "", "wanted", ""], missed)
    return lines


def anchor(title):
    """What a heading is called in links, as GitHub does it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def parts(measurements):
    rows = []
    for one in measurements:
        walls = [sample["wall"] for sample in one["samples"]]
        median = statistics.median(walls)
        if one["unit"] == "bytes":
            rate = f"{one['amount'] / median / 1e9:.2f} GB/s"
        else:
            rate = f"{one['amount'] / median / 1e6:.1f} million/s"
        cpu = statistics.median(sample["cpu"] for sample in one["samples"])
        rows.append((one["name"], len(walls), f"**{median:.4f}**", f"{min(walls):.4f}",
                     f"{max(walls):.4f}", f"{cpu:.4f}", rate))
    return table(["", "runs", "median s", "least", "most", "processor s", "rate"], rows)


def raw(cases):
    """Every run, in seconds of wall time."""
    lines = []
    for case in cases:
        for entry in case.entries:
            lines += [f"{case.title} · {entry.name}", f"  $ {entry.shown}",
                      "  wall s       " + " ".join(f"{s.wall:.4f}" for s in entry.samples),
                      "  processor s  " + " ".join(f"{s.cpu:.4f}" for s in entry.samples),
                      "  memory MiB   " + " ".join(
                          f"{s.memory / (1 << 20):.1f}" for s in entry.samples)]
            if entry.is_watched:
                shares = [sample.threads for sample in entry.samples]
                lines += ["  calling %    " + " ".join(f"{100 * s.calling:.2f}" for s in shares),
                          "  others %     " + ", ".join(
                              " ".join(f"{100 * share:.2f}" for share in s.others[:BUSIEST])
                              for s in shares)]
        for one in case.micro:
            lines += [f"{case.title} · {one['name']}",
                      "  wall s       " + " ".join(
                          f"{sample['wall']:.5f}" for sample in one["samples"])]
    return lines


def write(path, cases, program, command):
    """Writes the report, and beside a .md the figure, which has its name."""
    lines = ["# Benchmarks", ""]
    for case in cases:
        if case.figure and path.endswith(".md"):
            drawing = os.path.splitext(path)[0] + ".svg"
            with open(drawing, "w") as file:
                file.write(case.figure)
            lines += [f"![Time by size of input]({os.path.basename(drawing)})", ""]
    lines += summary(cases)
    lines += [
        "", "## How it was measured", "",
        f"Written by `{command}` on {time.strftime('%Y-%m-%d', time.gmtime())}; "
        "not meant to be edited.", "",
        "Everything was run in turns, one run at a time, with the input in the page cache. What "
        "counts are ratios within one such session; seconds depend on the machine. Ratios are of "
        "medians; beside them stand the least and the greatest ratio of two runs in one turn. "
        "dpo-prep syncs what it writes to the disk; the peers do not. Processor time is that of "
        "all threads, in the program and in the system. Peak memory below 24 MiB is that of the "
        "program that measures. Memory is dear where the host of a virtual machine must find what "
        "is touched for the first time: that takes 20 times as long, and keeping text does not "
        "pay.", ""]
    lines += table(["", ""], machine() + versions(program))
    for case in cases:
        lines += ["", f"## {case.title}", "", case.about]
        if case.entries:
            lines += [""] + measured(case.entries)
        watched = [entry for entry in case.entries if entry.is_watched]
        if watched:
            lines += [""] + by_thread(watched)
        if case.micro:
            lines += [""] + parts(case.micro)
        if case.comparisons:
            lines += [""] + compared(case.comparisons)
        if case.notes:
            lines += [""] + [f"- {note}" for note in case.notes]
    lines += ["", "## Raw numbers", "", "```text"] + raw(cases) + ["```"]
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
