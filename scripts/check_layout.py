#!/usr/bin/env python3
"""Checks that imports point down the tiers and that folders inside a module form no cycle.

usage: check_layout.py [ROOT]        check the tree at ROOT, by default the one this script is in
       check_layout.py --self-test   check that a bad tree is found bad, and a good one good

Three things are checked, of what is in Sources (docs/architecture.md has the reasons):
- a module imports modules of lower tiers, and of its own tier only what ALLOWED names;
- imports form no cycle;
- the folders of a module form no cycle, told by the names of types: a folder uses another where a
  name stands that only the other declares. Extensions declare nothing.

Every finding is printed with its file, and the status is 1 where there is one. Only the Python
standard library is needed.
"""
import re
import sys
import tempfile
from pathlib import Path

# From the ground up. C libraries, whose modules are named C..., are below all of them.
TIERS = [
    ("Ground", ["CKernels", "Bytes", "Text", "JSON", "Columns", "Work", "Records", "Hashing"]),
    ("Formats", ["Parquet", "Arrow", "Settings", "Ingest"]),
    ("Readings", ["Rows", "Tokenizer", "Clean"]),
    ("Engines", ["Scan", "Calibrate", "Curves", "PairBuilder", "Audit", "Evaluate", "Emit", "Report"]),
    ("Steps", ["Job"]),
    ("Surface", ["Terminal", "Arguments", "Views"]),
    ("Program", ["dpo-prep"]),
]

# What a module may import of its own tier.
ALLOWED = {
    "Bytes": {"CKernels"},
    "Text": {"CKernels", "Bytes"},
    "JSON": {"CKernels", "Bytes", "Text"},
    "Records": {"JSON"},
    "Arrow": {"Parquet"},
    "Ingest": {"Parquet", "Arrow"},
    "Audit": {"Calibrate"},
    "Curves": {"Calibrate"},
    "Evaluate": {"Calibrate"},
    "Report": {"Calibrate"},
    "Arguments": {"Terminal"},
    "Views": {"Terminal"},
}

IMPORT = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)\n]*\))?[ \t]+)*(?:(?:public|package|internal|fileprivate|private)[ \t]+)?"
    r"import[ \t]+(?:(?:struct|class|enum|protocol|func|var|let|typealias)[ \t]+)?(\w+)", re.M)
DECLARATION = re.compile(
    r"^(?:@\w+(?:\([^)\n]*\))?\s+)*((?:(?:public|package|internal|private|fileprivate|indirect|final)"
    r"\s+)*)(?:struct|class|enum|protocol|actor|typealias)\s+(\w+)", re.M)
# One pass, whichever begins first: a quote in a comment opens nothing, nor a slash in a string.
NOISE = re.compile(
    r'//[^\n]*|/\*.*?\*/|#*"""(.*?)"""#*|#"[^\n]*?"#|"((?:\\\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|'
    r'\\.|[^"\\\n])*)"', re.S)
INTERPOLATION = re.compile(r"\\\(([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")


def code(text):
    """The text without comments and strings; what is interpolated into strings stays."""
    def kept(match):
        inside = (match[1] or match[2] or "")
        lines = "\n" * match[0].count("\n")
        return " " + " ".join(INTERPOLATION.findall(inside)) + " " + lines
    return NOISE.sub(kept, text)


class Source:
    """A Swift file: what it imports, declares at its top level, and mentions."""

    def __init__(self, path, root):
        self.path = path.relative_to(root)
        self.module = self.path.parts[1]
        self.folder = self.path.parts[2] if len(self.path.parts) > 3 else ""
        text = code(path.read_text(encoding="utf-8"))
        self.imports = {
            match[1]: text.count("\n", 0, match.start(1)) + 1 for match in IMPORT.finditer(text)}
        self.declared, private = set(), set()
        for modifiers, name in DECLARATION.findall(text):
            (private if re.search(r"\b(file)?private\b", modifiers) else self.declared).add(name)
        # A name behind a point is a member's, unless the module stands before the point.
        body = IMPORT.sub("", text)
        mentioned = {
            name for before, name in re.findall(r"(\w*\.)?\b([A-Z]\w*)", body)
            if not before or before == self.module.replace("-", "_") + "."}
        # Nested types have the names of others at times; inside the file they mean the nested one.
        nested = set(re.findall(
            r"^[ \t]+(?:[\w@]+\s+)*?(?:struct|class|enum|protocol|actor|typealias|case)\s+([A-Z]\w*)",
            text, re.M))
        generic = set(re.findall(r"[<,]\s*([A-Z]\w*)\s*(?=[:,>])(?!,?\s*\w+\()", " ".join(
            re.findall(r"(?:func|struct|class|enum|init|subscript)\b[^\n({]*?(<[^\n({]*>)", body))))
        self.mentioned = mentioned - private - nested - generic


def cycle(edges):
    """A cycle of a graph that gives for each node its successors; None where there is none."""
    done, trail = set(), []

    def visit(node):
        if node in trail:
            return trail[trail.index(node):] + [node]
        if node in done:
            return None
        trail.append(node)
        for successor in sorted(edges.get(node, ())):
            found = visit(successor)
            if found:
                return found
        done.add(trail.pop())
        return None

    for node in sorted(edges):
        found = visit(node)
        if found:
            return found
    return None


def cycles(edges):
    """Cycles, one after the other, each without an edge of those before it."""
    edges = {node: set(successors) for node, successors in edges.items()}
    while found := cycle(edges):
        yield found
        for first, second in zip(found, found[1:]):
            edges[first].discard(second)


def imports(sources, modules):
    """What is wrong with the imports."""
    tier = {module: place for place, (_, names) in enumerate(TIERS) for module in names}
    edges, files = {}, {}
    for module in sorted(modules - tier.keys()):
        yield f"Sources/{module}: the module has no tier; name it in scripts/check_layout.py"
    for source in sources:
        for name, line in sorted(source.imports.items()):
            # A module `dpo-prep` is imported as `dpo_prep`.
            name = next((module for module in modules if module.replace("-", "_") == name), name)
            if name not in modules:
                continue
            edges.setdefault(source.module, set()).add(name)
            files.setdefault((source.module, name), f"{source.path}:{line}")
            if source.module not in tier or name not in tier or name == source.module:
                continue
            here, there = tier[source.module], tier[name]
            if there > here:
                yield (f"{source.path}:{line}: {source.module} ({TIERS[here][0]}) imports {name}, "
                       f"which is higher ({TIERS[there][0]})")
            elif there == here and name not in ALLOWED.get(source.module, ()):
                yield (f"{source.path}:{line}: {source.module} imports {name} of its own tier "
                       f"({TIERS[here][0]}), which is not allowed")
    for found in cycles(edges):
        yield "imports go round: " + ", ".join(
            f"{first} imports {second} ({files[first, second]})"
            for first, second in zip(found, found[1:]))


def folders(module, sources):
    """What is wrong with the folders of a module; files outside folders belong to none."""
    home = {}
    for source in sources:
        for name in source.declared:
            home.setdefault(name, set()).add(source.folder)
    edges, reasons = {}, {}
    for source in sources:
        if not source.folder:
            continue
        for name in sorted(source.mentioned):
            owners = home.get(name, set())
            if len(owners) != 1 or owners & {"", source.folder}:
                continue
            owner = next(iter(owners))
            edges.setdefault(source.folder, set()).add(owner)
            reasons.setdefault((source.folder, owner), []).append(f"{source.path} uses {name}")
    for found in cycles(edges):
        yield f"Sources/{module}: folders go round: {' -> '.join(found)}" + "".join(
            f"\n    {first} -> {second}: {reason}"
            for first, second in zip(found, found[1:]) for reason in reasons[first, second][:4])


def findings(root):
    """Everything that is wrong with the tree."""
    sources = [Source(path, root) for path in sorted((root / "Sources").rglob("*.swift"))]
    if not sources:
        return [f"{root}/Sources: no Swift files"]
    modules = {source.module for source in sources}
    modules |= {name for _, names in TIERS for name in names if (root / "Sources" / name).is_dir()}
    found = list(imports(sources, modules))
    for module in sorted(modules):
        found += folders(module, [source for source in sources if source.module == module])
    return found


def self_test():
    """Whether bad trees are found bad and a good one good."""
    good = {
        "Text/Words.swift": "package enum Words {}\n",
        "JSON/Value.swift": "internal import Text\n/// Not `import Rows`.\nenum Value {}\n",
        "Ingest/Bytes/Source.swift": "struct Source { var text = \"Chunk \\\" //\" } // Chunk\n",
        "Ingest/Framing/Chunk.swift": "package import JSON\nstruct Chunk { var source: Source }\n",
    }
    bad = [
        ("which is higher", {"JSON/Bad.swift": "@testable internal import Ingest\n"}),
        ("of its own tier", {"Text/Bad.swift": "package import JSON\n"}),
        ("imports go round", {"Text/Bad.swift": "import JSON\n"}),
        ("has no tier", {"Novel/Bad.swift": "enum Bad {}\n"}),
        ("folders go round", {"Ingest/Bytes/Bad.swift": "func bad(_ chunk: Chunk) {}\n"}),
        ("folders go round", {"Ingest/Bytes/Bad.swift": "extension Chunk { var bad: Int { 1 } }\n"}),
        ("folders go round",
         {"Ingest/Bytes/Bad.swift": "let bad = \"what \\(Chunk.self) is\"\n"}),
    ]

    def judge(files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / "Sources" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return findings(Path(folder))

    failures = [f"a good tree is found bad: {finding}" for finding in judge(good)]
    for words, files in bad:
        found = judge(good | files)
        if not any(words in finding for finding in found):
            failures.append(f"nothing says '{words}' of {files}; found: {found}")
    return failures


def main(arguments):
    if arguments == ["--self-test"]:
        found = self_test()
    elif len(arguments) <= 1 and not any(argument.startswith("-") for argument in arguments):
        root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
        found = findings(root.resolve())
    else:
        print(__doc__, file=sys.stderr)
        return 2
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
