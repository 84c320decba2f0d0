#!/usr/bin/env bash
# Ends commands at random moments and checks what is left: the old output or the new one, whole.
#
# usage: scripts/kill-test.sh N [SEED]     N rounds; the same seed draws the same moments
#
# DPO_PREP            the program; by default the release build, else the debug build
# DPO_PREP_KILL_ROWS  rows of the input; by default 300, with which a command takes a moment. With
#                     100,000 it takes seconds, which shows how soon commands end that are at work.
#
# A round starts one of the commands below and ends it by SIGKILL, SIGTERM or SIGINT at a random moment,
# by a limit of the size of files, or by a disk that is full (where a small one can be mounted). Then
# the output has to be as before or complete, everything beside it untouched, and a command that was
# asked to end has to have ended within a second. Every few rounds the command runs to its end, and
# nothing may be left but its output. Prints how often what happened; the status is 1 at the first
# finding, whose folder is kept.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

rounds=${1:?how many rounds}
seed=${2:-$RANDOM}
RANDOM=$seed
program=${DPO_PREP:-.build/release/dpo-prep}
[[ -x $program ]] || program=.build/debug/dpo-prep
program=$(realpath "$program")
work=$(mktemp -d)
cd "$work" || exit 1
mkdir place full
has_disk=false
if mount -t tmpfs -o size=6m none full 2>/dev/null; then has_disk=true; fi
clean() {
  if $has_disk; then umount full; fi
  cd / && rm -rf "$work"
}

# A command a line: its name, its output, and what stands behind `dpo-prep`; OUT is the output's path.
# Commands that write nothing have the output `none`: they have to end when asked to, too.
commands=(
  "run|out|run -q c.yaml output.dir=OUT output.overwrite=true"
  "run jsonl|out|run -q c.yaml output.dir=OUT output.overwrite=true output.format=jsonl"
  "sweep --html|sweep.html|sweep -q c.yaml --no-data pairs.seed=[1,2] --html OUT"
  "sweep|out|sweep -q c.yaml pairs.ties=[random] -o OUT output.overwrite=true"
  "fit -o|curve.json|fit -q c.yaml -o OUT"
  "score|scores.parquet|score -q c.yaml -o OUT"
  "score zst|scores.jsonl.zst|score -q c.yaml -o OUT"
  "run --dry-run|none|run -q c.yaml --dry-run"
  "audit --html|audit.html|audit -q made --html OUT"
  "diff --html|diff.html|diff -q made other --html OUT"
  "evaluate --csv|table.csv|evaluate rewardbench -q scores.jsonl --csv OUT"
  "evaluate --html|table.html|evaluate rewardbench -q scores.jsonl --html OUT"
  "evaluate alpacaeval --csv|board.csv|evaluate alpacaeval -q outputs.jsonl --baseline base --csv OUT"
  "inspect|none|inspect -q in.jsonl"
  "validate|none|validate -q made"
  "verify|none|verify -q made"
  "config show|none|config show c.yaml"
)

rows=${DPO_PREP_KILL_ROWS:-300}
awk -v seed="$seed" -v rows="$rows" 'BEGIN {
  srand(seed)
  for (i = 0; i < rows; i++) {
    printf "{\"prompt\": \"Question %d?\", \"all_generated_responses\": [", i
    for (j = 0; j < 4; j++) {
      text = "answer " j; n[j] = int(rand() * 60)
      for (k = 0; k < n[j]; k++) text = text " word"
      printf "%s\"%s\"", j ? ", " : "", text
    }
    printf "], \"all_rm_scores\": ["
    for (j = 0; j < 4; j++) printf "%s%.4f", j ? ", " : "", n[j] / 60 + rand()
    print "]}"
  }
}' >in.jsonl
awk -v rows="$rows" 'BEGIN {
  for (i = 0; i < rows / 5; i++)
    printf "{\"id\": %d, \"subset\": \"alpacaeval-easy\", \"scores_chosen\": [%d], \"scores_rejected\": [%d], \"text_chosen\": \"%s\", \"text_rejected\": \"b\"}\n", i, i % 7, i % 5, substr("aaaaaaaaaaaaaaaaaaaa", 1, 1 + i % 20)
}' >scores.jsonl
awk -v rows="$rows" 'BEGIN {
  for (i = 0; i < rows / 5; i++)
    for (j = 0; j < 3; j++)
      printf "{\"instruction\": \"Question %d?\", \"generator\": \"%s\", \"score\": %d, \"output\": \"%s\"}\n", i, j ? "model " j : "base", (i * 7 + j) % 11, substr("aaaaaaaaaaaaaaaaaaaa", 1, 1 + (i + 3 * j) % 20)
}' >outputs.jsonl
echo '{input: {paths: [in.jsonl]}, output: {dir: out}}' >c.yaml

die() {
  echo "kill-test: $*; seed $seed, the folder is $work" >&2
  exit 1
}
"$program" run -q c.yaml output.dir=made >log 2>&1 || die "cannot make a dataset: $(cat log)"
"$program" run -q c.yaml output.dir=other calibration.method=none >log 2>&1 || die "$(cat log)"

# What is beside the outputs and must not be touched.
foreign() {
  local output
  for output in out curve.json audit.html diff.html table.csv table.html board.csv; do
    mkdir -p "$1/$output.partial-2024" "$1/$output.partial"
    echo precious >"$1/$output.partial-2024/notes.txt"
    echo precious >"$1/$output.partial/f"
    echo precious >"$1/$output.partial-0123456789abcdef"
    echo precious >"$1/x$output"
  done
}
foreign place
if $has_disk; then foreign full; fi
# Names and texts of all that is foreign in a place.
untouched() {
  (cd "$1" && find . -path '*partial*' -type f -o -name 'x*' -type f) | grep -v '\.dpo-prep-work\|/new\|/old' |
    LC_ALL=C sort | (cd "$1" && xargs cat | sha256sum)
}
# What is left of work on an output.
litter() { find "$1" -maxdepth 1 -name "$2.partial-????????????????" -type d | wc -l; }
# What an output holds; the times and so the digest of a manifest differ from run to run.
digest() {
  if [[ -d $1 ]]; then
    (cd "$1" && find . -type f ! -name manifest.json | LC_ALL=C sort | xargs sha256sum | sha256sum)
  elif [[ -e $1 ]]; then
    sha256sum <"$1"
  else
    echo missing
  fi
}
now() { echo $((${EPOCHREALTIME/./})); }

declare -A new took count
start_command() { # index place: sets `arguments`
  local line=${commands[$1]}
  output=$2/$(cut -d'|' -f2 <<<"$line")
  read -ra arguments <<<"$(cut -d'|' -f3 <<<"$line")"
  arguments=("${arguments[@]/OUT/$output}")
}
restore() { # index: the output as it was, or nothing
  rm -rf "$output"
  if [[ $output != */none ]] && ((RANDOM % 2)); then
    if [[ $output == */out ]]; then cp -r other "$output"; else echo old >"$output"; fi
  fi
}
places=(place)
if $has_disk; then places+=(full); fi
for index in "${!commands[@]}"; do
  # A report tells the output's path, so the places differ.
  for place in "${places[@]}"; do
    start_command "$index" "$place"
    begin=$(now)
    "$program" "${arguments[@]}" >log 2>&1 || [[ $? == 1 ]] || die "${commands[$index]}: $(cat log)"
    took[$index]=$(($(now) - begin))
    new["$index $place"]=$(digest "$output")
    rm -rf "$output"
  done
done
before_place=$(untouched place)
before_full=
if $has_disk; then before_full=$(untouched full); fi

slowest=0 late=0
report() {
  local key
  for key in "${!count[@]}"; do echo "${count[$key]} $key"; done | sort -k2
  echo "$((round - 1)) rounds, seed $seed: nothing lost, nothing foreign touched;" \
    "$late ends took longer than a second, the slowest $((slowest / 1000)) ms"
}
# Who stops the test gets what it found so far.
trap 'report; clean; exit 130' INT TERM
for ((round = 1; round <= rounds; round++)); do
  index=$((RANDOM % ${#commands[@]}))
  kinds=(KILL KILL KILL TERM TERM INT SIZE)
  if $has_disk; then kinds+=(FULL); fi
  kind=${kinds[RANDOM % ${#kinds[@]}]}
  place=place
  if [[ $kind == FULL ]]; then place=full; fi
  start_command "$index" "$place"
  name=${commands[$index]%%|*}
  restore
  old=$(digest "$output")
  where="round $round, $name, $kind"
  case $kind in
  SIZE)
    (
      ulimit -f $((1 + RANDOM % 60))
      exec "$program" "${arguments[@]}"
    ) >log 2>&1
    status=$?
    ;;
  FULL)
    free=$(df --output=avail -B1024 full | tail -1)
    head -c $(((free > 160 ? free - RANDOM % 160 : 0) * 1024)) /dev/zero >full/filler 2>/dev/null
    "$program" "${arguments[@]}" >log 2>&1
    status=$?
    rm -f full/filler
    ;;
  *)
    "$program" "${arguments[@]}" >log 2>&1 &
    process=$!
    # A little longer than it takes, so that every moment is met.
    moment=$((took[$index] * (RANDOM % 1100) / 1000))
    sleep "$((moment / 1000000)).$(printf %06d $((moment % 1000000)))"
    asked=$(now)
    kill -"$kind" "$process" 2>/dev/null
    wait "$process" 2>/dev/null
    status=$?
    lasted=$(($(now) - asked))
    if ((lasted > slowest)); then slowest=$lasted; fi
    if ((lasted > 1000000)); then late=$((late + 1)); fi
    # On a machine that others use, too, the system may once give the time later than that.
    if ((late > 1 + round / 100)); then die "$where: $late ends took longer than a second"; fi
    ;;
  esac
  found=$(digest "$output")
  state=other
  if [[ $found == "${new["$index $place"]}" ]]; then state=new; elif [[ $found == "$old" ]]; then state=old; fi
  if [[ $state == other ]]; then die "$where: the output is neither the old one nor the new one"; fi
  # diff says by a status of 1 that there are differences.
  case $status in
  0 | 1) if [[ $state != new ]]; then die "$where: status $status without the new output"; fi ;;
  137 | 143 | 130) ;;
  73 | 74) if [[ $found != "$old" ]]; then die "$where: status $status, and the output changed"; fi ;;
  *) die "$where: status $status: $(cat log)" ;;
  esac
  if [[ -d $output && $state == new ]]; then
    "$program" verify -q "$output" >log 2>&1 || die "$where: $(cat log)"
  fi
  count["$name: $kind"]=$((${count["$name: $kind"]-0} + 1))
  count["ended with $status, $state output"]=$((${count["ended with $status, $state output"]-0} + 1))

  if ((round % 5 == 0)); then
    "$program" "${arguments[@]}" >log 2>&1 || [[ $? == 1 ]] || die "$where, then whole: $(cat log)"
    if [[ $(digest "$output") != "${new["$index $place"]}" ]]; then die "$where, then whole: another output"; fi
    left=$(litter "$place" "${output##*/}")
    if ((left > 0)); then die "$where, then whole: $left work folders are left"; fi
    if [[ $(untouched place) != "$before_place" ]]; then die "$where: foreign files were touched"; fi
    if $has_disk && [[ $(untouched full) != "$before_full" ]]; then
      die "$where: foreign files were touched"
    fi
    count["whole runs after it"]=$((${count["whole runs after it"]-0} + 1))
  fi
done
report
clean
