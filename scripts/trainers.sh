#!/usr/bin/env bash
# Trains two steps, or loads, with the trainers themselves, on what the cards of datasets say.
#
# usage: scripts/trainers.sh [NAME…]
#
# NAME  trl-0.12.2 trl-0.24.0 trl-0.29.1 trl-1.16.0 handbook-main handbook-0.3.0 handbook-0.2.0
#       llama-factory axolotl ms-swift openrlhf; all of them without one
#
# Each gets a Python environment of its own in the user's cache folder, with the real packages from
# the package index, and all share one torch. No GPU and no network beyond the index are used: the
# model is made on the spot. What came of it, with versions and dates, goes into docs/train.md.
# Exit status 1 when something fails. It is not part of every CI run: it installs some gigabytes.
#
# DPO_PREP_HANDBOOK  a git repository of alignment-handbook; without it the handbook is skipped
# DPO_PREP_PROGRAM   a dpo-prep to use instead of the one that is built here
# DPO_PREP_TORCH     what pip installs as torch (default torch), for example a build without CUDA
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

everything=(
  trl-0.12.2 trl-0.24.0 trl-0.29.1 trl-1.16.0 handbook-main handbook-0.3.0 handbook-0.2.0
  llama-factory axolotl ms-swift openrlhf)
names=("$@")
if [[ ${#names[@]} == 0 ]]; then names=("${everything[@]}"); fi
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dpo-prep/trainers

# The packages of an environment, then those whose own demands are left out: they ask for GPU
# packages, for servers, or for a torch of their own.
packages() {
  case $1 in
    trl-0.12.2) echo 'transformers<4.47 datasets<4 rich psutil | trl==0.12.2 accelerate==1.2.1' ;;
    trl-0.24.0 | handbook-main)
      echo 'transformers<5 datasets<4.5 rich psutil | trl==0.24.0 accelerate==1.11.0 peft==0.18.1' ;;
    trl-0.29.1) echo 'transformers<5.6 datasets==5.2.0 psutil | trl==0.29.1 accelerate' ;;
    trl-1.16.0) echo 'transformers datasets==5.2.0 psutil | trl==1.16.0 accelerate' ;;
    handbook-0.3.0 | handbook-0.2.0)
      echo 'transformers<4.45 datasets<3 huggingface_hub<0.25 numpy<2 pyarrow<18 rich psutil' \
        'tyro | trl==0.9.6 accelerate==0.34.2 peft==0.13.2' ;;
    llama-factory)
      echo 'transformers==4.57.6 datasets==4.0.0 omegaconf pillow pandas av<=16.0.0 tyro fire' \
        'sentencepiece tiktoken protobuf scipy einops psutil |' \
        'llamafactory==0.9.5 trl==0.24.0 accelerate==1.11.0 peft==0.18.1' ;;
    axolotl)
      echo 'transformers==5.16.1 datasets==4.8.4 pydantic==2.12.5 addict fire requests colorama' \
        'python-dotenv PyYAML typer art posthog packaging sentencepiece numba psutil |' \
        'axolotl==0.19.0 trl==1.9.0 accelerate==1.13.0 peft==0.20.0' ;;
    ms-swift)
      echo 'transformers<5.20 datasets<4.8.5 addict aiohttp binpacking dacite einops fastapi' \
        'json-repair modelscope nltk pandas pillow rouge scipy sentencepiece simplejson' \
        'sortedcontainers tiktoken zstandard openai uvicorn attrdict psutil |' \
        'ms-swift==4.6.0 trl==0.29.1 accelerate peft==0.18.1' ;;
    openrlhf)
      echo 'transformers==5.15.0 datasets tqdm psutil pylatexenc sympy jsonlines |' \
        'openrlhf==0.11.2 accelerate peft' ;;
    *) die "there is no trainer '$1'" "${everything[*]}" ;;
  esac
}

# How much of a trainer runs, for the table.
extent() {
  case $1 in
    trl-*) echo 'two steps' ;;
    handbook-main) echo 'its `scripts/dpo.py`, two steps' ;;
    handbook-0.3.0) echo 'its `scripts/run_dpo.py`, two steps; HumanEval, from the Hub, is empty' ;;
    handbook-0.2.0) echo 'its data code; two steps with a later TRL than its own of 2023' ;;
    llama-factory) echo 'its loading and tokens, with a stub of torchaudio; without GPU packages' ;;
    axolotl) echo 'its loading and its strategy; without GPU packages' ;;
    ms-swift) echo 'its loading and conversion; without GPU packages' ;;
    openrlhf) echo 'its loading and its dataset, with a stub of its strategy; without GPU packages' ;;
  esac
}

torch_folder() {
  if [[ ! -e $cache/torch/complete ]]; then
    rm -rf "$cache/torch"
    say "installing torch into $cache/torch" >&2
    python3 -m pip install --quiet --disable-pip-version-check --target "$cache/torch" \
      "${DPO_PREP_TORCH:-torch}" 'numpy<2.3' >&2
    touch "$cache/torch/complete"
  fi
  echo "$cache/torch"
}

# The Python of a trainer's environment, which is made if it is not there. Trainers with the same
# packages share one.
python_of() {
  local wanted folder all without
  wanted=$(packages "$1")
  folder=$cache/venv-$(sha256sum <<<"$wanted" | cut -c1-12)
  if [[ ! -e $folder/complete ]]; then
    rm -rf "$folder"
    say "installing what $1 needs into $folder" >&2
    python3 -m venv "$folder" >&2
    torch_folder >"$(echo "$folder"/lib/python3.*/site-packages)/torch.pth"
    read -ra all <<<"${wanted%%|*}"
    read -ra without <<<"${wanted##*|}"
    "$folder/bin/pip" install --quiet --disable-pip-version-check "${all[@]}" 'setuptools<81' >&2
    "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps "${without[@]}" >&2
    touch "$folder/complete"
  fi
  echo "$folder/bin/python"
}

# The handbook's source at a version.
handbook() {
  local folder=$work/handbook-$1 tag=v$1
  if [[ $1 == main ]]; then tag=HEAD; fi
  mkdir -p "$folder"
  git -C "$DPO_PREP_HANDBOOK" archive "$tag" scripts src | tar -x -C "$folder"
  echo "$folder"
}

# Runs a trainer's program, which prints a line for each thing that it tries.
run() {
  local python=$1 name=$2
  case $name in
    trl-*)
      "$python" Tests/trainers/train_trl.py "$work/all" "$scratch" \
        default trl trl-implicit standard kto openrlhf ;;
    handbook-*)
      "$python" Tests/trainers/train_handbook.py "$(handbook "${name#handbook-}")" "$work/all" \
        "$scratch" ;;
    *) "$python" "Tests/trainers/read_${name//-/_}.py" "$work/all" "$scratch" ;;
  esac
}

# One row of the table, out of what a program printed.
row() {
  local name=$1 log=$2 versions done failed
  versions=$(sed -n 's/^versions\t//p' "$log")
  done=$(awk -F'\t' '$1 == "trial" && $3 == "ok" { printf "%s%s", comma, $2; comma = ", " }' "$log")
  failed=$(awk -F'\t' '$1 == "trial" && $3 != "ok" {
    printf "%s%s: %s", comma, $2, $4; comma = "; " }' "$log")
  printf '| %s | %s | %s | %s | %s | %s |\n' "$name" "$versions" "${done:-nothing}" "${failed:-–}" \
    "$(extent "$name")" "$(date +%F)"
}

for name in "${names[@]}"; do packages "$name" >/dev/null; done
if [[ -z ${DPO_PREP_PROGRAM-} ]]; then
  require_swift
  scripts/setup.sh --tests
  DPO_PREP_PROGRAM=$(released_program)
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$cache"
export HF_HOME=$work/hub OMP_NUM_THREADS=2
profiles='[alignment-handbook, h4, trl, trl-implicit, standard, kto, openrlhf, llama-factory,'
profiles+=' axolotl, ms-swift]'
"$DPO_PREP_PROGRAM" run --quiet samples/quickstart.yaml "output.dir=$work/all" "output.profiles=$profiles"

status=0
for name in "${names[@]}"; do
  if [[ $name == handbook-* && -z ${DPO_PREP_HANDBOOK-} ]]; then
    say "SKIPPED: $name (DPO_PREP_HANDBOOK names no repository of alignment-handbook)"
    continue
  fi
  python=$(python_of "$name")
  scratch=$work/$name
  mkdir -p "$scratch"
  say "$name"
  run "$python" "$name" >"$scratch/log" 2>"$scratch/errors" || status=1
  grep -P '^(trial|versions)\t' "$scratch/log" || { tail -20 "$scratch/errors"; status=1; }
  row "$name" "$scratch/log" >"$cache/$name.row"
done

# What was run before stays in the table with its date.
table=$(mktemp)
{
  echo '| Trainer | With | As the card says, without a change | Fails | What ran | When |'
  echo '| --- | --- | --- | --- | --- | --- |'
  for name in "${everything[@]}"; do
    if [[ -e $cache/$name.row ]]; then cat "$cache/$name.row"; fi
  done
} >"$table"
awk -v table="$table" '
  /^\| Trainer \| With/ { while ((getline line < table) > 0) print line; inside = 1 }
  inside && !/^\|/ { inside = 0 }
  !inside { print }
' docs/train.md >docs/train.md.new
mv docs/train.md.new docs/train.md
rm "$table"
exit "$status"
