#!/usr/bin/env bash
# Runs jobs on real engines on this machine and holds their datasets against those of `run`.
#
# usage: scripts/cluster.sh [--quick] [arguments for pytest, such as -k ray]
#
# --quick    without Slurm, datatrove, Ray, Spark and S3: any order of tasks, 1, 2 and 7 workers,
#            kills in every stage, three copies of every task, failing tasks, staging
# DPO_PREP   the program; by default the release build, else the debug build
# DPO_PREP_PYTHON  --quick: a Python with scripts/requirements-test.txt, not the one made here
#
# What is missing is installed: Slurm, munge and Java from the distribution, the rest into a Python
# environment in the user's cache folder. Slurm runs beside one that may be there, with ports and
# folders of its own.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

tests=(Tests/cluster)
quick=false
if [[ ${1-} == --quick ]]; then
  quick=true
  tests=(Tests/cluster/test_workers.py Tests/cluster/test_staging.py)
  shift
fi

program=${DPO_PREP:-.build/release/dpo-prep}
[[ -x $program ]] || program=.build/debug/dpo-prep
[[ -x $program ]] || die "there is no program" "swift build makes one; DPO_PREP names another"
DPO_PREP=$(realpath "$program")
export DPO_PREP

if $quick; then
  python=${DPO_PREP_PYTHON:-$(scripts/python.sh)}
else
  missing=()
  PATH=$PATH:/usr/sbin
  command -v slurmctld >/dev/null || missing+=(slurmctld)
  command -v slurmd >/dev/null || missing+=(slurmd)
  command -v sbatch >/dev/null || missing+=(slurm-client)
  command -v munged >/dev/null || missing+=(munge)
  command -v java >/dev/null || missing+=(default-jre-headless)
  if ((${#missing[@]} > 0)); then
    command -v apt-get >/dev/null || die "these are missing: ${missing[*]}"
    as_root=()
    if ((EUID != 0)); then as_root=(sudo); fi
    say "installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
      "${missing[@]}" >/dev/null
  fi
  python=$(scripts/python.sh scripts/requirements-cluster.txt)
fi

say "mypy"
(cd python && "$python" -m mypy ../examples/cluster/*.py)
say "jobs"
"$python" -m pytest -q -p no:cacheprovider --rootdir Tests/cluster "${tests[@]}" "$@"
