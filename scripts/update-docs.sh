#!/usr/bin/env bash
# Writes anew what repeats the tables of settings and layouts: configs/, docs/configuration.md
# and docs/formats.md.
#
# usage: scripts/update-docs.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

swift build --product dpo-prep
program=$(swift build --show-bin-path)/dpo-prep
"$program" config init >configs/default.yaml
"$program" config schema >configs/dpo-prep.schema.json

# Puts a table in place of the one in a document with the same head, which ends at the first line
# without a bar.
#
# usage: put DOCUMENT HEAD TABLE
put() {
  say "$1"
  awk -v head="$2" -v table="$3" '
    index($0, head) == 1 { while ((getline line < table) > 0) print line; inside = 1 }
    inside && !/^\|/ { inside = 0 }
    !inside { print }
  ' "$1" >"$1.new"
  mv "$1.new" "$1"
}

table=$(mktemp)
trap 'rm -f "$table"' EXIT
"$program" config table >"$table"
put docs/configuration.md "| Key | Default |" "$table"
"$program" inspect --formats >"$table"
put docs/formats.md "| format | answers and scores |" "$table"
git --no-pager diff --stat -- configs docs
