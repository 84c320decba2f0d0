#!/usr/bin/env bash
# Writes anew what repeats the table of settings: configs/, docs/configuration.md and README.md.
#
# usage: scripts/update-docs.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

swift build --product dpo-prep
program=$(swift build --show-bin-path)/dpo-prep
"$program" config init >configs/default.yaml
"$program" config schema >configs/dpo-prep.schema.json

# Puts the table in place of the one that is there, which ends at the first line without a bar.
table=$(mktemp)
trap 'rm -f "$table"' EXIT
"$program" config table >"$table"
for document in docs/configuration.md README.md; do
  say "$document"
  awk -v table="$table" '
    /^\| Key \| Default \|/ { while ((getline line < table) > 0) print line; inside = 1 }
    inside && !/^\|/ { inside = 0 }
    !inside { print }
  ' "$document" >"$document.new"
  mv "$document.new" "$document"
done
git --no-pager diff --stat -- configs docs README.md
