#!/usr/bin/env bash
# The program DPO_PREP_REAL, with what the file STEP-INDEX of the folder DPO_PREP_FAULTS says before it.
#
# The file is a piece of shell script that is carried out once: by the task that takes it away first.
step=${2-}
index=0
if [[ ${4-} == --shard ]]; then
  index=${5%/*}
elif [[ ${4-} =~ ^[0-9]+$ ]]; then
  index=$4
fi
case $step in
measure | plan | extract | assemble | finish)
  echo "$step-$index" >>"$DPO_PREP_FAULTS/log"
  fault=$DPO_PREP_FAULTS/$step-$index
  # shellcheck source=/dev/null
  if mv "$fault" "$fault.met" 2>/dev/null; then source "$fault.met"; fi
  ;;
esac
exec "$DPO_PREP_REAL" "$@"
