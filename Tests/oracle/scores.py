#!/usr/bin/env python3
"""What `dpo-prep score` must write for nested rows, computed from the rows and statsmodels alone.

    scores.py TABLE.parquet INPUT...

The table has to come of `calibration.scope=global pairs.ties=shorter` with everything else at its
default. Says what differs, and ends with status 1 if anything does.
"""
import json
import math
import sys

import pyarrow.parquet as parquet
from statsmodels.nonparametric.smoothers_lowess import lowess

import rows

TOLERANCE = 1e-9


def expected(paths):
    """A dictionary for each candidate, in the order of the input, without what is fitted."""
    seen = {}
    for path in paths:
        for number, line in enumerate(filter(bytes.strip, rows.contents(path).split(b"\n"))):
            row = rows.parse(line)
            key = json.dumps(row.get("prompt_id", row["prompt"]))
            answers = zip(row["all_generated_responses"], row["all_rm_scores"])
            for place, (text, reward) in enumerate(answers):
                reward = math.nan if reward is None else float(reward)
                reason = None
                if text is None:
                    reason = "missing_response"
                elif not math.isfinite(reward):
                    reason = "non_finite_reward"
                elif not text:
                    reason = "too_short"
                elif not text.strip():
                    reason = "empty_response"
                elif text in seen.setdefault(key, set()):
                    reason = "duplicate_response"
                else:
                    seen[key].add(text)
                yield {
                    "file": path, "row": number, "candidate": place, "model": None,
                    "raw_score": reward if math.isfinite(reward) else None,
                    "chars": len(text or ""), "drop_reason": reason, "prompt": key,
                }


def main(table, *paths):
    wanted = list(expected(paths))
    used = [row for row in wanted if row["drop_reason"] is None]
    lengths = [float(row["chars"]) for row in used]
    fitted = lowess([row["raw_score"] for row in used], lengths, frac=0.3, it=3, delta=0.0)
    bias = dict(fitted.tolist())
    groups = {}
    for row in used:
        row["bias"] = bias[float(row["chars"])]
        row["score"] = row["raw_score"] - row["bias"]
        groups.setdefault(row["prompt"], []).append(row)
    for group in groups.values():
        group.sort(key=lambda row: (-row["score"], row["chars"]))
        for place, row in enumerate(group):
            row["rank"] = place + 1
            near = [abs(row["score"] - other["score"]) for other in group if other is not row]
            row["settled"] = min(near, default=1) > TOLERANCE
    found = parquet.read_table(table).to_pylist()
    faults = [] if len(found) == len(wanted) else [f"{len(found)} rows, not {len(wanted)}"]
    for got, want in zip(found, wanted):
        for name in ["file", "row", "candidate", "model", "raw_score", "chars", "drop_reason"]:
            if got[name] != want[name]:
                faults.append(f"{name}: {got[name]!r}, not {want[name]!r}: {got}")
        for name in ["bias", "score"]:
            value = want.get(name)
            is_same = got[name] is None if value is None else abs(got[name] - value) <= TOLERANCE
            if not is_same:
                faults.append(f"{name}: {got[name]!r}, not {value!r}: {got}")
        if want.get("settled", True) and got["rank"] != want.get("rank"):
            faults.append(f"rank: {got['rank']}, not {want.get('rank')}: {got}")
    for fault in faults[:10]:
        print(fault)
    print(f"{len(found)} rows, {len(used)} with scores, {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
