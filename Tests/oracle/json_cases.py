#!/usr/bin/env python3
"""Seeded cases for the JSON reader, one JSON object a line, answered by Python's own.

    json_cases.py [--count 2000] [--seed 1]

string            base64: a JSON string in UTF-8. chars, words, markdown: Python's counts of its
                  value; bytes: its length in UTF-8; value: base64 of that; lone: whether it
                  holds a lone surrogate, which stands as U+FFFD in value (and counts as it is).
number            text: a JSON number, or NaN, Infinity, -Infinity. bits: the double, big endian,
                  16 hexadecimal digits, or "nan".
number_in_string  text: what stands inside a string. bits as above, or null where it is no number.
document          base64: a JSON text changed at random. valid: whether Python's strict reader
                  takes it.
malformed         base64: a text that no strict reader may take. label: what is wrong with it.

Only the standard library is needed. The same arguments give the same lines.
"""
import argparse
import base64
import json
import math
import random
import struct

from rows import SURROGATE, markdown

# Pieces of JSON strings as they stand in a file, grouped by what they exercise.
PLAIN = ["a", "word", " ", "  ", "The quick answer", "x1", *"./'{],:\x7f"]
ESCAPES = [r"\"", r"\\", r"\/", r"\b", r"\f", r"\n", r"\r", r"\t", r"\\\"", r"\\\\", r"\\u0041"]
SPACES = [
    *(rf"\u{c:04x}" for c in (0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0xA0, 0x1680, 0x2000, 0x200A)),
    *(rf"\u{c:04X}" for c in (0x2028, 0x2029, 0x202F, 0x205F, 0x3000)),
    *"\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000",
]
# Looks like white space, and is none: zero width, joiners, the Mongolian separator, a BOM.
NO_SPACES = ["\u200b", "\u200d", "\u2060", "\u180e", "\ufeff", r"\u200B", r"\ufeff", r"\u0000"]
UNICODE = ["é", "e\u0301", "数学", "日本語", "Привет", "ß", "\u07ff", "\u0800", "\uffff", "\ud7ff"]
ASTRAL = ["😀", "👩‍👩‍👧", "🇩🇪", "\U00010000", "\U0010ffff", r"\ud83d\ude00", r"\uD834\uDD1E"]
LONE = [
    r"\ud83d",
    r"\ude00",
    r"\ude00\ud83d",
    r"\ud83d\ud83d",
    r"\ude00\ude00",
    r"\ud83d\ud83d\ude00",
    r"\ud83d\ude00\ude00",
    r"\ud83dx\ude00",
    r"\ud83d\n\ude00",
    r"\ud83d\u0041",
    r"\ud83d\\ude00",
    r"\udbff",
    r"\udc00",
]
MARKDOWN = [
    *(r"\n# ", r"\n## Head", "# ", r"\n###### x", r"\n####### x", r"\n   # x", r"\n    # x"),
    *(r"\n- item", r"\n* item", r"\n+ item", r"\n1. item", r"\n12.\tx", "- x", r"\n\t- deep"),
    *(r"\n-item", r"\n1.item", r"\r\n- item", r"\n٣. item", r"\n\u00a0- item", r"\n#\u2003x"),
    *("**bold**", "__bold__", "**", "__", "****", "**a\\nb**", "**a__b**c__", "***x***"),
    *(r"\n\n# a", r"\n#\n#\n", r"\n- - x", r"\n \n \n# x", r"\u2028# x", r"\r# x", r"\n#\t"),
]
ALPHABETS = [
    [PLAIN],
    [PLAIN, ESCAPES],
    [PLAIN, SPACES, NO_SPACES],
    [PLAIN, UNICODE, ASTRAL],
    [PLAIN, LONE],
    [LONE, ASTRAL],
    [PLAIN, MARKDOWN],
    [MARKDOWN],
    [PLAIN, ESCAPES, SPACES, NO_SPACES, UNICODE, ASTRAL, LONE, MARKDOWN],
]

SPECIAL_NUMBERS = """
0 -0 0.0 -0.0 1 -1 10 123456789 0e0 0E+5 1e0 1E1 1e+2 1e-2 1.5e3 -1.5E-3 0.1 0.2 0.3 1e5 1e-5
4.5 3.14159 100000000000000000000 1e22 1e23 9007199254740991 9007199254740992 9007199254740993
9007199254740994 9007199254740995 18014398509481985 36028797018963969 -9007199254740993
18446744073709551615 18446744073709551616 9223372036854775807 9223372036854775808
1e308 1.7976931348623157e308 1.7976931348623158e308 1.7976931348623159e308 1.8e308 1e309 1e999
-1e999 1e99999 -1e-99999 1e-323 5e-324 4.9e-324 2.5e-324 2.4703282292062327e-324
2.4703282292062328e-324 2.2250738585072014e-308 2.2250738585072011e-308 2.225073858507201e-308
1e-400 -1e-400 0e999 0.0e-999 0e99999999999999999999 1e-99999999999999999999
6.631236846766476e-316 3.237883913302901e-319 8.41e21 2.0919495182368195e19
7.2057594037927933e16 0.500000000000000166533453693773481063544750213623046875
1.00000000000000011102230246251565404236316680908203125
1.00000000000000011102230246251565404236316680908203124
1.00000000000000011102230246251565404236316680908203126
NaN Infinity -Infinity
""".split()

SPECIAL_STRINGS = [
    *("4.5", " 4.5", "4.5 ", "\t4.5\n", "\u00a04.5\u2003", "+4.5", "-4.5", "+-4", "--4", ".5"),
    *("5.", ".", "", " ", "-.5", "+.5e1", "5.e1", ".e1", "1e5", "1E+5", "1e", "1e+", "e5", "1 2"),
    *("1_000", "1_0.0_1", "1e1_0", "1__0", "_1", "1_", "1_.5", "1._5", "1e_5", "1_e5", "-_1"),
    *("nan", "NaN", "NAN", "+nan", "-nan", "nan(1)", "nanx", "snan", "na n"),
    *("inf", "Inf", "-inf", "+INF", "infinity", "-Infinity", "InFiNiTy", "infinit", "in f"),
    *("0x1p3", "0x10", "1f", "1.0f", "1d5", "1,5", "1.5.2", "n/a", "None", "null", "true", "½"),
    *("00012", "-007.50", "1e999", "-1e999", "1e-999", "0" * 400 + "1", "1" + "0" * 400),
    *("9007199254740993", "0." + "0" * 350 + "1e350", "1\x00", "\x001", "1\u200b", "\ufeff1"),
]

MALFORMED = {
    "nothing": b"",
    "white space only": b"   ",
    "open object": b'{"a": 1',
    "open array": b"[1, 2",
    "open string": b'{"a": "x',
    "open key": b'{"a',
    "key without value": b'{"a"}',
    "key without value after colon": b'{"a":}',
    "no colon": b'{"a" 1}',
    "two colons": b'{"a":: 1}',
    "stray comma in an object": b'{"a": 1,}',
    "stray comma in an array": b"[1,]",
    "leading comma in an object": b'{,"a": 1}',
    "leading comma in an array": b"[,1]",
    "two commas": b'{"a": 1,, "b": 2}',
    "no comma in an object": b'{"a": 1 "b": 2}',
    "no comma in an array": b"[1 2]",
    "key without quotes": b"{a: 1}",
    "key in single quotes": b"{'a': 1}",
    "number as key": b"{1: 2}",
    "null as key": b"{null: 2}",
    "string in single quotes": b"{\"a\": 'x'}",
    "wrong closing bracket": b'{"a": [1}}',
    "wrong closing brace": b'[{"a": 1]]',
    "closing bracket too many": b'{"a": 1}]',
    "closing brace too many": b'{"a": 1}}',
    "trailing text": b'{"a": 1} x',
    "two documents": b'{"a": 1} {"b": 2}',
    "comment": b'{"a": 1 /* one */}',
    "line comment": b'{"a": 1} // one',
    "capital literal": b'{"a": True}',
    "capital null": b'{"a": NULL}',
    "cut literal": b'{"a": tru}',
    "long literal": b'{"a": nullx}',
    "literal and number": b'{"a": true1}',
    "bare word": b'{"a": undefined}',
    "small nan": b'{"a": nan}',
    "minus NaN": b'{"a": -NaN}',
    "plus Infinity": b'{"a": +Infinity}',
    "cut Infinity": b'{"a": Infinit}',
    "inf": b'{"a": inf}',
    "plus sign": b'{"a": +1}',
    "minus alone": b'{"a": -}',
    "two minus signs": b'{"a": --1}',
    "leading zero": b'{"a": 01}',
    "leading zeros": b'{"a": -00.5}',
    "no digit after the point": b'{"a": 1.}',
    "no digit before the point": b'{"a": .5}',
    "no digit in the exponent": b'{"a": 1e}',
    "sign without exponent": b'{"a": 1e+}',
    "point in the exponent": b'{"a": 1e5.5}',
    "hexadecimal": b'{"a": 0x10}',
    "digits with underscore": b'{"a": 1_000}',
    "two points": b'{"a": 1.2.3}',
    "space in a number": b'{"a": 1 .5}',
    "unknown escape": rb'{"a": "\x41"}',
    "escaped single quote": rb'{"a": "\'"}',
    "capital escape": rb'{"a": "\N"}',
    "cut escape": b'{"a": "\\',
    "short unicode escape": rb'{"a": "\u12"}',
    "no hexadecimal digit": rb'{"a": "\u12g4"}',
    "sign in a unicode escape": rb'{"a": "\u+123"}',
    "space in a unicode escape": rb'{"a": "\u 123"}',
    "underscore in a unicode escape": rb'{"a": "\u1_23"}',
    "capital unicode escape": rb'{"a": "\U0001f600"}',
    "bad escape after a surrogate": rb'{"a": "\ud83d\x"}',
    "cut escape after a surrogate": rb'{"a": "\ud83d\u12"}',
    "raw tab": b'{"a": "x\ty"}',
    "raw line feed": b'{"a": "x\ny"}',
    "raw carriage return": b'{"a": "x\ry"}',
    "raw zero byte": b'{"a": "x\x00y"}',
    "raw unit separator": b'{"a": "x\x1fy"}',
    "raw tab in a key": b'{"a\tb": 1}',
    "zero byte after the document": b'{"a": 1}\x00',
    "form feed as white space": b'{"a":\x0c1}',
    "vertical tab as white space": b'{"a":\x0b1}',
    "no-break space as white space": b'{"a":\xc2\xa01}',
    "continuation byte alone": b'{"a": "\x80"}',
    "byte FF": b'{"a": "\xff"}',
    "byte FE": b'{"a": "\xfe"}',
    "two-byte sequence cut": b'{"a": "\xc3"}',
    "three-byte sequence cut": b'{"a": "\xe2\x82"}',
    "four-byte sequence cut": b'{"a": "\xf0\x9f\x98"}',
    "two-byte overlong": b'{"a": "\xc0\xaf"}',
    "two-byte overlong C1": b'{"a": "\xc1\xbf"}',
    "three-byte overlong": b'{"a": "\xe0\x80\xaf"}',
    "four-byte overlong": b'{"a": "\xf0\x80\x80\xaf"}',
    "surrogate in UTF-8": b'{"a": "\xed\xa0\xbd"}',
    "surrogate pair in UTF-8": b'{"a": "\xed\xa0\xbd\xed\xb8\x80"}',
    "beyond U+10FFFF": b'{"a": "\xf4\x90\x80\x80"}',
    "five-byte sequence": b'{"a": "\xf8\x88\x80\x80\x80"}',
    "invalid UTF-8 in a key": b'{"\xff": 1}',
    "invalid UTF-8 outside a string": b'{"a": 1}\xff',
    "Latin-1": '{"a": "café"}'.encode("latin-1"),
    "UTF-16": '{"a": 1}'.encode("utf-16"),
}

DOCUMENTS = [
    r'{"prompt": "What is \"this\"?", "response": "caf\u00e9 \ud83d\ude00", "reward": -1.25e-3}',
    '{"prompt": "日本語", "all_generated_responses": ["a", null], "all_rm_scores": [1, NaN]}',
    '{"a": {"b": [true, false, null, {}, []], "c": ""}, "d": "\\\\", "e": 0, "f": -Infinity}',
    r'{"completions": [{"response": "x\ny", "reward": "4.5"}, {"response": "\\", "reward": 1E5}]}',
    '[{"role": "user", "content": "# Hi\\n- **a**"}, {"role": "assistant", "content": "/\\/"}]',
]
JUNK = [*'"\\{}[],:01-+.eun \té']


def encoded(data):
    return base64.b64encode(data).decode("ascii")


def bits(value):
    return "nan" if math.isnan(value) else struct.pack(">d", value).hex()


def loads(text):
    # Integers as doubles: what is read is a reward, and Python's own limit on digits is not JSON's.
    return json.loads(text, parse_int=float)


def string_case(rng):
    alphabets = rng.choice(ALPHABETS)
    pieces = [rng.choice(rng.choice(alphabets)) for _ in range(rng.choice([0, 1, 2, 5, 12, 40]))]
    source = '"' + "".join(pieces) + '"'
    value = loads(source)
    written = SURROGATE.sub("\ufffd", value).encode()
    return {
        "kind": "string",
        "base64": encoded(source.encode()),
        "chars": len(value),
        "words": len(value.split()),
        "markdown": markdown(value),
        "bytes": len(written),
        "value": encoded(written),
        "lone": bool(SURROGATE.search(value)),
    }


def random_double(rng):
    while True:
        value = struct.unpack(">d", rng.randbytes(8))[0]
        if math.isfinite(value):
            return value


def halfway(rng):
    """The exact decimal of the middle of two neighbouring doubles, or a digit beside it."""
    import decimal

    exact = decimal.Context(prec=2000)
    low = abs(rng.choice([random_double(rng), rng.uniform(-10, 10), rng.random() * 1e-310]))
    middle = exact.divide(
        exact.add(decimal.Decimal(low), decimal.Decimal(math.nextafter(low, 0.0))), 2
    )
    text = format(middle, "e").replace("e+", "e")
    mantissa, exponent = text.split("e")
    if "." not in mantissa:
        mantissa += ".0"
    return mantissa + rng.choice(["", "", "0", "1", "000001"]) + "e" + exponent


def number_text(rng):
    kind = rng.randrange(9)
    value = random_double(rng)
    if kind == 0:
        return repr(value)
    if kind == 1:
        return repr(rng.gauss(0, 3))
    if kind == 2:
        return "%.17g" % value
    if kind == 3:
        return "%.*f" % (rng.randrange(1, 30), rng.uniform(-1000, 1000))
    if kind == 4:
        return "%.*E" % (rng.randrange(0, 40), value)
    if kind == 5:
        return str(rng.getrandbits(rng.randrange(1, 1200)) * rng.choice([1, -1]))
    if kind == 6:
        subnormal = rng.getrandbits(rng.randrange(1, 53))
        return repr(struct.unpack(">d", struct.pack(">Q", subnormal))[0])
    if kind == 7:
        return halfway(rng)
    digits = "".join(rng.choice("0123456789") for _ in range(rng.randrange(1, 900)))
    return f"{rng.randrange(10)}.{digits}e{rng.randrange(-340, 320)}"


def number_case(text):
    return {"kind": "number", "text": text, "bits": bits(loads(text))}


def number_in_string_case(text):
    try:
        answer = bits(float(text))
    except ValueError:
        answer = None
    return {"kind": "number_in_string", "text": text, "bits": answer}


def disguised(rng):
    """A number as a string may hold it, or something close to one."""
    text = number_text(rng)[:60]
    for _ in range(rng.randrange(3)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice([" ", "_", "+", "-", ".", "e", "0", "x", "\t"]) + text[at:]
    return text


def document_case(rng):
    text = list(rng.choice(DOCUMENTS))
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
        at = rng.randrange(len(text))
        change = rng.randrange(3)
        if change == 0:
            del text[at]
        elif change == 1:
            text[at] = rng.choice(JUNK)
        else:
            text.insert(at, rng.choice(JUNK))
    source = "".join(text)
    try:
        loads(source)
        valid = True
    except ValueError:
        valid = False
    return {"kind": "document", "base64": encoded(source.encode()), "valid": valid}


def malformed_case(label, data):
    try:
        loads(data.decode("utf-8"))
    except ValueError:  # both of Python's own errors are
        return {"kind": "malformed", "label": label, "base64": encoded(data)}
    raise AssertionError(f"Python reads this: {label}")


def cases(count, seed):
    rng = random.Random(seed)
    for _ in range(count):
        yield string_case(rng)
    for text in SPECIAL_NUMBERS:
        yield number_case(text)
    for _ in range(count):
        yield number_case(number_text(rng))
    for text in SPECIAL_STRINGS:
        yield number_in_string_case(text)
    for _ in range(count // 4):
        yield number_in_string_case(disguised(rng))
    for _ in range(count):
        yield document_case(rng)
    for label, data in MALFORMED.items():
        yield malformed_case(label, data)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000, help="random cases of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for case in cases(options.count, options.seed):
        print(json.dumps(case))


if __name__ == "__main__":
    main()
