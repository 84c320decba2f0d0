#!/usr/bin/env python3
"""Executes a notebook and stores what came of it, without what differs from run to run.

    update_notebook.py NOTEBOOK
"""
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

path = pathlib.Path(sys.argv[1])
notebook = nbformat.read(path, as_version=4)
NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}}).execute()
for cell in notebook.cells:
    # When cells ran, and by which version of Python.
    cell.metadata.pop("execution", None)
    if "outputs" in cell:
        cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
notebook.metadata = {
    "kernelspec": notebook.metadata.kernelspec, "language_info": {"name": "python"},
}
nbformat.write(notebook, path)
