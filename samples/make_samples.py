#!/usr/bin/env python3
"""Makes the sample files in this folder anew, or checks that they are what this program makes.

    make_samples.py           writes the samples
    make_samples.py --check   compares the content of the files here; exit status 1 if one differs

Only Python's standard library and the `zstd` program are needed. The content is the same every
time; the compressed bytes may change with the versions of zlib and zstd, so only the content is
compared.

Every text is put together from the sentences in topics.py: useful ones, and padding that is true
of everything. The reward of an answer is what a reward model with a length bias would give:

    usefulness + 1.6 (1 - exp(-characters / 700)) + noise
"""
import argparse
import gzip
import hashlib
import json
import math
import pathlib
import random
import subprocess
import sys

from topics import (
    CLOSERS,
    CODE,
    FOLLOW_UPS,
    OPENERS,
    PADDING,
    QUESTIONS,
    SYSTEMS,
    TOPICS,
    VAGUE,
)

HERE = pathlib.Path(__file__).parent
MODELS = ["heron-7b", "heron-7b-sft", "wren-3b", "wren-3b-long"]
# The models of the leaderboard, the best first, and how much each pads its answers.
LEADERBOARD = {
    "heron-7b": 0.1, "heron-7b-sft": 0.3, "wren-3b": 0.2, "wren-1b": 0.6, "wren-3b-long": 0.95,
}


def bold_lead(sentence):
    """Sets the first words of a sentence in bold, as chat models like to."""
    words = sentence.split()
    return "**" + " ".join(words[:2]) + "** " + " ".join(words[2:])


def laid_out(sentences, rng):
    """Sentences as a paragraph, a list, a numbered list or a list under a header."""
    style = rng.randrange(6)
    if style == 0:
        return "\n".join("- " + sentence for sentence in sentences)
    if style == 1:
        return "\n".join(f"{i}. {bold_lead(s)}" for i, s in enumerate(sentences, 1))
    if style == 2:
        return "## The essentials\n\n" + "\n".join("* " + sentence for sentence in sentences)
    return " ".join(sentences)


def answer(topic, rng, verbosity=0.5):
    """(text, usefulness) of an answer; verbosity in [0, 1] is the taste for padding."""
    if rng.random() < 0.1:
        return rng.choice(VAGUE), -0.8
    facts = rng.sample(TOPICS[topic], rng.choice([1, 2, 2, 3, 3, 4, 5, 6]))
    padding = rng.sample(PADDING, rng.choice([1, 3, 5, 7, 9])) if rng.random() < verbosity else []
    parts = [rng.choice(OPENERS), " ".join(padding[::2]), laid_out(facts, rng)]
    useful = 0.4 * min(len(facts), 4)
    if topic in CODE and rng.random() < 0.4:
        parts.append(CODE[topic])
        useful += 0.3
    parts.append(" ".join(padding[1::2]))
    if rng.random() < 0.25:
        parts.append(rng.choice(CLOSERS))
    return "\n\n".join(part for part in parts if part), useful - 0.08 * len(padding)


def reward(text, useful, rng):
    bias = 1.6 * (1 - math.exp(-len(text) / 700))
    return round(useful + bias + rng.gauss(0, 0.3), 4)


def scored(topic, rng, verbosity=0.5):
    text, useful = answer(topic, rng, verbosity)
    return text, reward(text, useful, rng)


def questions(rng, templates):
    """(topic, question) in random order, each question once."""
    found = [(topic, template.format(topic)) for topic in TOPICS for template in templates]
    rng.shuffle(found)
    return found


def lines(rows, ascii_only=False):
    return "".join(json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows).encode()


def nested_answers():
    """200 prompts with five answers each: (question, [(text, usefulness, reward)])."""
    rng = random.Random("nested")
    rows = []
    for topic, question in questions(rng, QUESTIONS[:9])[:200]:
        answers = []
        for _ in range(5):
            text, useful = answer(topic, rng)
            answers.append((text, useful, reward(text, useful, rng)))
        rows.append((question, answers))
    return rows


def digest(question):
    return hashlib.sha256(question.encode()).hexdigest()


def nested():
    """200 prompts with five answers each, a prompt a line."""
    rows = [
        {
            "prompt_id": digest(question),
            "prompt": question,
            "all_generated_responses": [text for text, _, _ in answers],
            "all_rm_scores": [value for _, _, value in answers],
        }
        for question, answers in nested_answers()
    ]
    # What real runs hold as well: repeated and empty answers, rewards that never came.
    for row in (rows[3], rows[17], rows[80], rows[151]):
        row["all_generated_responses"][4] = row["all_generated_responses"][1]
    rows[25]["all_generated_responses"][2] = ""
    rows[40]["all_rm_scores"][0] = None
    rows[41]["all_generated_responses"][3] = None
    rows[42]["all_rm_scores"][1] = math.nan
    rows[60]["all_generated_responses"] = [rows[60]["all_generated_responses"][0]] * 5
    return lines(rows)


# Reward models: what they make of usefulness and of length, their error, and their scale.
REWARD_MODELS = {
    "osprey": (1.0, 1.6, 0.3, 1), "plover": (1.0, 3.0, 0.5, 25), "siskin": (0.8, -0.3, 0.5, 0.1),
}


def ensemble():
    """The answers of nested() with the rewards of three models, each on a scale of its own."""
    rng = random.Random("ensemble")
    rows = []
    for question, answers in nested_answers():
        rewards = {
            name: [
                round(
                    scale * (share * useful + bias * (1 - math.exp(-len(text) / 700))
                             + rng.gauss(0, error)), 4)
                for text, useful, _ in answers
            ]
            for name, (share, bias, error, scale) in REWARD_MODELS.items()
        }
        rows.append({
            "prompt_id": digest(question), "prompt": question,
            "responses": [text for text, _, _ in answers], "rewards": rewards,
        })
    # A model that failed for an answer, and all of them.
    rows[12]["rewards"]["plover"][3] = None
    for name in REWARD_MODELS:
        rows[57]["rewards"][name][0] = None
    return lines(rows)


def labels():
    """150 pairs of answers in nested.jsonl.zst, compared by a judge who looks at usefulness.

    The judge sees usefulness with an error of about the size of that of the rewards.
    """
    rng = random.Random("labels")
    rows = []
    made = nested_answers()
    # Of the prompts that nested() leaves as they are, and of texts that stand there once.
    for question, answers in rng.sample(made[90:150] + made[152:], 100):
        texts = [text for text, _, _ in answers]
        answers = [one for one in answers if texts.count(one[0]) == 1]
        for _ in range(2):
            (one, *_), (other, *_) = pair = rng.sample(answers, 2)
            seen = [useful + rng.gauss(0, 0.3) for _, useful, _ in pair]
            better, worse = (one, other) if seen[0] > seen[1] else (other, one)
            rows.append({"prompt_id": digest(question), "better": better, "worse": worse})
    return lines(rows[:150])


def flat():
    """96 prompts, a candidate a line, one file for each sampling seed and in its own order."""
    files = {}
    asked = questions(random.Random("flat"), QUESTIONS[9:])
    for seed in range(4):
        rng = random.Random(f"flat {seed}")
        rows = []
        for topic, question in asked:
            if rng.random() < 0.03:  # this seed's run lost a few
                continue
            text, value = scored(topic, rng, verbosity=0.2 + 0.2 * seed)
            model = MODELS[seed]
            rows.append({"prompt": question, "response": text, "reward": value, "model": model})
        rng.shuffle(rows)
        # Half of the writers escape everything beyond ASCII, as Python does by itself.
        files[f"flat/seed-{seed}.jsonl.gz"] = lines(rows, ascii_only=seed % 2 == 0)
    return files


def conversations():
    """Prompts of several turns, some with a system turn, with four scored answers."""
    rng = random.Random("conversations")
    rows = []
    for number, (topic, question) in enumerate(questions(rng, QUESTIONS[:2])[:36]):
        turns = [{"role": "user", "content": question}]
        if number % 3 != 0:
            turns.insert(0, {"role": "system", "content": rng.choice(SYSTEMS)})
        if number % 4 != 0:
            turns.append({"role": "assistant", "content": answer(topic, rng, 0.2)[0]})
            turns.append({"role": "user", "content": rng.choice(FOLLOW_UPS)})
        answers = [scored(topic, rng) for _ in range(4)]
        completions = [{"response": text, "reward": value} for text, value in answers]
        rows.append({"prompt": turns, "completions": completions})
    # The same first question, and another way on from there.
    first = rows[1]["prompt"]
    for end in FOLLOW_UPS[:2]:
        topic = next(topic for topic in TOPICS if topic in first[1]["content"])
        turns = [*first[:2], {"role": "assistant", "content": VAGUE[0]}]
        turns.append({"role": "user", "content": end})
        answers = [scored(topic, rng) for _ in range(4)]
        completions = [{"response": text, "reward": value} for text, value in answers]
        rows.append({"prompt": turns, "completions": completions})
    return lines(rows)


def broken():
    """Rows that are wrong in one way each, between rows that are fine; README.md names them."""
    rng = random.Random("broken")
    asked = questions(rng, QUESTIONS[:1])[:4]

    def fine(number):
        topic, question = asked[number % 4]
        text, value = scored(topic, rng, 0.3)
        return json.dumps({"prompt": question, "response": text, "reward": value}).encode()

    prompt = json.dumps(asked[0][1]).encode()
    start = b'{"prompt": ' + prompt + b', "response": "'
    rows = [
        fine(0),
        fine(1),
        start + b'A row that was cut off in the mid',
        start + b'A comma too many.", "reward": 1.5,}',
        start + b'Text after the row.", "reward": 1.5} # checked',
        start + b'Broken in a field that nobody reads.", "reward": 1.5, "note": tru}',
        start + b'No reward field at all."}',
        start + b'A reward that is no number.", "reward": "n/a"}',
        start + b'A reward of the wrong type.", "reward": [1.5, 2.5]}',
        start + b'A leading zero.", "reward": 01.5}',
        b'{"prompt": ' + prompt + b', "response": 42, "reward": 1.5}',
        b'{"response": "No prompt.", "reward": 1.5}',
        start + b'A byte that is not UTF-8: \xe9.", "reward": 1.5}',
        start + b'A raw\ttab inside a string.", "reward": 1.5}',
        start + rb'An escape that does not exist: \x41.", "reward": 1.5}',
        b'["prompt", "response", 1.5]',
        b"",
        fine(2),
        start + b'A reward that never came.", "reward": null}',
        start + b'A reward that is not finite.", "reward": NaN}',
        start + b'The same inside a string.", "reward": "NaN"}',
        start + b'A reward beyond every double.", "reward": 1e999}',
        start + b'", "reward": 1.5}',
        b'{"prompt": ' + prompt + b', "response": null, "reward": 1.5}',
        start + b'A number inside a string is fine.", "reward": " 0.75 "}',
        start + rb'Half of a surrogate pair: \ud83d.", "reward": 0.5}',
        fine(0),
        fine(1),
        fine(2),
        fine(3),
        fine(3),
    ]
    return b"".join(row + b"\n" for row in rows)


ASPECTS = ["instruction_following", "honesty", "truthfulness", "helpfulness"]


def rated():
    """Questions with four answers each; of an answer the text, the model and some ratings.

    Every format below holds these, so every one must give the same pairs. The reward is the mean of
    the ratings.
    """
    rng = random.Random("formats")
    rows = []
    for topic, question in questions(rng, QUESTIONS[9:12])[:10]:
        answers = []
        for model in MODELS:
            text, value = scored(topic, rng, 0.3)
            level = min(max(round(value) + 2, 1), 5)
            ratings = {
                aspect: min(max(level + rng.choice([-1, 0, 0, 1]), 1), 5)
                for aspect in ASPECTS
                if rng.random() < 0.85
            } or {"honesty": level}
            mean = sum(ratings.values()) / len(ratings)
            answers.append({"text": text, "model": model, "ratings": ratings, "reward": mean})
        rows.append((question, answers))
    return rows


def ultrafeedback(question, answers, has_overall_score):
    completions = []
    for answer in answers:
        annotations = {}
        for number, aspect in enumerate(ASPECTS):
            rating = answer["ratings"].get(aspect)
            # The dataset has both: aspects that were not rated, and ratings that say so.
            if rating is not None or number % 2 == 0:
                rating = "N/A" if rating is None else str(rating)
                annotations[aspect] = {"Rating": rating, "Rationale": "As the guideline says."}
        completion = {"annotations": annotations, "model": answer["model"]}
        completion |= {"principle": "helpfulness", "response": answer["text"]}
        if has_overall_score:
            completion["overall_score"] = answer["reward"]
        completions.append(completion)
    return {
        "source": "evol_instruct",
        "instruction": question,
        "models": MODELS,
        "completions": completions,
    }


def messages(question, text):
    return [{"content": question, "role": "user"}, {"content": text, "role": "assistant"}]


def pair(question, answers, style):
    """The first two answers as a pair that somebody made without looking at the scores."""
    chosen, rejected = answers[:2]
    conversations = {
        "chosen": messages(question, chosen["text"]),
        "rejected": messages(question, rejected["text"]),
    }
    models = {"chosen_model": chosen["model"], "rejected_model": rejected["model"]}
    scores = (chosen["reward"], rejected["reward"])
    if style == "h4":
        digest = hashlib.sha256(question.encode()).hexdigest()
        row = {"prompt": question, "prompt_id": digest, **conversations}
        row |= {"messages": conversations["chosen"]}
        return row | {"score_chosen": scores[0], "score_rejected": scores[1]}
    if style == "argilla":
        row = {"source": "evol_instruct", "prompt": question, **conversations}
        row |= {name.replace("_", "-"): model for name, model in models.items()}
        return row | {"chosen-rating": scores[0], "rejected-rating": scores[1]}
    if style == "tulu":
        row = {"source": "wildchat", "prompt": question, **conversations, **models}
        return row | {"chosen_rating": scores[0], "rejected_rating": scores[1]}
    if style == "strings":
        row = {"system": "", "input": question, "chosen": chosen["text"]}
        row |= {"rejected": rejected["text"]}
        return row | {"chosen_score": scores[0], "rejected_score": scores[1]}
    return {**conversations, "chosen_score": scores[0], "rejected_score": scores[1]}


TRAINER_PAIRS = [
    "dialogues",
    "sharegpt",
    "responses",
    "swift",
    "swift-messages",
    "swift-query",
    "llama-factory",
    "openai",
    "webgpt",
    "shp",
    "objects",
]


def trainer_pair(question, answers, style):
    """The same pair as trainers other than the handbook read it, with scores beside it."""
    asked = messages(question, "")[:1]
    chosen, rejected = (messages(question, answer["text"]) for answer in answers[:2])
    texts = [answer["text"] for answer in answers[:2]]
    scores = dict(zip(("score_chosen", "score_rejected"), (a["reward"] for a in answers)))
    if style == "dialogues":
        dialogues = [f"\n\nHuman: {question}\n\nAssistant: {text}" for text in texts]
        return {"chosen": dialogues[0], "rejected": dialogues[1], **scores}
    if style == "sharegpt":
        names = {"user": "human", "assistant": "gpt"}
        turns = [{"from": names[m["role"]], "value": m["content"]} for m in chosen + rejected[1:]]
        return {"conversations": turns[:1], "chosen": turns[1], "rejected": turns[2], **scores}
    if style == "responses":
        return {
            "question": question,
            "chosen_response": texts[0],
            "rejected_response": texts[1],
            **scores,
        }
    if style == "swift":
        return {"messages": chosen, "rejected_response": texts[1], **scores}
    if style == "swift-messages":
        return {"messages": chosen, "rejected_messages": rejected, **scores}
    if style == "swift-query":
        return {"query": question, "response": texts[0], "rejected_response": texts[1], **scores}
    if style == "llama-factory":
        return {"chosen_messages": chosen, "rejected_messages": rejected, **scores}
    if style == "openai":
        return {
            "input": {"messages": asked, "tools": [], "parallel_tool_calls": True},
            "preferred_output": chosen[1:],
            "non_preferred_output": rejected[1:],
            "preferred_score": answers[0]["reward"],
            "non_preferred_score": answers[1]["reward"],
        }
    if style == "webgpt":
        row = {"question": {"dataset": "eli5", "id": "q", "full_text": question}}
        for number, answer in enumerate(answers[:2]):
            row |= {f"answer_{number}": answer["text"], f"score_{number}": answer["reward"]}
        return row
    if style == "shp":
        row = {"post_id": "p", "history": question}
        for letter, answer in zip("AB", answers):
            row |= {f"human_ref_{letter}": answer["text"], f"score_{letter}": answer["reward"]}
        return row | {"labels": int(answers[0]["reward"] > answers[1]["reward"])}
    sides = [{"answer": answer["text"], "score": answer["reward"]} for answer in answers[:2]]
    return {"prompt": question, "pos_answer": sides[0], "neg_answer": sides[1]}


def ranks(answers):
    """The answers' ranks by reward from 1; equal rewards share one."""
    return [1 + sum(other["reward"] > one["reward"] for other in answers) for one in answers]


def by_rank(question, answers, layout):
    """Answers with ranks in the place of scores."""
    ranked = list(zip(answers, ranks(answers)))
    if layout == "distilabel-ranks":
        row = {"instruction": question, "generations": [answer["text"] for answer in answers]}
        return row | {"ranks": [rank for _, rank in ranked]}
    if layout == "nectar":
        listed = [
            {"answer": answer["text"], "model": answer["model"], "rank": rank}
            for answer, rank in ranked
        ]
        prompt = f"\n\nHuman: {question}\n\nAssistant: "
        return {"prompt": prompt, "answers": listed, "turns": 1, "good_natured": True}
    completions = [
        {"rank": rank - 1, "completion": messages(question, answer["text"])[1:]}
        for answer, rank in ranked
    ]
    return {"context": messages(question, "")[:1], "completions": completions}


def formats():
    """{name: content}: the same answers in every published layout."""
    rows = rated()
    files = {}

    def nested(prompt, responses, rewards, **more):
        return [
            {
                prompt: question,
                responses: [answer["text"] for answer in answers],
                rewards: [answer["reward"] for answer in answers],
                **more,
            }
            for question, answers in rows
        ]

    simpo = nested("prompt", "all_generated_responses", "all_rm_scores")
    files["simpo.json"] = json.dumps(simpo, indent=4).encode()
    for name, has_overall_score in (("ultrafeedback", True), ("ultrafeedback-ratings", False)):
        files[name + ".jsonl"] = lines(
            [ultrafeedback(question, answers, has_overall_score) for question, answers in rows]
        )
    distilabel = nested("instruction", "generations", "ratings", system_prompt=None)
    for row in distilabel[::2]:
        row["ratings"] = [str(rating) for rating in row["ratings"]]
        row["generation_models"] = MODELS
    files["distilabel.jsonl"] = lines(distilabel)
    rlhflow = nested("prompt", "responses", "rewards")
    files["rlhflow.jsonl"] = lines(rlhflow)
    files["rlhflow.json"] = json.dumps({"type": "text_only", "instances": rlhflow}).encode()
    for seed in range(4):
        outputs = [
            {
                "prompt": question,
                "generated_text": answers[seed]["text"],
                "reward": answers[seed]["reward"],
            }
            for question, answers in rows
        ]
        files[f"seeds/output_{seed}.json"] = json.dumps(outputs, indent=4).encode()
    rebel = []
    for question, answers in rows:
        row = {"prompt": question}
        for number, answer in enumerate(answers):
            row[f"response_{number}"] = answer["text"]
        for number, answer in enumerate(answers):
            row[f"response_{number}_reward"] = answer["reward"]
        rebel.append(row)
    files["rebel.jsonl"] = lines(rebel)
    for row in rebel:
        for number in range(len(MODELS)):
            row[f"score_{number}"] = row.pop(f"response_{number}_reward")
    files["columns.jsonl"] = lines(rebel)
    files["distilabel-rating.jsonl"] = lines(nested("input", "generations", "rating"))
    for layout in ("distilabel-ranks", "nectar", "nemo-rl"):
        files[f"{layout}.jsonl"] = lines(by_rank(*row, layout) for row in rows)
    singles = [(question, answer) for question, answers in rows for answer in answers]
    files["kto.jsonl"] = lines(
        {
            "prompt": messages(question, "")[:1],
            "completion": messages(question, answer["text"])[1:],
            "label": answer["reward"] > 3,
            "score": answer["reward"],
        }
        for question, answer in singles
    )
    files["conversation-score.jsonl"] = lines(
        {"messages": messages(question, answer["text"]), "score": answer["reward"]}
        for question, answer in singles
    )
    files["conversation-reward.jsonl"] = lines(
        {
            "conversations": [
                {"from": "human", "value": question},
                {"from": "gpt", "value": answer["text"]},
            ],
            "reward": answer["reward"],
        }
        for question, answer in singles
    )
    for style in ("h4", "argilla", "tulu", "strings", "rlhflow"):
        pairs = [pair(question, answers, style) for question, answers in rows]
        files[f"pairs-{style}.jsonl"] = lines(pairs)
    for style in TRAINER_PAIRS:
        pairs = [trainer_pair(question, answers, style) for question, answers in rows]
        files[f"pairs-{style}.jsonl"] = lines(pairs)
    return {"formats/" + name: content for name, content in files.items()}


def benchmark():
    """Pairs of which one answer is right, scored by three models that like length differently.

    Rows as `evaluate rewardbench` reads them. The right answer is the longer one in Chat and the
    shorter one in Chat Hard, so that length tells nothing by itself.
    """
    rng = random.Random("benchmark")
    examples = []
    for number, (topic, question) in enumerate(questions(rng, QUESTIONS[:9])[:160]):
        subset = ("alpacaeval-easy", "llmbar-adver-neighbor")[number % 2]
        while True:
            wrong, right = sorted((answer(topic, rng) for _ in range(2)), key=lambda one: one[1])
            longer = len(right[0]) > len(wrong[0])
            if right[1] > wrong[1] and longer == (subset == "alpacaeval-easy"):
                break
        examples.append((number, subset, right, wrong))
    rows = []
    for model, taste in (("lark-rm-7b", 1.4), ("lark-rm-2b", 2.5), ("owl-rm-8b", 0.0)):
        for number, subset, *answers in examples:
            scores = [
                round(useful + taste * len(text) / 500 + rng.gauss(0, 0.5), 3)
                for text, useful in answers
            ]
            rows.append({
                "model": model, "id": number, "subset": subset,
                "scores_chosen": scores[0], "scores_rejected": scores[1],
                "text_chosen": answers[0][0], "text_rejected": answers[1][0],
            })
    return lines(rows)


def leaderboard():
    """Answers of five models to the same questions, with rewards that like length."""
    rng = random.Random("leaderboard")
    rows = []
    for topic, question in questions(rng, QUESTIONS[:9])[:80]:
        for place, (model, verbosity) in enumerate(LEADERBOARD.items()):
            text, useful = answer(topic, rng, verbosity)
            value = useful - 0.25 * place + len(text) / 400 + rng.gauss(0, 0.3)
            rows.append({
                "prompt": question, "model": model, "response": text, "reward": round(value, 3),
            })
    return lines(rows)


def recipes():
    """Small files for docs/recipes.md, one of each shape that real rows have."""
    rng = random.Random("recipes")
    made = nested_answers()
    calls, thinking, judged = [], [], []
    for question, answers in made[:40]:
        prompt = [{"role": "user", "content": question}]
        completions = []
        for text, _, value in answers:
            first = {"name": "search", "arguments": {"query": question, "limit": rng.randrange(1, 9)}}
            completions.append({
                "response": [
                    {"role": "assistant", "content": "",
                     "tool_calls": [{"type": "function", "function": first}]},
                    {"role": "tool", "content": rng.choice(PADDING), "name": "search"},
                    {"role": "assistant", "content": text},
                ],
                "reward": value,
            })
        parameters = {"type": "object", "properties": {"query": {"type": "string"}}}
        tool = {"type": "function", "function": {"name": "search", "parameters": parameters}}
        calls.append({"prompt": prompt, "tools": [tool], "completions": completions})
    for question, answers in made[40:90]:
        responses = [
            "<think>\n" + " ".join(rng.sample(PADDING, rng.randrange(1, 9))) + "\n</think>\n\n" + text
            for text, _, _ in answers
        ]
        thinking.append({
            "prompt": question, "responses": responses,
            "rewards": [value for _, _, value in answers],
        })
    for number, (question, answers) in enumerate(made[90:190]):
        for place, (text, _, value) in enumerate(answers):
            rating = min(10, max(1, round(4 + 2.5 * value)))
            row = {"prompt": question, "response": text, "rating": rating}
            judged.append(row | {"model": MODELS[(number + place) % len(MODELS)]})
    exam = [
        {"question": question, "answer": answers[0][0]}
        for question, answers in rng.sample(made, 6)
    ]
    return {
        "recipes/tool-calls.jsonl.zst": lines(calls),
        "recipes/thinking.jsonl.zst": lines(thinking),
        "recipes/judged.jsonl.zst": lines(judged),
        "recipes/exam.jsonl": lines(exam),
    }


def everything():
    """{file name: content before compression}."""
    ranking = "".join(f"{model},{1300 - 40 * place}\n" for place, model in enumerate(LEADERBOARD))
    return {
        "nested.jsonl.zst": nested(),
        "ensemble.jsonl.zst": ensemble(),
        "labels.jsonl.zst": labels(),
        **flat(),
        "conversations.jsonl": conversations(),
        "broken.jsonl": broken(),
        "evaluation/rewardbench.jsonl.zst": benchmark(),
        "evaluation/leaderboard.jsonl.zst": leaderboard(),
        "evaluation/arena.csv": ("model,elo\n" + ranking).encode(),
        **formats(),
        **recipes(),
    }


def zstd(data, *arguments):
    command = ["zstd", "-q", "-c", *arguments]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def compress(name, data):
    if name.endswith(".zst"):
        return zstd(data, "-19")
    if name.endswith(".gz"):
        return gzip.compress(data, mtime=0)
    return data


def decompress(name, data):
    if name.endswith(".zst"):
        return zstd(data, "-d")
    if name.endswith(".gz"):
        return gzip.decompress(data)
    return data


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    options = parser.parse_args()
    different = []
    for name, data in everything().items():
        path = HERE / name
        if not options.check:
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(compress(name, data))
            print(f"{name}: {path.stat().st_size:,} bytes, {len(data):,} before compression")
        elif not path.exists() or decompress(name, path.read_bytes()) != data:
            different.append(name)
    if different:
        sys.exit(f"not what make_samples.py makes: {', '.join(different)}; run it without --check")


if __name__ == "__main__":
    main()
