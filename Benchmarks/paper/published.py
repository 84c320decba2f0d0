"""What Huang et al. (arXiv 2409.17407) report, as far as text and not only a picture says it."""

# Abstract: the mean gain of RC-LWR over the original scores, in points, and over how many models.
REWARDBENCH_GAIN = 3.11
REWARDBENCH_MODELS = 33

# The settings of the published code: its command lines, and what they leave at its defaults.
REWARDBENCH_SETTINGS = [
    "calibration.frac=1", "calibration.iterations=3", "calibration.min_count=20",
]
LEADERBOARD_SETTINGS = [
    "calibration.frac=0.3", "calibration.iterations=3", "calibration.ratio=8",
]

# AlpacaEval's figures of the policies that were trained on calibrated rewards, from the
# leaderboard.csv of each in the paper's repository: win rate, length-controlled win rate, mean
# length in characters.
POLICIES = {
    "Gemma-2-9B-it, FsfairX": (62.79, 69.54, 1798),
    "Gemma-2-9B-it, GRM": (63.89, 70.45, 1780),
    "Llama-3-8B-Instruct, FsfairX": (47.23, 51.38, 1867),
    "Llama-3-8B-Instruct, GRM": (46.09, 50.49, 1858),
}
