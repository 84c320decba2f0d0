import Records
import Testing

@testable import Settings

/// A configuration with just what has no default, and more lines below.
private func minimal(_ more: String = "") -> String {
  "input: {paths: [a.jsonl]}\noutput: {dir: out}\n" + more
}

@Suite struct ConfigurationTests {
  /// A section alone needs nothing of the others, and keeps its own rules.
  @Test func theCalibrationCanBeReadAlone() throws {
    let defaults = try Configuration.Calibration.parse(overrides: [])
    #expect(defaults == Configuration().calibration)
    let changed = try Configuration.Calibration.parse(
      overrides: ["calibration.frac=0.5", "calibration.frac=0.25", "calibration.ratio=7"])
    #expect(changed.frac == 0.25 && changed.ratio == 7)
    for wrong in [["calibration.frac=2"], ["calibration.curve=c.json", "calibration.method=none"]] {
      #expect(throws: ConfigurationError.self) {
        try Configuration.Calibration.parse(overrides: wrong)
      }
    }
  }

  @Test func whatIsNotMentionedHasItsDefault() throws {
    let resolved = try Configuration.parse(minimal(), named: "f")
    var expected = Configuration()
    expected.input.paths = ["a.jsonl"]
    expected.output.dir = "out"
    #expect(resolved.configuration == expected)
  }

  /// A value of every setting that is not its default, as written and as understood.
  static let otherValues: [String: (text: String, value: ConfigValue)] = [
    "input.paths": ("b.jsonl", ["b.jsonl"]),
    "input.exclude": ("[round-1, old.parquet]", ["round-1", "old.parquet"]),
    "input.base": ("gens", "gens"),
    "input.format": ("flat", "flat"),
    "input.on_error": ("skip", "skip"),
    "input.max_errors": ("0", .int(0)),
    "input.max_row": ("1.5MB", .int(1_500_000)),
    "input.max_window": ("1.5MB", .int(1_500_000)),
    "input.reward_order": ("lower", "lower"),
    "input.thinking": ("exclude", "exclude"),
    "input.id_conflicts": ("ignore", "ignore"),
    "input.limit": ("1000", .int(1000)),
    "input.limit_seed": ("7", .int(7)),
    "input.stream_bytes": ("12", .int(12)),
    "input.stream_sha256": (
      String(repeating: "a", count: 64), .string(String(repeating: "a", count: 64))
    ),
    "input.fields.prompt": ("a.b", "a.b"),
    "input.fields.prompt_id": ("'no'", "no"),
    "input.fields.response": ("text", "text"),
    "input.fields.reward": ("0", "0"),
    "input.fields.responses": ("candidates", "candidates"),
    "input.fields.rewards": ("日本", "日本"),
    "input.fields.model": ("by", "by"),
    "input.fields.system": ("on", "on"),
    "input.fields.messages": ("chat", "chat"),
    "calibration.combine": ("mean_rank", "mean_rank"),
    "calibration.lambda": ("2", .double(2)),
    "calibration.each": ("true", .bool(true)),
    "calibration.jointly": ("true", .bool(true)),
    "calibration.method": ("none", "none"),
    "calibration.transform": ("rank", "rank"),
    "calibration.clip": ("1e-3", .double(0.001)),
    "calibration.characteristics": (
      "[words, {name: field:n.tokens, alpha: 5e-1}]",
      [
        ["name": "words", "alpha": .double(1)], ["name": "field:n.tokens", "alpha": .double(0.5)],
      ]
    ),
    "calibration.scope": ("global", "global"),
    "calibration.model_effects": ("never", "never"),
    "calibration.frac": ("1", .double(1)),
    "calibration.iterations": ("100", .int(100)),
    "calibration.delta": ("2.5", .double(2.5)),
    "calibration.ratio": ("1e-3", .double(0.001)),
    "calibration.min_count": ("1e2", .int(100)),
    "calibration.coefficient": ("-1", .double(-1)),
    "calibration.curve": ("c.json", "c.json"),
    "input.tokenizer": ("t.json", "t.json"), "filters.max_tokens": ("7", .int(7)),
    "filters.max_pair_tokens": ("9", .int(9)),
    "calibration.curve_check": ("false", .bool(false)),
    "calibration.labels": ("l.jsonl", "l.jsonl"),
    "calibration.intervals": ("false", .bool(false)),
    "calibration.target": ("log_ratio", "log_ratio"),
    "filters.min_chars": ("0", .int(0)),
    "filters.max_chars": ("5000", .int(5000)),
    "filters.min_candidates": ("4", .int(4)),
    "filters.dedup": ("false", .bool(false)),
    "filters.refusals": ("[i cannot, as an ai]", ["i cannot", "as an ai"]),
    "filters.contaminated.against": ("[a.jsonl, b/*.parquet]", ["a.jsonl", "b/*.parquet"]),
    "filters.contaminated.fields": ("[question, a.b]", ["question", "a.b"]),
    "filters.contaminated.ngram": ("13", .int(13)),
    "filters.contaminated.share": ("1", .double(1)),
    "filters.near_duplicates.similarity": ("0.8", .double(0.8)),
    "filters.near_duplicates.keep": ("best", "best"),
    "filters.near_duplicates.ngram": ("3", .int(3)),
    "filters.near_duplicates.bands": ("20", .int(20)),
    "filters.near_duplicates.rows": ("6", .int(6)),
    "filters.repetition.share": ("0.3", .double(0.3)),
    "filters.repetition.ngram": ("10", .int(10)),
    "filters.scripts.names": ("[latin, han]", ["latin", "han"]),
    "filters.scripts.share": ("0.9", .double(0.9)),
    "pairs.strategy": ("top_bottom", "top_bottom"),
    "pairs.ties": ("drop", "drop"),
    "pairs.min_margin": ("0.5", .double(0.5)),
    "pairs.max_margin": ("q97.5", "q97.5"),
    "pairs.order": ("hardest", "hardest"),
    "pairs.field_margins": (
      "[{name: field:meta.help, min: 1}, field:safe]",
      [
        ["name": "field:meta.help", "min": .double(1)], ["name": "field:safe", "min": .double(0)],
      ]
    ),
    "pairs.chosen.min_score": ("-1.5", .double(-1.5)),
    "pairs.chosen.models": ("[large, 'x 2']", ["large", "x 2"]),
    "pairs.rejected.max_score": ("0", .double(0)),
    "pairs.rejected.models": ("small", ["small"]),
    "pairs.bounded_scores": ("raw", "raw"),
    "pairs.per_source": ("100", .int(100)),
    "pairs.sample": ("1e3", .int(1000)),
    "pairs.agreement": ("0.75", .double(0.75)),
    "pairs.per_prompt": ("1", .int(1)),
    "pairs.seed": ("9223372036854775807", .int(.max)),
    "pairs.sigma": ("1.5", .double(1.5)),
    "pairs.upper_quantile": ("0.75", .double(0.75)),
    "pairs.lower_quantile": ("0", .double(0)),
    "pairs.length_ratio": ("1", .double(1)),
    "split.field": ("meta.split", "meta.split"),
    "split.test": ("0.05", .double(0.05)),
    "split.salt": ("2024", "2024"),
    "output.dir": ("a b: c'\\", "a b: c'\\"),
    "output.format": ("jsonl", "jsonl"),
    "output.profiles": ("[trl, alignment-handbook]", ["trl", "alignment-handbook"]),
    "output.keep": ("[source, meta.turns]", ["source", "meta.turns"]),
    "output.all_answers": ("true", .bool(true)),
    "output.license": ("apache-2.0", "apache-2.0"),
    "output.source_datasets": ("[org/one]", ["org/one"]),
    "output.language": ("[en, de]", ["en", "de"]),
    "output.pretty_name": ("Some pairs", "Some pairs"),
    "output.task_categories": ("[question-answering]", ["question-answering"]),
    "output.tags": ("[length]", ["length"]),
    "output.compression": ("gzip", "gzip"),
    "output.shard_rows": ("1", .int(1)),
    "output.overwrite": ("true", .bool(true)),
    "run.threads": ("8", .int(8)),
    "run.memory": ("64 MiB", "64MiB"),
    "run.tmp_dir": ("/scratch", "/scratch"),
    "calibration.target_gap": ("-12.5", .double(-12.5)),
    "report.html": ("false", .bool(false)),
    "report.previous_curve": ("round-1", "round-1"),
  ]

  @Test(arguments: Setting.all.map(\.key))
  func everySettingIsReadAndWritten(key: String) throws {
    let setting = try #require(Setting.named(key))
    let (text, value) = try #require(Self.otherValues[key])
    let written = text.contains(": c") ? ConfigValue.string(text).flowText : text
    // Tokens are counted by a tokenizer alone, sources told by a field that is kept, and one
    // characteristic is not fitted together with others.
    let needed = key.hasPrefix("filters.") && key.hasSuffix("_tokens") ? "t.json" : nil
    let kept = key == "pairs.per_source" ? ["source"] : []
    let measures = key == "calibration.jointly" ? ["chars", "bold"] : ["chars"]
    let resolved = try Configuration.parse(
      minimal(), named: "f",
      overrides: (needed.map { ["input.tokenizer=\($0)"] } ?? [])
        + kept.map { "output.keep=[\($0)]" }
        + (measures.count > 1 ? ["calibration.characteristics=\(measures)"] : [])
        + ["\(key)=\(written)"])
    #expect(setting.value(resolved.configuration) == value)
    if key != "output.format" {
      #expect(setting.value(resolved.configuration) != setting.value(Configuration()))
    }
    #expect(resolved.origins(of: key) == [.argument("\(key)=\(written)")])
    // Nothing else has changed.
    var expected = Configuration()
    expected.input.paths = ["a.jsonl"]
    expected.output.dir = "out"
    if let needed { expected.input.tokenizer = needed }
    expected.output.keep = kept
    if measures.count > 1 {
      expected.calibration.characteristics = [
        .init(.chars), .init(.bold),
      ]
    }
    for other in Setting.all where other.key != key {
      #expect(other.value(resolved.configuration) == other.value(expected), "\(other.key)")
    }
    // What `config show` prints means the same.
    let again = try Configuration.parse(resolved.yaml(), named: "g")
    #expect(again.configuration == resolved.configuration)
  }

  @Test func everyOtherValueBelongsToASetting() {
    #expect(Set(Self.otherValues.keys) == Set(Setting.all.map(\.key)))
  }

  @Test(arguments: ConfigValueTests.hardTexts.filter { !$0.isEmpty && !$0.utf8.contains(0) })
  func hardTextsComeBackFromConfigShow(text: String) throws {
    let flow = ConfigValue.string(text).flowText
    let resolved = try Configuration.parse(
      minimal(), named: "a\nb",
      overrides: ["output.pretty_name=\(flow)", "input.paths=[\(flow), x]"])
    #expect(resolved.configuration.output.prettyName?.utf8.elementsEqual(text.utf8) == true)
    let again = try Configuration.parse(resolved.yaml(), named: "f")
    #expect(again.configuration == resolved.configuration)
  }

  @Test(arguments: [
    ("filters.max_chars", "null"), ("filters.max_chars", "~"), ("filters.max_chars", ""),
    ("pairs.max_margin", "null"), ("pairs.per_prompt", "null"), ("pairs.agreement", "null"),
    ("calibration.curve", ""),
    ("run.tmp_dir", "null"), ("run.threads", "auto"), ("run.threads", "'auto'"),
  ])
  func noneCanBeGiven(key: String, text: String) throws {
    let resolved = try Configuration.parse(
      minimal(), named: "f", overrides: ["\(key)=\(try #require(Self.otherValues[key]).text)"])
    let unset = try Configuration.parse(
      resolved.yaml(), named: "f", overrides: ["\(key)=\(text)"])
    let setting = try #require(Setting.named(key))
    #expect(setting.value(unset.configuration) == setting.value(Configuration()))
  }

  @Test func emptySectionsAreAsGoodAsAbsentOnes() throws {
    let resolved = try Configuration.parse(minimal("filters:\npairs: ~\n"), named: "f")
    #expect(resolved.configuration.filters == Configuration.Filters())
  }

  @Test func resolvedValuesAreNestedAndInOrder() throws {
    let values = try Configuration.parse(minimal(), named: "f").configuration.resolvedValues()
    guard case .mapping(let sections) = values else {
      Issue.record("no mapping")
      return
    }
    #expect(
      sections.map(\.key) == [
        "input", "calibration", "filters", "pairs", "split", "output", "run", "report",
      ])
    #expect(values["input"]?["fields"]?["prompt_id"] == "prompt_id")
    #expect(values["calibration"]?["frac"] == .double(0.3))
    #expect(values["run"]?["memory"] == "768MiB")
    #expect(values["run"]?["threads"] == "auto")
    #expect(values["pairs"]?["max_margin"] == .null)
  }
}
