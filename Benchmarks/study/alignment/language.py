"""A made language of descriptions, in which the quality of an answer can be read off its words."""
import math
import random
from dataclasses import dataclass

ASPECTS = ["colour", "shape", "sound", "origin"]
VALUES = {
    "colour": ["red", "green", "blue", "white", "black", "yellow", "brown", "grey"],
    "shape": ["round", "flat", "square", "long", "narrow", "curved", "hollow", "spiky"],
    "sound": ["soft", "loud", "deep", "shrill", "dull", "clear", "harsh", "faint"],
    "origin": ["north", "south", "east", "west", "coast", "valley", "desert", "island"],
}
# Sentences that say nothing of the matter.
PADDING = [
    "as many people know this is often asked .", "there is of course much more to say .",
    "let me explain this as well as possible .", "this is a very good question indeed .",
    "it is always worth to look at details .", "one should keep all of this in mind .",
    "many others have said so before as well .", "in the end this matters a great deal .",
]
TOPICS = [start + end for start in ["ar", "bel", "cor", "dun", "el", "far"]
          for end in ["vik", "mon", "tas", "lio", "rup"]]
READERS = [start + end for start in ["an", "be", "ca", "do", "e", "fi", "ga", "hu"]
           for end in ["na", "ro", "li", "mus", "tte"]]
MOST_PADDING = 10
WORDS = sorted({word for sentence in PADDING for word in sentence.split()}
               | {value for values in VALUES.values() for value in values}
               | {*ASPECTS, *TOPICS, *READERS, "its", "is", ".", "describe", "for"})


@dataclass(frozen=True)
class Language:
    """What is true: a value of each aspect for every topic."""
    truth: dict

    @classmethod
    def made(cls, rng):
        return cls({topic: {aspect: rng.choice(VALUES[aspect]) for aspect in ASPECTS}
                    for topic in TOPICS})

    def answer(self, topic, rng):
        """A description as someone would write who knows some of it; padding says nothing."""
        knows = rng.random()
        sentences = []
        for aspect in ASPECTS:
            known = rng.random() < knows
            value = self.truth[topic][aspect] if known else rng.choice(VALUES[aspect])
            sentences.append(f"its {aspect} is {value} .")
        for _ in range(min(MOST_PADDING, int(rng.expovariate(1 / 3)))):
            sentences.insert(rng.randint(0, len(sentences)), rng.choice(PADDING))
        return " ".join(sentences)

    def correct(self, topic, answer):
        """The share of the aspects of which the first sentence about them is true, 0 to 1."""
        words = answer.split()
        said = {}
        for place in range(len(words) - 3):
            if words[place] == "its" and words[place + 2] == "is":
                said.setdefault(words[place + 1], words[place + 3])
        return sum(said.get(aspect) == value
                   for aspect, value in self.truth[topic].items()) / len(ASPECTS)


@dataclass(frozen=True)
class World:
    """What the reward model likes, in standard deviations of the first model's answers."""
    title: str
    # What a longer answer adds to its reward, and what it adds to its quality.
    bias: float
    worth: float = 0.0
    noise: float = 0.7

    def quality(self, correct, answer):
        return (correct - 0.55) / 0.33 + self.worth * length(answer)

    def reward(self, correct, answer, rng):
        return (correct - 0.55) / 0.33 + self.slope * length(answer) + rng.gauss(0, self.noise)

    @property
    def slope(self):
        """What length adds to the reward, for whatever reason: all that a policy learns from."""
        return self.bias + self.worth


WORLDS = [
    World("the reward likes length, quality does not", bias=0.6),
    World("the reward does not look at length", bias=0.0),
    World("longer answers are better, and the reward knows", bias=0.0, worth=0.6),
]


def length(answer):
    """The logarithm of the number of words, with mean 0 and spread 1 for the first model."""
    return (math.log(max(1, len(answer.split()))) - 3.6) / 0.5


def prompts():
    """Every prompt with its topic, those of a tenth of the readers apart from the others."""
    apart = READERS[::10]
    every = [(f"describe {topic} for {reader}", topic, reader in apart)
             for topic in TOPICS for reader in READERS]
    return ([(text, topic) for text, topic, is_apart in every if not is_apart],
            [(text, topic) for text, topic, is_apart in every if is_apart])


def written(language, count, seed):
    """Prompts with answers to learn the language from."""
    rng = random.Random(seed)
    asked, _ = prompts()
    for _ in range(count):
        prompt, topic = rng.choice(asked)
        yield prompt, language.answer(topic, rng)
