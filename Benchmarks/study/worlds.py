"""Made-up generations whose quality and length bias are known."""
from dataclasses import dataclass

import numpy as np

# A length at which nothing special happens; lengths spread around it by factors.
TYPICAL = 600.0

BIASES = {
    "straight": lambda length: length / 500,
    "logarithmic": lambda length: 2 * np.log(length / TYPICAL + 0.2),
    "humped": lambda length: 2.5 * np.sin(np.log(length / 150)),
    "S-shaped": lambda length: 4 / (1 + np.exp(-(length - 800) / 200)),
    "with a dip": lambda length: -2 * np.exp(-((np.log(length / 700) / 0.5) ** 2)),
    "saturated": lambda length: np.minimum(length, 700) / 200,
}

NOISES = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "t3": lambda rng, shape: rng.standard_t(3, shape) / np.sqrt(3),
    "t4": lambda rng, shape: rng.standard_t(4, shape) / np.sqrt(2),
    "outliers": lambda rng, shape: rng.normal(size=shape)
    * np.where(rng.random(shape) < 0.03, 10, 1),
    "skewed": lambda rng, shape: rng.exponential(size=shape) - 1,
}

# From what prompts and answers add to a length's logarithm, or without it.
LENGTHS = {
    "lognormal": lambda rng, log: TYPICAL * np.exp(log),
    "skewed": lambda rng, log: TYPICAL * np.exp(1.3 * log),
    "normal": lambda rng, log: np.maximum(TYPICAL + 250 * log, TYPICAL / 20),
    "uniform": lambda rng, log: rng.uniform(100, 1500, log.shape),
}


@dataclass(frozen=True)
class World:
    """How rewards come about: bias(length) + prompt + quality + noise."""
    title: str
    bias: str = "straight"
    noise: str = "normal"
    # What a unit of a prompt's mean log length adds to all its rewards.
    confounding: float = 0
    # What a unit of an answer's log length within its prompt adds to its quality.
    longer_is_better: float = 0
    # How many models take turns; they differ in length and in quality.
    models: int = 1
    # Rewards are rounded to multiples of this; 0 leaves them as they are.
    reward_unit: float = 0
    # Lengths are rounded to multiples of this.
    length_unit: int = 1
    lengths: str = "lognormal"
    answers: int = 8
    # How many times as many prompts it has.
    prompts: int = 1


@dataclass(frozen=True)
class Sample:
    """Answers to prompts: every column has the shape (prompts, answers)."""
    world: World
    length: np.ndarray
    reward: np.ndarray
    quality: np.ndarray
    model: np.ndarray

    def bias(self, length):
        """The true bias at some lengths."""
        return BIASES[self.world.bias](length)


def sample(world, prompts, seed):
    """A `Sample` of so many prompts."""
    rng = np.random.default_rng(seed)
    prompts *= world.prompts
    shape = (prompts, world.answers)
    level = rng.normal(0, 0.6, (prompts, 1))
    within = rng.normal(0, 0.4, shape)
    quality = rng.normal(0, 1, shape)
    model = np.tile(np.arange(world.answers) % world.models, (prompts, 1))
    if world.models > 1:
        strength = np.linspace(-1, 1, world.models)[model]
        within = within + 0.4 * strength
        quality = quality + strength
    quality = quality + world.longer_is_better * (within - within.mean(1, keepdims=True))
    unit = world.length_unit
    length = LENGTHS[world.lengths](rng, level + within)
    length = np.maximum(np.round(length / unit), 1) * unit
    prompt = rng.normal(0, 1, (prompts, 1)) + world.confounding * level
    noise = (0.4 + 0.4 * length / TYPICAL) * NOISES[world.noise](rng, shape)
    reward = BIASES[world.bias](length) + prompt + quality + noise
    if world.reward_unit:
        reward = np.round(reward / world.reward_unit) * world.reward_unit
    return Sample(world, length, reward, quality, model)


# What the comparison of methods goes through.
WORLDS = [
    World("nothing confounds"),
    World("logarithmic bias", bias="logarithmic"),
    World("humped bias", bias="humped"),
    World("long prompts score low", confounding=-1.2),
    World("long prompts score high", confounding=1.2),
    World("four models", models=4),
    World("3 % outliers", noise="outliers"),
    World("whole rewards, many ties", reward_unit=2),
    World("two answers a prompt", answers=2),
    World("sixteen answers a prompt", answers=16),
    World("longer really is better", longer_is_better=1.5),
    World("longer really is worse", longer_is_better=-1.5),
]
