#!/usr/bin/env bash
# Installs the wheel into minimal trees of Debian and makes a dataset there.
#
# usage: scripts/wheel-debian.sh [SUITE…]
#
# Without arguments: bookworm and trixie, Debian 12 and 13. Each tree is what debootstrap lays out with
# Python, some 300 MB, in the user's cache folder; it holds no Swift and no C library that Debian does
# not install by itself. Takes root and debootstrap, so it is not part of CI; scripts/wheel-check.sh is.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

suites=("$@")
if [[ ${#suites[@]} == 0 ]]; then suites=(bookworm trixie); fi
((EUID == 0)) || die "only root can lay out a tree of Debian"
command -v debootstrap >/dev/null || die "no debootstrap" "apt-get install debootstrap"
ls out/wheel/*.whl >/dev/null 2>&1 || die "there is no wheel in out/wheel" "run scripts/wheel.sh"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dpo-prep

for suite in "${suites[@]}"; do
  tree=$cache/debian-$suite
  if [[ ! -e $tree/complete ]]; then
    say "laying out $suite"
    rm -rf "$tree"
    debootstrap --variant=minbase --include=python3-venv "$suite" "$tree" >"$tree.log" \
      || die "debootstrap failed" "its words are in $tree.log"
    touch "$tree/complete"
  fi
  rm -rf "$tree/trial"
  mkdir "$tree/trial"
  cp out/wheel/*.whl "$tree/trial"
  cp -a samples "$tree/trial"
  # In a mount namespace of its own: the loader finds libraries beside the program by /proc.
  unshare --mount sh -euc 'mount -t proc proc "$1/proc" && exec chroot "$1" /bin/sh -euc "$2"' sh \
    "$tree" '
    cd /trial
    python3 -m venv venv
    venv/bin/pip install --quiet --no-index --no-deps *.whl
    venv/bin/dpo-prep run --quiet samples/quickstart.yaml
    venv/bin/dpo-prep validate out/quickstart >/dev/null
  '
  if [[ -d out/quickstart/data ]]; then
    for file in out/quickstart/data/* out/quickstart/curve.json; do
      cmp "$file" "$tree/trial/$file"
    done
  fi
  say "$suite ($(chroot "$tree" ldd --version | sed -n '1s/.* //p') glibc): the wheel works"
done
