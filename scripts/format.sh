#!/usr/bin/env bash
# Formats the tracked Swift files in place; with --check, lints them strictly and changes nothing.
#
# usage: scripts/format.sh [--check]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_swift
case "${1-}" in
  --check) command=(lint --strict) ;;
  "") command=(format --in-place) ;;
  *) die "unknown argument '$1'" "usage: scripts/format.sh [--check]" ;;
esac

tracked() {
  if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files -z -- '*.swift'
  else
    # Unpacked from an archive: everything there is ours.
    find Package.swift Sources Tests Benchmarks -name '*.swift' -print0
  fi
}
files=()
while IFS= read -r -d '' file; do
  # A file that was deleted but not yet committed is tracked and not there.
  if [[ -f $file ]]; then files+=("$file"); fi
done < <(tracked)
swift format "${command[@]}" --configuration .swift-format --parallel "${files[@]}"
