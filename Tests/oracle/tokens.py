"""Token counts by `tokenizers` itself, with small tokenizers of the common kinds trained on the spot.

usage: tokens.py FOLDER

FOLDER/texts.json is a list of texts. Written beside it are a file NAME.json for each tokenizer and
counts.json: for each NAME the number of tokens of every text, without special tokens around it.
"""
import json
import sys
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LLAMA = CONTRACTIONS + (
    r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN = LLAMA.replace("{1,3}", "")
DEEPSEEK = [
    r"\p{N}{1,3}", "[一-龥\u3040-ゟ゠-ヿ]+",
    r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"
    r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"]
# As GPT-4o and gpt-oss have it.
O200K = "".join(
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]" + upper
    + r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]" + lower + CONTRACTIONS + "?|" for upper, lower in ["*+", "+*"]
) + r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
SENTENCES = [
    "The quick brown fox, it's said, doesn't jump over 12345 lazy dogs!\n\nWE'LL see: a[i] += 1;",
    "Съешь же ещё этих мягких французских булок, да выпей чаю. 天地玄黃，宇宙洪荒。日月盈昃",
    "نص عربي قصير مع أرقام ١٢٣ والمزيد। हिन्दी में एक वाक्य। 한국어 문장입니다. 😀👨‍👩‍👧 e\u0301é",
    "    def f(x):\n\t\treturn x ** 2  # squares\r\n<|im_start|>user\nHi<|im_end|>   \n"]


def byte_level(parts, **keywords):
    parts = [p if not isinstance(p, str) else pre_tokenizers.Split(Regex(p), "isolated")
             for p in parts]
    end = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=not parts)
    return trained(models.BPE(**keywords), pre_tokenizers.Sequence(parts + [end]))


def trained(model, pre_tokenizer, normalizer=None, special=("<|im_start|>", "<|im_end|>")):
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizer
    if normalizer:
        tokenizer.normalizer = normalizer
    alphabet = [] if special[0] == "<unk>" else pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(SENTENCES * 3, trainers.BpeTrainer(
        vocab_size=700, special_tokens=list(special), initial_alphabet=alphabet,
        show_progress=False))
    return tokenizer


def with_marks(pre_tokenizer, normalizer=None, fallback=True, fuse=True):
    special = ["<unk>", "<s>", "</s>"]
    if fallback:
        special += [f"<0x{byte:02X}>" for byte in range(256)]
    tokenizer = trained(
        models.BPE(unk_token="<unk>", byte_fallback=fallback, fuse_unk=fuse),
        pre_tokenizer or pre_tokenizers.Metaspace(prepend_scheme="never"), normalizer, special)
    document = json.loads(tokenizer.to_str())
    if pre_tokenizer is None:
        document["pre_tokenizer"] = None
    # Bytes are no added tokens in the files of models.
    document["added_tokens"] = document["added_tokens"][:3]
    return Tokenizer.from_str(json.dumps(document))


def made():
    split = pre_tokenizers.Split
    yield "gpt2", byte_level([])
    yield "llama3", byte_level([LLAMA], ignore_merges=True)
    qwen = byte_level([QWEN])
    qwen.normalizer = normalizers.NFC()
    yield "qwen2", qwen
    yield "deepseek", byte_level(DEEPSEEK)
    yield "o200k", byte_level([O200K], ignore_merges=True)
    yield "starcoder", byte_level([pre_tokenizers.Digits(True), r"\w+|[^\w\s]+|\s+"])
    yield "empty-matches", byte_level(["x*"])
    for behavior in ["removed", "merged_with_previous", "merged_with_next", "contiguous"]:
        yield behavior, byte_level(
            [split(Regex(r"[\s\p{P}]"), behavior), split("e", behavior, invert=True),
             pre_tokenizers.Digits(False)])
    spelled = trained(models.BPE(), pre_tokenizers.Sequence(
        [pre_tokenizers.ByteLevel(add_prefix_space=True), split(Regex("[0-9]{3}"), "isolated")]))
    yield "spelled-early", spelled
    yield "llama2", with_marks(None, normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]))
    yield "mistral", with_marks(pre_tokenizers.Metaspace(prepend_scheme="first", split=False))
    yield "gemma", with_marks(
        split(" ", "merged_with_previous"), normalizers.Replace(" ", "▁"))
    yield "unknown", with_marks(pre_tokenizers.Metaspace(), fallback=False, fuse=False)
    yield "unknown-fused", with_marks(
        pre_tokenizers.Metaspace(), normalizers.Replace(Regex(r"\s+"), " "), fallback=False)
    added = Tokenizer.from_str(qwen.to_str())
    added.add_tokens([
        AddedToken("ab", single_word=True), AddedToken("ing", lstrip=True),
        AddedToken("the", rstrip=True), AddedToken("  ", normalized=False),
        AddedToken("e\u0301"), AddedToken("thes"),
        AddedToken("<s>", lstrip=True, rstrip=True, special=True, normalized=False)])
    yield "added", added


def main():
    folder = Path(sys.argv[1])
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    counts = {}
    for name, tokenizer in made():
        document = json.loads(tokenizer.to_str())
        if name == "gpt2":
            # As older files have them.
            document["model"]["merges"] = [" ".join(pair) for pair in document["model"]["merges"]]
            del document["model"]["type"]
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        encodings = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        counts[name] = [len(encoding.ids) for encoding in encodings]
    (folder / "counts.json").write_text(json.dumps(counts), encoding="utf-8")


if __name__ == "__main__":
    main()
