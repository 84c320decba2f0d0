#!/usr/bin/env bash
# Measures dpo-prep against its peers and floors, and writes docs/benchmarks.md.
#
# usage: scripts/bench.sh [--help] [arguments of Benchmarks/run.py]
#
# Without arguments every case runs, with made corpora of 60,000 prompts: some twenty-five minutes,
# 4 GB of disk. DPO_PREP_BENCH_PYTHON names a Python with Benchmarks/requirements.txt, instead of the
# one made here.
set -euo pipefail
called_from=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
top=$PWD

require_swift
scripts/setup.sh --bench
python=${DPO_PREP_BENCH_PYTHON-$(scripts/python.sh Benchmarks/requirements.txt)}

say "swift build -c release" >&2
swift build -c release --product dpo-prep >&2
swift build -c release --product dpo-prep-bench >&2
programs=$(swift build -c release --show-bin-path)

# Paths in the arguments are the caller's.
cd "$called_from"
exec "$python" "$top/Benchmarks/run.py" \
  --program "$programs/dpo-prep" --micro "$programs/dpo-prep-bench" "$@"
