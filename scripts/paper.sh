#!/usr/bin/env bash
# Repeats the paper's experiments on downloaded scores and writes docs/paper.md.
#
# usage: scripts/paper.sh [--help] [arguments of Benchmarks/paper/paper.py]
#
# --data FOLDER has what was downloaded, under the names it has where it comes from:
#
#   reward-bench-results  dataset allenai/reward-bench-results of the Hugging Face Hub
#   reward-bench          dataset allenai/reward-bench of the Hugging Face Hub
#   JudgeBench            github.com/ScalerLab/JudgeBench
#   LLMBar                github.com/princeton-nlp/LLMBar
#   alpaca_eval           github.com/tatsu-lab/alpaca_eval
#
# What is missing is named on the page. Without --data it is DPO_PREP_TESTDATA.
set -euo pipefail
called_from=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
top=$PWD

require_swift
scripts/setup.sh

program=$(released_program)

# Paths in the arguments are the caller's.
cd "$called_from"
exec python3 "$top/Benchmarks/paper/paper.py" --program "$program" "$@"
