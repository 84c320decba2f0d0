#!/usr/bin/env bash
# Types the README's lines from pip to a trained step, as they are written there.
#
# usage: scripts/first-step.sh
#
# The lines run in a folder and a Python environment of their own, with the wheel that
# scripts/wheel.sh has built and the samples as generations. The model's name stands for a small one
# that is made on the spot, in a cache of the Hub of its own; nothing is asked of the Hub.
#
# DPO_PREP_TORCH  the version of torch that pip is held to (default 2.13.0)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

top=$PWD
ls out/wheel/*.whl >/dev/null 2>&1 || die "there is no wheel in out/wheel" "run scripts/wheel.sh"
lines=$(awk '/^pip install / { inside = 1 } /^```/ { inside = 0 } inside' README.md)
[[ $(wc -l <<<"$lines") == 3 ]] || die "README.md has no three lines that begin with pip install"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{folder/gens,folder/out}
ln -s "$top/out/wheel" "$work/folder/out/wheel"
cp samples/nested.jsonl.zst "$work/folder/gens"
python3 -m venv "$work/venv"
export PATH=$work/venv/bin:$PATH HF_HOME=$work/hub HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_QUIET=1 PIP_CONSTRAINT=$work/constraints
# A version, not a build: where there is one without CUDA, pip takes that.
echo "torch==${DPO_PREP_TORCH:-2.13.0}" >"$PIP_CONSTRAINT"

type_line() {
  say "$1"
  (cd "$work/folder" && bash -c "set -eo pipefail; $1")
}

type_line "$(sed -n 1p <<<"$lines")"
model=$(grep -o 'model_name_or_path [^ ]*' <<<"$lines" | cut -d' ' -f2)
cached=$HF_HOME/hub/models--${model//\//--}
mkdir -p "$cached/refs"
printf 'made-on-the-spot' >"$cached/refs/main"
PYTHONPATH=examples python -c 'import sys, train_dpo; train_dpo.tiny_model(sys.argv[1])' \
  "$cached/snapshots/made-on-the-spot"
type_line "$(sed -n 2p <<<"$lines")"
type_line "$(sed -n 3p <<<"$lines")" 2>&1 | tee "$work/log"
grep -q "train_loss" "$work/log" || die "nothing was trained"
say "a trained step"
