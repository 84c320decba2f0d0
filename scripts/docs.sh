#!/usr/bin/env bash
# Builds the documentation as a site in out/site.
#
# usage: scripts/docs.sh [--without-notebook | --update-notebook]
#
# Links that lead nowhere, pages in no list and whatever else Sphinx warns of are errors. The notebook
# docs/tutorial.ipynb is executed for the site, on the program that is built here;
# --without-notebook shows what is stored in it instead, --update-notebook stores what came of it.
#
# DPO_PREP_PROGRAM  a program for the notebook, instead of the release that is built
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

notebook=force
case "${1-}" in
  "") ;;
  --without-notebook) notebook=off ;;
  --update-notebook) notebook=update ;;
  *) die "unknown argument '$1'" "usage: scripts/docs.sh [--without-notebook | --update-notebook]" ;;
esac

if [[ $notebook == off ]]; then
  python=$(scripts/python.sh scripts/requirements-docs.txt)
else
  python=$(scripts/python.sh scripts/requirements-notebook.txt)
  if [[ -z ${DPO_PREP_PROGRAM-} ]]; then
    require_swift
    scripts/setup.sh
    DPO_PREP_PROGRAM=$(released_program)
  fi
  export DPO_PREP_PROGRAM PYTHONPATH=$PWD/python/src HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1
fi
if [[ $notebook == update ]]; then
  say "docs/tutorial.ipynb"
  "$python" scripts/update_notebook.py docs/tutorial.ipynb
  notebook=off
fi

say "out/site"
rm -rf out/site
"$python" -m sphinx --quiet --fail-on-warning --keep-going --builder html --conf-dir docs \
  --define nb_execution_mode="$notebook" --doctree-dir out/site-pages --fresh-env . out/site
# The README is the first page.
cp out/site/README.html out/site/index.html
say "see out/site/index.html"
