#!/usr/bin/env python3
"""Measures what the Python API takes beside the program: a Dataset in memory to a DatasetDict.

usage: python_api.py --program PROGRAM [--prompts 60000] [--reps 5] [--folder FOLDER]

In turns: the program on Arrow files as the API writes them, the program on a file as
`Dataset.to_parquet` writes it, and `dpo_prep.run(input=dataset).dataset` in this process. Reported
are medians and the ratios to both. It needs scripts/requirements-test.txt.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "python" / "src"))
WANTED = 1.3


def corpus(folder, prompts):
    """A dataset as users have one: mapped from the cache of `datasets`."""
    import datasets

    path = folder / f"nested-{prompts}.jsonl.zst"
    if not path.exists():
        partial = folder / f"partial-{path.name}"
        subprocess.run(
            [sys.executable, HERE / "corpus.py", partial, "--prompts", str(prompts)], check=True)
        partial.rename(path)
    return datasets.load_dataset(
        "json", data_files=str(path), split="train", cache_dir=str(folder / "cache"))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--prompts", type=int, default=60000)
    parser.add_argument("--reps", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where files go and stay")
    arguments = parser.parse_args()
    os.environ["DPO_PREP_PROGRAM"] = os.path.abspath(arguments.program)

    import datasets

    import dpo_prep
    from dpo_prep._inputs import write_files

    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        dataset = corpus(folder, arguments.prompts)
        plain, usual = folder / "plain", folder / "usual.parquet"
        plain.mkdir(exist_ok=True)
        write_files(dataset, str(plain))
        dataset.to_parquet(usual)

        def program(path):
            subprocess.run(
                [arguments.program, "run", "-q", "-", f"input.paths=[{path}]",
                 f"output.dir={folder}/out", "output.overwrite=true", "output.profiles=[trl]"],
                input=b"{}", check=True)

        def api():
            result = dpo_prep.run(
                input=dataset, output=folder / "out", overwrite=True, profiles=["trl"])
            assert result.dataset["train"].num_rows == arguments.prompts

        cases = {
            "program, Arrow": lambda: program(plain),
            "program, Parquet": lambda: program(usual), "Python API": api}
        seconds = {name: [] for name in cases}
        for _ in range(arguments.reps):
            for name, call in cases.items():
                start = time.perf_counter()
                call()
                seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    for name, times in seconds.items():
        print(f"{name:24} {medians[name]:7.3f} s ({min(times):.3f} to {max(times):.3f})")
    for name in list(cases)[:2]:
        turns = [ours / theirs for ours, theirs in zip(seconds["Python API"], seconds[name])]
        ratio = medians["Python API"] / medians[name]
        print(f"API / {name:24} {ratio:.2f} ({min(turns):.2f} to {max(turns):.2f}), "
              f"wanted at most {WANTED}")


if __name__ == "__main__":
    main()
