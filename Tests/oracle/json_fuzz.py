#!/usr/bin/env python3
"""Judges what the JSON scanner made of documents, with Python's own reader.

    json_fuzz.py < DOCUMENTS

Standard input holds, for each document, its length (4 bytes, little endian) and bytes, then the
length and bytes of what the scanner read, or the length 0xFFFFFFFF where it refused it. What was
read is written in prefix form: n, t, f; # and a double of 8 bytes; " and a length and UTF-8, with
U+FFFD for lone surrogates; [ values ]; { keys and values }, of equal keys the last value at the
place of the first.

Prints a line for each document that Python judges or reads otherwise, and last how many there were
and how many of them Python takes. Only the standard library is needed.
"""
import base64
import json
import math
import re
import struct
import sys

REFUSED = 0xFFFFFFFF
SURROGATE = re.compile("[\ud800-\udfff]")


def written(value, into):
    if value is None:
        into.append(b"n")
    elif value is True:
        into.append(b"t")
    elif value is False:
        into.append(b"f")
    elif isinstance(value, str):
        text = SURROGATE.sub("\ufffd", value).encode()
        into.append(b'"' + struct.pack("<I", len(text)) + text)
    elif isinstance(value, dict):
        into.append(b"{")
        for key, member in value.items():
            written(key, into)
            written(member, into)
        into.append(b"}")
    elif isinstance(value, list):
        into.append(b"[")
        for element in value:
            written(element, into)
        into.append(b"]")
    else:
        into.append(b"#" + struct.pack("<d", value))
    return into


def members(pairs):
    """An object; names are the same that are once their lone surrogates are replaced."""
    return {SURROGATE.sub("\ufffd", key): value for key, value in pairs}


def integer(digits):
    """Integers count as doubles, as the rewards that they are."""
    value = float(digits)
    return math.copysign(math.inf, value) if math.isinf(value) else value


def judged(document):
    try:
        value = json.loads(
            document.decode(), object_pairs_hook=members, parse_int=integer)
    except (ValueError, RecursionError):
        return None
    return b"".join(written(value, []))


def main():
    stream = sys.stdin.buffer
    count = accepted = 0
    while head := stream.read(4):
        document = stream.read(struct.unpack("<I", head)[0])
        length = struct.unpack("<I", stream.read(4))[0]
        ours = None if length == REFUSED else stream.read(length)
        theirs = judged(document)
        count += 1
        accepted += theirs is not None
        if ours != theirs:
            verdict = ("refused" if ours is None else "taken" if theirs is None else "read otherwise")
            print(f"wrongly {verdict}: {base64.b64encode(document).decode()}")
    print(f"{count} {accepted}")


main()
