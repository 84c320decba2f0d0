import Records
import Testing

@testable import Settings

/// What is said about configurations that are wrong.
@Suite struct ConfigurationErrorTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let overrides: [String]
    /// `place: message (hint)` of everything that is reported.
    let reports: [String]
    var testDescription: String { reports.first ?? "" }

    init(_ text: String, _ overrides: [String] = [], _ reports: String...) {
      (self.text, self.overrides, self.reports) = (text, overrides, reports)
    }
  }

  private static func reports(_ error: ConfigurationError) -> [String] {
    error.diagnostics.map { diagnostic in
      (diagnostic.location.map { "\($0): " } ?? "") + diagnostic.message
        + (diagnostic.hint.map { " (\($0))" } ?? "")
    }
  }

  static let start = "input: {paths: a}\noutput: {dir: out}\n"

  static let unknownKeys: [Example] = [
    Example(
      start + "calibration:\n  farc: 1\n", [],
      "f:4:3: unknown key \"calibration.farc\" (did you mean \"calibration.frac\"?)"),
    Example(
      start + "calibraton: {}\n", [],
      "f:3:1: unknown key \"calibraton\" (did you mean \"calibration\"?)"),
    Example(
      start + "frac: 1\n", [],
      "f:3:1: unknown key \"frac\" (did you mean \"calibration.frac\"?)"),
    Example(
      start + "calibration.frac: 1\n", [],
      "f:3:1: unknown key \"calibration.frac\" (nest it: `frac` goes below `calibration`)"),
    Example(
      start + "run: {colour: 1}\n", [],
      "f:3:7: unknown key \"run.colour\" (the keys of \"run\" are threads, memory, tmp_dir)"),
    Example(
      start + "<<: {}\n", [],
      "f:3:1: unknown key \"<<\" (merge keys are not supported; write the keys out)"),
    Example(
      "input: {path: a}\noutput: {dir: out}\n", [],
      "f:1:9: unknown key \"input.path\" (did you mean \"input.paths\"?)"),
    Example(
      start, ["pairs.sgima=1", "split.tset=0.1"],
      "command line: unknown key \"pairs.sgima\" (did you mean \"pairs.sigma\"?)",
      "command line: unknown key \"split.tset\" (did you mean \"split.test\"?)"),
    Example(
      start, ["pairs={sgima: 1}"],
      "command line: unknown key \"pairs.sgima\" (did you mean \"pairs.sigma\"?)"),
    Example(
      start, ["pairs.sigma.0=1"],
      "command line: unknown key \"pairs.sigma.0\" (\"pairs.sigma\" is one value, without parts)"),
    Example(
      start, ["calibration.characteristics.0.alhpa=1"],
      "command line: unknown key \"calibration.characteristics.0.alhpa\" "
        + "(did you mean \"calibration.characteristics.0.alpha\"?)"),
    Example(
      start, ["calibration.characteristics.2.alpha=1"],
      "command line: \"calibration.characteristics\" has 1 element, none is number 2 "
        + "(the first is number 0)"),
    Example(
      start, ["calibration.characteristics.alpha=1"],
      "command line: unknown key \"calibration.characteristics.alpha\" "
        + "(an element of the list has a number: calibration.characteristics.0)"),
  ]

  static let invalidValues: [Example] = [
    Example(
      "calibration: {frac: 1.5}\n", [],
      "f:1:21: expected auto or a number above 0 and at most 1 for \"calibration.frac\", found \"1.5\"",
      "f: \"input.paths\" is missing "
        + "(it has no default; write `paths: [gens/*.jsonl.zst]` below `input`)",
      "f: \"output.dir\" is missing (it has no default; write `dir: out` below `output`)"),
    Example(
      start, ["calibration.frac=0"],
      "command line: expected auto or a number above 0 and at most 1 for \"calibration.frac\", found \"0\""
    ),
    Example(
      start, ["calibration.frac=.nan"],
      "command line: expected auto or a number above 0 and at most 1 for \"calibration.frac\", "
        + "found \".nan\""),
    Example(
      start, ["calibration.frac=inf"],
      "command line: expected auto or a number above 0 and at most 1 for \"calibration.frac\", "
        + "found \"inf\""),
    Example(
      start, ["calibration.ratio=1e999"],
      "command line: expected a number above 0 for \"calibration.ratio\", found \"1e999\""),
    Example(
      start, ["calibration.frac='0.5'"],
      "command line: expected auto or a number above 0 and at most 1 for \"calibration.frac\", "
        + "found the text \"0.5\" (remove the quotes)"),
    Example(
      start, ["calibration.frac="],
      "command line: expected auto or a number above 0 and at most 1 for \"calibration.frac\", "
        + "found nothing (leave the key out to have the default)"),
    Example(
      start, ["calibration.iterations=101"],
      "command line: expected auto or a whole number from 0 to 100 for "
        + "\"calibration.iterations\", found \"101\""),
    Example(
      start, ["calibration.iterations=2.5"],
      "command line: expected auto or a whole number from 0 to 100 for "
        + "\"calibration.iterations\", found \"2.5\""),
    Example(
      start, ["pairs.seed=9223372036854775808"],
      "command line: expected a whole number of at least 0 for \"pairs.seed\", "
        + "found \"9223372036854775808\" (whole numbers go up to 9223372036854775807)"),
    Example(
      start, ["split.test=1"],
      "command line: expected a number of at least 0 and below 1 for \"split.test\", found \"1\""),
    Example(
      start, ["filters.dedup=yes"],
      "command line: expected true or false for \"filters.dedup\", found \"yes\""),
    Example(
      start, ["input.format=nestd"],
      "command line: expected auto, nested, flat, simpo, ultrafeedback, distilabel, rlhflow, "
        + "seeds, rebel, h4, nectar, nemo-rl, kto, conversation, webgpt, shp, columns or openai "
        + "for \"input.format\", found \"nestd\" "
        + "(did you mean \"nested\"?)"),
    Example(
      start, ["output.format=jsonl", "output.compression=snappy"],
      "command line: \"output.compression\" is snappy, but files of the format jsonl are not "
        + "compressed by it (zstd is smaller and nearly as fast)"),
    Example(
      start, ["output.format=jsonl", "output.profiles=[trl, llama-factory]"],
      "command line: LLaMA-Factory loads no compressed JSON Lines "
        + "(write `format: parquet`, or `compression: none`)"),
    Example(
      start, ["output.profiles=[trl, alignment-handbook, trl]"],
      "command line: \"trl\" is in \"output.profiles\" twice (remove it; it is element 0 already)"),
    Example(
      start, ["input.paths=[]"],
      "command line: expected at least one element in \"input.paths\", found an empty list"),
    Example(
      start, ["input.paths=", "output.dir=true"],
      "command line: expected a list of paths for \"input.paths\", found nothing",
      "command line: expected a path for \"output.dir\", found \"true\" "
        + "(put it in quotes if the text is meant)"),
    Example(
      start, ["input.paths=[a, [b], '']"],
      "command line: expected a path for \"input.paths.1\", found a list",
      "command line: expected a path for \"input.paths.2\", found the text \"\""),
    Example(
      start, ["input.fields.reward=a..b"],
      "command line: expected a dotted path for \"input.fields.reward\", found \"a..b\" "
        + "(name the fields from the outside in, as in meta.scores)"),
    Example(
      start, ["run.threads=0", "run.memory=63MiB"],
      "command line: expected auto or a whole number from 1 to 1024 for \"run.threads\", "
        + "found \"0\"",
      "command line: expected a size of at least 64MiB for \"run.memory\", found \"63MiB\" "
        + "(write bytes, or a number with KiB, MiB, GiB, KB, MB or GB, such as 2GiB)"),
    Example(
      start, ["run=5"],
      "command line: expected a mapping for \"run\", found \"5\" "
        + "(its keys are threads, memory, tmp_dir)"),
    Example(
      start + "calibration:\n  characteristics: [char, {alpha: -1}, {name: 'field:'}]\n", [],
      "f:4:21: expected chars, bytes, words, markdown, headers, lists, bold, code, tokens or field:NAME for "
        + "\"calibration.characteristics.0.name\", found \"char\" (did you mean \"chars\"?)",
      "f:4:27: \"calibration.characteristics.1\" has no \"name\" "
        + "(name what is measured, such as chars)",
      "f:4:35: expected auto or a number of at least 0 for \"calibration.characteristics.1.alpha\", "
        + "found \"-1\"",
      "f:4:47: expected chars, bytes, words, markdown, headers, lists, bold, code, tokens or field:NAME for "
        + "\"calibration.characteristics.2.name\", found the text \"field:\" "
        + "(name a field after \"field:\", as in field:tokens or field:meta.tokens)"),
  ]

  static let rules: [Example] = [
    Example(
      start + "pairs: {per_prompt: 2}\n", [],
      "f:3:21: \"pairs.per_prompt\" is 2, but the strategy max_min makes one pair of a prompt "
        + "(several pairs come from the strategies all, top_bottom, length_matched, neighbors and "
        + "model_pairs)"),
    Example(
      start + "filters: {min_chars: 10, max_chars: 9}\n", [],
      "f:3:37: \"filters.max_chars\" (9) is below \"filters.min_chars\" (10) "
        + "(no response could be kept)"),
    Example(
      start, ["pairs.min_margin=2", "pairs.max_margin=1.5"],
      "command line: \"pairs.max_margin\" (1.5) is below \"pairs.min_margin\" (2) "
        + "(no pair could be kept)"),
    Example(
      start, ["pairs.lower_quantile=0.9"],
      "command line: \"pairs.upper_quantile\" (0.9) is not above \"pairs.lower_quantile\" (0.9) "
        + "(chosen is taken at the upper quantile, rejected at the lower)"),
    // A value that is wrong by itself is not judged together with others.
    Example(
      start, ["pairs.lower_quantile=2"],
      "command line: expected a number from 0 to 1 for \"pairs.lower_quantile\", found \"2\""),
  ]

  @Test(arguments: unknownKeys + invalidValues + rules)
  func everythingWrongIsReported(example: Example) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.parse(example.text, named: "f", overrides: example.overrides)
    }
    #expect(error.code == .invalidSettings)
    #expect(error.category == .badConfiguration)
    #expect(Self.reports(error) == example.reports)
  }

  @Test(arguments: [
    ["pairs.per_prompt=2", "pairs.strategy=all"], ["pairs.per_prompt=1"],
    ["pairs.per_prompt=3", "pairs.strategy=top_bottom"],
    ["pairs.per_prompt=3", "pairs.strategy=length_matched"],
    ["pairs.min_margin=1", "pairs.max_margin=1"], ["filters.min_chars=5", "filters.max_chars=5"],
  ])
  func theEdgesOfRulesAreAllowed(overrides: [String]) throws {
    _ = try Configuration.parse(Self.start, named: "f", overrides: overrides)
  }

  @Test(arguments: [
    ("frac", "expected key=value, found \"frac\""), ("=1", "expected key=value, found \"=1\""),
    ("", "expected key=value, found \"\""),
    (
      "a=[1",
      "invalid YAML: did not find expected ',' or ']' while parsing a flow sequence in \"a=[1\""
    ),
    (
      "input.paths=*.gz",
      "a name of letters and digits must follow \"*\" or \"&\" in \"input.paths=*.gz\""
    ),
  ])
  func malformedArgumentsAreUsageErrors(argument: String, message: String) throws {
    // Every malformed argument is reported, and none of the file's faults.
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.parse("nonsense: 1", named: "f", overrides: [argument, "x"])
    }
    #expect(error.code == .malformedOverride)
    #expect(error.category == .usage)
    #expect(error.diagnostics.map(\.message) == [message, "expected key=value, found \"x\""])
  }

  @Test(arguments: [
    ("", "f: the configuration is empty"), ("# nothing\n", "f: the configuration is empty"),
    ("[a]", "f:1:1: expected a mapping of settings, found a list"),
    ("\n text", "f:2:2: expected a mapping of settings, found \"text\""),
    ("---\n", "f:2:1: expected a mapping of settings, found nothing"),
  ])
  func whatIsNoMappingIsNoConfiguration(text: String, report: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.parse(text, named: "f")
    }
    #expect(error.code == .malformedText)
    #expect(
      Self.reports(error) == [report + " (`dpo-prep config init` prints one to start from)"])
  }

  @Test func aMissingFileIsAMissingInput() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.load(path: "/no/such/prep.yaml")
    }
    #expect(error.code == .missingFile)
    #expect(error.category == .inputMissing)
    #expect(error.diagnostic.location == SourceLocation(file: "/no/such/prep.yaml"))
  }

  @Test func aFolderIsNoConfiguration() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Configuration.load(path: "/")
    }
    #expect(error.category == .badConfiguration)
    #expect(error.diagnostic.message == "expected a configuration file, found a folder")
  }
}
