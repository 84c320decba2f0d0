#!/usr/bin/env bash
# Finds out by experiment when calibration helps and when it hurts, and writes docs/study.md.
#
# usage: scripts/study.sh [--help] [arguments of Benchmarks/study/study.py]
#
# Without arguments some ten minutes on two cores. Made worlds need nothing; pairs that people
# labelled are those of DPO_PREP_TESTDATA, where it is set. Exit status 1 where the results do not
# bear out what the documentation says.
set -euo pipefail
called_from=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
top=$PWD

require_swift
scripts/setup.sh
python=${DPO_PREP_PYTHON-$(scripts/python.sh)}

program=$(released_program)

# Paths in the arguments are the caller's.
cd "$called_from"
exec "$python" "$top/Benchmarks/study/study.py" --program "$program" "$@"
