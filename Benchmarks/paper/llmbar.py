"""LLMBar's published ratings as rows of RewardBench: one file for each judge and way of asking."""
import glob
import json
import os
from collections import defaultdict

# The ways of asking for a rating from 1 to 10 of each answer by itself.
JUDGES = {"GPT-4": ["Rating", "Rating_NoRules", "Rating_Metrics", "Rating_Reference",
                    "Rating_Metrics_Reference"],
          "ChatGPT": ["Rating", "Rating_NoRules"]}
SUBSETS = {"Natural": "llmbar-natural", "Adversarial/Neighbor": "llmbar-adver-neighbor",
           "Adversarial/GPTInst": "llmbar-adver-GPTInst",
           "Adversarial/GPTOut": "llmbar-adver-GPTOut",
           "Adversarial/Manual": "llmbar-adver-manual"}


def written(clone, folder):
    """Writes the rows of every judge below a folder.

    Returns the files. A rating that is not a number leaves a row without a score, as it is.
    """
    rows = defaultdict(list)
    for path, subset in SUBSETS.items():
        for judge, ways in JUDGES.items():
            for way in ways:
                for file in glob.glob(os.path.join(
                        clone, "Dataset/LLMBar", path, "evaluators", judge, way, "result.json")):
                    with open(file) as text:
                        rows[judge, way] += _rows(json.load(text), subset)
    files = []
    for (judge, way), found in rows.items():
        file = os.path.join(folder, f"{judge}-{way}.jsonl")
        with open(file, "w") as text:
            text.writelines(
                json.dumps({"model": f"{judge}/{way}", **row}) + "\n" for row in found)
        files.append(file)
    return files


def _rows(examples, subset):
    for number, example in enumerate(examples):
        # What was generated before the ratings, such as metrics, comes first.
        result = example["results"][-1]
        scores = [_score(result.get(f"score_{place}")) for place in (1, 2)]
        texts = [example["output_1"], example["output_2"]]
        if example["label"] == 2:
            scores, texts = scores[::-1], texts[::-1]
        yield {"id": f"{subset}-{number}", "subset": subset, "prompt": example["input"],
               "text_chosen": texts[0], "text_rejected": texts[1],
               "scores_chosen": scores[0], "scores_rejected": scores[1]}


def _score(answer):
    try:
        return float(answer[0])
    except (TypeError, ValueError, IndexError):
        return None
