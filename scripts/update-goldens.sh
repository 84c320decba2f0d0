#!/usr/bin/env bash
# Writes the expected numbers of the tests anew, with the program each of them names as its source.
# Look at the difference before committing it.
#
# usage: scripts/update-goldens.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

scripts/setup.sh --tests
python=${DPO_PREP_PYTHON:-$(scripts/python.sh)}

generators=(Tests/CalibrateTests/Golden/generate.py)
for generator in "${generators[@]}"; do
  say "$generator"
  "$python" "$generator"
done
git --no-pager diff --stat -- Tests
