#!/usr/bin/env bash
# Loads datasets of every profile and format with the versions of `datasets` that people have, and
# compares what they say with independent readings of the sources.
#
# usage: scripts/loaders.sh [VERSION…]
#
# Without arguments: 2.14.6, 2.18.0, 3.6.0, 4.0.0 and 5.2.0. Each gets a Python environment of its own
# in the user's cache folder, some 300 MB each. Exit status 1 when something does not load.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

versions=("$@")
if [[ ${#versions[@]} == 0 ]]; then versions=(2.14.6 2.18.0 3.6.0 4.0.0 5.2.0); fi
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dpo-prep

require_swift
scripts/setup.sh --tests
program=$(released_program)

# The Python of a version's environment, which is made if it is not there.
python_with() {
  local version=$1 folder=$cache/datasets-$1
  if [[ ! -e $folder/complete ]]; then
    rm -rf "$folder"
    mkdir -p "$cache"
    python3 -m venv "$folder" >&2
    local packages=("datasets==$version" pyyaml zstandard)
    # Older ones do not bound the versions that they do not work with.
    if [[ $version == 2.* ]]; then packages+=('numpy<2' 'pyarrow<15' 'fsspec<2024'); fi
    "$folder/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
    touch "$folder/complete"
  fi
  echo "$folder/bin/python"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
profiles='[alignment-handbook, h4, trl, trl-implicit, standard, kto, openrlhf, llama-factory,'
profiles+=' axolotl, ms-swift]'
for format in parquet jsonl; do
  compression=zstd
  # LLaMA-Factory loads no compressed JSON Lines.
  if [[ $format == jsonl ]]; then compression=none; fi
  "$program" run --quiet samples/quickstart.yaml "output.dir=$work/$format" \
    "output.format=$format" "output.compression=$compression" "output.profiles=$profiles"
  "$program" run --quiet samples/quickstart.yaml "output.dir=$work/$format-default" \
    "output.format=$format" output.all_answers=true
  # Some with a system turn, or several turns.
  "$program" run --quiet samples/conversations.yaml "output.dir=$work/$format-conversations" \
    "output.format=$format" "output.compression=$compression" "output.profiles=$profiles"
done

# What must be in them, computed from the samples without the program.
reference=$(scripts/python.sh)
"$reference" Tests/oracle/reference.py samples/nested.jsonl.zst --test-fraction 0.1 \
  >"$work/nested" 2>/dev/null
"$reference" Tests/oracle/reference.py samples/conversations.jsonl >"$work/conversations" 2>/dev/null

status=0
for version in "${versions[@]}"; do
  python=$(python_with "$version")
  for dataset in "$work"/*/; do
    name=$(basename "$dataset")
    expected=$work/nested
    if [[ $name == *-conversations ]]; then expected=$work/conversations; fi
    if log=$("$python" Tests/oracle/load_dataset.py "$dataset" "$expected" 2>&1); then
      say "datasets $version, $name: loads ($(grep -c ' rows, ' <<<"$log") splits)"
    else
      say "datasets $version, $name: FAILS"
      printf '%s\n' "$log" | tail -20
      status=1
    fi
  done
  # Made-up rows with whatever messages can hold; twice as many seeds as layouts reach each profile
  # in each format.
  if log=$("$python" Tests/oracle/messages.py "$program" --few --seeds 0-21 --count 12 2>&1); then
    say "datasets $version, made-up messages: $(tail -1 <<<"$log")"
  else
    say "datasets $version, made-up messages: DIFFER"
    printf '%s\n' "$log" | tail -20
    status=1
  fi
done
exit "$status"
