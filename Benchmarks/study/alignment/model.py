"""The small language model: made, taught the language, and asked for answers."""
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from torch.nn.utils.rnn import pad_sequence
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

import language

PAD, END, USER, ASSISTANT = "<pad>", "<end>", "<user>", "<assistant>"
LONGEST = 160


def tokenizer():
    """A token for each word, and a chat template."""
    vocabulary = {word: number for number, word in
                  enumerate([PAD, END, USER, ASSISTANT, *language.WORDS])}
    words = Tokenizer(models.WordLevel(vocabulary, unk_token=PAD))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    words.add_special_tokens([PAD, END, USER, ASSISTANT])
    wrapped = PreTrainedTokenizerFast(tokenizer_object=words, pad_token=PAD, eos_token=END)
    wrapped.chat_template = (
        "{% for message in messages %}<{{ message['role'] }}> {{ message['content'] }}"
        "{% if message['role'] == 'assistant' %} <end>{% else %} {% endif %}{% endfor %}"
        "{% if add_generation_prompt %}<assistant> {% endif %}")
    return wrapped


def made(words, seed):
    torch.manual_seed(seed)
    return LlamaForCausalLM(LlamaConfig(
        vocab_size=len(words), hidden_size=128, intermediate_size=256, num_hidden_layers=3,
        num_attention_heads=4, max_position_embeddings=256, tie_word_embeddings=True,
        pad_token_id=words.pad_token_id, bos_token_id=None, eos_token_id=words.eos_token_id))


def taught(model, words, examples, steps, batch=64, rate=1e-3):
    """Trains on prompts with answers, on the answers' tokens alone; returns the last mean loss."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    model.train()
    losses = []
    for step in range(steps):
        chosen = [examples[(step * batch + place) % len(examples)] for place in range(batch)]
        ids, labels = [], []
        for prompt, answer in chosen:
            asked = words(f"{USER} {prompt} {ASSISTANT}")["input_ids"]
            said = words(f"{answer} {END}")["input_ids"]
            ids.append(torch.tensor(asked + said))
            labels.append(torch.tensor([-100] * len(asked) + said))
        inputs = pad_sequence(ids, batch_first=True, padding_value=words.pad_token_id)
        loss = model(
            input_ids=inputs, attention_mask=(inputs != words.pad_token_id).long(),
            labels=pad_sequence(labels, batch_first=True, padding_value=-100)).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return sum(losses[-50:]) / len(losses[-50:])


def answers(model, words, prompts, count, seed, batch=512):
    """Samples answers at temperature 1: a list of `count` for each prompt."""
    torch.manual_seed(seed)
    model.eval()
    asked = [prompt for prompt in prompts for _ in range(count)]
    found = []
    with torch.no_grad():
        for start in range(0, len(asked), batch):
            inputs = words([f"{USER} {prompt} {ASSISTANT}" for prompt in asked[start:start + batch]],
                           return_tensors="pt", return_token_type_ids=False)
            given = model.generate(**inputs, do_sample=True, top_k=0, top_p=1.0, temperature=1.0,
                                   max_new_tokens=LONGEST)
            found += words.batch_decode(given[:, inputs["input_ids"].shape[1]:],
                                        skip_special_tokens=True)
    return [found[start:start + count] for start in range(0, len(found), count)]
