#!/usr/bin/env python3
"""Whether what made-up rows say reaches the dataset, in every profile and format.

usage: messages.py PROGRAM [--seeds 0-10] [--count 30] [--few] [--profiles trl] [--formats jsonl]

Makes files of scored rows in every layout with whatever messages can hold, runs the program on
each with `calibration.method: none` and `pairs.strategy: all`, loads the result with `datasets` and
compares it with what was made. Prints what differs; exit status 1 if anything does.

What is compared:

- Which rows are rejected: those, and only those, that hold something a profile has no place for by
  docs/output.md, which `carries` repeats in its own words.
- Every pair in its order, so that answers that are in no pair are counted in the ledger: drops of
  candidates and prompts are compared reason by reason.
- Of a pair every message: its role, its content and each other key. Members that are null are left
  out on both sides, at any depth, as columns hold null where a row has no such member; an object
  that is empty then stays an empty object. A text and a list of one text part are the same. A value
  that is no string may come back as its JSON text, which is how columns hold what differs in type.
  Lone surrogates are U+FFFD, NaN and infinities null. Of JSON Lines `datasets` makes moments in
  time of texts that look like them, where all of a column do, and texts in its own spelling of
  those; these are told by `MOMENTS`.
- ms-swift's and LLaMA-Factory's turns are decoded into speakers, texts and calls of tools, with
  marks such as `<image>` for parts that are images.
- What `inspect`, `audit` and `validate` count, that `validate` accepts the dataset, and that a run
  over it writes the same pairs again; what the profile `trl` wrote is made into every other profile
  and compared as above.
"""
import argparse
import contextlib
import io
import itertools
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile

PROFILES = [
    "alignment-handbook", "h4", "trl", "trl-implicit", "standard", "kto", "openrlhf", "llama-factory",
    "axolotl", "ms-swift",
]
LAYOUTS = [
    "flat", "flat messages", "nested", "completions", "last turn", "kto", "pairs",
    "whole pairs", "llama-factory", "ms-swift", "openai",
]

# --- What rows are made of -----------------------------------------------------------------------

SPACES = [" ", "\n", "\t", "\u00a0", "\u2003", " \r\n ", "\x1c"]
TEXTS = [
    "Hello", "naïve café", "a\u0301 = á?", "👩‍👩‍👧 family", "中文，句号。", "\u202eright to left",
    "tab\there", 'quo"te \\ back', "line\nbreak\r\n", "nul \x00 inside", "\ufeffmark",
    "\U0010ffff", "{\"json\": 1}", "null", "2024-02-29", "2024-02-29T12:00:00", "1.50", "true",
    "  padded  ", "Human: no dialogue", "<b>&amp;</b>", "x" * 300, "- list\n- of **bold**",
    "\u2028separator", "lone \ud800 half",
]
NAMES = [
    "name", "weight", "train", "reasoning_content", "meta", "a.b", "", "kéy \"q\"", "Role", "id",
    "null", "no", "dtype", "_type", "list", "from", "value",
]
INTEGERS = [0, 1, -1, 7, 2**53 + 1, -(2**63), 2**63 - 1, 2**63, 10**30]
NUMBERS = [0.5, -0.0, 1e300, 5e-324, 0.1, 1e16, 123456789.123, float("nan"), float("inf")]


class Maker:
    """Makes rows of one layout, and what they mean."""

    def __init__(self, seed, count):
        self.random = random.Random(seed)
        self.layout = LAYOUTS[seed % len(LAYOUTS)]
        self.count = count
        self.serial = 0
        # How much of a file is more than texts, and whether a key always has one type.
        self.richness = self.random.choice([0.1, 0.3, 0.7])
        self.is_tidy = self.random.random() < 0.6
        self.types = {}
        self.has_image_objects = self.random.random() < 0.3

    def chance(self, share):
        return self.random.random() < share

    def rich(self):
        return self.chance(self.richness)

    def text(self):
        self.serial += 1
        text = f"{self.random.choice(TEXTS)} {self.serial}"
        return self.random.choice(SPACES) + text if self.chance(0.1) else text

    def value(self, kind=None, depth=0):
        pick = self.random
        kind = kind or pick.choice(
            ["text", "integer", "number", "bool", "null", "list", "object", "texts"])
        if depth > 2 and kind in ("list", "object"):
            kind = "text"
        if kind == "text":
            return pick.choice(TEXTS + [""])
        if kind == "integer":
            return pick.choice(INTEGERS)
        if kind == "number":
            return pick.choice(NUMBERS + [3])
        if kind == "bool":
            return pick.choice([True, False])
        if kind == "texts":
            return [pick.choice(TEXTS) for _ in range(pick.randrange(3))]
        if kind == "list":
            return [self.value(None, depth + 1) for _ in range(pick.randrange(4))]
        if kind == "object":
            names = pick.sample(["x", "y", "z", "", "a b"], pick.randrange(4))
            return {name: self.value(None, depth + 1) for name in names}
        return None

    def member(self, name):
        """A value of a key, of the type that the key has in this file where keys are tidy."""
        if name == "reasoning_content":
            return self.text()
        if not self.is_tidy:
            return self.value()
        kind = self.types.setdefault(
            name, self.random.choice(["text", "integer", "number", "bool", "list", "object"]))
        return self.value("null" if self.chance(0.1) else kind)

    def extras(self):
        names = self.random.sample(NAMES, self.random.choice([1, 1, 2, 3]))
        if self.layout in ("last turn", "llama-factory"):
            names = [name for name in names if name not in ("from", "value")]
        return {name: self.member(name) for name in names}

    def call(self):
        pick = self.random
        arguments = {"city": self.text(), "days": pick.randrange(9)}
        if self.chance(0.3):
            arguments = self.value("object")
        if self.chance(0.3):
            arguments = json.dumps(arguments)
        call = {"type": "function", "function": {"name": "weather", "arguments": arguments}}
        if self.chance(0.2):
            call["id"] = f"call_{self.serial}"
        if self.chance(0.05):
            call["type"] = "custom"
        return call

    def part(self):
        pick = self.random
        return pick.choice([
            lambda: {"type": "text", "text": self.text()},
            lambda: {"type": "image"},
            lambda: {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}},
            lambda: {"type": "image", "image": "a.png"},
            lambda: {"type": "text", "text": self.text(), "cache_control": {"type": "ephemeral"}},
        ])()

    def parts(self):
        return [{"type": "text", "text": self.text()}] * self.chance(0.8) + [
            self.part() for _ in range(self.random.choice([0, 1, 1, 2]))]

    def message(self, role):
        message = {"role": role, "content": self.text()}
        if self.rich() and self.chance(0.4):
            message["content"] = self.parts()
        if self.rich() and self.chance(0.4):
            message.update(self.extras())
        if role == "tool" and self.rich():
            message["tool_call_id"] = f"call_{self.serial}"
        if role == "assistant" and self.rich():
            message["tool_calls"] = [self.call() for _ in range(self.random.choice([1, 1, 2]))]
            if self.chance(0.7):
                message["content"] = None
        return message

    def prompt(self):
        turns = []
        if self.chance(0.2):
            turns.append(self.message(self.random.choice(["system", "system", "developer"])))
        for _ in range(self.random.choice([0, 0, 0, 1, 2])):
            turns += [self.message("user"), self.message("assistant")]
            if "tool_calls" in turns[-1]:
                turns += [self.message("tool"), {"role": "assistant", "content": self.text()}]
        turns.append(self.message("user"))
        if self.rich() and self.chance(0.2):
            turns += [{"role": "assistant", "content": None, "tool_calls": [self.call()]}]
            turns += [self.message("tool")]
        if self.chance(0.05):
            self.random.choice(turns)["content"] = self.random.choice(["", " \n", "\u00a0"])
        return turns

    def context(self):
        context = {}
        if self.rich() and self.chance(0.5):
            function = {"name": "weather", "parameters": self.value("object")}
            tools = [{"type": "function", "function": function}]
            context["tools"] = json.dumps(tools) if self.chance(0.3) else tools
        if self.rich() and self.chance(0.3):
            context["images"] = [f"{self.serial}.png"] * self.random.choice([1, 2])
            # All of a column are of one kind; else the objects would be texts like the paths.
            if self.has_image_objects:
                context["images"] = [{"path": "a.png", "url": None}]
        if self.rich() and self.chance(0.3):
            context["chat_template_kwargs"] = {"enable_thinking": self.chance(0.5)}
        return context

    def answer(self, takes_null):
        """The messages of an answer; None for null."""
        if takes_null and self.chance(0.04):
            return None
        if self.chance(0.05):
            blank = {"role": "assistant", "content": self.random.choice(["", " ", "\n\u2003"])}
            return [blank | {"reasoning_content": self.text()} if self.rich() else blank]
        if self.rich() and self.chance(0.4):
            first = {"role": "assistant", "content": None, "tool_calls": [self.call()]}
            return [first, self.message("tool"), {"role": "assistant", "content": self.text()}]
        return [self.message("assistant")]

    def prompt_id(self, number):
        return self.random.choice([
            lambda: None, lambda: "", lambda: 2**53 + 1 + number, lambda: f"ïd-{number}",
            lambda: 10**25 + number, lambda: number, lambda: f" {number}\u2003",
            lambda: ..., lambda: ..., lambda: ...,
        ])()

    def rewards(self, count):
        rewards = []
        for _ in range(count):
            rewards.append(self.random.uniform(-9, 9))
            if self.chance(0.03):
                rewards[-1] = None if self.chance(0.5) else float("nan")
            elif self.chance(0.05):
                rewards[-1] = repr(rewards[-1])
        return rewards

    # --- How the same is written -----------------------------------------------------------------

    def written(self, messages, dialect=None):
        """Messages in the words of some trainer."""
        dialect = dialect or self.random.choice(["openai", "openai", "sharegpt", "swift"])
        if any({"from", "value"} & set(message) for message in messages):
            dialect = "openai"
        written = []
        for message in messages:
            message = dict(message)
            role, content = message.pop("role"), message.pop("content")
            calls = message.get("tool_calls")
            calls_alone = calls is not None and len(message) == 1 and content in (None, "") and all(
                set(call) == {"type", "function"} and call["type"] == "function" for call in calls)
            if calls_alone and dialect != "openai" and not self.follows_assistant(written):
                role = "function_call" if dialect == "sharegpt" else "tool_call"
                functions = [call["function"] for call in calls]
                if len(functions) > 1 and self.chance(0.5):
                    written.append({"role": role, "content": json.dumps(functions)})
                else:
                    written += [{"role": role, "content": json.dumps(one)} for one in functions]
            else:
                if dialect == "swift" and role == "tool":
                    role = "tool_response"
                if content is None and self.chance(0.5):
                    turn = {"role": role} | message
                else:
                    turn = {"role": role, "content": content} | message
                written.append(turn)
        if dialect == "sharegpt":
            names = {"user": "human", "assistant": "gpt", "tool": "observation"}
            renamed = []
            for turn in written:
                turn = dict(turn)
                head = {"from": names.get(turn["role"], turn.pop("role"))}
                turn.pop("role", None)
                if "content" in turn:
                    head["value"] = turn.pop("content")
                renamed.append(head | turn)
            return renamed
        return written

    @staticmethod
    def follows_assistant(written):
        """Whether a call would be read as one turn with what stands before it."""
        last = written[-1]["role"] if written else ""
        return last in ("assistant", "tool_call", "function_call")

    def written_answer(self, answer):
        if answer is None:
            return None
        if len(answer) == 1 and set(answer[0]) == {"role", "content"}:
            content = answer[0]["content"]
            if isinstance(content, str) and self.chance(0.6):
                return content
        if len(answer) == 1 and self.chance(0.3):
            return self.written(answer, "openai")[0]
        return self.written(answer)

    def prompt_fields(self, prompt, name="prompt"):
        """The fields of a row that say the prompt."""
        plain = all(set(turn) == {"role", "content"} for turn in prompt)
        texts = plain and all(isinstance(turn["content"], str) for turn in prompt)
        if name == "prompt" and texts and self.chance(0.7):
            if len(prompt) == 1:
                return {"prompt": prompt[0]["content"]}
            if len(prompt) == 2 and prompt[0]["role"] == "system" and prompt[0]["content"]:
                return {"system": prompt[0]["content"], "prompt": prompt[1]["content"]}
        return {name: self.written(prompt)}

    def rows(self):
        """Pairs of a row and what it means: the id, the prompt, what stands beside it, answers."""
        rows = []
        for number in range(self.count):
            prompt, context, own = self.prompt(), self.context(), self.prompt_id(number)
            if not rows:
                # The first row shows the layout.
                prompt, context = [{"role": "user", "content": "First"}], {}
            ids = {} if own is ... else {"prompt_id": own}
            is_pair = self.layout in (
                "pairs", "whole pairs", "llama-factory", "ms-swift", "openai")
            takes_null = bool(rows) and self.layout in (
                "flat", "flat messages", "nested", "completions", "kto", "pairs")
            size = 2 if is_pair else self.random.choice([1, 2, 2, 3, 4])
            answers = [self.answer(takes_null) for _ in range(size)]
            if size > 2 and self.chance(0.2):
                answers[-1] = answers[0]
            rewards = self.rewards(size)
            if not rows:
                rewards = [float(index) for index in range(size)]
            if self.layout == "last turn":
                # What stands before the last turn is the prompt.
                answers = [answer[-1:] for answer in answers]
            if self.layout in ("llama-factory", "openai"):
                answers = [answer[:1] if len(answer) == 1 else answer[-1:] for answer in answers]
            rows += [
                (self.shuffled(ids | fields | self.written_context(context)),
                 (own, prompt, context, meant))
                for fields, meant in self.fields(prompt, answers, rewards)
            ]
        return rows

    def shuffled(self, row):
        names = list(row)
        self.random.shuffle(names)
        return {name: row[name] for name in names}

    def written_context(self, context):
        written = dict(context)
        if len(written.get("images", [])) == 1 and self.chance(0.5):
            written["image"] = written.pop("images")[0]
        return written

    def fields(self, prompt, answers, rewards):
        scored = list(zip(answers, rewards))
        layout = self.layout
        if layout in ("flat", "flat messages", "kto"):
            name = "messages" if layout == "flat messages" else "prompt"
            response = "completion" if layout == "kto" else "response"
            reward = "score" if layout == "kto" else "reward"
            for answer, number in scored:
                fields = {response: self.written_answer(answer), reward: number}
                yield self.prompt_fields(prompt, name) | fields, [(answer, number)]
        elif layout == "last turn":
            for answer, number in scored:
                dialect = self.random.choice(["openai", "sharegpt"])
                whole = self.written(prompt, dialect) + [
                    self.written(answer, "openai")[0] if dialect == "openai"
                    else self.plain_gpt(answer)]
                yield {"messages": whole, "score": number}, [(answer, number)]
        elif layout == "nested":
            yield self.prompt_fields(prompt) | {
                "all_generated_responses": [self.written_answer(answer) for answer in answers],
                "all_rm_scores": rewards,
            }, scored
        elif layout == "completions":
            yield self.prompt_fields(prompt) | {
                "completions": [
                    {"response": self.written_answer(answer), "reward": number}
                    for answer, number in scored]
            }, scored
        else:
            yield self.pair_fields(prompt, answers, rewards), scored

    def plain_gpt(self, answer):
        message = dict(answer[0])
        message.pop("role")
        return {"from": "gpt", "value": message.pop("content")} | message

    def pair_fields(self, prompt, answers, rewards):
        scores = {"score_chosen": rewards[0], "score_rejected": rewards[1]}
        chosen, rejected = answers
        if self.layout == "pairs":
            return self.prompt_fields(prompt) | scores | {
                "chosen": self.written_answer(chosen), "rejected": self.written_answer(rejected)}
        if self.layout == "llama-factory":
            return scores | {
                "conversations": self.written(prompt, "sharegpt"),
                "chosen": self.plain_gpt(chosen), "rejected": self.plain_gpt(rejected)}
        if self.layout == "openai":
            return {
                "input": {"messages": self.written(prompt, "openai")},
                "preferred_output": self.written(chosen, "openai"),
                "non_preferred_output": self.written(rejected, "openai"),
                "preferred_score": rewards[0], "non_preferred_score": rewards[1]}
        dialect = "swift" if self.layout == "ms-swift" else self.random.choice(
            ["openai", "sharegpt"])
        if any({"from", "value"} & set(one) for one in prompt + chosen + rejected):
            dialect = "openai"
        better, worse = (self.written(prompt + one, dialect) for one in (chosen, rejected))
        if self.layout == "ms-swift":
            return scores | {"messages": better, "rejected_messages": worse}
        return scores | {"chosen": better, "rejected": worse}


# --- What rows mean ------------------------------------------------------------------------------


def clean(value):
    """A value without members that are null, and with null for what is no JSON."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, list):
        return [clean(element) for element in value]
    if isinstance(value, dict):
        cleaned = {clean(name): clean(one) for name, one in value.items()}
        return {name: one for name, one in cleaned.items() if one is not None}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def parts_of(content):
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def text_of(content, marks=False):
    if content is None or isinstance(content, str):
        return content or ""
    found = []
    for part in content:
        if part.get("type") == "text":
            found.append(part["text"])
        elif marks:
            found.append(f"<{re.match('image|video|audio', part['type'])[0]}>")
    return "".join(found)


def has_media(message):
    content = message.get("content")
    return isinstance(content, list) and any(part.get("type") != "text" for part in content)


def is_blank(message):
    return not (
        text_of(message.get("content")).strip() or message.get("tool_calls")
        or has_media(message) or message.get("reasoning_content"))


def measured_text(answer):
    texts = []
    for message in answer:
        if message["role"] == "assistant":
            texts += [message.get("reasoning_content"), text_of(message.get("content"))]
    return "\n\n".join(text for text in texts if text)


def drop_of(prompt, answer, reward):
    """Why a candidate is left out, by docs/which-pairs.md; None where it is not."""
    if answer is None:
        return "missing_response"
    if reward is None or float(reward) != float(reward):
        return "non_finite_reward"
    says_more = any(message.get("tool_calls") or has_media(message) for message in answer)
    text = measured_text(answer)
    if not text and not says_more:
        return "too_short"
    if not text.strip() and not says_more:
        return "empty_response"
    return "empty_prompt" if is_empty(prompt) else None


def is_empty(prompt):
    return any(turn["role"] in ("user", "assistant") and is_blank(turn) for turn in prompt)


def carries(profile, prompt, context, answers):
    """Whether a profile has a place for a row, by docs/output.md."""
    if profile in ("trl", "trl-implicit", "kto"):
        return True
    if any(len(answer) > 1 for answer in answers):
        return False
    if profile in ("alignment-handbook", "h4"):
        return True
    if profile == "openrlhf":
        return not context
    messages = [clean(message) for message in itertools.chain(prompt, *answers)]
    plain = all(set(message) <= {"role", "content"} for message in messages)
    for message in messages:
        content = message.get("content")
        for part in content if isinstance(content, list) else []:
            if set(part) not in ({"type", "text"}, {"type"}) or profile == "axolotl":
                return False
            if part["type"] != "text" and profile == "standard":
                return False
        if content is None and profile == "axolotl":
            return False
    if profile in ("axolotl", "standard"):
        unknown = "developer" if profile == "axolotl" else "tool"
        return plain and not context and all(message["role"] != unknown for message in messages)
    # Calls of tools are texts of a role of their own.
    for name, value in context.items():
        if name not in ("tools", "images") or name == "images" and not all(
                isinstance(image, str) for image in value):
            return False
    for message in messages:
        if message["role"] == "developer" or not set(message) <= {"role", "content", "tool_calls"}:
            return False
        for call in message.get("tool_calls", []):
            if set(call) != {"type", "function"} or call["type"] != "function":
                return False
        says_more = message.get("tool_calls") and text_of(message.get("content"), True)
        if says_more and profile == "llama-factory":
            return False
    if profile == "ms-swift":
        return not any(message.get("tool_calls") or has_media(message)
                       for answer in answers for message in answer)
    if has_media(prompt[0]) and prompt[0]["role"] == "system":
        return False
    turns = prompt[1:] if prompt[0]["role"] == "system" else prompt
    return len(turns) % 2 == 1 and all(
        turn["role"] != "system" and (turn["role"] == "assistant") == bool(index % 2)
        for index, turn in enumerate(turns))


def expected(rows, profile):
    """The pairs that a run writes, the counts of its ledger, and the lines that it rejects."""
    prompts, rejected = {}, []
    for line, (_, (own, prompt, context, scored)) in enumerate(rows, 1):
        answers = [answer for answer, _ in scored if answer is not None]
        if not carries(profile, prompt, context, answers):
            rejected.append(line)
            continue
        key = (str(own),) if own not in (None, "", ...) else (
            json.dumps([clean(turn) for turn in prompt], sort_keys=True), json.dumps(context))
        prompts.setdefault(key, (own, prompt, context, []))[3].extend(scored)
    pairs, dropped, left = [], {}, {}

    def count(reasons, reason):
        reasons[reason] = reasons.get(reason, 0) + 1

    for own, prompt, context, scored in prompts.values():
        usable, seen = [], set()
        for answer, reward in scored:
            reason = drop_of(prompt, answer, reward)
            said = json.dumps(clean(answer), sort_keys=True)
            if reason is None and said in seen:
                reason = "duplicate_response"
            if reason:
                count(dropped, reason)
                continue
            seen.add(said)
            usable.append((float(reward), answer))
        if is_empty(prompt):
            count(left, "empty_prompt")
        elif len(usable) < 2:
            count(left, "too_few_candidates")
        usable.sort(key=lambda one: -one[0])
        chosen = sorted(itertools.combinations(usable, 2), key=lambda two: two[1][0] - two[0][0])
        pairs += [(own, prompt, context, better, worse) for better, worse in chosen]
    ledger = {
        "prompts": len(prompts), "candidates dropped": dropped, "prompts dropped": left,
        "pairs": len(pairs), "rejected": len(rejected),
    }
    return pairs, ledger, rejected


# --- What comes back -----------------------------------------------------------------------------


MOMENTS = {
    "2024-02-29 00:00:00": ["2024-02-29"], "2024-02-29 12:00:00": ["2024-02-29T12:00:00"]}


def same(want, got):
    """Whether a value came back, as itself or as JSON text."""
    if isinstance(want, str) or want is None:
        return type(want) is type(got) and (want == got or want in MOMENTS.get(got, ()))
    if isinstance(got, str):
        try:
            return same(want, clean(json.loads(got)))
        except ValueError:
            return False
    if isinstance(want, bool) or isinstance(got, bool):
        return want is got
    if isinstance(want, dict):
        return isinstance(got, dict) and want.keys() == got.keys() and all(
            same(want[name], got[name]) for name in want)
    if isinstance(want, list):
        return isinstance(got, list) and len(want) == len(got) and all(map(same, want, got))
    return isinstance(got, (int, float)) and want == got and str(float(want)) == str(float(got))


def differing(want, got):
    """What is not the same of two conversations of whole messages; None where all is."""
    if len(want) != len(got):
        return f"{len(want)} messages, not {len(got)}"
    for index, (one, other) in enumerate(zip(map(clean, want), map(clean, got))):
        for message in (one, other):
            if "content" in message:
                message["content"] = parts_of(message["content"])
        for name in {**one, **other}:
            if name not in one or name not in other or not same(one[name], other[name]):
                return f"message {index}, {name!r}: {one.get(name)!r}, not {other.get(name)!r}"
    return None


def turns_of(messages):
    """Speakers with their texts, and calls."""
    turns = []
    for message in map(clean, messages):
        calls = [("call", call["function"]) for call in message.get("tool_calls", [])]
        text = text_of(message.get("content"), True)
        if text or not calls:
            turns.append((message["role"], text))
        turns += calls
    return turns


SHAREGPT = {"human": "user", "gpt": "assistant", "observation": "tool", "system": "system"}


def decoded(turns, role, text):
    """The same of turns in the words of LLaMA-Factory or ms-swift."""
    found = []
    for turn in turns:
        if turn[role] in ("function_call", "tool_call"):
            functions = json.loads(turn[text])
            functions = functions if isinstance(functions, list) else [functions]
            found += [("call", clean(function)) for function in functions]
        elif role == "from":
            found.append((SHAREGPT[turn[role]], turn[text]))
        else:
            found.append(("tool" if turn[role] == "tool_response" else turn[role], turn[text]))
    return found


def unlike(profile, want, row, other=None):
    """What differs between a pair and the row, or the two rows, that it became."""
    _, prompt, context, (better, chosen), (worse, rejected) = want
    if profile == "kto":
        if (row["label"], other["label"]) != (True, False):
            return "labels"
        if other["prompt"] != row["prompt"]:
            return "the prompts of both answers"
        row = row | {"chosen": row["completion"], "rejected": other["completion"]}
        numbers = row["raw_score"], other["raw_score"]
    else:
        numbers = row["raw_score_chosen"], row["raw_score_rejected"]
    if numbers != (better, worse):
        return f"scores {numbers}, not {(better, worse)}"
    if want[0] not in (None, "", ...) and row["prompt_id"] != str(want[0]):
        return f"prompt_id {row['prompt_id']!r}"
    for name, value in context.items():
        got = row[name]
        if name == "tools":
            value, got = json.dumps(value) if not isinstance(value, str) else value, got
            value, got = json.loads(value), json.loads(got)
        if not same(clean(value), clean(got)):
            return f"{name}: {value!r}, not {got!r}"
    for name in ("tools", "images", "chat_template_kwargs"):
        if name not in context and row.get(name) is not None:
            return f"{name}: {row[name]!r} from nowhere"
    first = text_of(clean(next(turn for turn in prompt if turn["role"] == "user")).get("content"))
    text = {"alignment-handbook": "prompt_text", "h4": "prompt"}.get(profile)
    if text and row[text] != first:
        return f"{text} {row[text]!r}, not {first!r}"
    if profile == "h4" and row["messages"] != row["chosen"]:
        return "messages is not chosen"
    if profile in ("alignment-handbook", "h4", "trl-implicit", "openrlhf"):
        return differing(prompt + chosen, row["chosen"]) or differing(
            prompt + rejected, row["rejected"])
    if profile in ("trl", "kto"):
        return differing(prompt, row["prompt"]) or differing(chosen, row["chosen"]) or differing(
            rejected, row["rejected"])
    if profile == "axolotl":
        return differing(prompt, row["messages"]) or differing(
            chosen, [row["chosen"]]) or differing(rejected, [row["rejected"]])
    if profile == "standard":
        wanted = [
            "\n\n".join(text_of(clean(turn).get("content")) for turn in prompt),
            text_of(clean(chosen[0]).get("content")), text_of(clean(rejected[0]).get("content"))]
        got = [row["prompt"], row["chosen"], row["rejected"]]
    elif profile == "llama-factory":
        system = [("system", row["system"])] if row["system"] else []
        wanted = [
            [turn for turn in turns_of(prompt) if turn != ("system", "")], turns_of(chosen),
            turns_of(rejected)]
        got = [
            system + decoded(row["conversations"], "from", "value"),
            decoded([row["chosen"]], "from", "value"), decoded([row["rejected"]], "from", "value")]
    else:
        wanted = [turns_of(prompt + chosen), turns_of(rejected)]
        got = [
            decoded(row["messages"], "role", "content"), [("assistant", row["rejected_response"])]]
    for one, other in zip(wanted, got):
        if one != other and not same_turns(one, other):
            return f"{one!r}, not {other!r}"
    return None


def same_turns(want, got):
    """Whether turns are the same, with calls that were a column's values in between."""
    if isinstance(want, str) or len(want) != len(got):
        return False
    return all(
        one[0] == other[0] and same(one[1], other[1]) for one, other in zip(want, got))


NUMBERS_OF_ROWS = re.compile("score|length")


def pairs_of(rows):
    """The rows but for their numbers, whatever their order."""
    return {
        json.dumps(
            clean({name: value for name, value in row.items() if not NUMBERS_OF_ROWS.search(name)}),
            sort_keys=True)
        for row in rows
    }


# --- Running -------------------------------------------------------------------------------------


class Check:
    def __init__(self, program, folder, others):
        self.program, self.folder = program, folder
        # The profiles that are made of what `trl` wrote.
        self.others = others
        self.problems, self.compared = [], 0

    def ask(self, *arguments):
        done = subprocess.run(
            [self.program, *arguments], capture_output=True, text=True, cwd=self.folder)
        return done.returncode, done.stdout, done.stderr

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, source, out, profile, form, *more):
        settings = [
            f"input.paths=[{source}]", f"output.dir={out}", f"output.profiles=[{profile}]",
            f"output.format={form}", "calibration.method=none", "pairs.strategy=all",
            "input.max_errors=1000000", "report.html=false"]
        if form == "jsonl":
            # LLaMA-Factory loads no compressed JSON Lines.
            settings.append("output.compression=none")
        return self.ask("run", "-q", "prep.yaml", *settings, *more)

    def load(self, name):
        import datasets

        with contextlib.redirect_stdout(io.StringIO()):
            loaded = datasets.load_dataset(
                self.path(name), cache_dir=tempfile.mkdtemp(dir=self.folder))
        return [row for split in loaded.values() for row in split]

    def check(self, place, source, rows, profile, form, onward=False):
        def wrong(what):
            self.problems.append(f"{place}, {profile}, {form}: {what}")

        pairs, ledger, lines = expected(rows, profile)
        out = f"{source}-{profile}-{form}"
        status, _, errors = self.run(source, out, profile, form, "input.on_error=skip")
        if status:
            if pairs:
                wrong(f"status {status}: {errors[-600:]}")
            return
        with open(self.path(out + "/manifest.json")) as file:
            found = json.load(file)["ledger"]
        told = {
            "prompts": found["prompts"]["read"],
            "candidates dropped": found["candidates"]["dropped"],
            "prompts dropped": found["prompts"]["dropped"], "pairs": found["pairs"],
            "rejected": found["rows"]["rejected"],
        }
        rejects = self.rejects(out)
        if [entry["line"] for entry in rejects] != lines:
            other = set(lines) ^ {entry["line"] for entry in rejects}
            texts = [entry["error"] for entry in rejects if entry["line"] in other]
            line = min(other)
            return wrong(
                f"rejected {sorted(other)} against the documentation, {texts[:1]}: "
                + json.dumps(rows[line - 1][0]))
        for entry in rejects:
            if entry["code"] != "not_carried":
                wrong(f"line {entry['line']}: {entry['error']}")
        if told != ledger:
            return wrong(f"ledger {told}, not {ledger}")
        try:
            loaded = self.load(out)
        except Exception as error:
            return wrong(f"does not load: {error.__cause__ or error!r}")
        per = 2 if profile == "kto" else 1
        if len(loaded) != per * len(pairs):
            return wrong(f"{len(loaded)} rows, not {per * len(pairs)}")
        for index, want in enumerate(pairs):
            both = loaded[per * index:per * index + per]
            difference = unlike(profile, want, *both)
            if difference:
                wrong(f"pair {index}: {difference}; in {json.dumps(want[1])}")
                break
        self.compared += len(pairs)
        self.check_counts(wrong, out, profile, len({row_key(want) for want in pairs}))
        self.check_again(wrong, out, profile, form, loaded)
        if profile == "trl" and not onward:
            # What holds everything can be made into any other profile.
            rows = [(None, self.row_of_pair(*both)) for both in zip(pairs, loaded)]
            for other in self.others:
                self.check(f"{place} from trl", out, rows, other, form, onward=True)

    @staticmethod
    def row_of_pair(pair, row):
        _, prompt, context, (better, chosen), (worse, rejected) = pair
        if any(isinstance(turn["content"], list) for turn in row["prompt"] + row["chosen"]):
            # Where some contents are lists of parts, all are.
            prompt, chosen, rejected = (
                [turn | {"content": parts_of(turn.get("content"))} for turn in turns]
                for turns in (prompt, chosen, rejected))
        return row["prompt_id"], prompt, context, [(chosen, better), (rejected, worse)]

    def rejects(self, out):
        path = self.path(out + "/rejects.jsonl.zst")
        if not os.path.exists(path):
            return []
        text = subprocess.run(["zstd", "-dcq", path], capture_output=True, check=True).stdout
        return [json.loads(line) for line in text.splitlines()]

    def check_counts(self, wrong, out, profile, prompts):
        status, output, errors = self.ask("validate", "-q", "--json", "--profile", profile, out)
        report = json.loads(output) if output else {}
        if status or not report.get("accepted"):
            wrong(f"validate: status {status}, {report.get('findings')} {errors[-300:]}")
        counts = {}
        for command in ("inspect", "audit"):
            if command == "audit" and profile == "kto":
                continue
            status, output, errors = self.ask(command, "-q", "--json", out)
            if status:
                wrong(f"{command}: status {status}: {errors[-300:]}")
            else:
                counts[command] = json.loads(output)["prompts"]
        if any(count != prompts for count in counts.values()):
            wrong(f"prompts are {prompts}, but {counts}")

    def check_again(self, wrong, out, profile, form, loaded):
        status, _, errors = self.run(out, out + "-again", profile, form)
        if status:
            return wrong(f"again: status {status}: {errors[-600:]}")
        before, after = pairs_of(loaded), pairs_of(self.load(out + "-again"))
        if before != after:
            one = next(iter(before - after), None)
            other = next(iter(after - before), None)
            wrong(f"again: {len(before - after)} pairs are others: {one}, not {other}")


def row_key(want):
    own, prompt, context = want[:3]
    return str(own) if own not in (None, "", ...) else json.dumps([prompt, context])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--seeds", default="0-10", help="one a file, as in 1,2,10-20")
    parser.add_argument("--count", type=int, default=30, help="prompts a file")
    parser.add_argument("--profiles", default=",".join(PROFILES))
    parser.add_argument("--formats", default="jsonl,parquet")
    parser.add_argument(
        "--few", action="store_true", help="two profiles and formats a file, taken in turn")
    parser.add_argument("--keep", help="a folder for the files, which stay there")
    options = parser.parse_args()
    seeds = []
    for span in options.seeds.split(","):
        first, _, last = span.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    folder = options.keep or tempfile.mkdtemp(prefix="messages-")
    os.makedirs(folder, exist_ok=True)
    os.environ["HF_HOME"] = os.path.join(folder, "home")
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
    import datasets

    if int(datasets.__version__.split(".")[0]) < 4:
        # These take a member of this name for the mark of a type, whatever a card says.
        NAMES.remove("_type")
    # Its name before version 2.18.
    getattr(datasets, "disable_progress_bars", datasets.disable_progress_bar)()
    datasets.logging.set_verbosity(datasets.logging.CRITICAL)
    others = ["llama-factory", "ms-swift"] if options.few else PROFILES
    check = Check(os.path.abspath(options.program), folder, others)
    with open(check.path("prep.yaml"), "w") as file:
        file.write("output: {overwrite: true}\n")
    targets = list(
        itertools.product(options.profiles.split(","), options.formats.split(",")))
    turn = itertools.cycle(targets)
    for seed in seeds:
        maker = Maker(seed, options.count)
        rows = maker.rows()
        with open(check.path(f"{seed}.jsonl"), "w") as file:
            file.writelines(json.dumps(row) + "\n" for row, _ in rows)
        for profile, form in itertools.islice(turn, 2) if options.few else targets:
            check.check(f"seed {seed} ({maker.layout})", f"{seed}.jsonl", rows, profile, form)
    if not options.keep:
        subprocess.run(["rm", "-rf", folder], check=True)
    for problem in check.problems:
        print(problem[:3000])
    print(f"{check.compared} pairs compared, {len(check.problems)} problems")
    sys.exit(1 if check.problems else 0)


if __name__ == "__main__":
    main()
