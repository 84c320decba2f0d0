"""The files that are read: made when first wanted, kept in the work folder."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = ("nested", "scattered", "large-nested", "large-scattered")


class Corpora:
    """Names are relative to the work folder, where the measured commands run."""

    def __init__(self, folder, prompts, given, say):
        self.folder = folder
        self.prompts = prompts
        self.given = given
        self.say = say

    def file(self, kind):
        """A corpus in one .jsonl.zst file."""
        if kind in self.given:
            return self.given[kind]
        prompts = self.prompts * (10 if kind.startswith("large-") else 1)
        layout = kind.removeprefix("large-")

        def make(path):
            script = os.path.join(HERE, "corpus.py")
            subprocess.run(
                [sys.executable, script, path, "--prompts", str(prompts), "--layout", layout],
                check=True)

        return self._made(f"{layout}-{prompts}.jsonl.zst", make)

    def pair(self, nested, scattered):
        """Two corpora that hold the same, so both are given or none is."""
        if nested in self.given and scattered in self.given:
            return self.given[nested], self.given[scattered]
        own = Corpora(self.folder, self.prompts, {}, self.say)
        return own.file(nested), own.file(scattered)

    def gzipped(self):
        """The nested corpus as .gz, by `gzip -6`."""
        source = self.path(self.file("nested"))

        def make(path):
            with open(path, "wb") as file, _text(source) as text:
                subprocess.run(["gzip", "-6", "-n", "-c"], stdin=text.stdout, stdout=file, check=True)

        return self._made(self._stem("nested") + ".jsonl.gz", make)

    def parquet(self):
        """The nested corpus as Parquet, by pyarrow."""
        source = self.path(self.file("nested"))

        def make(path):
            # By itself, as memory that this process once had would count for all it starts.
            script = os.path.join(HERE, "to_parquet.py")
            subprocess.run([sys.executable, script, source, path], check=True)

        return self._made(self._stem("nested") + ".parquet", make)

    def parts(self, count, kind="nested"):
        """A corpus cut into files of as many lines."""
        stem = self._stem(kind)
        names = [f"{stem}-part-{number}-of-{count}.jsonl.zst" for number in range(count)]
        if not all(os.path.exists(self.path(name)) for name in names):
            self.say(f"cutting {self.file(kind)} into {count} files")
            lines = self.line_count(self.file(kind))
            ends = [lines * (number + 1) // count for number in range(count)]
            self._cut(self.path(self.file(kind)), names, ends)
        return names

    def first_part(self, count):
        """The first of as many parts of the nested corpus."""
        name = f"{self._stem('nested')}-first-of-{count}.jsonl.zst"
        if not os.path.exists(self.path(name)):
            source = self.file("nested")
            self._cut(self.path(source), [name], [max(1, self.line_count(source) // count)])
        return name

    def size(self, name):
        """Bytes on disk and bytes of text."""
        path = self.path(name)
        with _text(path) as text:
            count = 0
            while piece := text.stdout.read(1 << 20):
                count += len(piece)
        return os.path.getsize(path), count

    def line_count(self, name):
        with _text(self.path(name)) as text:
            return sum(1 for _ in text.stdout)

    def path(self, name):
        return os.path.join(self.folder, name)

    def _stem(self, kind):
        """What files made of a corpus are named for."""
        name = self.file(kind)
        stem = os.path.basename(name).split(".", 1)[0]
        # Another file of that name may be given next time.
        return f"{stem}-{os.path.getsize(name)}" if kind in self.given else stem

    def _made(self, name, make):
        path = self.path(name)
        if not os.path.exists(path):
            self.say(f"making {name}")
            # The suffix stays last, since it decides the compression.
            partial = self.path("partial-" + name)
            make(partial)
            os.rename(partial, path)
        return name

    def _cut(self, source, names, ends):
        with _text(source) as text:
            number = 0
            for name, end in zip(names, ends):
                partial = self.path("partial-" + name)
                with open(partial, "wb") as file:
                    packer = subprocess.Popen(
                        ["zstd", "-q", "-3", "-c"], stdin=subprocess.PIPE, stdout=file)
                    with packer.stdin as pipe:
                        while number < end:
                            pipe.write(next(text.stdout))
                            number += 1
                    if packer.wait() != 0:
                        sys.exit(f"error: zstd failed on {name}")
                os.rename(partial, self.path(name))


class _text:
    """The decompressed bytes of a .zst or .gz file, as a process whose output can be read."""

    def __init__(self, path):
        self.command = ["gzip" if path.endswith(".gz") else "zstd", "-dc", path]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE)
        return self.process

    def __exit__(self, *_):
        self.process.stdout.close()
        self.process.wait()
