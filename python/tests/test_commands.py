"""The other commands, on folders and on rows in memory."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import datasets
import pytest

import dpo_prep

Rows = list[dict[str, Any]]


def test_inspect(rows: Rows) -> None:
    found = dpo_prep.inspect(datasets.Dataset.from_list(rows))
    assert found.prompts == 60 and found.format == "nested"
    assert {field.path for field in found.fields} >= {"prompt", "all_rm_scores", "source"}
    renamed = [{"q": "a", "answer": str(i), "scores": {"good": i}} for i in range(5)]
    found = dpo_prep.inspect(
        renamed, format="flat",
        fields={"prompt": "q", "response": "answer", "reward": "scores.good"})
    assert (found.prompts, found.candidates) == (1, 5)


def test_audit(made: Path) -> None:
    folder = dpo_prep.audit(made, by=["prompt_id"], fail_if=["rows > 1", "rows > 100"])
    assert folder.failed == ("rows > 1.0",) and not folder.passed
    dpo_prep.audit(made, figures="figures")
    assert "length-of-answers.svg" in {path.name for path in Path("figures").iterdir()}
    memory = dpo_prep.audit(datasets.load_dataset(str(made), split="train"), profile="trl")
    assert memory.metrics == folder.metrics and memory.passed
    assert len(folder.groups["prompt_id"]) == 60


def test_validate(made: Path) -> None:
    good = dpo_prep.validate(made, profile="trl")
    assert good.accepted and good.splits == {"train": 60}
    pairs = datasets.load_dataset(str(made), split="train").to_list()
    pairs[3]["chosen"] = pairs[3]["rejected"]
    bad = dpo_prep.validate(pairs)
    assert not bad.accepted
    assert [(found.severity, found.count) for found in bad.findings] == [("error", 1)]
    assert bad.findings[0].rows[0][1] == 4


def test_verify(made: Path) -> None:
    good = dpo_prep.verify(made)
    assert good.intact and good.problems == () and all(good.files.values())
    assert "curve.json" in good.files
    with open(made / "curve.json", "a", encoding="utf-8") as file:
        file.write(" ")
    bad = dpo_prep.verify(made)
    assert not bad.intact and not bad.files["curve.json"]
    assert [(found.file, found.code) for found in bad.problems] == [("curve.json", "changed")]
    assert "curve.json" in bad._repr_html_()
    assert [told.code for told in dpo_prep.validate(made).warnings] == ["dataset_changed"]
    with pytest.raises(dpo_prep.DataError):
        dpo_prep.verify(made / "data")


def test_diff(made: Path, rows: Rows) -> None:
    other = dpo_prep.run(
        input=rows[1:], output="other", profiles=["trl"], calibration={"method": "none"})
    difference = dpo_prep.diff(made, other, examples=0, by=["prompt_id"])
    assert not difference.same
    assert difference.prompts["removed"] == 1 and difference.prompts["added"] == 0
    old, new = difference.drift["rows"]
    assert (old, new) == (60, 59)


def test_fit_gives_the_curve_of_run(rows: Rows, made: Path) -> None:
    fitted = dpo_prep.fit(input=rows)
    saved = json.loads((made / "curve.json").read_text())
    assert fitted.document["curves"] == saved["curves"]
    fitted.save("curve.json")
    result = dpo_prep.run(
        input=rows, output="out", profiles=["trl"], calibration={"curve": "curve.json"})
    assert result.dataset["train"].to_list() == datasets.load_dataset(
        str(made), split="train").to_list()


def test_scores_are_those_of_run(rows: Rows, made: Path) -> None:
    scored = dpo_prep.score(input=rows)
    table = scored.table.to_pylist()
    assert [(row["row"], row["candidate"]) for row in table] == [
        (number, place) for number in range(60) for place in range(4)]
    assert {row["file"] for row in table} == {"<dataset>"}
    flat = [reward for row in rows for reward in row["all_rm_scores"]]
    assert [row["raw_score"] for row in table] == flat
    by_rank = {(row["prompt_id"], row["rank"]): row for row in table}
    pairs = datasets.load_dataset(str(made), split="train").to_list()
    for pair in pairs:
        for side, rank in [("chosen", 1), ("rejected", 4)]:
            row = by_rank[pair["prompt_id"], rank]
            assert row["score"] == pair[f"score_{side}"]
            assert row["chars"] == pair[f"length_{side}"]
    # A saved curve, and files of either format.
    dpo_prep.fit(input=rows).save("curve.json")
    for name in ["scores.parquet", "scores.jsonl.zst"]:
        applied = dpo_prep.score(
            input=datasets.Dataset.from_list(rows), output=name,
            calibration={"curve": "curve.json"})
        assert applied.path == str(Path(name).absolute()) and applied.scored == 240
        assert applied.table["score"].to_pylist() == scored.table["score"].to_pylist()
    assert "240" in applied._repr_html_()
    with pytest.raises(dpo_prep.UsageError):
        dpo_prep.score(input=rows, output="scores.csv")


def test_dry_run(rows: Rows, made: Path) -> None:
    dry = dpo_prep.dry_run(input=rows, profiles=["trl"])
    saved = json.loads((made / "manifest.json").read_text())
    assert dry.document["ledger"] == saved["ledger"] and dry.document["dry_run"]
    assert dry.files == {file["path"]: file["rows"] for file in saved["outputs"]}
    assert dry.summary.splits[0].rows == 60
    assert not list(Path().iterdir())
    small = dpo_prep.dry_run(input=rows, limit=25)
    assert small.summary.pairs == 25
    assert "beyond_limit" in str(small.summary.ledger) and "<table>" in small._repr_html_()


def test_evaluate(folder: Path) -> None:
    examples = [
        {"id": i, "subset": "alpacaeval-easy", "text_chosen": "word " * (i % 9 + 1),
         "text_rejected": "word " * (i % 5 + 1), "scores_chosen": i % 7 / 7,
         "scores_rejected": i % 4 / 4, "results": 1, "model": "m"} for i in range(40)]
    Path("m.jsonl").write_text("".join(json.dumps(example) + "\n" for example in examples))
    found = dpo_prep.evaluate(
        "rewardbench", "m.jsonl", {"calibration.frac": 1}, resamples=20, seed=3,
        csv="figures.csv")
    assert found.kind == "rewardbench" and Path("figures.csv").exists()
    assert found.document["origin"]["resamples"] == 20 and found.document["origin"]["seed"] == 3
    scores = found.scores()
    assert len(scores) == 1
    Path("n.jsonl").write_text(Path("m.jsonl").read_text().replace('"m"', '"n"'))
    both = dpo_prep.evaluate(
        "rewardbench", ["m.jsonl", "n.jsonl"], {"calibration.combine": "mean_rank"}, ensemble=True,
        resamples=0)
    assert list(both.scores()) == ["m", "n", "ensemble"]
    assert both.scores()["ensemble"]["original"] == both.scores()["m"]["original"]
    assert all(0 <= score <= 1 for score in next(iter(scores.values())).values() if score)

    board = [
        {"instruction": f"q{i}", "output": "w " * (i % 5 + 1), "generator": name,
         "score": (i * 7 + len(name)) % 11}
        for name in ("base", "other", "third") for i in range(20)]
    Path("board.jsonl").write_text("".join(json.dumps(row) + "\n" for row in board))
    found = dpo_prep.evaluate("alpacaeval", ["board.jsonl"], baseline="base")
    assert set(found.scores()) >= {"other", "third"}
    with pytest.raises(dpo_prep.UsageError):
        dpo_prep.evaluate("alpacaeval", "board.jsonl", {"calibration.curve": "x.json"})


def test_notebooks_show_tables_and_figures(rows: Rows, made: Path) -> None:
    result = dpo_prep.run(input=rows, output="out", profiles=["trl"])
    shown = result._repr_html_()
    assert "<table>" in shown and "<svg" in shown and "<polyline" in shown
    assert "<script" not in shown and "nan" not in shown
    for other in [
        result.summary, result.summary.curves[0], dpo_prep.fit(input=rows), dpo_prep.inspect(rows),
        dpo_prep.audit(made), dpo_prep.validate(made), dpo_prep.diff(made, result),
        dpo_prep.fit(input=rows, calibration={"method": "penalty"}),
    ]:
        shown = other._repr_html_()
        assert shown.startswith("<") and len(shown) > 50
