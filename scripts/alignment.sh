#!/usr/bin/env bash
# Trains small policies with and without calibration and writes docs/alignment.md with its figure.
#
# usage: scripts/alignment.sh [--help] [arguments of Benchmarks/study/alignment/alignment.py]
#
# Some forty minutes on two cores, and some gigabytes of packages: it is no part of CI, which trains
# a step (scripts/first-step.sh). Nothing but packages is downloaded.
set -euo pipefail
called_from=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
top=$PWD

require_swift
scripts/setup.sh
python=$(scripts/python.sh scripts/requirements-alignment.txt)

program=$(released_program)

# Paths in the arguments are the caller's. Threads that wait do not take the processor from others.
cd "$called_from"
export OMP_WAIT_POLICY=PASSIVE
exec "$python" "$top/Benchmarks/study/alignment/alignment.py" --program "$program" "$@"
