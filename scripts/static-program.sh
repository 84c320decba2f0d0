#!/usr/bin/env bash
# Builds a release of dpo-prep that needs no library of the system but glibc, ISA-L and Oniguruma,
# and prints its path, last.
#
# usage: scripts/static-program.sh
#
# Beside it is NOTICES, the licences of the C libraries in it.
#
# Swift's standard library and the other C libraries are linked statically. Distributions have no static
# ISA-L and no static Oniguruma: a wheel carries the shared ones.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_swift

# The linker looks into this folder first, and finds nothing but archives there.
folder=$PWD/.build/static
archives=$folder/archives
rm -rf "$archives"
mkdir -p "$archives"
mapfile -t names < <(sed -n 's/^ *link "\(.*\)"$/\1/p' Sources/C*/module.modulemap)
for name in "${names[@]}" brotlicommon stdc++; do
  [[ $name == isal || $name == onig ]] && continue
  archive=$(clang -print-file-name="lib$name.a")
  [[ -e $archive ]] || die "there is no lib$name.a" "scripts/setup.sh installs the C libraries"
  ln -s "$(realpath "$archive")" "$archives/lib$name.a"
done

# Debian's pkg-config files would put the system's folder before it, with its shared libraries: these
# name nothing.
descriptions=$folder/pkgconfig
rm -rf "$descriptions"
mkdir -p "$descriptions"
mapfile -t described < <(sed -n 's/.*systemLibrary(.* pkgConfig: "\([^"]*\)".*/\1/p' Package.swift)
for name in "${described[@]}"; do
  printf 'Name: %s\nDescription: %s\nVersion: 0\nLibs:\nCflags:\n' "$name" "$name" \
    >"$descriptions/$name.pc"
done
export PKG_CONFIG_PATH=$descriptions

clang -O2 -fPIC -Wall -Wextra -Werror -c scripts/older_glibc.c -o "$folder/older_glibc.o"

say "swift build -c release, statically" >&2
options=(
  -c release --product dpo-prep --scratch-path "$folder" --static-swift-stdlib
  -Xswiftc "-L$archives" -Xlinker -lbrotlicommon
  -Xlinker "$folder/older_glibc.o"
  -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
  # The program is not loaded as a library; what it does not call can go.
  -Xlinker --no-export-dynamic -Xlinker --gc-sections
)
# What is linked beside the modules can be newer than the program.
rm -f "$(swift build "${options[@]}" --show-bin-path)/dpo-prep"
swift build "${options[@]}" >&2
products=$(swift build "${options[@]}" --show-bin-path)

# The licences of the C libraries ask that their text goes where the program goes.
mapfile -t packages < <(sed -n 's/.*systemLibrary(.* apt: "\([^"]*\)".*/\1/p' Package.swift)
for package in "${packages[@]}"; do
  printf '======== %s\n\n' "$package"
  cat "/usr/share/doc/$package/copyright"
  printf '\n'
done >"$products/NOTICES"

printf '%s\n' "$products/dpo-prep"
