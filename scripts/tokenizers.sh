#!/usr/bin/env bash
# Counts over a million words in many scripts with `tokenizers` and with `dpo-prep job measure`, by the
# tokenizers of several models and by trained ones of the common kinds, and compares every count.
#
# usage: scripts/tokenizers.sh [WORDS]
#
# WORDS  how many words of real text at least (default 1000000)
#
# Prints the figures of docs/tokens.md as a table. Exit status 1 where any text has another count.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_swift
scripts/setup.sh --tests
program=$(released_program)
python=$(scripts/python.sh scripts/requirements-tokenizers.txt)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -B Tests/tokenizers/compare.py "$program" "$work" --words "${1-1000000}"
