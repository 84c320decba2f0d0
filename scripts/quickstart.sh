#!/usr/bin/env bash
# Installs what is missing, builds dpo-prep and makes a dataset of the samples.
#
# usage: scripts/quickstart.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_swift
scripts/setup.sh

program=$(released_program)

say "dpo-prep run samples/quickstart.yaml"
"$program" run samples/quickstart.yaml

cat <<END

The dataset is in out/quickstart; its README.md is the dataset card.
Load it:    datasets.load_dataset("out/quickstart", split="train")
Your data:  copy samples/quickstart.yaml, change input.paths and output.dir, then
            ${program#"$PWD"/} run your.yaml
END
