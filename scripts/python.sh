#!/usr/bin/env bash
# Makes the Python that the tests compare with, once, and prints where it is.
#
# usage: scripts/python.sh [REQUIREMENTS]
#
# REQUIREMENTS  another list of packages (default scripts/requirements-test.txt)
#
# It lives outside the checkout, named for the versions asked for, so every checkout shares it.
# Exit status 1 when it cannot be made, for example without a package index.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

requirements=${1-scripts/requirements-test.txt}
[[ -f $requirements ]] || die "there is no $requirements"
command -v python3 >/dev/null || die "no 'python3' on PATH" "run scripts/setup.sh --tests"
version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
# A list may refer to others, and to that of the tests.
lists=(scripts/requirements-test.txt)
if [[ $requirements != "${lists[0]}" ]]; then lists+=("$requirements"); fi
mapfile -t -O "${#lists[@]}" lists < <(sed -n "s#^-r #$(dirname "$requirements")/#p" "$requirements")
digest=$({ echo "$version"; cat "${lists[@]}"; } | sha256sum | cut -c1-12)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/dpo-prep/venv-$digest

mkdir -p "$(dirname "$folder")"
# Two checkouts may ask at the same time.
exec 9>"$folder.lock"
flock 9

if [[ ! -e $folder/complete ]]; then
  say "installing Python $version packages into $folder" >&2
  rm -rf "$folder"
  python3 -m venv "$folder" >&2 || die "python3 cannot make a venv" "run scripts/setup.sh --tests"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    --requirement "$requirements" >&2 \
    || die "pip could not install $requirements" "is there a network, or a package index?"
  # Marks the end, so an interrupted installation is begun anew.
  touch "$folder/complete"
fi
printf '%s\n' "$folder/bin/python"
