#!/usr/bin/env bash
# Makes a dataset on Slurm: submits the steps of a job and waits until they have ended.
#
# usage: submit.sh CONFIG JOB [key=value …]
#
# JOB is on a disk that all nodes share, and so are the inputs. Run it again after whatever went
# wrong: tasks that are done end at once. Exit status 0 if the dataset is there, else 1.
#
# DPO_PREP      the program (default: dpo-prep of PATH)
# TASKS         tasks of an array at most (default 1000; clusters have a limit, MaxArraySize)
# PLAN_OPTIONS  what sbatch is told of `plan` (default: --mem=16G --cpus-per-task=8)
# SBATCH_PARTITION, SBATCH_ACCOUNT, SBATCH_TIMELIMIT and the others count as always
set -euo pipefail

if (($# < 2)); then
  echo "usage: $0 CONFIG JOB [key=value …]" >&2
  exit 64
fi
config=$1 job=$2
program=${DPO_PREP:-dpo-prep}
script=$(dirname "${BASH_SOURCE[0]}")/job.sbatch

"$program" job init "$config" "$job" "${@:3}"
inputs=$("$program" job status "$job" --json | grep -o '"measured"' | wc -l)
most=${TASKS:-1000}
tasks=$((inputs < most ? inputs : most))

mkdir -p "$job/slurm"
submit() { # STEP DEPENDENCY OPTIONS…: prints the number of the Slurm job
  local step=$1 after=$2
  shift 2
  # A step whose predecessor failed would wait for ever.
  sbatch --parsable --job-name="dpo-prep-$step" --output="$job/slurm/$step-%j.log" \
    ${after:+--dependency="afterok:$after"} --kill-on-invalid-dep=yes "$@"
}
array=(--array="0-$((tasks - 1))")
measure=$(submit measure "" "${array[@]}" "$script" measure "$job" "$tasks")
read -ra plan_options <<<"${PLAN_OPTIONS:---mem=16G --cpus-per-task=8}"
plan=$(submit plan "$measure" "${plan_options[@]}" "$script" plan "$job")
extract=$(submit extract "$plan" "${array[@]}" "$script" extract "$job" "$tasks")
# How many output files there are is known after `plan` only; tasks without one end at once.
assemble=$(submit assemble "$extract" "${array[@]}" "$script" assemble "$job" "$tasks")
# sbatch --wait ends with 0 when the job was cancelled because one before it failed. So its status
# tells that all is over, not that all is well.
submit finish "$assemble" --wait "$script" finish "$job" >/dev/null || true

"$program" job status "$job"
if [[ ! $("$program" job status "$job" --json) =~ '"finished":'\ ?true ]]; then
  echo "error: there is no dataset; $job/slurm has the logs, and squeue what still runs" >&2
  exit 1
fi
