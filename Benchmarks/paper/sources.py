"""Where the data of the paper's settings is, below folders that somebody downloaded."""
import glob
import os
from dataclasses import dataclass

import llmbar


@dataclass(frozen=True)
class Source:
    """One benchmark; `patterns` are paths below a folder, of which the first that fits counts."""
    name: str
    origin: str
    patterns: tuple
    # What a reader has to know of it.
    remark: str = ""

    def files(self, folders):
        for pattern in self.patterns:
            for folder in folders:
                found = sorted(glob.glob(os.path.join(folder, pattern)))
                if found:
                    return found
        return []


REWARD_BENCH = Source(
    "RewardBench", "datasets `allenai/reward-bench-results` (`eval-set-scores`) and "
    "`allenai/reward-bench` of the Hugging Face Hub", ("reward-bench-results/eval-set-scores",))
REWARD_BENCH_TEXTS = Source(
    "RewardBench's texts", REWARD_BENCH.origin,
    ("reward-bench/data/filtered-*.parquet", "reward-bench.parquet"))
JUDGE_BENCH = Source(
    "JudgeBench", "github.com/ScalerLab/JudgeBench (`outputs`)",
    ("JudgeBench/outputs/*judge_name=reward_model*.jsonl", "judgebench-*.jsonl.zst"))
LLMBAR = Source(
    "LLMBar", "github.com/princeton-nlp/LLMBar", ("LLMBar",),
    "Its wrong answers were written to look better than they are, and most are the longer: length is "
    "quality here, in reverse, which a length penalty uses and calibration takes away. Where a judge "
    "gives both answers the same rating, as ChatGPT does for half of the pairs, whatever parts them "
    "seems to gain.")
LLMBAR_ROWS = Source("LLMBar", LLMBAR.origin, ("llmbar-*.jsonl.zst",))
ALPACA_EVAL = Source(
    "AlpacaEval", "github.com/tatsu-lab/alpaca_eval (`results`)",
    ("alpaca_eval/results/*/weighted_alpaca_eval_gpt4_turbo/annotations.json",
     "alpacaeval-flat.jsonl.zst"))
ALPACA_EVAL_BASELINE = Source(
    "AlpacaEval's baseline", ALPACA_EVAL.origin, ("alpacaeval-baseline.jsonl",))
ARENA = Source(
    "Chatbot Arena", "a table of AlpacaEval's models with their Arena scores",
    ("alpacaeval-leaderboard-arena.csv",))
WILD_BENCH = Source(
    "WildBench", "github.com/allenai/WildBench", ("wildbench-flat.jsonl.zst",))


def llmbar_files(folders, scratch):
    """Files of LLMBar's ratings in RewardBench's form: written from the clone, or as they are."""
    clone = LLMBAR.files(folders)
    return llmbar.written(clone[0], scratch) if clone else LLMBAR_ROWS.files(folders)
