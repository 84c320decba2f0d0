"""Makes datasets that `datasets.load_dataset` loads or refuses, and compares `dpo-prep validate`.

usage: loader_cases.py PROGRAM FOLDER [--matrix]

Writes every dataset below FOLDER, loads it with the real loader, runs PROGRAM on it and prints a
Markdown table. The exit status is 1 if the two disagree anywhere. With --matrix also every pair of
kinds of value in one file and in two, some 1,500 datasets, of which only disagreements are printed.
"""

import contextlib
import gzip
import itertools
import json
import logging
import os
import pathlib
import subprocess
import sys

ROW = {"prompt": "p", "chosen": "a", "rejected": "b"}
# What validate finds because of types and loading; its other errors are about training.
CODES = {
    "null_column", "late_columns", "late_keys", "integers_before_floats", "mixed_types",
    "type_changes", "empty_list_column", "unreadable_row", "malformed_row", "empty_split",
}


def row(number, fields):
    """A row that trainers take, with its number in the texts so that no two are the same."""
    return {**{key: value + str(number) for key, value in ROW.items()}, **fields}


def lines(*rows, start=0):
    """JSON Lines; a string is what stands behind the usual columns."""
    text = ""
    for number, fields in enumerate(rows, start):
        if isinstance(fields, str):
            text += json.dumps(row(number, {}))[:-1] + ", " + fields + "}\n"
        else:
            text += json.dumps(row(number, fields)) + "\n"
    return text


def one(*rows):
    return {"train.jsonl": lines(*rows)}


def two(first, second):
    return {
        "train-0.jsonl": lines(*first),
        "train-1.jsonl": lines(*second, start=1000),
    }


def values(first, second):
    return two([{"v": value} for value in first], [{"v": value} for value in second])


def message(**fields):
    return {"m": [{"role": "user", "content": "c", **fields}]}


def large(fields, last, count=1300):
    """One file of more than 10 MB of which the last row differs."""
    rows = [{**fields, "text": "x" * 9000} for _ in range(count)]
    return {"train.jsonl": lines(*rows, {**last, "text": "x"})}


def card(features):
    return "---\ndataset_info:\n  features:\n" + features + "---\n"


TEXTS = "".join(f"  - name: {name}\n    dtype: string\n" for name in ROW)

CASES = {
    # Within the first block everything goes.
    "the same columns": one({}, {}),
    "null, then strings, one file": one({"v": None}, {"v": "s"}),
    "[], then strings in it, one file": one({"v": []}, {"v": ["s"]}),
    "1, then 1.5, one file": one({"v": 1}, {"v": 1.5}),
    "true, then 1, one file": one({"v": True}, {"v": 1}),
    "1, then a string, one file": one({"v": 1}, {"v": "s"}),
    "a string, then a list, one file": one({"v": "s"}, {"v": ["s"]}),
    "a list, then an object, one file": one({"v": [1]}, {"v": {"a": 1}}),
    "strings and numbers in a list": one({"v": ["s", 1]}),
    "keys that vary, one file": one({"v": {"a": 1}}, {"v": {"b": 1}}),
    "message keys that vary, one file": one(message(name="n"), message()),
    "a late column, one file": one({}, {"v": 1}),
    "a column that goes away, one file": one({"v": 1}, {}),
    "nothing but null": one({"v": None}, {"v": None}),
    # The first file settles the types.
    "null, then a string": values([None], ["s"]),
    "null, then null": values([None], [None]),
    "a string, then null": values(["s"], [None]),
    "null, then []": values([None], [[]]),
    "[], then [1]": values([[]], [[1]]),
    "[], then [null]": values([[]], [[None]]),
    "[1], then []": values([[1]], [[]]),
    "[1], then [1.5]": values([[1]], [[1.5]]),
    "1, then 1.5": values([1], [1.5]),
    "1, then 2.0": values([1], [2.0]),
    "1.5, then 1": values([1.5], [1]),
    "1.5, then 2^60": values([1.5], [2**60]),
    "1.5, then 2^53": values([1.5], [2**53]),
    "1.5, then 2^53 + 1": values([1.5], [2**53 + 1]),
    "1, then 2^63": values([1], [2**63]),
    "1, then true": values([1], [True]),
    "true, then 2": values([True], [2]),
    "true, then 'yes'": values([True], ["yes"]),
    "true, then 'True'": values([True], ["True"]),
    "1, then 's'": values([1], ["s"]),
    "1, then '12'": values([1], ["12"]),
    "1.5, then '2.5'": values([1.5], ["2.5"]),
    "1.5, then 's'": values([1.5], ["s"]),
    "'s', then 1.5": values(["s"], [1.5]),
    "'s', then ['s']": values(["s"], [["s"]]),
    "'s', then {a}": values(["s"], [{"a": 1}]),
    "{a: 's'}, then {a: {b}}": values([{"a": "s"}], [{"a": {"b": 1}}]),
    "['s'], then 's'": values([["s"]], ["s"]),
    "['s'], then [1]": values([["s"]], [[1]]),
    "dates, then a date": values(["2024-01-01"], ["2024-01-02T10:00:00Z"]),
    "dates, then another string": values(["2024-01-01"], ["unknown"]),
    "dates, then fractions of seconds": values(["2024-01-01"], ["2024-01-02T10:00:00.5"]),
    "dates and strings, then a string": values(["2024-01-01", "x"], ["unknown"]),
    "fractions of seconds, then a string": values(["2024-01-01T10:00:00.5"], ["unknown"]),
    "dates, then a number": values(["2024-01-01"], [1.5]),
    # Columns and keys.
    "a late column": two([{}], [{"v": 1}]),
    "a late column of null": two([{}], [{"v": None}]),
    "a column that goes away": two([{"v": 1}], [{}]),
    "another order": two([{"v": 1, "w": 2}], [{"w": 2, "v": 1}]),
    "a late key": values([{"a": 1}], [{"a": 1, "b": 2}]),
    "a key that goes away": values([{"a": 1, "b": 2}], [{"a": 1}]),
    "{a: null}, then {a: 1}": values([{"a": None}], [{"a": 1}]),
    "{a: {b: null}}, then {a: {b: 1}}": values([{"a": {"b": None}}], [{"a": {"b": 1}}]),
    "{a: []}, then {a: ['s']}": values([{"a": []}], [{"a": ["s"]}]),
    "{}, then {a}": values([{}], [{"a": 1}]),
    "{a}, then {}": values([{"a": 1}], [{}]),
    "{a}, then 's'": values([{"a": 1}], ["s"]),
    "a message's name null, then a string": two([message(name=None)], [message(name="n")]),
    "a message's name late": two([message()], [message(name="n")]),
    "a message's name goes away": two([message(name="n")], [message()]),
    "a message's content a string, then a list": two(
        [message()], [{"m": [{"role": "user", "content": ["c"]}]}]
    ),
    "no messages, then messages": two([{"m": []}], [message()]),
    "keys that vary, then a third": values([{"a": 1}, {"b": 1}], [{"c": 1}]),
    "message keys that vary, then a third": two([message(name="n"), message()], [message(id=1)]),
    "message keys that vary, then a number": two(
        [message(name="n"), message()], [{"m": 1}]
    ),
    # Several kinds in a later block.
    "'s', then 's' and 1": values(["s"], ["s", 1]),
    "1, then 1 and 's'": values([1], [1, "s"]),
    "1, then true and 2": values([1], [True, 2]),
    "['s'], then 's' and ['s']": values([["s"]], ["s", ["s"]]),
    "'s' and 1, then {a}": values(["s", 1], [{"a": 1}]),
    "null, then 's' and 1": values([None], ["s", 1]),
    "keys that vary in a later file": values([{"a": 1, "b": 1}], [{"a": 1}, {"b": 1}]),
    # Splits.
    "test: a late column": {"train.jsonl": lines({}), "test.jsonl": lines({"v": 1}, start=9)},
    "test: a column less": {"train.jsonl": lines({"v": 1}), "test.jsonl": lines({}, start=9)},
    "test: strings, train: null": {
        "train.jsonl": lines({"v": None}), "test.jsonl": lines({"v": "s"}, start=9)},
    "test: null, train: strings": {
        "train.jsonl": lines({"v": "s"}), "test.jsonl": lines({"v": None}, start=9)},
    "test: strings, validation: null": {
        "validation.jsonl": lines({"v": None}), "test.jsonl": lines({"v": "s"}, start=9)},
    "an empty split": {"train.jsonl": lines({}), "test.jsonl": ""},
    "an empty first file": {"train-0.jsonl": "", "train-1.jsonl": lines({})},
    # JSON and its readers.
    "a blank line": {"train.jsonl": lines({}) + "\n" + lines({}, start=9)},
    "a blank line, and keys that vary": {
        "train-0.jsonl": lines({"v": {"a": 1}}) + "\n" + lines({"v": {"b": 1}}, start=9),
        "train-1.jsonl": lines({"v": {"c": 1}}, start=99),
    },
    "keys that vary, then a blank line": {
        "train-0.jsonl": lines({"v": {"a": 1}}, {"v": {"b": 1}}),
        "train-1.jsonl": lines({"v": {"c": 1}}, start=9) + "\n" + lines({"v": {"c": 1}}, start=99),
    },
    "no line feed at the end": {"train.jsonl": lines({}, {})[:-1]},
    "a byte order mark": {"train.jsonl": "\ufeff" + lines({}, {})},
    "half of a surrogate pair": one({}, {"v": "s"}, '"v": "\\ud800"'),
    "a surrogate pair": one({"v": "s"}, '"v": "\\ud83d\\ude00"'),
    "a key twice": one({"v": 1}, '"v": 1, "v": 2'),
    "a key twice in an object": one({"v": {"a": 1}}, '"v": {"a": 1, "a": 2}'),
    "a key twice in a list of objects": one({"v": [{"a": 1}]}, '"v": [{"a": 1, "a": 2}]'),
    "a key twice, once escaped": one({"v": {"a": 1}}, '"v": {"a": 1, "\\u0061": 2}'),
    "a key twice in an array": {"train.json": "[" + lines('"v": 1, "v": 2') + "]"},
    "a row that is cut": {"train.jsonl": lines({}) + '{"prompt": "p'},
    "a row that is a list": {"train.jsonl": lines({}) + "[1]\n"},
    "10^30 among numbers": one({"v": 1.5}, {"v": 10**30}),
    "10^30 beside a string": one({"v": "s"}, {"v": 10**30}),
    "2^64 - 1 beside a string": one({"v": "s"}, {"v": 2**64 - 1}),
    "2^64 beside a string": one({"v": "s"}, {"v": 2**64}),
    "an array": {"train.json": json.dumps([row(0, {"v": 1}), row(1, {"v": 1.5, "w": 1})])},
    "an array with several kinds": {
        "train.json": json.dumps([row(0, {"v": 1}), row(1, {"v": "s"})])},
    "two arrays, null and strings": {
        "train-0.json": json.dumps([row(n, {"v": None}) for n in (0, 1)]),
        "train-1.json": json.dumps([row(n, {"v": "s"}) for n in (2, 3)]),
    },
    # Cards that declare the types.
    "null, then strings, declared": {
        **values([None], ["s"]),
        "README.md": card(TEXTS + "  - name: v\n    dtype: string\n"),
    },
    "[], then strings in it, declared": {
        **values([[]], [["s"]]), "README.md": card(TEXTS + "  - name: v\n    list: string\n")},
    "late keys, declared": {
        **values([{"a": 1}], [{"a": 1, "b": "s"}]),
        "README.md": card(
            TEXTS + "  - name: v\n    struct:\n    - name: a\n      dtype: int64\n"
            "    - name: b\n      dtype: string\n"),
    },
    "fractions, declared as whole": {
        **values([1], [1.5]), "README.md": card(TEXTS + "  - name: v\n    dtype: int64\n")},
    "a column that is not declared": {**values([1], [1]), "README.md": card(TEXTS)},
    # Parquet has types of its own.
    "Parquet: a string column of null, then strings": {
        "train-0.parquet": {"v": (["string"], [None])},
        "train-1.parquet": {"v": (["string"], ["s"])},
    },
    "Parquet: a null column, then strings": {
        "train-0.parquet": {"v": (["null"], [None])},
        "train-1.parquet": {"v": (["string"], ["s"])},
    },
    "Parquet: a null column, then a string column of null": {
        "train-0.parquet": {"v": (["null"], [None])},
        "train-1.parquet": {"v": (["string"], [None])},
    },
    "Parquet: lists of strings, all empty, then some": {
        "train-0.parquet": {"v": (["list", "string"], [[]])},
        "train-1.parquet": {"v": (["list", "string"], [["s"]])},
    },
    "Parquet: whole numbers, then fractions": {
        "train-0.parquet": {"v": (["int64"], [1])},
        "train-1.parquet": {"v": (["float64"], [1.5])},
    },
    "Parquet: whole numbers, then doubles that are whole": {
        "train-0.parquet": {"v": (["int64"], [1])},
        "train-1.parquet": {"v": (["float64"], [2.0])},
    },
    "Parquet: strings and large strings": {
        "train-0.parquet": {"v": (["string"], ["s"])},
        "train-1.parquet": {"v": (["large_string"], ["s"])},
    },
    "Parquet: strings, then lists of null": {
        "train-0.parquet": {"v": (["string"], ["s"])},
        "train-1.parquet": {"v": (["list", "string"], [None])},
    },
    "Parquet: a late column": {
        "train-0.parquet": {}, "train-1.parquet": {"v": (["string"], ["s"])}},
    "Parquet: a column that goes away": {
        "train-0.parquet": {"v": (["string"], ["s"])}, "train-1.parquet": {}},
    # Files that are longer than a block.
    "10 MB of null, then a string": large({"v": None}, {"v": "s"}),
    "10 MB of [], then [1]": large({"v": []}, {"v": [1]}),
    "10 MB, then a late key": large({"v": {"a": 1}}, {"v": {"b": 1}}),
    "10 MB of null, then a string, gzip": {
        name + ".gz": gzip.compress(text.encode(), 1)
        for name, text in large({"v": None}, {"v": "s"}).items()
    },
    "5 MB of null, then a string": large({"v": None}, {"v": "s"}, count=600),
}


def matrix():
    kinds = {
        "null": None, "true": True, "1": 1, "1.5": 1.5, "2.0": 2.0, "'s'": "s", "'12'": "12",
        "'1.5'": "1.5", "'true'": "true", "date": "2024-01-01", "time": "2024-01-01T10:00:00Z",
        "[]": [], "[null]": [None], "[1]": [1], "[1.5]": [1.5], "['s']": ["s"], "{}": {},
        "{a}": {"a": 1}, "{a, b}": {"a": 1, "b": 2}, "{a: null}": {"a": None}, "[{a}]": [{"a": 1}],
        "[{a, b}]": [{"a": 1, "b": 2}], "[{}]": [{}], "2^63": 2**63, "-1": -1, "10^30": 10**30,
        "[['s']]": [["s"]], "['s', 1]": ["s", 1], "2^60": 2**60,
    }
    for (one_name, value), (other_name, other) in itertools.product(kinds.items(), repeat=2):
        if one_name != other_name:
            yield f"{one_name} | {other_name}", one({"v": value}, {"v": other})
            yield f"{one_name} || {other_name}", values([value], [other])


def write(folder, files):
    folder.mkdir(parents=True)
    for number, (name, content) in enumerate(files.items()):
        if isinstance(content, dict):
            write_parquet(folder / name, number, content)
        elif isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            (folder / name).write_text(content, encoding="utf-8")


def write_parquet(path, number, columns):
    """One row: the usual columns and others, each with its type and values."""
    import pyarrow
    import pyarrow.parquet

    def arrow(names):
        first, *rest = names
        return pyarrow.list_(arrow(rest)) if first == "list" else getattr(pyarrow, first)()

    table = {key: pyarrow.array([text]) for key, text in row(number, {}).items()}
    for name, (names, cells) in columns.items():
        table[name] = pyarrow.array(cells, type=arrow(names))
    pyarrow.parquet.write_table(pyarrow.table(table), path)


def loads(folder, cache):
    """None where the dataset loads, else the innermost error."""
    import datasets

    try:
        with open(os.devnull, "w") as null, contextlib.redirect_stderr(null):
            datasets.load_dataset(str(folder), cache_dir=str(cache))
    except BaseException as error:
        while error.__cause__:
            error = error.__cause__
        return type(error).__name__
    return None


def errors(program, folder):
    ended = subprocess.run(
        [program, "validate", "-q", "--json", str(folder)], capture_output=True, text=True)
    if not ended.stdout:
        return [f"status {ended.returncode}: {ended.stderr.strip()}"]
    found = json.loads(ended.stdout)["findings"]
    return sorted(
        {each["code"] for each in found if each["severity"] == "error" and each["code"] in CODES})


def main(arguments):
    program, folder = arguments[0], pathlib.Path(arguments[1]).absolute()
    cache = folder / "cache"
    os.environ.update(
        HF_HOME=str(cache), HF_HUB_OFFLINE="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1")
    import datasets

    datasets.disable_caching()
    logging.disable(logging.CRITICAL)
    cases = [(name, files, True) for name, files in CASES.items()]
    if "--matrix" in arguments:
        cases += [(name, files, False) for name, files in matrix()]
    print("| case | `load_dataset` | `validate` |")
    print("|---|---|---|")
    disagreements = 0
    for number, (name, files, is_shown) in enumerate(cases):
        place = folder / f"case-{number}"
        write(place, files)
        refused, found = loads(place, cache), errors(program, place)
        agrees = bool(refused) == bool(found)
        disagreements += not agrees
        if is_shown or not agrees:
            codes = ", ".join(f"`{code}`" for code in found)
            mark = "" if agrees else " **DISAGREES**"
            print(f"| {name} | {refused or 'loads'} | {codes or 'passes'}{mark} |")
    print(f"\n{len(cases)} datasets, {disagreements} disagreements", file=sys.stderr)
    return disagreements > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
