#!/usr/bin/env bash
# Writes anew what repeats the program: the settings and layouts in configs/, docs/configuration.md and
# docs/formats.md, the help in docs/commands.md, and what commands print in README and docs/.
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
"$program" evaluate rewardbench --formats >"$table"
put docs/evaluation.md "| form | fields of a row |" "$table"

# The help of a command and of those that it lists, each under a heading of one level more.
#
# usage: help_of HEADING COMMAND…
help_of() {
  local heading=$1 name
  shift
  printf '\n%s `dpo-prep %s`\n\n```console\n$ dpo-prep %s --help\n' "$heading" "$*" "$*"
  "$program" "$@" --help
  printf '```\n'
  for name in $(listed "$@"); do help_of "#$heading" "$@" "$name"; done
}
listed() {
  "$program" "$@" --help | awk '
    /^(Commands|Actions|Steps|Evaluations):$/ { inside = 1; next }
    !NF { inside = 0 }
    inside && /^  [a-z]/ && $1 != "help" { print $1 }
  '
}
say docs/commands.md
{
  printf '# Commands\n\n'
  printf 'Every command with its options, as `dpo-prep COMMAND --help` prints it.\n\n'
  printf '```console\n$ dpo-prep --help\n'
  "$program" --help
  printf '```\n'
  for name in $(listed); do help_of "##" "$name"; done
} >docs/commands.md

say "what commands print"
python3 scripts/check_docs.py --program "$program" --update
git --no-pager diff --stat -- configs docs README.md
