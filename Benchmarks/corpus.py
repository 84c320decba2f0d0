#!/usr/bin/env python3
"""Makes up scored generations whose rewards like length, for benchmarks.

usage: corpus.py OUT.jsonl[.zst|.gz] [--prompts 60000] [--candidates 5]
                 [--layout nested|flat|scattered] [--seed 1]

  nested     a prompt a line, with all its responses and rewards
  flat       a response a line, those to one prompt one after the other
  scattered  the same lines sorted by model, so the responses to a prompt are far apart

The three layouts hold the same prompts, responses and rewards. Words follow Zipf's law, and there
are lists, headers, code, quotes and characters beyond ASCII. A third of the prompts are written
with \\uXXXX, as Python's json.dumps does unless told otherwise. The reward is

    quality of the prompt + 1.4 (1 - exp(-characters / 1100)) + noise

The same arguments give the same lines. Only Python's standard library is needed, and the `zstd` or
`gzip` program to compress.
"""
import argparse
import contextlib
import json
import math
import random
import subprocess
import sys

COMMON = """
    the of and to a in is it that for as with on be this are by or from at not you can which if an
    more your when we has will use one there so they all each other its into than some these only
    also time first may about between example value number answer question because then most
""".split()
BEYOND_ASCII = [
    "café", "naïve", "Straße", "señor", "–", "…", "“as they say”", "it’s", "≤", "→", "π", "°C",
    "東京", "自然言語", "мир", "שלום", "😀", "👩\u200d🚀", "🇫🇷",
]
COMPRESSORS = {"zst": ["zstd", "-q", "-3", "-c"], "gz": ["gzip", "-6", "-n", "-c"]}


class Writer:
    """Makes up words once, and then text of them."""

    def __init__(self, seed):
        rng = random.Random(f"language {seed}")
        self.words = self._vocabulary(rng, 16000)
        # Zipf's law with Mandelbrot's shift.
        total = 0.0
        self.weights = [total := total + (rank + 3.0) ** -1.1 for rank in range(len(self.words))]
        self.sentences = [self._sentence(rng) for _ in range(80000)]

    @staticmethod
    def _vocabulary(rng, size):
        starts = "b c d f g h j k l m n p r s t v w br ch cr dr fl gr pl pr sh sp st th tr".split()
        vowels = "a e i o u a e i o ai ea ee ou y".split()
        ends = ["", "", "", "n", "r", "s", "t", "l", "m", "nd", "st", "ck", "ment", "ly", "er"]
        words = dict.fromkeys(COMMON)
        while len(words) < size:
            syllables = rng.choice((1, 2, 2, 3, 3, 4))
            stem = "".join(rng.choice(starts) + rng.choice(vowels) for _ in range(syllables))
            words[stem + rng.choice(ends)] = None
        return list(words)

    def _sentence(self, rng):
        words = rng.choices(self.words, cum_weights=self.weights, k=rng.randint(4, 20))
        if rng.random() < 0.1:
            words.insert(rng.randrange(len(words)), rng.choice(BEYOND_ASCII))
        if rng.random() < 0.3:
            words[len(words) // 2] += ","
        sentence = " ".join(words)
        if rng.random() < 0.05:
            sentence = f'"{sentence}"'
        return sentence[0].upper() + sentence[1:] + rng.choice("....?!:")

    def text(self, rng, size):
        """Paragraphs until there are `size` characters."""
        parts = []
        while size > 0:
            parts.append(self._paragraph(rng))
            size -= len(parts[-1]) + 2
        return "\n\n".join(parts)

    def _paragraph(self, rng):
        sentences = rng.choices(self.sentences, k=rng.randint(2, 6))
        style = rng.random()
        if style < 0.6:
            return " ".join(sentences)
        if style < 0.72:
            return "\n".join("- " + sentence for sentence in sentences)
        if style < 0.85:
            numbered = enumerate(sentences, 1)
            return "\n".join(f"{i}. **{text[:18].strip()}** {text}" for i, text in numbered)
        if style < 0.93:
            return f"### {sentences[0][:50]}\n{sentences[1]}"
        name = rng.choice(self.words)
        return f'```python\ndef {name}(text):\n\treturn text.split("\\n")  # {sentences[0]}\n```'


class Corpus:
    """Every prompt and candidate has a random generator of its own, so that a layout is only an
    order of the same lines."""

    def __init__(self, candidates, seed):
        self.candidates = candidates
        self.seed = seed
        self.writer = Writer(seed)

    def prompt(self, number):
        """id, text, mean reward, whether it is written in ASCII only"""
        rng = random.Random(self._key(number, 0))
        text = self.writer.text(rng, rng.randint(60, 600))
        return f"{rng.getrandbits(128):032x}", text, rng.gauss(0, 1), rng.random() < 1 / 3

    def candidate(self, number, model, quality):
        rng = random.Random(self._key(number, model + 1))
        text = self.writer.text(rng, min(8500, rng.lognormvariate(7.15, 0.6)))
        bias = 1.4 * (1 - math.exp(-len(text) / 1100))
        return text, round(quality + bias + rng.gauss(0, 0.75), 6)

    def _key(self, number, part):
        return (self.seed << 64) + (number << 16) + part

    def nested(self, prompts):
        for number in range(prompts):
            identity, text, quality, is_ascii = self.prompt(number)
            answers = [self.candidate(number, m, quality) for m in range(self.candidates)]
            yield is_ascii, {
                "prompt_id": identity,
                "prompt": text,
                "all_generated_responses": [answer for answer, _ in answers],
                "all_rm_scores": [reward for _, reward in answers],
            }

    def flat(self, prompts):
        for number in range(prompts):
            for model in range(self.candidates):
                yield self._row(number, model)

    def scattered(self, prompts):
        for model in range(self.candidates):
            for number in range(prompts):
                yield self._row(number, model)

    def _row(self, number, model):
        identity, text, quality, is_ascii = self.prompt(number)
        answer, reward = self.candidate(number, model, quality)
        return is_ascii, {
            "prompt_id": identity,
            "prompt": text,
            "response": answer,
            "reward": reward,
            "model": f"model-{model}",
        }


@contextlib.contextmanager
def opened(path):
    """A file to write to, compressed as its name says."""
    command = COMPRESSORS.get(path.rsplit(".", 1)[-1])
    with open(path, "wb") as file:
        if command is None:
            yield file
            return
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file)
        with process.stdin as pipe:
            yield pipe
        if process.wait() != 0:
            sys.exit(f"error: {command[0]} failed on {path}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--prompts", type=int, default=60000)
    parser.add_argument("--candidates", type=int, default=5)
    parser.add_argument("--layout", choices=["nested", "flat", "scattered"], default="nested")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    corpus = Corpus(arguments.candidates, arguments.seed)
    with opened(arguments.out) as file:
        for is_ascii, row in getattr(corpus, arguments.layout)(arguments.prompts):
            file.write((json.dumps(row, ensure_ascii=is_ascii) + "\n").encode())


if __name__ == "__main__":
    main()
