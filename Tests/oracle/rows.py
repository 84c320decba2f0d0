"""Reads scored generations the plain way: whole files, Python's own JSON, one list of groups."""
import bz2
import collections
import dataclasses
import gzip
import hashlib
import json
import lzma
import math
import re

ROLES = {"system", "user", "assistant", "tool", "developer"}
SURROGATE = re.compile("[\ud800-\udfff]")
LIST_ITEM = re.compile(r"^\s*(?:[-+*] |\d+\.\s)", re.MULTILINE)
HEADER = re.compile(r"^\s{0,3}#{1,6}\s+", re.MULTILINE)
BOLD = re.compile(r"\*\*(.*?)\*\*|__(.*?)__")
ABSENT = object()


class Malformed(Exception):
    """A row that is an error, as opposed to a candidate that cannot be used."""


@dataclasses.dataclass
class Candidate:
    text: str
    reward: float
    lengths: list  # one value a characteristic
    order: int  # position among the candidates of its group, dropped ones included
    model: str = None
    values: dict = None  # what the row carries, by the field's name
    score: float = 0.0


@dataclasses.dataclass
class Group:
    prompt_id: str
    turns: list  # [(role, content), ...], everything before the answer
    candidates: list = dataclasses.field(default_factory=list)
    texts_seen: set = dataclasses.field(default_factory=set)
    read: int = 0
    ambiguous: bool = False
    source: str = None

    @property
    def prompt(self):
        return next(content for role, content in self.turns if role == "user")


def markdown(text):
    """Headers, list items and bold spans."""
    return sum(len(pattern.findall(text)) for pattern in (HEADER, LIST_ITEM, BOLD))


def code_blocks(text):
    """Fenced code blocks: lines are taken one by one, as CommonMark says."""
    blocks, fence = 0, None
    for line in re.split("\n", text):
        found = re.match(r" {0,3}(`{3,}|~{3,})(.*)\Z", line, re.DOTALL)
        if fence is None:
            if found and not (found[1][0] == "`" and "`" in found[2]):
                blocks, fence = blocks + 1, found[1]
        elif found and found[1].startswith(fence) and not found[2].strip(" \t\r"):
            fence = None
    return blocks


MEASURES = {
    "headers": lambda text: len(HEADER.findall(text)),
    "lists": lambda text: len(LIST_ITEM.findall(text)),
    "bold": lambda text: len(BOLD.findall(text)),
    "code": code_blocks,
    "chars": len,
    "bytes": lambda text: len(text.encode()),
    "words": lambda text: len(text.split()),
    "markdown": markdown,
}


def contents(path):
    """The decompressed bytes of a file."""
    with open(path, "rb") as file:
        data = file.read()
    if path.endswith(".gz"):
        return gzip.decompress(data)
    if path.endswith(".bz2"):
        return bz2.decompress(data)
    if path.endswith(".xz"):
        return lzma.decompress(data)
    if path.endswith(".zst"):
        import zstandard

        with zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True) as reader:
            return reader.read()
    return data


class Number(float):
    """A JSON number that remembers how it was written, since it may be an id."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number


def parse(line):
    """Strict JSON in strict UTF-8; a lone surrogate becomes U+FFFD, one code point for one."""
    try:
        value = json.loads(line.decode("utf-8"), parse_int=Number, parse_float=Number)
    except (UnicodeDecodeError, ValueError) as error:
        raise Malformed(str(error)) from error
    return clean(value)


def clean(value):
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def rows(paths):
    """Yields (place, row or Malformed) over files of JSON lines or of one JSON array."""
    for path in paths:
        data = contents(path).removeprefix(b"\xef\xbb\xbf")
        if data.lstrip()[:1] == b"[":
            try:
                found = parse(data)
            except Malformed as error:
                raise SystemExit(f"{path}: {error}") from None
            for index, row in enumerate(found):
                yield f"{path}[{index}]", row
            continue
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip(b" \t\r"):
                try:
                    yield f"{path}:{number}", parse(line)
                except Malformed as error:
                    yield f"{path}:{number}", error


def at(value, path):
    """The value at a dotted path, or ABSENT; a path through a list gives a list."""
    name, _, rest = path.partition(".")
    if isinstance(value, list):
        return [at(item, path) for item in value]
    if not isinstance(value, dict) or name not in value:
        return ABSENT
    return at(value[name], rest) if rest else value[name]


def number(value, name):
    """A reward or a length as a double; null is NaN, text is what Python's float() makes of it."""
    if value is ABSENT:
        raise Malformed(f"no field {name}")
    if value is None:
        return math.nan
    if isinstance(value, float):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            pass
    # What classifiers give: a list of it alone, or an object with a score.
    if isinstance(value, list) and len(value) == 1:
        return number(value[0], name)
    if isinstance(value, dict) and "score" in value:
        return number(value["score"], name)
    raise Malformed(f"{name} is no number: {value!r}")


def turns_of(row, fields):
    """The conversation before the answer."""
    prompt = at(row, fields.prompt)
    if prompt in (ABSENT, None) and isinstance(at(row, fields.messages), list):
        prompt = at(row, fields.messages)
    if isinstance(prompt, str):
        turns = [("user", prompt)]
    elif isinstance(prompt, list):
        turns = []
        for message in prompt:
            role, content = at(message, "role"), at(message, "content")
            if role not in ROLES or not isinstance(content, str):
                raise Malformed(f"no message: {message!r}")
            turns.append((role, content))
    else:
        raise Malformed("no prompt")
    if not any(role == "user" for role, _ in turns) or turns[-1][0] == "assistant":
        raise Malformed("a prompt has a user turn and does not end with an answer")
    system = at(row, fields.system)
    if isinstance(system, str):
        if system and turns[0][0] != "system":
            turns.insert(0, ("system", system))
    elif system is not ABSENT and system is not None:
        raise Malformed("system is no text")
    return turns


def identity(row, fields, turns):
    """(key of the group, prompt_id)."""
    value = at(row, fields.prompt_id)
    if isinstance(value, Number):
        value = value.text
    if isinstance(value, str) and value:
        return ("id", value), value
    if value is not ABSENT and value is not None and value != "":
        raise Malformed("prompt_id is neither text nor a number")
    if len(turns) == 1:
        return ("turns", tuple(turns)), split_key(turns)
    messages = [{"content": content, "role": role} for role, content in turns]
    text = json.dumps({"messages": messages}, ensure_ascii=False, sort_keys=True)
    return ("turns", tuple(turns)), hashlib.sha256(text.encode()).hexdigest()


def split_key(turns):
    """What decides the split: the digest of the first user turn."""
    first = next(content for role, content in turns if role == "user")
    return hashlib.sha256(first.encode()).hexdigest()


def layout_of(row, options):
    """(path of the responses, of the rewards, whether they are lists), as the first row has it."""
    if options.format != "flat" and at(row, options.responses) is not ABSENT:
        return options.responses, options.rewards, True
    if options.format != "nested" and at(row, options.response) is not ABSENT:
        return options.response, options.reward, False
    if options.format != "flat" and isinstance(at(row, "completions"), list):
        return f"completions.{options.response}", f"completions.{options.reward}", True
    raise SystemExit("the first row has neither a response nor a list of them")


def parallel(row, path, count=None):
    values = at(row, path)
    if not isinstance(values, list):
        raise Malformed(f"{path} is no list")
    if count is not None and len(values) != count:
        raise Malformed(f"{path} has {len(values)} values for {count} responses")
    return values


def candidates_of(row, layout, characteristics, margins=()):
    """[(response or None, reward, {field name: number})] of a nested or flat row."""
    names = [name for name, _ in characteristics if name.startswith("field:")]
    extra = {name.removeprefix("field:") for name in names} | {name for name, _ in margins}
    response, reward, is_nested = layout
    if is_nested:
        texts = parallel(row, response)
        rewards = parallel(row, reward, len(texts))
        columns = {name: parallel(row, name, len(texts)) for name in extra}
    else:
        texts, rewards = [at(row, response)], [at(row, reward)]
        columns = {name: [at(row, name)] for name in extra}
    result = []
    for index, text in enumerate(texts):
        if text is ABSENT or not (text is None or isinstance(text, str)):
            raise Malformed("a response is missing or no text")
        values = {name: number(column[index], name) for name, column in columns.items()}
        result.append((text, number(rewards[index], reward), values))
    return result


def models_of(row, options, count):
    """For each candidate of a row its model, or None."""
    value = at(row, options.model) if getattr(options, "model", None) else ABSENT
    values = value if isinstance(value, list) else [value] * count
    return [model if isinstance(model, str) and model else None for model in values]


def measure(text, name, values):
    if name.startswith("field:"):
        return values[name.removeprefix("field:")]
    return float(MEASURES[name](text))


def usable(group, text, reward, values, model, options):
    """The reason a candidate is dropped, or the candidate."""
    if text is None:
        return "missing_response"
    if not math.isfinite(reward):
        return "non_finite_reward"
    if not all(math.isfinite(value) for value in values.values()):
        return "non_finite_length"
    if len(text) < options.min_chars:
        return "too_short"
    if options.max_chars is not None and len(text) > options.max_chars:
        return "too_long"
    if not text.strip():
        return "empty_response"
    if any(role in ("user", "assistant") and not turn.strip() for role, turn in group.turns):
        return "empty_prompt"
    if options.dedup and text in group.texts_seen:
        return "duplicate_response"
    group.texts_seen.add(text)
    lengths = [measure(text, name, values) for name, _ in options.characteristics]
    return Candidate(text, reward, lengths, group.read, model, values)


def read_groups(paths, options):
    """Groups in the order of their first appearance, and the counts of what was read."""
    groups, ledger, layout = {}, collections.Counter(), None
    for place, row in rows(paths):
        ledger["rows_read"] += 1
        try:
            if isinstance(row, Malformed):
                raise row
            if not isinstance(row, dict):
                raise Malformed("a row is an object")
            layout = layout or layout_of(row, options)
            turns = turns_of(row, options)
            key, prompt_id = identity(row, options, turns)
            margins = getattr(options, "field_margins", ())
            found = candidates_of(row, layout, options.characteristics, margins)
        except Malformed as error:
            if options.on_error == "fail":
                raise SystemExit(f"{place}: {error}") from None
            ledger["rows_rejected"] += 1
            continue
        group = groups.setdefault(key, Group(prompt_id, turns))
        if getattr(options, "source", None) and group.read == 0 and found:
            group.source = at(row, options.source)
        group.ambiguous |= group.turns != turns
        for (text, reward, values), model in zip(found, models_of(row, options, len(found))):
            candidate = usable(group, text, reward, values, model, options)
            group.read += 1
            ledger["candidates_read"] += 1
            if isinstance(candidate, str):
                ledger[candidate] += 1
            else:
                group.candidates.append(candidate)
                ledger["candidates_kept"] += 1
    return list(groups.values()), ledger
