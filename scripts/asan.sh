#!/usr/bin/env bash
# Builds with the address sanitizer and runs the tests.
#
# usage: scripts/asan.sh [arguments for `swift test`, such as --filter ParquetTests]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_swift
scripts/setup.sh --tests
if [[ -z ${DPO_PREP_PYTHON-} ]] && python=$(scripts/python.sh); then
  export DPO_PREP_PYTHON=$python
fi
# Leaks are none of a test that ends its process.
export ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no
swift test --sanitize=address --scratch-path .build/asan --disable-xctest "$@"
