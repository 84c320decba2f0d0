#!/usr/bin/env bash
# Installs what the build needs beside the Swift toolchain, from the distribution's own packages.
#
# usage: scripts/setup.sh [--tests | --bench]
#
# --tests also installs what only the tests call, and --bench what the benchmarks call as well.
# Nothing is changed when nothing is missing.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# What Package.swift says of its system libraries.
mapfile -t libraries < <(sed -n 's/.*systemLibrary(.* apt: "\([^"]*\)".*/\1/p' Package.swift)
mapfile -t pkg_config_names < <(
  sed -n 's/.*systemLibrary(.* pkgConfig: "\([^"]*\)".*/\1/p' Package.swift
)
libraries+=(pkg-config)
test_packages=(zstd xz-utils bzip2 lz4 zip gzip tar zsh fish librsvg2-bin)
test_commands=(zstd xz bzip2 lz4 zip gzip tar zsh fish rsvg-convert)

with_tests=false
case "${1-}" in
  --tests) with_tests=true ;;
  --bench)
    with_tests=true
    test_packages+=(isal)
    test_commands+=(igzip)
    ;;
  "") ;;
  *) die "unknown argument '$1'" "usage: scripts/setup.sh [--tests | --bench]" ;;
esac

has_venv() { python3 -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Systems without apt: nothing can be installed from here, but it can be told what is missing.
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  missing=()
  if command -v pkg-config >/dev/null; then
    for name in "${pkg_config_names[@]}"; do
      pkg-config --exists "$name" || missing+=("$name")
    done
  else
    missing+=(pkg-config "${pkg_config_names[@]}")
  fi
  if $with_tests; then
    for name in "${test_commands[@]}"; do
      command -v "$name" >/dev/null || missing+=("$name")
    done
    has_venv || missing+=("python3 with venv")
  fi
  ((${#missing[@]} == 0)) && exit 0
  die "this system has no apt-get, and these are missing: ${missing[*]}" \
    "install them, with development headers, with the system's package manager;" \
    "Debian calls the libraries: ${libraries[*]}"
fi

wanted=("${libraries[@]}")
if $with_tests; then wanted+=("${test_packages[@]}"); fi

# dpkg-query fails when it does not know one of the names, which is an answer too.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for name in "${wanted[@]}"; do
  grep -qx "installed $name" <<<"$installed" || missing+=("$name")
done
# A Python that is not the distribution's brings its own venv.
if $with_tests && ! has_venv; then missing+=(python3 python3-venv); fi
((${#missing[@]} == 0)) && exit 0

as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || die "installing packages needs root, and there is no sudo" \
    "run as root: apt-get update && apt-get install -y ${missing[*]}"
  as_root=(sudo)
fi
apt_get() {
  # A fresh machine may be busy with its unattended upgrades: wait for the lock, but not for ever.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -o DPkg::Lock::Timeout=180 -o Dpkg::Use-Pty=0 "$@"
}

say "installing ${missing[*]}"
# An index that cannot be refreshed may still do, so only the installation decides.
apt_get update >/dev/null || say "the package index could not be refreshed; trying with the old one"
apt_get install -y --no-install-recommends "${missing[@]}" >/dev/null \
  || die "apt-get could not install: ${missing[*]}" \
    "is there a network, and does 'apt-get update' work? Then run this script again," \
    "or install these packages by other means"
say "installed"
