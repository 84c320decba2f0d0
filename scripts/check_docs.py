#!/usr/bin/env python3
"""Does what the documentation says to type, and compares what it shows.

    check_docs.py --program PROGRAM [--update | --self-test] [PAGE…]

PAGE is a Markdown file; without one, README.md, docs/ and what else people read first. Exit status
1 where a page is wrong. Of the blocks of a page, in their order and in a folder of the page's own:

- `sh`: every command is carried out and has to end with 0, or with N where its comment says
  "exit status N".
- `console`: the lines behind `$ ` are carried out, with continuations behind `> `, and what follows
  each is compared with what it prints, standard error included. `…` stands for any text, on a line
  by itself for any lines; seconds are not compared. --update writes what is printed into the page,
  but for blocks with left-out lines, whose choice is the author's.
- `yaml`: a configuration, or a part of one, is checked by `dpo-prep config check --no-inputs`. Where
  its first line is a comment with a file's name, it becomes that file.
- Whatever has `<!-- not run: REASON -->` in the line above is parsed by the shell, with nothing but
  dpo-prep to call and no files: options that do not exist are errors. Scripts have to be there.

The folder has `samples`, `configs` and `examples` of the checkout, and `gens` with a sample, for
the files of the reader. Python is carried out elsewhere: blocks of `python` by
Tests/oracle/doc_snippets.py, those with `>>>` by python/tests/test_docs.py. Only Python's standard
library is needed.
"""
from __future__ import annotations

import argparse
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from typing import NamedTuple

TOP = pathlib.Path(__file__).resolve().parent.parent
LANGUAGES = {"sh", "console", "yaml", "json", "jsonl", "python", "text", "html", "bibtex"}
SECTIONS = {
    "extends", "paths_relative_to", "input", "calibration", "filters", "pairs", "split", "output",
    "run", "report", "sweep",
}
OTHER_PAGES = [
    "README.md", "CONTRIBUTING.md", "SECURITY.md", "python/README.md", "samples/README.md",
]
NOT_RUN = re.compile(r"<!-- not run: \S.*-->$")
STATUS = re.compile(r"#.*\bexit status (\d+)")
SECONDS = re.compile(r"\b(?:\d+\.\d+(?= s\b)|(?<=scan |pair |emit )\d+\.\d+|(?<=fit )\d+\.\d+)")
LEFT_OUT = "…"
BASH = shutil.which("bash") or "bash"
USAGE, FAULT = 64, 70


class Block(NamedTuple):
    """A fenced block: its place in the page's lines, from the fence on, and what it holds."""

    line: int
    language: str
    lines: list[str]
    runs: bool


class Problem(NamedTuple):
    line: int
    what: str


def blocks(lines: list[str]) -> tuple[list[Block], list[Problem]]:
    found, problems = [], []
    at = 0
    while at < len(lines):
        fence = re.match(r"( *)(```+)(\S*)", lines[at])
        if fence is None:
            if re.match(r"( {4,}|\t)(dpo-prep|scripts/|\$ )", lines[at]):
                problems.append(Problem(at + 1, "a command in an indented block; fence it"))
            at += 1
            continue
        indent, marks, language = fence.groups()
        end = at + 1
        while end < len(lines) and lines[end].strip() != marks:
            end += 1
        if end == len(lines):
            return found, problems + [Problem(at + 1, "a block without an end")]
        if language not in LANGUAGES:
            problems.append(Problem(
                at + 1, f"a block in {language or 'no language'}; known are {sorted(LANGUAGES)}"))
        runs = at == 0 or not NOT_RUN.match(lines[at - 1].strip())
        inside = [line.removeprefix(indent) for line in lines[at + 1:end]]
        found.append(Block(at + 1, language, inside, runs))
        at = end + 1
    return found, problems


class Page:
    """One page, carried out in a folder of its own."""

    def __init__(self, path: pathlib.Path, program: pathlib.Path, work: pathlib.Path):
        self.path = path
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.folder = work / "page"
        self.empty = work / "empty"
        tools = work / "tools"
        for folder in (self.folder / "gens", self.empty, tools):
            folder.mkdir(parents=True)
        (tools / "dpo-prep").symlink_to(program)
        for name in ("samples", "configs", "examples"):
            (self.folder / name).symlink_to(TOP / name)
        shutil.copy(TOP / "samples/nested.jsonl.zst", self.folder / "gens")
        self.environment = {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "HOME": str(work),
            "LC_ALL": "C.UTF-8", "COLUMNS": "100", "TMPDIR": str(work),
            # A page never installs anything here.
            "PIP_REQUIRE_VIRTUALENV": "1",
        }
        self.tools = str(tools)
        self.problems: list[Problem] = []

    def check(self, update: bool) -> None:
        found, self.problems = blocks(self.lines)
        changed: list[tuple[Block, list[str]]] = []
        for block in found:
            if block.language in ("sh", "console") and not block.runs:
                self.parse(block)
            elif block.language == "sh":
                for line, command in self.commands(block.line, block.lines):
                    self.run(line, command)
            elif block.language == "console":
                shown = self.session(block, update)
                if shown != block.lines:
                    changed.append((block, shown))
            elif block.language == "yaml":
                self.configuration(block)
        for block, shown in reversed(changed):
            self.lines[block.line:block.line + len(block.lines)] = shown
        if changed:
            self.path.write_text("\n".join(self.lines), encoding="utf-8")

    def bash(self, command: str, **options) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BASH, "-o", "pipefail", *options.pop("flags", []), "-c", command],
            text=True, encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
            **{"cwd": self.folder, "env": self.environment, **options})

    def commands(self, line: int, lines: list[str]) -> list[tuple[int, str]]:
        """The commands of a block, each with its line; one goes on until the shell can parse it."""
        found: list[tuple[int, str]] = []
        pending: list[str] = []
        for number, text in enumerate(lines, line + 1):
            if not pending and (not text.strip() or text.lstrip().startswith("#")):
                continue
            pending.append(text)
            command = "\n".join(pending)
            if not text.endswith("\\") and self.bash(command, flags=["-n"]).returncode == 0:
                found.append((number - len(pending) + 1, command))
                pending = []
        if pending:
            self.problems.append(Problem(line, f"the shell cannot parse {pending[0]!r}"))
        return found

    def run(self, line: int, command: str) -> list[str] | None:
        """Carries out a command; the lines that it printed, none where it failed."""
        done = self.bash(command)
        expected = STATUS.search(command)
        wanted = int(expected.group(1)) if expected else 0
        if done.returncode != wanted:
            self.problems.append(Problem(
                line, f"exit status {done.returncode}, not {wanted}, of: {command}\n{done.stdout}"))
            return None
        return [text.rstrip() for text in done.stdout.rstrip("\n").split("\n") if done.stdout]

    def parse(self, block: Block) -> None:
        """What does not run: the shell has to know the words, dpo-prep its options."""
        lines = block.lines
        if block.language == "console":
            lines = [line[2:] for line in lines if line.startswith(("$ ", "> "))]
        for line, command in self.commands(block.line, lines):
            if re.search(r"\bdpo-prep\b", command):
                done = self.bash(
                    command, cwd=self.empty, env={**self.environment, "PATH": self.tools})
                if done.returncode in (USAGE, FAULT):
                    self.problems.append(Problem(line, f"{command}\n{done.stdout}"))
            for path in re.findall(r"(?<![\w/.])(?:scripts|examples|configs)/[\w./-]+", command):
                if not (TOP / path).exists():
                    self.problems.append(Problem(line, f"there is no {path}"))

    def session(self, block: Block, update: bool) -> list[str]:
        """Carries out what was typed, and returns the block as it should be."""
        shown: list[str] = []
        at = 0
        lines = block.lines
        if not lines or not lines[0].startswith("$ "):
            self.problems.append(Problem(block.line, "a console without a first line behind $"))
            return lines
        while at < len(lines):
            end = at + 1
            while end < len(lines) and lines[end].startswith("> "):
                end += 1
            command = "\n".join(line[2:] for line in lines[at:end])
            shown += lines[at:end]
            line, at = block.line + at + 1, end
            while end < len(lines) and not lines[end].startswith("$ "):
                end += 1
            expected = lines[at:end]
            at = end
            printed = self.run(line, command)
            if printed is None or agrees(expected, printed):
                shown += expected
            elif update and LEFT_OUT not in [text.strip() for text in expected]:
                shown += printed
            else:
                shown += expected
                self.problems.append(Problem(line, difference(command, expected, printed)))
        return shown

    def configuration(self, block: Block) -> None:
        named = re.match(r"# ([\w./-]+\.yaml)$", block.lines[0])
        text = "\n".join(block.lines) + "\n"
        if named:
            path = self.folder / named[1]
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        keys = {line.split(":")[0] for line in block.lines if re.match(r"\w+:", line)}
        if not keys or not keys <= SECTIONS or not block.runs:
            return
        missing = [] if "paths:" in text or "extends:" in text else ["input.paths=[gens/*.zst]"]
        missing += [] if "dir:" in text else ["output.dir=out"]
        done = subprocess.run(
            [f"{self.tools}/dpo-prep", "config", "check", "--no-inputs",
             named[1] if named else "-", *missing],
            input=text, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            cwd=self.folder, timeout=120)
        if done.returncode != 0:
            self.problems.append(Problem(block.line, done.stdout))


def agrees(expected: list[str], printed: list[str]) -> bool:
    """Whether what is printed is what the page shows, its dots taken for anything."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == LEFT_OUT
        else ".*?".join(map(re.escape, SECONDS.sub("T", line).split("…"))) + r"\n"
        for line in expected)
    text = "".join(SECONDS.sub("T", line) + "\n" for line in printed)
    return re.fullmatch(pattern, text) is not None


def difference(command: str, expected: list[str], printed: list[str]) -> str:
    shown = ([SECONDS.sub("T", line) for line in lines] for lines in (expected, printed))
    lines = difflib.unified_diff(*shown, "in the page", "printed", lineterm="", n=1)
    return "\n".join([f"$ {command}", *lines])


# A page that is wrong but for its last block, and by line a word of what has to be found.
WRONG_PAGE = """\
```sh
dpo-prep inspect nothing.jsonl
dpo-prep diff a b   # exit status 1
```
```console
$ printf 'one\\ntwo\\n0.5 s\\n'
one
three
0.1 s
```
```yaml
calibration: {fraction: 0.5}
```
<!-- not run: an option and a script that do not exist -->
```sh
dpo-prep run --fast prep.yaml
scripts/nothing.sh
```
```
no language
```

    dpo-prep indented
```sh
if true; then
```
```console
$ printf 'one\\ntwo\\n0.5 s\\n'
…
0.1 s
```
"""
WRONG = {
    2: "exit status 66, not 0", 3: "exit status 66, not 1", 6: "-three", 11: "fraction",
    16: "--fast", 17: "there is no scripts/nothing.sh", 19: "no language", 23: "indented",
    24: "the shell cannot parse",
}


def self_test(program: pathlib.Path) -> int:
    with tempfile.TemporaryDirectory(prefix="docs-") as work:
        path = pathlib.Path(work) / "wrong.md"
        path.write_text(WRONG_PAGE, encoding="utf-8")
        page = Page(path, program, pathlib.Path(work))
        page.check(update=False)
    found = {problem.line: problem.what for problem in page.problems}
    missed = [line for line, word in WRONG.items() if word not in found.get(line, "")]
    if missed or len(page.problems) != len(WRONG):
        print(f"the check of a wrong page missed {missed} and found", *page.problems, sep="\n")
        return 1
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Does what the documentation says to type.")
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--update", action="store_true", help="write what is printed")
    parser.add_argument("--self-test", action="store_true", help="check that faults are found")
    parser.add_argument("pages", nargs="*", type=pathlib.Path, metavar="PAGE")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test(arguments.program.resolve())
    pages = arguments.pages or [
        *(TOP / name for name in OTHER_PAGES), *sorted((TOP / "docs").glob("*.md"))]

    def check(path: pathlib.Path) -> list[Problem]:
        with tempfile.TemporaryDirectory(prefix="docs-") as work:
            page = Page(path, arguments.program.resolve(), pathlib.Path(work))
            page.check(arguments.update)
            return page.problems

    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for path, problems in zip(pages, workers.map(check, pages)):
            wrong += len(problems)
            for problem in problems:
                print(f"{path}:{problem.line}: {problem.what}")
    print(f"{len(pages)} pages, {wrong} problems")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
