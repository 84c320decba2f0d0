"""The documentation as a site: the repository's Markdown in the order of docs/README.md.

scripts/docs.sh builds it. The sources' root is that of the repository, so links between pages,
to the README and to files are the same here and on a forge, and each of them is checked.
"""
import os
import re
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
CONTENTS = "docs/README"
LINK = re.compile(r"^(?:\d+\.|-) \[[^]]*\]\(([\w./-]+)\.(?:md|ipynb)\)", re.MULTILINE)

project = "dpo-prep"
root_doc = "README"
include_patterns = ["*.md", "docs/*.md", "docs/*.ipynb", "samples/README.md"]
exclude_patterns = [".build", ".git", "out", "Sources", "Tests", "python", "Benchmarks", "examples"]

extensions = ["myst_nb", "sphinx_copybutton"]
myst_heading_anchors = 4

html_theme = "furo"
html_title = "dpo-prep"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}
# Console prompts and what was printed stay behind when a block is copied.
copybutton_prompt_text = r"\$ |> "
copybutton_prompt_is_regexp = True
copybutton_copy_empty_lines = False

nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_output_stderr = "remove"


def contents(text: str) -> str:
    """The lists of links of docs/README.md as tables of contents, a part for each heading."""
    found = []
    for part in text.split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        links = LINK.findall(body)
        pages = "\n".join("/" + os.path.normpath(f"docs/{link}") for link in links)
        found.append(f"```{{toctree}}\n:hidden:\n:caption: {title}\n\n{pages}\n```\n")
    return "\n".join(found)


def arrange(app, name, source):
    """The README is the first page, with the contents beside it; their own page is in no list."""
    if name == root_doc:
        source[0] += "\n" + contents((TOP / f"{CONTENTS}.md").read_text(encoding="utf-8"))
    elif name == CONTENTS:
        source[0] = "---\norphan: true\n---\n" + source[0]


def setup(app):
    app.connect("source-read", arrange)
