#!/usr/bin/env bash
# Installs the wheel as a user would and makes a dataset with it where there is nothing but glibc.
#
# usage: scripts/wheel-check.sh [FOLDER]
#
# FOLDER  where scripts/wheel.sh has put the wheel and the source archive (default out/wheel)
#
# The program runs in a root folder of its own that holds glibc, the installed package and the
# samples: no Swift, no C library, no shell. That takes root, or a system that lets users have
# namespaces of their own. Where out/quickstart is there, its data has to be the same, byte by byte.
set -euo pipefail
called_from=$PWD
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=$PWD/out/wheel
if [[ -n ${1-} ]]; then folder=$(cd "$called_from" && realpath "$1"); fi
wheel=$(echo "$folder"/*.whl)
sources=$(echo "$folder"/*.tar.gz)
[[ -e $wheel && -e $sources ]] || die "there is no wheel in $folder" "run scripts/wheel.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=$(command -v python3)

say "installing the wheel"
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"
version=$(sed -n 's/^package let dpoPrepVersion = "\(.*\)"$/\1/p' Sources/Job/Version.swift)
for command in "$work/venv/bin/dpo-prep" "$work/venv/bin/python -m dpo_prep"; do
  # shellcheck disable=SC2086 # the words of the command
  found=$(env -i PATH=/nonexistent $command --version)
  [[ $found == *"$version"* ]] || die "$command --version says '$found', not $version"
done
for file in man/man1/dpo-prep-run.1 bash-completion/completions/dpo-prep \
  zsh/site-functions/_dpo-prep fish/vendor_completions.d/dpo-prep.fish; do
  [[ -s $work/venv/share/$file ]] || die "the wheel lacks share/$file"
done
status=0
env -i "$work/venv/bin/dpo-prep" run nothing.yaml 2>/dev/null || status=$?
((status != 0)) || die "the exit status of the program is lost"

say "making a dataset where there is nothing but glibc"
root=$work/root
mkdir -p "$root"/{tmp,proc,dev}
packages=$("$work/venv/bin/python" -c 'import dpo_prep; print(dpo_prep.__path__[0])')
cp -a "$packages" "$packages"/../dpo_prep.libs "$root" 2>/dev/null || cp -a "$packages" "$root"
cp -a samples "$root"
for library in $(ldd "$root/dpo_prep/bin/dpo-prep" | grep -o '/[^ ]*'); do
  case $(basename "$library") in
    ld-linux-* | libc.so.6 | libm.so.6 | libpthread.so.0 | libdl.so.2 | librt.so.1)
      mkdir -p "$root$(dirname "$library")"
      cp -L "$library" "$root$library"
      ;;
  esac
done
# In a mount namespace of its own: /proc tells the program its arguments and where its libraries are.
namespace=(unshare --mount)
if ((EUID != 0)); then namespace+=(--user --map-root-user); fi
inside() {
  "${namespace[@]}" env PATH="$PATH:/usr/sbin:/sbin" sh -c '
    mount --rbind /proc "$1/proc" && root=$1 && shift && exec env -i "$(command -v chroot)" "$root" "$@"
  ' sh "$root" "$@"
}
if "${namespace[@]}" true 2>/dev/null; then
  inside /dpo_prep/bin/dpo-prep run samples/quickstart.yaml
  inside /dpo_prep/bin/dpo-prep validate out/quickstart
  if [[ -d out/quickstart/data ]]; then
    for file in out/quickstart/data/* out/quickstart/curve.json; do
      cmp "$file" "$root/$file"
    done
    say "the same bytes as out/quickstart"
  fi
else
  say "SKIPPED: the system gives no namespaces to run it in"
fi

say "what the source archive says without Swift"
tar -xzf "$sources" -C "$work"
top=$(basename "$sources" .tar.gz)
[[ -e $work/$top/Package.swift && -e $work/$top/LICENSE ]] || die "the source archive is not whole"
builder=$(scripts/python.sh scripts/requirements-wheel.txt)
said=$(cd "$work/$top" && env -i PATH=/nonexistent "$builder" -m hatchling build -t wheel 2>&1) \
  && die "a wheel was built without Swift"
grep -q 'Swift toolchain' <<<"$said" || die "without Swift the build says only:" "$said"
say "the wheel works"
