"""What a case measured, and how far apart it may be."""
import dataclasses
import statistics

from measure import Entry


@dataclasses.dataclass
class Bound:
    """What is wanted of a figure."""

    limit: float
    is_least: bool = False
    dear: float | None = None
    """The limit where memory is dear, which a run cannot help."""
    reason: str = ""
    form: str = "{:g}"

    def __str__(self):
        text = ("at least " if self.is_least else "at most ") + self.form.format(self.limit)
        if self.dear is not None:
            text += f", where memory is dear {self.form.format(self.dear)}"
        return text + (f": {self.reason}" if self.reason else "")

    def verdict(self, value):
        if value >= self.limit if self.is_least else value <= self.limit:
            return "reached"
        if self.dear is not None and value <= self.dear:
            return "reached for dear memory"
        return "not reached"


def at_most(limit, **more):
    return Bound(limit, **more)


def at_least(limit, **more):
    return Bound(limit, is_least=True, **more)


@dataclasses.dataclass
class Comparison:
    text: str
    value: float
    bound: Bound
    spread: tuple | None = None
    """The least and the greatest of single runs, or of two runs in the same turn."""
    form: str = "{:.2f}"

    @property
    def shown(self):
        return self.form.format(self.value)

    @property
    def verdict(self):
        return self.bound.verdict(self.value)

    @classmethod
    def wall(cls, text, entry, base, bound):
        """How many times as long one entry takes as another."""
        return cls._ratio(text, entry.walls(), base.walls(), bound)

    @classmethod
    def processor(cls, text, entry, base, bound):
        """How many times as much processor time one entry takes as another."""
        return cls._ratio(text, entry.cpus(), base.cpus(), bound)

    @classmethod
    def _ratio(cls, text, ours, theirs, bound):
        each = [a / b for a, b in zip(ours, theirs)]
        value = statistics.median(ours) / statistics.median(theirs)
        return cls(text, value, bound, (min(each), max(each)))

    @classmethod
    def peak(cls, entry, bound):
        return cls(f"{entry.name}: peak memory in MiB", entry.memory() / (1 << 20), bound,
                   form="{:.0f}")

    @classmethod
    def share(cls, text, shares, bound):
        """A share of the processor time of a run, of several runs."""
        return cls(text, statistics.median(shares), bound, (min(shares), max(shares)), "{:.1%}")


@dataclasses.dataclass
class Case:
    title: str
    about: str
    entries: list[Entry] = dataclasses.field(default_factory=list)
    comparisons: list[Comparison] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    micro: list[dict] = dataclasses.field(default_factory=list)
    """Measurements of dpo-prep-bench, which times itself."""
    figure: str | None = None
    """A drawing in SVG."""
