#!/usr/bin/env python3
"""Makes preference data with dpo-prep and trains on it with TRL's DPOTrainer.

    train_dpo.py --model Qwen/Qwen2.5-0.5B-Instruct --set calibration.frac=0.5
    train_dpo.py --tiny --steps 1          a model of some kilobytes made on the spot, on the processor
    train_dpo.py --no-train                up to the loaded dataset; needs no TRL
    accelerate launch train_dpo.py --dataset out/dpo-data     a dataset that is there already: with
                                           several processes only one may make it, and before

Everything after --set goes to dpo-prep as it is: key=value, any key of its configuration.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# What dpo-prep ends with, but for 0, and whether another try can help.
STATUSES = {
    64: "the command line is wrong", 65: "the data are not usable",
    66: "an input file is missing", 73: "the output exists or cannot be made",
    74: "reading or writing failed", 78: "the configuration is wrong",
    130: "interrupted", 143: "terminated",
}


def prepare(program, config, settings):
    """Runs dpo-prep and returns what it says of the dataset.

    Its messages go to standard error as they are read, so they appear in this script's log; standard
    output is one JSON object.
    """
    if shutil.which(program) is None:
        sys.exit(
            f"there is no program '{program}' on the path: install the wheel that scripts/wheel.sh "
            "builds in a checkout of dpo-prep, or make it there with scripts/quickstart.sh and name "
            ".build/release/dpo-prep with --dpo-prep; or name a dataset that is there already with "
            "--dataset")
    command = [program, "run", "--json", config, *settings]
    done = subprocess.run(command, capture_output=True, text=True)
    # With --json, warnings and errors are a JSON object a line.
    for line in done.stderr.splitlines():
        if not line.startswith("{"):
            print(line, file=sys.stderr)
            continue
        told = json.loads(line)
        place = ":".join(str(told[name]) for name in ("file", "line") if told[name])
        print(*filter(None, [place, told["severity"], told["message"], told["hint"]]), sep=": ",
              file=sys.stderr)
    if done.returncode != 0:
        reason = STATUSES.get(done.returncode, f"status {done.returncode}")
        sys.exit(f"dpo-prep made no dataset: {reason}; what it said is above")
    return json.loads(done.stdout)


def report(summary):
    ledger, found = summary["ledger"], summary["diagnostics"]
    print(f"{ledger['pairs']} pairs in {summary['output']}")
    print("longer answer chosen: "
          f"{found['before']['longer_chosen']:.1%} before calibration, "
          f"{found['after']['longer_chosen']:.1%} after")


def tiny_model(folder):
    """Saves a Llama of one layer with random weights and a tokenizer of single bytes."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    special = ["<pad>", "<start>", "<end>", "<user>", "<assistant>", "<system>"]
    bytes_as_text = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {text: number for number, text in enumerate(special + bytes_as_text)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(special)
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<start>",
        eos_token="<end>")
    wrapped.chat_template = (
        "{% for message in messages %}<{{ message['role'] }}>{{ message['content'] }}<end>"
        "{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}")
    config = LlamaConfig(
        vocab_size=len(wrapped), hidden_size=16, intermediate_size=32, num_hidden_layers=1,
        num_attention_heads=2, max_position_embeddings=512, pad_token_id=wrapped.pad_token_id,
        bos_token_id=wrapped.bos_token_id, eos_token_id=wrapped.eos_token_id)
    LlamaForCausalLM(config).save_pretrained(folder)
    wrapped.save_pretrained(folder)


def train(arguments, dataset):
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from trl import DPOConfig, DPOTrainer

    model = arguments.model
    if arguments.tiny:
        model = os.path.join(arguments.save, "tiny")
        tiny_model(model)
    # Both are named, as TRL 0.12 finds no tokenizer by itself.
    trainer = DPOTrainer(
        model=AutoModelForCausalLM.from_pretrained(model), train_dataset=dataset,
        processing_class=AutoTokenizer.from_pretrained(model),
        args=DPOConfig(
            output_dir=arguments.save, max_steps=arguments.steps, max_length=512,
            per_device_train_batch_size=2, report_to=[], use_cpu=arguments.tiny,
            bf16=not arguments.tiny, gradient_checkpointing=not arguments.tiny))
    print(f"the trainer prepared {len(trainer.train_dataset)} rows")
    if arguments.steps != 0:
        trainer.train()
        trainer.save_model()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", default=os.path.join(HERE, "prep.yaml"))
    parser.add_argument("--dpo-prep", default="dpo-prep", help="the program, if not on the path")
    parser.add_argument("--dataset", metavar="FOLDER", help="made before, with the profile trl")
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE")
    parser.add_argument("--model", default="Qwen/Qwen2.5-0.5B-Instruct")
    parser.add_argument("--tiny", action="store_true", help="a model made on the spot")
    parser.add_argument("--steps", type=int, default=-1, help="0: data preparation only")
    parser.add_argument("--save", default="model")
    parser.add_argument("--no-train", action="store_true")
    arguments = parser.parse_args()

    folder = arguments.dataset
    if folder is None:
        # The default profile would do as well; this one also holds answers of several messages.
        summary = prepare(
            arguments.dpo_prep, arguments.config, ["output.profiles=[trl]", *arguments.set])
        report(summary)
        folder = summary["output"]

    from datasets import load_dataset

    dataset = load_dataset(folder, split="train")
    print(f"{len(dataset)} rows: {', '.join(dataset.column_names)}")
    if not arguments.no_train:
        train(arguments, dataset)


if __name__ == "__main__":
    main()
