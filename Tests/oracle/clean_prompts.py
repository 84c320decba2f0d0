"""Holds the filters of prompts against an independent computation on planted cases.

usage: clean_prompts.py check PROGRAM PROMPTS SEED    make prompts and benchmarks, run, compare
       clean_prompts.py time PROGRAM PROMPTS SEED     only say how long the program takes

Words are made with unicodedata and n-grams are compared as tuples of words, without a hash. What is
checked:

- contaminated: exactly the prompts are dropped that have a benchmark's text, no more and no fewer, and
  the report tells the rows that they have;
- near_duplicates: each dropped prompt is similar to an earlier one that was kept; of planted duplicates
  as many are dropped as the theory of MinHash with bands says, and at least 0.99 of those with a
  similarity that the theory finds with 0.99.

Needs numpy. Prints one JSON object; the status is 1 where something is not as it should be.
"""
import collections
import json
import random
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import numpy

NGRAM, SHARE = 8, 0.5
SHINGLE, BANDS, ROWS, SIMILARITY = 5, 14, 8, 0.8


# --- words and n-grams

def words(text):
    """Runs of letters, marks and numbers of the composed text, in lower case; ideographs alone."""
    found, word, alone = [], "", False
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)[0]
        if kind == "M":
            word += character
        elif kind in "LN":
            is_ideograph = "\u4e00" <= character <= "\u9fff"
            if (alone or is_ideograph) and word:
                found.append(word)
                word = ""
            lower = character.lower()
            word += lower if len(lower) == 1 else character
            alone = is_ideograph
        elif word:
            found.append(word)
            word, alone = "", False
    return found + ([word] if word else [])


def ngrams(sequence, size):
    """All n-grams in their order; a shorter sequence is one."""
    if len(sequence) <= size:
        return [tuple(sequence)] if sequence else []
    return [tuple(sequence[i:i + size]) for i in range(len(sequence) - size + 1)]


def covered(row, found):
    """How many words of a benchmark's text stand in n-grams that are in `found`."""
    size = min(NGRAM, len(row))
    marks = [False] * len(row)
    for start, ngram in enumerate(ngrams(row, NGRAM)):
        if ngram in found:
            marks[start:start + size] = [True] * size
    return sum(marks)


def jaccard(one, other):
    return len(one & other) / len(one | other)


# --- made data

class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        letters = "abcdefghijklmnopqrstuvwxyz"
        vowels = ["e\u0301", "\u00e9", "\u00fc", "\u4f60", "\u0436"]
        self.vocabulary = [
            "".join(self.random.choice(letters) for _ in range(self.random.randint(2, 9)))
            + (self.random.choice(vowels) if self.random.random() < 0.05 else "")
            for _ in range(20000)]

    def text(self, least, most):
        return [self.random.choice(self.vocabulary) for _ in range(self.random.randint(least, most))]

    def spelled(self, sequence):
        """The same words with other case, punctuation, white space and composition."""
        out = ""
        for word in sequence:
            draw = self.random.random()
            word = word.upper() if draw < 0.1 else word.capitalize() if draw < 0.3 else word
            if self.random.random() < 0.3:
                word = unicodedata.normalize(self.random.choice(["NFC", "NFD"]), word)
            out += word + self.random.choice([" "] * 12 + [", ", ".\n", " \u2014 ", "?  ", " (", "\t"])
        return out

    def edited(self, sequence, share):
        sequence = list(sequence)
        for _ in range(int(share * len(sequence) + 0.5)):
            place = self.random.randrange(len(sequence))
            draw = self.random.random()
            if draw < 0.5:
                sequence[place] = self.random.choice(self.vocabulary)
            elif draw < 0.75:
                sequence.insert(place, self.random.choice(self.vocabulary))
            elif len(sequence) > 1:
                del sequence[place]
        return sequence


def make(folder, count, seed):
    """Writes the input and two benchmarks; returns what was planted."""
    maker = Maker(seed)
    draw = maker.random
    benchmarks = {
        name: [maker.text(6, 60) for _ in range(rows)]
        for name, rows in (("one.jsonl", 1500), ("two.jsonl", 500))}
    for name, rows in benchmarks.items():
        with open(folder / name, "w", encoding="utf-8") as file:
            for number, row in enumerate(rows):
                file.write(json.dumps(
                    {"id": number, "question": maker.spelled(row), "answer": "A"},
                    ensure_ascii=number % 2 == 0) + "\n")
    every_row = [row for rows in benchmarks.values() for row in rows]
    prompts, parents = [], {}
    for number in range(count):
        kind = draw.random()
        if kind < 0.03:
            row = draw.choice(every_row)
            if draw.random() < 0.5:     # a part of it, around the bound
                length = max(1, int(len(row) * draw.uniform(0.3, 0.9)))
                start = draw.randrange(len(row) - length + 1)
                row = row[start:start + length]
            if draw.random() < 0.3:     # with other words between
                row = maker.edited(row, draw.uniform(0, 0.2))
            sequence = maker.text(0, 40) + row + maker.text(0, 40)
            if draw.random() < 0.2:
                sequence = row
        elif kind < 0.13 and number > 100:
            parent = draw.randrange(len(prompts))
            parents[number] = parent
            sequence = maker.edited(prompts[parent], draw.choice([0, 0.01, 0.02, 0.03, 0.05]))
        else:
            sequence = maker.text(3, 120)
        prompts.append(sequence or ["nothing"])
    texts = [maker.spelled(sequence) for sequence in prompts]
    with open(folder / "prompts.jsonl", "w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({
                "prompt_id": f"p{number}", "prompt": text, "all_generated_responses": ["ab", "c"],
                "all_rm_scores": [draw.random(), draw.random()]}, ensure_ascii=False) + "\n")
    return benchmarks, texts, parents


# --- the program

def run(program, folder, *settings):
    """Why each prompt is dropped, what the manifest says, and the seconds that it took."""
    start = time.monotonic()
    outcome = subprocess.run(
        [program, "run", "prompts.jsonl", "-o", "out", "--json", "--quiet",
         "output.overwrite=true", "calibration.method=none", "calibration.intervals=false",
         "report.html=false", "output.format=jsonl", "output.compression=none",
         "output.profiles=[standard]", *settings],
        cwd=folder, capture_output=True, text=True)
    seconds = time.monotonic() - start
    if outcome.returncode != 0:
        sys.exit(f"status {outcome.returncode}: {outcome.stderr}")
    kept = set()
    for path in (folder / "out" / "data").iterdir():
        with open(path, encoding="utf-8") as file:
            kept |= {int(json.loads(line)["prompt_id"][1:]) for line in file}
    return kept, json.loads(outcome.stdout), seconds


# --- the checks

def check_contaminated(program, folder, benchmarks, sequences):
    kept, summary, seconds = run(
        program, folder, "filters.contaminated.against=[one.jsonl, two.jsonl]",
        "filters.contaminated.fields=[question]")
    rows = {name: [words(json.loads(line)["question"]) for line in open(folder / name)]
            for name in benchmarks}
    where = collections.defaultdict(set)
    for name, file in rows.items():
        for number, row in enumerate(file):
            for ngram in ngrams(row, NGRAM):
                where[ngram].add((name, number))
    expected, found = set(), {name: collections.Counter() for name in rows}
    for number, sequence in enumerate(sequences):
        own = set(ngrams(sequence, NGRAM))
        hits = set().union(*(where[ngram] for ngram in own if ngram in where))
        for name in rows:
            shares = {row: covered(rows[name][row], own) / len(rows[name][row])
                      for file, row in hits if file == name}
            best = max(shares.values(), default=0)
            if best >= SHARE:
                expected.add(number)
                found[name][min(row for row, share in shares.items() if share == best)] += 1
    dropped = set(range(len(sequences))) - kept
    told = {
        Path(file["path"]).name: {row["line"] - 1: row["prompts"] for row in file["found"]}
        for file in summary["benchmarks"]}
    listed = {name: dict(sorted(rows.items())[:1000]) for name, rows in found.items()}
    return {
        "expected": len(expected), "dropped": len(dropped), "false_positives": len(dropped - expected),
        "false_negatives": len(expected - dropped), "report_agrees": told == listed,
        "in_ledger": summary["ledger"]["prompts"]["dropped"].get("contaminated", 0),
        "seconds": seconds,
        "ok": dropped == expected and told == listed
        and summary["ledger"]["prompts"]["dropped"].get("contaminated", 0) == len(expected)}


def found_probability(similarity, draws=20000):
    """How likely a duplicate is found: it agrees in a band, and the signatures tell enough."""
    generator = numpy.random.default_rng(7)
    agrees = similarity + (1 - similarity) / 256
    rows = generator.random((draws, BANDS, ROWS)) < agrees
    told = (rows.mean(axis=(1, 2)) - 1 / 256) / (1 - 1 / 256)
    return float((rows.all(axis=2).any(axis=1) & (told >= SIMILARITY - 1e-12)).mean())


def check_near_duplicates(program, folder, sequences, parents):
    kept, summary, seconds = run(
        program, folder, f"filters.near_duplicates.similarity={SIMILARITY}")
    dropped = set(range(len(sequences))) - kept
    shingles = [frozenset(ngrams(sequence, SHINGLE)) for sequence in sequences]
    where = collections.defaultdict(list)
    for number in sorted(kept):
        for shingle in shingles[number]:
            where[shingle].append(number)
    # What a dropped prompt stands for was kept and came before, and is about as similar as was asked.
    least = 1.0
    for number in dropped:
        near = {other for shingle in shingles[number] for other in where[shingle] if other < number}
        least = min(least, max((jaccard(shingles[number], shingles[o]) for o in near), default=0))
    # Planted ones whose original was kept, by how similar they are.
    bins = collections.defaultdict(lambda: [0, 0])
    for number, parent in parents.items():
        if parent not in kept or not shingles[number]:
            continue
        similarity = jaccard(shingles[number], shingles[parent])
        bins[round(similarity, 2)][0] += 1
        bins[round(similarity, 2)][1] += number in dropped
    probabilities = {similarity: found_probability(similarity) for similarity in bins}
    expected = sum(probabilities[s] * total for s, (total, _) in bins.items())
    variance = sum(probabilities[s] * (1 - probabilities[s]) * total for s, (total, _) in bins.items())
    observed = sum(hit for _, hit in bins.values())
    sure = [(total, hit) for s, (total, hit) in bins.items() if probabilities[s] >= 0.99]
    recall = sum(hit for _, hit in sure) / max(1, sum(total for total, _ in sure))
    return {
        "dropped": len(dropped), "least_similarity": round(least, 4),
        "planted": sum(total for total, _ in bins.values()), "found": observed,
        "expected_by_theory": round(expected, 1), "sigma": round(variance ** 0.5, 1),
        "recall_where_theory_says_0.99": round(recall, 5), "of": sum(total for total, _ in sure),
        "counts": summary["near_duplicates"], "seconds": seconds,
        # One may also duplicate another than its parent, so more than expected may be found; bins are
        # of a hundredth.
        "ok": recall >= 0.99 and least >= SIMILARITY - 5 * (0.16 / 112) ** 0.5
        and abs(observed - expected) <= 4 * variance ** 0.5 + 0.01 * expected + 3}


def main():
    if len(sys.argv) != 5 or sys.argv[1] not in ("check", "time"):
        sys.exit(__doc__)
    program = str(Path(sys.argv[2]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        benchmarks, texts, parents = make(folder, int(sys.argv[3]), int(sys.argv[4]))
        if sys.argv[1] == "time":
            contaminated = ["filters.contaminated.against=[one.jsonl, two.jsonl]"]
            similar = [f"filters.near_duplicates.similarity={SIMILARITY}"]
            result = {
                label: round(run(program, folder, *settings)[2], 2)
                for label, settings in [
                    ("neither", []), ("contaminated", contaminated), ("near_duplicates", similar),
                    ("both", contaminated + similar)]}
        else:
            sequences = [words(text) for text in texts]
            result = {
                "prompts": len(texts),
                "contaminated": check_contaminated(program, folder, benchmarks, sequences),
                "near_duplicates": check_near_duplicates(program, folder, sequences, parents)}
        print(json.dumps(result, indent=1))
    if sys.argv[1] == "check" and not all(
            result[part]["ok"] for part in ("contaminated", "near_duplicates")):
        sys.exit(1)


if __name__ == "__main__":
    main()
