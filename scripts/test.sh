#!/usr/bin/env bash
# Installs what is missing, then checks the format and the layout, builds, and runs every test.
#
# usage: scripts/test.sh [arguments for `swift test`, such as --filter IngestTests]
#
# DPO_PREP_TESTDATA  a folder of real scored generations; tests that want it skip without it
# DPO_PREP_PYTHON    a Python with scripts/requirements-test.txt, instead of the one made here
# CI=true            whatever the tests need must be there, nothing may skip for want of Python
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_swift
scripts/setup.sh --tests

if [[ -z ${DPO_PREP_PYTHON-} ]]; then
  if python=$(scripts/python.sh); then
    export DPO_PREP_PYTHON=$python
  elif [[ ${CI-} == true ]]; then
    die "no Python for the tests, which CI must have"
  else
    unset DPO_PREP_PYTHON
  fi
fi

say "format"
scripts/format.sh --check
say "layout"
if command -v python3 >/dev/null; then
  python3 scripts/check_layout.py --self-test
  python3 scripts/check_layout.py
elif [[ ${CI-} == true ]]; then
  die "no python3 for scripts/check_layout.py, which CI must have"
else
  say "SKIPPED: scripts/check_layout.py (no python3)"
fi
if [[ -n ${DPO_PREP_PYTHON-} ]]; then
  say "samples"
  "$DPO_PREP_PYTHON" samples/make_samples.py --check
fi

say "swift build"
swift build --build-tests

# The Python API: arguments select certain Swift tests.
if [[ -n ${DPO_PREP_PYTHON-} && $# -eq 0 ]]; then
  say "mypy"
  (cd python && "$DPO_PREP_PYTHON" -m mypy)
  say "pytest"
  DPO_PREP_PROGRAM=$(swift build --show-bin-path)/dpo-prep
  export DPO_PREP_PROGRAM
  (cd python && "$DPO_PREP_PYTHON" -m pytest)
fi

if [[ $# -eq 0 ]]; then
  say "kills"
  DPO_PREP=$(swift build --show-bin-path)/dpo-prep scripts/kill-test.sh 60
  say "fuzz"
  scripts/fuzz.sh 60
fi

# Tests that call the program some thousand times call the one that is shipped; pytest, kills and
# fuzz had the one with the debug build's checks.
DPO_PREP_PROGRAM=$(released_program)
export DPO_PREP_PROGRAM

say "swift test"
[[ -n ${DPO_PREP_PYTHON-} ]] || say "SKIPPED: tests that compare with Python (none could be made)"
if [[ -n ${DPO_PREP_TESTDATA-} ]]; then
  # Tests run in folders of their own, so a relative path would lose its meaning.
  DPO_PREP_TESTDATA=$(cd "$DPO_PREP_TESTDATA" && pwd) || die "DPO_PREP_TESTDATA is no folder"
  export DPO_PREP_TESTDATA
else
  say "SKIPPED: tests on real generations (DPO_PREP_TESTDATA is not set)"
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# All tests are Swift Testing; XCTest would only report that it ran none.
swift test --skip-build --disable-xctest "$@" 2>&1 | tee "$log" || status=$?

# The reasons again at the end, where they are seen.
skipped=$(grep -E '(Test|Suite) .* skipped' "$log" | sort -u || true)
if [[ -n $skipped ]]; then
  say "skipped:"
  printf '%s\n' "$skipped"
fi
exit "$status"
