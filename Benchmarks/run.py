#!/usr/bin/env python3
"""Measures dpo-prep, its peers and the floors in turns, and writes docs/benchmarks.md.

scripts/bench.sh builds what is needed and calls this; see there for the short way.
"""
import argparse
import os
import shlex
import shutil
import sys
import tempfile

import report
from bench import Bench
from cases import CASES
from corpora import KINDS, Corpora

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PEERS = {
    "Python": "{python} " + shlex.quote(os.path.join(ROOT, "Benchmarks/peer_python.py"))
    + " {input} {output}",
    "Polars": "{python} " + shlex.quote(os.path.join(ROOT, "Benchmarks/peer_polars.py"))
    + " {input} {output}",
}
EXAMPLES = """
cases:
{cases}

examples:
  scripts/bench.sh --only zst,gz --reps 9
  scripts/bench.sh --prompts 3000 --report /dev/stdout       a quick look
  scripts/bench.sh --work ~/bench --large                    10 GB of disk and an hour more
  scripts/bench.sh --corpus mine.jsonl.zst --peer 'mine={{python}} mine.py {{input}} {{output}}'
"""


def parsed():
    names = "\n".join(f"  {name:10} {case.__doc__}" for name, case in CASES.items())
    parser = argparse.ArgumentParser(
        prog="scripts/bench.sh", description=__doc__.splitlines()[0],
        epilog=EXAMPLES.format(cases=names), formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(CASES), metavar="CASE,…",
                        help="some of the cases (default: all)")
    parser.add_argument("--reps", type=int, default=5, help="runs of each (default 5)")
    parser.add_argument("--peers-reps", type=int, default=1,
                        help="runs of each peer and of statsmodels (default 1)")
    parser.add_argument("--rest", type=float, default=15, metavar="SECONDS",
                        help="rest before some runs of the case zst, 0 for none (default 15)")
    parser.add_argument("--prompts", type=int, default=60000,
                        help="prompts of the made corpora, with 5 candidates each (default 60000)")
    parser.add_argument("--large", action="store_true",
                        help="also ten times as many prompts, and 30 million candidates in LOWESS")
    parser.add_argument("--corpus", action="append", default=[], metavar="[KIND=]FILE",
                        help="a .jsonl.zst instead of a made one; KIND is one of "
                        + ", ".join(KINDS) + " (default nested)")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND",
                        help="a further peer; {python}, {input} and {output} are filled in")
    parser.add_argument("--no-peers", action="store_true", help="without the project's own peers")
    parser.add_argument("--work", metavar="FOLDER",
                        help="where corpora are made and kept (default: a temporary folder)")
    parser.add_argument("--report", default=os.path.join(ROOT, "docs/benchmarks.md"),
                        metavar="FILE", help="what is written (default docs/benchmarks.md)")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--micro", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.only = options.only.split(",")
    for name in options.only:
        if name not in CASES:
            parser.error(f"there is no case '{name}'; there are {', '.join(CASES)}")
    if min(options.reps, options.peers_reps) < 1:
        parser.error("everything runs at least once")
    if options.rest < 0 or options.prompts < 100:
        parser.error("--rest is no negative number, and --prompts at least 100")
    return parser, options


def given(parser, values):
    """Corpora by kind."""
    corpora = {}
    for value in values:
        kind, separator, path = value.partition("=")
        if not separator or kind not in KINDS:
            kind, path = "nested", value
        if not path.endswith(".jsonl.zst") or not os.path.isfile(path):
            parser.error(f"'{path}' is no .jsonl.zst file")
        corpora[kind] = os.path.abspath(path)
    return corpora


def peers(parser, values):
    commands = {}
    for value in values:
        name, separator, command = value.partition("=")
        if not separator:
            parser.error(f"--peer wants NAME=COMMAND, not '{value}'")
        # Commands run in the work folder, so files they name are found by their whole path.
        words = [os.path.abspath(word) if os.path.isfile(word) else word
                 for word in shlex.split(command)]
        commands[name] = shlex.join(words)
    return commands


def shown(options):
    """The command as it can be given again, without what is true of this machine only."""
    words = ["scripts/bench.sh", "--reps", options.reps, "--peers-reps", options.peers_reps,
             "--rest", f"{options.rest:g}", "--prompts", options.prompts]
    if options.only != list(CASES):
        words += ["--only", ",".join(options.only)]
    words += ["--large"] * options.large + ["--no-peers"] * options.no_peers
    for corpus in options.corpus:
        kind, separator, path = corpus.rpartition("=")
        words += ["--corpus", kind + separator + os.path.basename(path)]
    for peer in options.peer:
        words += ["--peer", peer.partition("=")[0] + "=…"]
    return " ".join(map(str, words))


def main():
    parser, options = parsed()
    corpora = given(parser, options.corpus)
    commands = ({} if options.no_peers else dict(PEERS)) | peers(parser, options.peer)
    if shutil.which("igzip") is None and "gz" in options.only:
        parser.error("there is no igzip; scripts/setup.sh --bench installs it")

    def say(text):
        print(text, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="dpo-prep-bench-") as temporary:
        folder = os.path.abspath(options.work or temporary)
        os.makedirs(folder, exist_ok=True)
        bench = Bench(
            Corpora(folder, options.prompts, corpora, say), os.path.abspath(options.program),
            os.path.abspath(options.micro), commands, options, say)
        measured = []
        for name in options.only:
            say(f"case {name}")
            measured.append(CASES[name](bench))
        report.write(options.report, measured, bench.program, shown(options))
    say(f"written: {options.report}")


if __name__ == "__main__":
    main()
