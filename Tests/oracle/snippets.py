"""The blocks of code in a Markdown file: what a dataset's card or a document tells people."""
import os
import re

# What cards write for the folder that they are in.
FOLDER = "path/to/this/folder"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(text):
    """The languages and texts of the fenced blocks, in order."""
    return [(match[1], match[2]) for match in BLOCK.finditer(text)]


def of_card(folder):
    """For each profile the blocks of a dataset's card, with the path put in."""
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        card = file.read()
    loading = card.split("\n## Loading\n", 1)[1].replace(FOLDER, folder)
    sections = re.split(r"^### (.+)\n", loading, flags=re.MULTILINE)[1:]
    return dict(zip(sections[::2], map(blocks, sections[1::2])))


def command(block):
    """The words of a console block's command, and its options by name."""
    import shlex

    line = block.replace("\\\n", " ").removeprefix("$ ").replace("…", "")
    words = shlex.split(line)
    options, name = {}, None
    for word in words:
        if word.startswith("--"):
            name = word[2:]
            options[name] = True
        elif name is not None:
            options[name] = word
            name = None
    return words, options
