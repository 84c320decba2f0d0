"""Pieces of texts by regular expressions, as `tokenizers` splits them.

usage: splits.py FOLDER

Written to FOLDER/splits.json: objects with a `pattern`, which is one of those that tokenizers in use have or is made
at random of what they are made of, a `text`, and the `pieces` of it, each a match or what lies between two.
"""
import json
import random
import sys
from pathlib import Path

from tokenizers import Regex, pre_tokenizers

sys.path.insert(0, str(Path(__file__).parent))
from tokens import DEEPSEEK, LLAMA, O200K, QWEN  # noqa: E402

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
USUAL = [GPT2, LLAMA, QWEN, *DEEPSEEK, O200K, r"\w+|[^\w\s]+|\s+", r"[^\r\n\p{L}\p{N}]?+\p{L}+|\s++"]
CLASSES = [
    r"\s", r"\S", r"\d", r"\p{L}", r"\p{Lu}", r"\p{Ll}", r"\P{L}", r"\p{N}", r"\p{P}", r"\p{S}", r"[a-c]",
    r"[^a-c\s]", r"[\r\n]", r"[\p{L}\p{N}_]", r"[^\p{^L}x]", r"\p{Han}", "[一-龥]", r"[\-\]a]", "[a-]",
    "[é]", r"[^\r\n\p{L}\p{N}]", r"\p{Zs}", r"\p{Cc}"]
LITERALS = ["a", "b", "x", " ", "'", r"\n", r"\.", "é", "S", "k"]
LETTERS = "aabbcxSsKk  \n\r\t'.,!-_09éßſK一\u2028\u3000٣"


def made(draw, depth=3):
    """An expression of a few parts."""
    kind = draw.randrange(10 if depth else 5)
    if kind < 3:
        return draw.choice(CLASSES)
    if kind < 5:
        return draw.choice(LITERALS)
    if kind == 5:
        return "(?:" + "|".join(made(draw, depth - 1) for _ in range(draw.randint(2, 3))) + ")"
    if kind == 6:
        return "(?i:" + draw.choice(["s", "'s|'ll", "kb", "x"]) + ")"
    if kind == 7:
        return made(draw, depth - 1) + "(?!" + draw.choice([r"\S", r"\s", "a", "[a-c]"]) + ")"
    if kind == 8:
        return "(?:" + made(draw, depth - 1) + ")" + draw.choice(["*", "+", "?", "{1,3}", "{2}", "{2,}"])
    return made(draw, depth - 1) + made(draw, depth - 1)


def main():
    draw = random.Random(7)
    found = []
    patterns = USUAL * 40 + ["|".join(made(draw) for _ in range(draw.randint(1, 4))) for _ in range(1500)]
    for pattern in patterns:
        try:
            splitter = pre_tokenizers.Split(Regex(pattern), "isolated")
        except Exception:
            continue
        for _ in range(4):
            text = "".join(draw.choices(LETTERS, k=draw.randint(1, 40)))
            if draw.random() < 0.6:
                text = text.encode("ascii", "ignore").decode()
            try:
                pieces = [piece for piece, _ in splitter.pre_tokenize_str(text)]
            except BaseException:
                continue
            found.append({"pattern": pattern, "text": text, "pieces": pieces})
    (Path(sys.argv[1]) / "splits.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
