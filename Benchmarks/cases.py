"""What is measured, against what, and how far apart they may be."""
import dataclasses
import json
import os
import shlex
import statistics
import subprocess
import sys

from corpora import HERE
from measure import Entry, in_turns, warm

MEMORY_SETTING = "256MiB"


@dataclasses.dataclass
class Comparison:
    text: str
    value: float
    bound: str
    spread: tuple = None
    """The least and the greatest ratio of two runs in the same turn."""
    form: str = "{:.2f}"

    @classmethod
    def times(cls, text, entry, base, bound):
        """How many times as long one entry takes as another."""
        each = [a / b for a, b in zip(entry.walls(), base.walls())]
        return cls(text, entry.median() / base.median(), bound, (min(each), max(each)))


@dataclasses.dataclass
class Case:
    title: str
    about: str
    entries: list
    comparisons: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)
    micro: list = dataclasses.field(default_factory=list)
    """Measurements of dpo-prep-bench, which times itself."""


class Suite:
    def __init__(self, corpora, program, micro, peers, options, say):
        self.corpora = corpora
        self.folder = corpora.folder
        self.program = program
        self.micro_program = micro
        self.peers = peers
        self.options = options
        self.say = say

    def run(self, name):
        self.say(f"case {name}")
        return getattr(self, name)()

    # Whole runs

    def zst(self):
        """One .jsonl.zst file, default settings"""
        source = self.corpora.file("nested")
        ours = self._ours("dpo-prep", [source])
        parquet = self._ours("dpo-prep, Parquet", [source], ["output.format=parquet"])
        floor = self._floor("zstd -dc", ["zstd", "-q", "-dc", source])
        peers = [self._peer(name, command, source) for name, command in self.peers.items()]
        self._measure([ours, parquet, floor] + peers, [source])
        case = Case(
            "One zstd file in, zstd JSON Lines out, default settings", self._about(source),
            [ours, parquet, floor] + peers,
            [Comparison.times("dpo-prep / zstd -dc", ours, floor, "at most 1.8"),
             Comparison.times("Parquet / JSON Lines", parquet, ours, "at most 1.3")])
        manifest = self._manifest(ours)
        stages = ", ".join(f"{stage} {seconds:.2f} s"
                           for stage, seconds in manifest["timings"].items())
        case.notes.append(f"dpo-prep: {manifest['ledger']['pairs']} pairs; {stages}")
        for peer in peers:
            case.comparisons.append(
                Comparison.times(f"{peer.name} / dpo-prep", peer, ours, "at least 12"))
            case.notes.append(f"{peer.name}: {peer.last_line}")
        return case

    def gz(self):
        """One .jsonl.gz file"""
        source = self.corpora.gzipped()
        ours = self._ours("dpo-prep", [source])
        floor = self._floor("igzip -dc", ["igzip", "-d", "-c", source])
        self._measure([ours, floor], [source])
        return Case(
            "One gzip file", self._about(source), [ours, floor],
            [Comparison.times("dpo-prep / igzip -dc", ours, floor, "at most 1.8")])

    def eight(self):
        """The same in eight .jsonl.zst files"""
        sources = self.corpora.parts()
        ours = self._ours("dpo-prep", sources)
        floor = self._floor("zstd -dc, one after the other", ["zstd", "-q", "-dc"] + sources)
        self._measure([ours, floor], sources)
        return Case(
            "Eight zstd files", "The nested corpus, cut into eight files of as many lines.",
            [ours, floor],
            [Comparison.times("dpo-prep / zstd -dc of all eight", ours, floor, "at most 1.4")])

    def memory(self):
        """The same with run.memory: 256MiB"""
        source = self.corpora.file("nested")
        ours = self._ours("dpo-prep", [source])
        bounded = self._ours("dpo-prep, run.memory", [source], [f"run.memory={MEMORY_SETTING}"])
        self._measure([ours, bounded], [source])
        return Case(
            f"Memory, with run.memory={MEMORY_SETTING}", self._about(source), [ours, bounded],
            [self._peak("peak memory in MiB", bounded, "at most 320")])

    def growth(self):
        """A tenth of the corpus and all of it, and with --large ten times as much"""
        sources = [self.corpora.first_tenth(), self.corpora.file("nested")]
        if self.options.large:
            sources.append(self.corpora.file("large-nested"))
        entries = [
            self._ours(f"dpo-prep, {name}", [source])
            for name, source in zip(["a tenth", "all", "ten times"], sources)]
        self._measure(entries, sources)
        case = Case("Growth", "Each corpus has ten times the prompts of the one before.", entries)
        for small, large in zip(entries, entries[1:]):
            case.comparisons.append(
                Comparison.times(f"{large.name} / {small.name}", large, small, "at most 10.5"))
        return case

    def scattered(self):
        """Candidates of a prompt far apart, with run.memory: 256MiB; --large: ten times as much"""
        prefix = "large-" if self.options.large else ""
        nested, scattered = self.corpora.pair(prefix + "nested", prefix + "scattered")
        setting = [f"run.memory={MEMORY_SETTING}"]
        entries = [
            self._ours("dpo-prep, nested", [nested], setting),
            self._ours("dpo-prep, scattered", [scattered], setting)]
        self._measure(entries, [nested, scattered])
        candidates = self._manifest(entries[1])["ledger"]["candidates"]["read"]
        allowed = 320 + 32 * candidates / (1 << 20)
        return Case(
            f"Scattered candidates, with run.memory={MEMORY_SETTING}",
            f"Flat rows sorted by model, {candidates:,} candidates, and the same as nested rows. "
            + self._about(scattered),
            entries,
            [Comparison.times("scattered / nested", entries[1], entries[0], "at most 2.5"),
             self._peak("peak memory of the scattered one in MiB", entries[1],
                        f"at most {allowed:.0f}: 320 and 32 bytes a candidate")])

    # Parts

    def micro(self):
        """Scanner, length counter, LOWESS and writer by themselves"""
        command = [self.micro_program, "--json", "--reps", str(self.options.reps)]
        if self.options.large:
            command.append("--large")
        return Case(
            "Parts by themselves",
            "`dpo-prep-bench` on made-up data in memory, one thread of work unless it says "
            "otherwise. The scanner is the whole first pass.",
            [], micro=json.loads(self._output(command)))

    def lowess(self):
        """LOWESS against statsmodels on the same numbers"""
        folder = os.path.join(self.folder, "lowess")
        os.makedirs(folder, exist_ok=True)
        self._output([self.micro_program, "--export", folder])
        script = os.path.join(HERE, "lowess_reference.py")
        theirs = []
        for turn in range(self.options.peers_reps):
            theirs.append(json.loads(self._output([sys.executable, script, folder])))
            self.say(f"  statsmodels: {theirs[-1]['seconds']:.3f} s")
        measured = json.loads(self._output(
            [self.micro_program, "--json", "--only", "lowess", "--reps", str(self.options.reps)]))
        ours = min(measured, key=lambda one: one["amount"])
        slow = statistics.median(one["seconds"] for one in theirs)
        seconds = statistics.median(sample["wall"] for sample in ours["samples"])
        return Case(
            "LOWESS against statsmodels",
            f"{theirs[0]['candidates']:,} candidates, frac 0.3, 3 robustness passes, the same "
            f"numbers. statsmodels took {slow:.2f} s, dpo-prep {seconds:.4f} s.",
            [],
            [Comparison("statsmodels / dpo-prep", slow / seconds, "at least 400", form="{:.0f}"),
             Comparison("largest relative difference", theirs[0]["relative_difference"],
                        "at most 1e-9", form="{:.1e}")],
            micro=[ours])

    # Helpers

    def _ours(self, name, sources, settings=()):
        command = [self.program, "run", "--quiet", "prep.yaml",
                   f"input.paths=[{', '.join(sources)}]", *settings]
        return Entry(name, command, self.options.reps, output="out")

    def _floor(self, name, command):
        return Entry(name, command, self.options.reps)

    def _peer(self, name, command, source):
        words = [word.format(python=sys.executable, input=source, output="peer-out")
                 for word in shlex.split(command)]
        return Entry(name, words, self.options.peers_reps, output="peer-out")

    def _measure(self, entries, sources):
        with open(os.path.join(self.folder, "prep.yaml"), "w") as file:
            file.write("input: {paths: [replaced]}\noutput: {dir: out, format: jsonl}\n")
        warm([self.corpora.path(source) for source in sources], self.program)
        in_turns(entries, self.folder, self.say)

    def _about(self, source):
        packed, text = self.corpora.size(source)
        return (f"`{os.path.basename(source)}`: {text / 1e6:,.0f} MB of text, "
                f"{packed / 1e6:,.0f} MB on disk.")

    def _manifest(self, entry):
        """What the last run into the entry's folder wrote of itself."""
        with open(os.path.join(self.folder, entry.output, "manifest.json")) as file:
            return json.load(file)

    @staticmethod
    def _peak(text, entry, bound):
        return Comparison(text, entry.memory() / (1 << 20), bound, form="{:.0f}")

    def _output(self, command):
        return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


CASES = ["zst", "gz", "eight", "memory", "growth", "scattered", "micro", "lowess"]
