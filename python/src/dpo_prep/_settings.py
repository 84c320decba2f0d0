"""Turns settings of Python into arguments of the program."""
from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Union

PathLike = Union[str, "os.PathLike[str]"]
#: A configuration: the path of a YAML file, or what would stand in one.
Config = Union[None, PathLike, Mapping[str, Any]]


#: Settings whose values are mappings.
_MAPPINGS = {"input.fields.reward", "input.fields.rewards"}


def flattened(settings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted keys and values.

    >>> list(flattened({"calibration": {"frac": 0.5}, "output.dir": "out"}))
    [('calibration.frac', 0.5), ('output.dir', 'out')]
    >>> list(flattened({"input.fields": {"rewards": {"a": "scores.a", "b": "scores.b"}}}))
    [('input.fields.rewards', {'a': 'scores.a', 'b': 'scores.b'})]
    """
    for name, value in settings.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping) and key not in _MAPPINGS:
            yield from flattened(value, f"{key}.")
        else:
            yield key, value


def argument(key: str, value: Any) -> str:
    """A setting as the command line has it; JSON is YAML.

    >>> argument("input.paths", ["a b.jsonl"])
    'input.paths=["a b.jsonl"]'
    """
    return f"{key}={json.dumps(value, default=_plain, ensure_ascii=False)}"


def _plain(value: object) -> object:
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return dict(value)
    item = getattr(value, "item", None)
    if callable(item):
        # A number of NumPy.
        return item()
    if isinstance(value, (set, frozenset, tuple, Sequence)):
        return list(value)
    raise TypeError(f"a setting cannot be a {type(value).__name__}")


def _has_dotted_keys(value: Any) -> bool:
    return isinstance(value, Mapping) and any(
        "." in str(key) or _has_dotted_keys(inner) for key, inner in value.items())


def source(config: Config, overrides: Mapping[str, Any]) -> tuple[list[str], bytes]:
    """The operands of a command that takes a configuration, and its standard input.

    A mapping is read as a file with the same content would be, but for dotted keys, which files
    have in the section ``sweep`` alone.
    """
    if config is None or isinstance(config, Mapping):
        file: dict[str, Any] = {}
        settings: dict[str, Any] = {}
        for name, value in (config or {}).items():
            if "." in str(name) or (name != "sweep" and _has_dotted_keys(value)):
                settings.update(flattened({name: value}))
            else:
                file[name] = value
        settings.update(flattened(overrides))
        text = json.dumps(file, default=_plain, ensure_ascii=False)
        arguments = [argument(key, value) for key, value in settings.items()]
        return ["-", *arguments], os.fsencode(text)
    if not isinstance(config, (str, os.PathLike)):
        raise TypeError(
            "a configuration is a path or a mapping of settings, found a "
            f"{type(config).__name__}; rows go in as input=...")
    arguments = [argument(key, value) for key, value in flattened(overrides)]
    path = os.fspath(config)
    # A file called `-` is meant as a file.
    return ["./-" if path == "-" else path, *arguments], b""
