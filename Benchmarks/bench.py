"""What the cases are made with: corpora, commands, and runs in turns."""
import json
import os
import shlex
import shutil
import subprocess
import sys

from measure import Entry, in_turns, warm

FORMATS = {"JSON Lines": "jsonl", "Parquet": "parquet"}
"""What is written, by the name that a reader knows."""


class Bench:
    def __init__(self, corpora, program, micro, peers, options, say):
        self.corpora = corpora
        self.folder = corpora.folder
        self.program = program
        self.micro_program = micro
        self.peers = peers
        self.options = options
        self.say = say
        with open(os.path.join(self.folder, "prep.yaml"), "w") as file:
            file.write("input: {paths: [replaced]}\noutput: {dir: out}\n")

    # Entries

    def ours(self, name, sources, output, *settings, **more):
        """A run of dpo-prep that writes one of FORMATS; all else is as it is by default."""
        command = [self.program, "run", "--quiet", "prep.yaml", self.inputs(sources),
                   f"output.format={FORMATS[output]}", *settings]
        return Entry(name, command, self.options.reps, output="out", **more)

    def in_both(self, name, sources, *settings, **more):
        """The same with JSON Lines and with Parquet as output."""
        return [self.ours(f"{name}, {output}", sources, output, *settings, **more)
                for output in FORMATS]

    def command(self, name, *words, **more):
        """Another command of dpo-prep."""
        return Entry(name, [self.program, *words], self.options.reps, **more)

    def floor(self, sources, name="zstd -dc"):
        words = ["igzip", "-d", "-c"] if name.startswith("igzip") else ["zstd", "-q", "-dc"]
        return Entry(name, words + sources, self.options.reps)

    def peers_on(self, source, suffix=""):
        def filled(word):
            return word.format(python=sys.executable, input=source, output="peer-out")

        return [
            Entry(name + suffix, [filled(word) for word in shlex.split(command)],
                  self.options.peers_reps, output="peer-out")
            for name, command in self.peers.items()]

    @staticmethod
    def inputs(sources):
        return f"input.paths=[{', '.join(sources)}]"

    # Runs

    def measure(self, entries, sources):
        warm([self.corpora.path(source) for source in sources], self.program)
        in_turns(entries, self.folder, self.say)

    def prepare(self, folder, *words):
        """Makes a dataset that is measured later."""
        shutil.rmtree(os.path.join(self.folder, folder), ignore_errors=True)
        subprocess.run(
            [self.program, "run", "--quiet", "prep.yaml", f"output.dir={folder}", *words],
            check=True, cwd=self.folder, stdout=subprocess.DEVNULL)

    def has_command(self, name):
        done = subprocess.run(
            [self.program, name, "--help"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return done.returncode == 0

    def output(self, command):
        return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout

    # What is told of them

    def about(self, source):
        packed, text = self.corpora.size(source)
        return (f"`{os.path.basename(source)}`: {text / 1e6:,.0f} MB of text, "
                f"{packed / 1e6:,.0f} MB on disk.")

    def manifest(self, entry):
        """What the last run into the entry's folder wrote of itself."""
        with open(os.path.join(self.folder, entry.output, "manifest.json")) as file:
            return json.load(file)
