# shellcheck shell=bash
# What the other scripts share. Sourced, never run.

# Every script works from the top of the checkout, wherever it was called from.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

say() { printf '==> %s\n' "$*"; }

# Prints a message and what to do about it, then ends the script.
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  if (($# > 0)); then printf '  %s\n' "$@" >&2; fi
  exit 1
}

require_swift() {
  command -v swift >/dev/null || die "no 'swift' on PATH" \
    "install the Swift toolchain, 6.2 or newer: https://www.swift.org/install/linux/"
}

# Builds the program as it is shipped and prints where it is.
released_program() {
  require_swift
  say "swift build -c release" >&2
  # In a substitution errors do not end the script by themselves.
  swift build -c release --product dpo-prep >&2 || return
  printf '%s/dpo-prep\n' "$(swift build -c release --show-bin-path)"
}
