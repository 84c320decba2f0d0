"""Runs commands in turns and measures each run."""
import dataclasses
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

from thread_times import ThreadShares, ThreadTimes


@dataclasses.dataclass
class Sample:
    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of all processors, in the program and in the system."""
    memory: int
    """The most bytes that were resident. The system counts from the fork on, so it is never less
    than this Python has."""
    threads: ThreadShares | None = None


@dataclasses.dataclass
class Entry:
    """A command that is measured."""

    name: str
    command: list
    repetitions: int
    output: str | None = None
    """The folder that the command makes, or a pattern of several; removed before each run, off the
    clock."""
    rest: float = 0
    """Seconds for which nothing runs before each run."""
    accepts: tuple = (0,)
    """The exit statuses that mean success."""
    is_watched: bool = False
    """Whether its threads are looked at while it runs."""
    samples: list = dataclasses.field(default_factory=list)
    last_line: str = ""
    """What the command printed last."""

    @property
    def shown(self):
        """The command without the folders of this machine, and of many files the ends."""
        command = re.sub(r"(?<![^\s\[=])/(?:[^/\s,]+/)*", "", " ".join(self.command))
        return re.sub(r"(\S+\.zst)(?:,? \S+\.zst){2,},? (\S+\.zst)", r"\1 … \2", command)

    def walls(self):
        return [sample.wall for sample in self.samples]

    def cpus(self):
        return [sample.cpu for sample in self.samples]

    def median(self):
        return statistics.median(self.walls())

    def median_cpu(self):
        return statistics.median(self.cpus())

    def memory(self):
        return max(sample.memory for sample in self.samples)

    def run(self, folder):
        if self.output:
            for path in glob.glob(os.path.join(folder, self.output)):
                shutil.rmtree(path)
        time.sleep(self.rest)
        stdout, stderr = (os.path.join(folder, name) for name in ("stdout.txt", "stderr.txt"))
        # What goes to a file would be timed with it, so long output is thrown away.
        out_path = stdout if self.output else os.devnull
        with open(out_path, "wb") as out, open(stderr, "wb") as err:
            start = time.perf_counter()
            process = subprocess.Popen(self.command, cwd=folder, stdout=out, stderr=err)
            times = ThreadTimes(process.pid)
            if self.is_watched:
                times.watch()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in self.accepts:
            with open(stderr, errors="replace") as file:
                sys.exit(f"error: {self.name} ended with {process.returncode}\n"
                         f"  {' '.join(self.command)}\n{file.read()[-2000:]}")
        if self.output:
            with open(stdout, errors="replace") as file:
                self.last_line = (file.read().strip().splitlines() or [""])[-1]
        cpu = usage.ru_utime + usage.ru_stime
        self.samples.append(Sample(
            wall, cpu, usage.ru_maxrss * 1024, times.shares(cpu) if self.is_watched else None))


def in_turns(entries, folder, say):
    """Runs every entry as often as it asks for, one after the other and then again, so that a slow
    moment of the machine falls on all of them."""
    for turn in range(max(entry.repetitions for entry in entries)):
        for entry in entries:
            if turn < entry.repetitions:
                entry.run(folder)
                say(f"  {entry.name}: {entry.samples[-1].wall:.3f} s")


def warm(paths, program):
    """Brings the files and the program into the page cache."""
    subprocess.run([program, "--version"], check=True, stdout=subprocess.DEVNULL)
    for path in paths:
        with open(path, "rb") as file:
            while file.read(1 << 22):
                pass
