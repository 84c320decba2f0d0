"""Rows in memory give the dataset that their file gives."""
from __future__ import annotations

import dataclasses
import itertools
import json
import os
import re
from pathlib import Path
from typing import Any, Callable

import datasets
import pandas as pd
import pyarrow as pa
import pytest

import dpo_prep

Rows = list[dict[str, Any]]

#: Everything that rows can be.
FORMS: dict[str, Callable[[Rows], Any]] = {
    "dataset": datasets.Dataset.from_list,
    "shuffled dataset": lambda rows: datasets.Dataset.from_list(rows[::-1]).select(
        range(len(rows) - 1, -1, -1)),
    "iterable dataset": lambda rows: datasets.Dataset.from_list(rows).to_iterable_dataset(),
    "formatted dataset": lambda rows: datasets.Dataset.from_list(rows).with_format("numpy"),
    "data frame": pd.DataFrame,
    "table": pa.Table.from_pylist,
    "chunks": lambda rows: pa.concat_tables(
        [pa.Table.from_pylist(rows[:7]), pa.Table.from_pylist(rows[7:])]),
    "batch": pa.RecordBatch.from_pylist,
    "reader": lambda rows: pa.Table.from_pylist(rows).to_reader(max_chunksize=7),
    "stream": lambda rows: Stream(pa.Table.from_pylist(rows)),
    "list": lambda rows: rows,
    "generator": lambda rows: (row for row in rows),
    "transformed dataset": lambda rows: datasets.Dataset.from_list(
        [{**row, "prompt": "X" + row["prompt"]} for row in rows]).with_transform(
            lambda batch: {**batch, "prompt": [text[1:] for text in batch["prompt"]]}),
    "types that change": lambda rows: datasets.IterableDataset.from_generator(
        lambda: iter([{**row, "extra": None if n < 30 else "x"} for n, row in enumerate(rows)])),
    "categories": lambda rows: pa.Table.from_pylist(
        [{**row, "group": "a"} for row in rows]).set_column(
            3, "group", pa.array(["a"] * len(rows)).dictionary_encode()),
}


class Stream:
    """What speaks Arrow and nothing else, like a data frame of Polars."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, rows: Rows) -> Rows:
    """The pairs by the file path, read by `datasets`."""
    folder = tmp_path_factory.mktemp("expected")
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    dpo_prep.run(input=path, output=folder / "out", profiles=["trl"])
    loaded = datasets.load_dataset(str(folder / "out"), split="train")
    return loaded.to_list()


@pytest.mark.parametrize("form", FORMS)
def test_rows_in_memory(form: str, rows: Rows, expected: Rows) -> None:
    result = dpo_prep.run(input=FORMS[form](rows), output="out", profiles=["trl"])
    assert isinstance(result.dataset, datasets.DatasetDict)
    assert result.dataset["train"].to_list() == expected


def test_a_large_table_is_several_files(
    rows: Rows, expected: Rows, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dpo_prep._inputs._FILE_BYTES", 4096)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    result = dpo_prep.run(input=datasets.Dataset.from_list(rows), output="out", profiles=["trl"])
    assert result.dataset["train"].to_list() == expected
    assert [source["rows"] for source in result.manifest["inputs"]] == [20, 20, 20]
    broken = [*rows[:50], {**rows[50], "all_rm_scores": [0.5]}, *rows[51:]]
    with pytest.raises(dpo_prep.DataError) as caught:
        dpo_prep.run(input=broken, output="broken")
    assert (caught.value.file, caught.value.line) == ("<dataset>", 51)


def test_every_row_of_a_large_dataset_is_looked_at(
    rows: Rows, monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = dpo_prep.run(input=rows, output="out", profiles=["trl"]).dataset["train"]
    monkeypatch.setattr("dpo_prep._inputs._FILE_BYTES", 4096)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    broken = pairs.to_list()
    broken[50]["chosen"] = None
    found = dpo_prep.validate(datasets.Dataset.from_list(broken), profile="trl")
    assert found.rows == 60 and not found.accepted
    assert ("<dataset>", 51) in {row for finding in found.findings for row in finding.rows}
    assert len(dpo_prep.audit(pairs, by="prompt_id").groups["prompt_id"]) > 1
    assert not dpo_prep.diff(pairs, pairs.select(range(59))).same


def test_dictionaries_hold_whatever_rows_do() -> None:
    """Of keys that the first row lacks, of mixed types and of odd values nothing is lost."""
    rows: Rows = []
    for number in range(40):
        prompt: list[dict[str, Any]] = [{"role": "user", "content": f"q{number}"}]
        if number % 3 == 1:
            prompt.insert(0, {"role": "system", "content": "be brief", "weight": 2**70})
        if number % 3 == 2:
            prompt[0]["content"] = [{"type": "text", "text": f"q{number} \ud800"}]
        row = {"completions": [
            {"response": "a" * (length + 1), "reward": float(length * number % 7)}
            for length in range(3)]}
        rows.append({"prompt": prompt if number % 2 else prompt[-1]["content"], **row}
                    if number % 3 == 0 else {"prompt": prompt, **row})
    Path("in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for name, value in [("file", "in.jsonl"), ("list", rows)]:
        dpo_prep.run(
            input=value, output={"dir": name, "format": "jsonl", "compression": "none"},
            profiles=["trl"])
    for file in Path("file/data").iterdir():
        assert file.read_bytes() == Path("list/data", file.name).read_bytes()
    assert b"be brief" in b"".join(file.read_bytes() for file in Path("list/data").iterdir())


def test_what_are_no_rows() -> None:
    with pytest.raises(ValueError, match="there are no rows"):
        dpo_prep.run(input=[], output="out")
    with pytest.raises(TypeError, match="row 2 is a NoneType"):
        dpo_prep.run(input=[{"prompt": "p"}, None], output="out")
    with pytest.raises(TypeError, match="row 1: a field cannot be a bytes"):
        dpo_prep.run(input=[{"prompt": b"p"}], output="out")
    with pytest.raises(TypeError, match="rows go in as input="):
        dpo_prep.run([{"prompt": "p"}], output="out")  # type: ignore[arg-type]


def test_equal_runs_of_rows_write_equal_bytes(rows: Rows) -> None:
    broken: Rows = [*rows, {"prompt": "p", "all_generated_responses": ["a"], "all_rm_scores": []}]
    texts = []
    for _ in range(2):
        result = dpo_prep.run(
            {"input.on_error": "skip"}, input=broken, output="out", overwrite=True)
        folder = Path(result.path)
        texts.append({path.name: path.read_bytes() for path in folder.rglob("*.*")})
        assert [file["path"] for file in result.manifest["inputs"]] == ["rows-000000000000.jsonl"]
    assert "rejects.jsonl.zst" in texts[0]
    # Its times differ, memory may, and with them what it says of itself.
    manifests = [json.loads(text.pop("manifest.json")) for text in texts]
    for manifest in manifests:
        assert manifest.pop("timings") and manifest.pop("memory")
        assert manifest.pop("manifest_sha256")
    assert manifests[0] == manifests[1]
    assert texts[0] == texts[1]


def test_a_folder_with_the_name_of_a_pattern(rows: Rows) -> None:
    result = dpo_prep.run(input=rows, output="out [1]*", profiles=["trl"])
    assert result.dataset["train"].num_rows == 60


def test_a_dataset_that_was_replaced_is_not_taken_for_the_result(rows: Rows) -> None:
    first = dpo_prep.run(input=rows, output="out")
    second = dpo_prep.run(input=rows[:40], output="out", overwrite=True)
    assert second.dataset["train"].num_rows == 40
    with pytest.raises(RuntimeError, match="a later run"):
        first.load()


def test_nothing_is_left_behind(rows: Rows, tmp_path: Path, monkeypatch: Any) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    dpo_prep.run(input=rows, output="out")
    with pytest.raises(dpo_prep.DataError):
        dpo_prep.run(input=[{"a": 1}], output="other")
    assert list(place.iterdir()) == []
    assert not Path("other").exists()


@pytest.mark.parametrize("profile", ["alignment-handbook", "trl", "kto", "standard"])
def test_the_dataset_is_that_of_load_dataset(profile: str, rows: Rows) -> None:
    result = dpo_prep.run(
        input=rows, output="out", profiles=[profile, "trl-implicit"], split={"test": 0.3})
    for name in [profile, "trl-implicit"]:
        # The first is the default config.
        config = None if name == profile else name
        own, theirs = result.load(name), datasets.load_dataset("out", config)
        assert own.keys() == theirs.keys()
        for split, dataset in own.items():
            assert dataset.features == theirs[split].features
            assert dataset.to_list() == theirs[split].to_list()
            assert dataset.split == theirs[split].split
    assert result.load() is result.dataset
    # What `map` goes by is the same for the same pairs, and other for others.
    again = dpo_prep.run(
        input=rows, output="again", profiles=[profile, "trl-implicit"], split={"test": 0.3})
    prints = [
        made.load(name)[split]._fingerprint for made in (result, again) for split in own]
    assert prints[: len(own)] == prints[len(own):]
    assert len(set(prints)) == len(own)


def test_json_lines(rows: Rows, expected: Rows) -> None:
    result = dpo_prep.run(
        input=rows, output={"dir": "out", "format": "jsonl"}, profiles="trl")
    assert result.dataset["train"].to_list() == expected


def test_the_summary_is_that_of_the_manifest(rows: Rows) -> None:
    result = dpo_prep.run(input=rows, output="out", filters={"min_chars": 20})
    ledger, manifest = result.summary.ledger, result.manifest
    assert result.summary.pairs == result.dataset["train"].num_rows
    assert ledger.candidates_read == 240
    assert ledger.candidates_read == ledger.candidates_kept + sum(
        ledger.candidates_dropped.values())
    assert ledger.candidates_dropped == manifest["ledger"]["candidates"]["dropped"]
    after = manifest["diagnostics"]["after"]
    assert result.summary.after.spearman_pooled == after["spearman_pooled"]
    assert result.summary.before.longer_chosen == manifest["diagnostics"]["before"]["longer_chosen"]
    assert result.summary.notes[0].code == "layout"
    (curve,) = result.summary.curves
    assert curve.support is not None and len(curve.support.lower) == len(curve.support.lengths)
    assert curve(curve.lengths[3]) == curve.bias[3]


def test_a_configuration_as_a_file_a_mapping_and_keywords(rows: Rows, folder: Path) -> None:
    import yaml

    settings = {
        "calibration": {"frac": 0.5, "characteristics": [{"name": "words", "alpha": 0.5}]},
        "pairs": {"strategy": "max_random", "seed": 7}, "output": {"profiles": ["trl"]}}
    pa.parquet.write_table(pa.Table.from_pylist(rows), "in.parquet")
    inputs = {"paths": ["in.parquet"]}
    Path("prep.yaml").write_text(yaml.safe_dump(
        {**settings, "input": inputs, "output": {"profiles": ["trl"], "dir": "file"}}))
    results = [
        dpo_prep.run("prep.yaml"),
        dpo_prep.run(folder / "prep.yaml", {"output.dir": "override"}),
        dpo_prep.run({**settings, "input": inputs}, {"output": {"dir": "mapping"}}),
        dpo_prep.run(
            input=rows, output="keywords", profiles=["trl"], calibration=settings["calibration"],
            pairs=settings["pairs"]),
        dpo_prep.run({"input.paths": "in.parquet", **settings}, {"pairs.seed": 8}, output="seed"),
    ]
    first, *others, other = [result.dataset["train"].to_list() for result in results]
    assert all(pairs == first for pairs in others)
    assert other != first
    assert [result.summary.output for result in results] == [
        "file", "override", "mapping", "keywords", "seed"]


def test_what_a_file_can_say_a_mapping_can(
    rows: Rows, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("team").mkdir()
    Path("team/base.yaml").write_text(
        "paths_relative_to: config\ninput: {paths: [in.parquet]}\npairs: {seed: 7}\n")
    pa.parquet.write_table(pa.Table.from_pylist(rows), "team/in.parquet")
    monkeypatch.setenv("WHERE", "there")
    monkeypatch.setenv("DPO_PREP_RUN_THREADS", "3")
    config = {
        "extends": "team/base.yaml", "output": {"dir": "${WHERE}"}, "pairs": {"sigma": 1.5},
        "calibration.frac": 0.5}
    result = dpo_prep.run(config)
    assert result.summary.output == "there"
    told = result.manifest["config"]
    assert told["input"]["paths"] == ["team/in.parquet"]
    assert (told["pairs"]["seed"], told["pairs"]["sigma"]) == (7, 1.5)
    assert told["calibration"]["frac"] == 0.5 and told["run"]["threads"] == 3
    swept = dpo_prep.sweep(config={**config, "sweep": {"pairs.seed": [1, 2]}}, data=False)
    assert [variant.settings["pairs.seed"] for variant in swept.variants] == [1, 2]
    assert dpo_prep.fit(config).curves == result.summary.curves
    with pytest.raises(dpo_prep.ConfigurationError, match="WHERE of .output.dir. is not set"):
        monkeypatch.delenv("WHERE")
        dpo_prep.run(config)
    monkeypatch.setenv("DPO_PREP_RUN_THREDS", "3")
    with pytest.raises(dpo_prep.ConfigurationError, match="did you mean DPO_PREP_RUN_THREADS"):
        dpo_prep.run(input=rows, output="out")


def test_settings_of_any_kind(rows: Rows) -> None:
    import numpy as np

    result = dpo_prep.run(
        input=rows, output="out: {odd}, ‘name’ #1", settings={
            "calibration.frac": np.float64(0.5), "pairs.seed": np.int64(3),
            "split.salt": "-", "output.keep": ("source",), "output.license": None})
    assert result.manifest["config"]["split"]["salt"] == "-"
    assert result.manifest["config"]["calibration"]["frac"] == 0.5
    assert set(result.dataset["train"]["source"]) == {"a", "b"}
    with pytest.raises(TypeError, match="a setting cannot be a object"):
        dpo_prep.run(input=rows, output="out", settings={"pairs.seed": object()})


def test_what_has_no_rows(rows: Rows) -> None:
    split = datasets.Dataset.from_list(rows)
    with pytest.raises(TypeError, match=re.escape('found a DatasetDict of train; take one')):
        dpo_prep.run(input=datasets.DatasetDict(train=split), output="out")
    with pytest.raises(TypeError, match="found int"):
        dpo_prep.run(input=3, output="out")
    with pytest.raises(dpo_prep.DataError):
        dpo_prep.run(input=split.select([]), output="out")


def test_an_open_result_stays_where_it_is(
    rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = dpo_prep.run(input=rows, output="out", profiles=["trl"])
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert result.dataset["train"].num_rows == 60
    assert Path(result.report).exists()


def test_every_figure_of_the_summary_is_typed(rows: Rows) -> None:
    several = [{**row, "models": ["a", "b", "a", "b"]} for row in rows]
    summary = dpo_prep.run(input=several, output="out", profiles=["trl"]).summary
    document = json.loads(json.dumps(summary.document["diagnostics"]))

    def plain(value: Any) -> Any:
        return json.loads(json.dumps(dataclasses.asdict(value)))

    assert plain(summary.before) == document["before"]
    assert plain(summary.after) == document["after"]
    assert plain(summary.effect) == document["calibration_effect"]
    assert plain(summary.sensitivity) == document["sensitivity"]
    assert [effect.model for effect in summary.fits[0].model_effects] == ["a", "b"]
    fits = [{**curve, "smoothing": None} for curve in document["curves"]]
    assert [{**plain(fit), "smoothing": None} for fit in summary.fits] == fits
    told = [warning["code"] for warning in summary.document["warnings"]]
    assert [warning.code for warning in summary.warnings] == told


def test_figures_without_intervals(rows: Rows) -> None:
    summary = dpo_prep.run(
        input=rows, output="out", profiles=["trl"], calibration={"intervals": False}).summary
    assert summary.before.intervals is summary.after.intervals is summary.sensitivity is None
    assert summary.effect.changed_share is not None
    assert summary.effect.changed_share_interval is None


def test_a_sweep_is_several_runs(rows: Rows) -> None:
    axes = {"calibration.frac": [0.2, 0.8], "output.profiles": ["trl", ["trl", "kto"]]}
    stages = []
    swept = dpo_prep.sweep(
        axes, input=rows, output="frac-{calibration.frac}-{output.profiles}", html="sweep.html",
        progress=lambda moment: stages.append(moment.stage))
    # However often each tells how far it is, one stage after the other.
    assert [stage for stage, _ in itertools.groupby(stages)].count("reading") == swept.scans
    assert swept.axes == {name: tuple(values) for name, values in axes.items()}
    folders = ["frac-0.2-trl", "frac-0.2-trl-kto", "frac-0.8-trl", "frac-0.8-trl-kto"]
    assert "<svg" in Path("sweep.html").read_text(encoding="utf-8")
    for number, (variant, folder) in enumerate(zip(swept.variants, folders), start=1):
        assert variant.number == number and variant.error is None
        assert variant.result is not None and variant.result.path == os.path.abspath(folder)
        alone = dpo_prep.run(
            settings=variant.settings, input=rows, output="alone", overwrite=True)
        assert variant.result.dataset["train"].to_list() == alone.dataset["train"].to_list()
        assert variant.summary is not None and variant.summary.after == alone.summary.after
        assert variant.summary.curves == alone.summary.curves
    assert [row["pairs"] for row in swept.rows()] == [60] * 4
    assert "<td" in swept._repr_html_()


def test_a_sweep_without_data(rows: Rows) -> None:
    Path("sweep.yaml").write_text(
        "output: {dir: out}\nsweep: {pairs.min_margin: [0.0, 100.0]}\n", encoding="utf-8")
    swept = dpo_prep.sweep(config="sweep.yaml", input=rows, data=False)
    good, bad = swept.variants
    assert good.summary is not None and good.result is None and good.same_pairs == 60
    assert bad.summary is None and bad.error is not None and bad.error.code == "no_pairs"
    assert [row["variant"] for row in swept.rows()] == [1]
    assert not Path("out").exists()
    with pytest.raises(dpo_prep.DataError):
        dpo_prep.sweep({"pairs.min_margin": [50.0, 100.0]}, input=rows, data=False)
    with pytest.raises(dpo_prep.ConfigurationError, match="no setting has several values"):
        dpo_prep.sweep(input=rows, output="out-{n}")
