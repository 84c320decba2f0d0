#!/usr/bin/env bash
# Runs the readers over mutations of a corpus under the address sanitizer.
#
# usage: scripts/fuzz.sh [SECONDS] [TARGET]
#
# SECONDS  for all targets together (default 60); hours find more
# TARGET   one of the folders of Tests/Fuzz/corpus (default: each in turn)
#
# DPO_PREP_FUZZ_GROW=1  keeps inputs with a new outcome in the corpus
# DPO_PREP_FUZZ_PLAIN=1 without the sanitizer: faster to build and to run
#
# Exit status 1 when a target ends by a signal; its input stays in out/fuzz, and its seed is printed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

seconds=${1-60}
targets=("${2-}")
if [[ -z ${targets[0]} ]]; then mapfile -t targets < <(ls Tests/Fuzz/corpus); fi

require_swift
options=(-c release --product dpo-prep-fuzz)
if [[ -z ${DPO_PREP_FUZZ_PLAIN-} ]]; then options+=(--sanitize=address --scratch-path .build/asan); fi
swift build "${options[@]}" >&2
driver=$(swift build "${options[@]}" --show-bin-path)/dpo-prep-fuzz

# What ends a process says so itself; a backtrace of each would take longer than the run.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
seed=${DPO_PREP_FUZZ_SEED-$(date +%s)}
share=$((seconds / ${#targets[@]} > 0 ? seconds / ${#targets[@]} : 1))
status=0
# Inputs are written for every execution: in memory that is many times faster than on a disk.
work=$(mktemp -d -p "$(if [[ -w /dev/shm ]]; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi)")
trap 'rm -rf "$work"' EXIT
findings=out/fuzz
for target in "${targets[@]}"; do
  grow=()
  if [[ -n ${DPO_PREP_FUZZ_GROW-} ]]; then grow=(grow); fi
  if ! "$driver" "$target" "Tests/Fuzz/corpus/$target" "$share" "$seed" "$work" "${grow[@]}" |
    tee -a "$work/log"; then
    mkdir -p "$findings"
    cp "$work/current" "$findings/$target-$seed"
    say "$target: FINDING, seed $seed, input $findings/$target-$seed"
    status=1
  fi
done
awk '{ sum += $2 } END { printf "%d executions of %d targets\n", sum, NR }' "$work/log"
exit "$status"
