"""What the study compares: names and the settings that make them."""

# Rewards as they are: what every other method is compared with.
RAW = "raw rewards"
# The default of the program.
DEFAULT = "within prompts"
GLOBAL = "global, as in the paper"
HALF = "half of it"

# The characteristic comes in a field, so that answers need no texts of its length.
LENGTH = "calibration.characteristics.0.name=field:length"
ALPHA = "calibration.characteristics.0.alpha="

METHODS = {
    RAW: ["calibration.method=none"],
    GLOBAL: ["calibration.scope=global", "calibration.iterations=3"],
    DEFAULT: ["calibration.scope=within_prompt"],
    HALF: ["calibration.scope=within_prompt", ALPHA + "0.5"],
    "alpha: auto": ["calibration.scope=within_prompt", ALPHA + "auto"],
    "RC-Mean": ["calibration.method=mean", "calibration.scope=global"],
    "penalty": ["calibration.method=penalty"],
}
