"""Preference pairs by dpo-prep, and a policy trained on them by TRL."""
import json
import os
import subprocess

from datasets import load_dataset
from trl import DPOConfig, DPOTrainer

ARMS = {"raw rewards": ["calibration.method=none"], "calibrated": []}


def pairs(program, folder, rows, settings):
    """The dataset that `dpo-prep run` makes of rows, and the summary of the run."""
    generations, out = os.path.join(folder, "rows.jsonl"), os.path.join(folder, "pairs")
    with open(generations, "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    ended = subprocess.run(
        [program, "run", generations, "-o", out, "--json", "--no-progress",
         "output.overwrite=true", "output.profiles=[trl]", *settings],
        capture_output=True, text=True)
    if ended.returncode != 0:
        raise SystemExit(ended.stderr)
    return load_dataset(out, split="train"), json.loads(ended.stdout)


def trained(model, words, dataset, folder, seed, epochs, rate, batch=32):
    """The model after DPO on a dataset; the model that is given is not changed."""
    import copy

    trainer = DPOTrainer(
        model=copy.deepcopy(model), ref_model=copy.deepcopy(model), train_dataset=dataset,
        processing_class=words,
        args=DPOConfig(
            output_dir=folder, seed=seed, num_train_epochs=epochs, learning_rate=rate, beta=0.1,
            per_device_train_batch_size=batch, lr_scheduler_type="cosine", warmup_steps=5,
            max_length=256, report_to=[], use_cpu=True, bf16=False, gradient_checkpointing=False,
            save_strategy="no", logging_strategy="no", disable_tqdm=True))
    trainer.train()
    return trainer.model
