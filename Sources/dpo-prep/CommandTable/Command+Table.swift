internal import Ingest
internal import JSON
internal import Records
internal import Settings

extension Command {
  static let run = CommandSpec<RunOptions>(
    name: "run",
    abstract: "make a dataset of calibrated preference pairs",
    discussion: """
      Reads scored generations, estimates how the reward depends on length, removes that, pairs \
      the candidates of each prompt, and writes a dataset that DPO trainers load. The folder \
      appears only when all is done; a summary goes to standard output. Without a CONFIG every \
      setting has its default: `dpo-prep run INPUT... -o DIR`.
      """,
    operands: [
      ("[CONFIG]", sourceOperands[0].1),
      ("[INPUT...]", "With -o: files, globs, folders or archives to read, as in input.paths."),
      sourceOperands[1],
    ],
    options: [
      .text(
        "output", short: "o", "DIR", \.output, "The dataset's folder, as output.dir says it."),
      .flag("json", \.printsJSON, "Print the summary as one JSON object (default: a table)."),
      .flag("quiet", short: "q", \.isQuiet, "No progress and no notes, only warnings and errors."),
      .flag(
        "no-progress", \.showsProgress, to: false,
        "No progress (default: a bar on a terminal, else a line every 30 s)."),
    ],
    example: "dpo-prep run prep.yaml calibration.frac=0.5 output.dir=out-0.5",
    defaults: RunOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      guard let output = options.output else {
        options.source = try source(operands, of: "run")
        return
      }
      options.source = try source(withInputs: operands, of: "run")
      options.source.set("output.dir", to: .string(output))
    },
    perform: { options, reporting in
      try RunCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter(isShown: options.showsProgress && !options.isQuiet)
      ).run()
      return .done
    })

  static let fit = CommandSpec<FitOptions>(
    name: "fit",
    abstract: "estimate the bias curve and save it",
    discussion: """
      Reads scored generations as `run` does and writes only the curve, as JSON. A later run uses \
      it with `calibration.curve=FILE`, on these generations or on others from the same reward \
      model.
      """,
    operands: sourceOperands,
    options: [
      .text(
        "out", short: "o", "FILE", \.output, "Where the curve goes (default: standard output)."),
      .flag("quiet", short: "q", \.isQuiet, "No progress and no notes, only warnings and errors."),
      .flag(
        "no-progress", \.showsProgress, to: false,
        "No progress (default: a bar on a terminal, else a line every 30 s)."),
    ],
    example: "dpo-prep fit prep.yaml --out curve.json",
    defaults: FitOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      options.source = try source(operands, of: "fit")
    },
    perform: { options, reporting in
      try FitCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter(isShown: options.showsProgress && !options.isQuiet)
      ).run()
      return .done
    })

  static let inspect = CommandSpec<InspectOptions>(
    name: "inspect",
    abstract: "say what is in files of scored generations",
    discussion: """
      Prints the layout found, the fields with their types, how many prompts and candidates there \
      are and what would be dropped, how lengths and rewards are spread, how much the reward goes \
      with the length, and the first row as it is understood. Needs no configuration and writes \
      nothing.
      """,
    operands: [
      ("INPUT...", "Files, globs, folders or archives to read; `-` is standard input.")
    ],
    options: [
      .choice(
        "format", "FORMAT", \.format,
        "How rows are laid out: auto, nested, flat, or a format as in input.format (default: auto)."
      ),
      OptionSpec(
        "field", valueName: "NAME=PATH",
        "Where rows keep a field, as input.fields.NAME does; may be repeated. Names: "
          + "\(Setting.fieldPaths.map(\.name).joined(separator: ", ")).",
        apply: { (text, options) throws(UsageError) in try mapField(text, in: &options.fields) }),
      .flag(
        "formats", \.listsFormats, "List the layouts that are known, as Markdown, instead."),
      .flag("json", \.printsJSON, "Print one JSON object (default: a table)."),
      .flag("quiet", short: "q", \.isQuiet, "No progress and no notes, only warnings and errors."),
      .flag(
        "no-progress", \.showsProgress, to: false,
        "No progress (default: a bar on a terminal, else a line every 30 s)."),
    ],
    example: "dpo-prep inspect gens/*.jsonl.zst --field reward=scores.helpful",
    defaults: InspectOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      guard !operands.isEmpty || options.listsFormats else {
        throw UsageError(
          .missingOperand, "\"inspect\" needs an INPUT",
          hint: "name files, globs, folders or archives, or - for standard input")
      }
      options.paths = operands
    },
    perform: { options, reporting in
      try InspectCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter(isShown: options.showsProgress && !options.isQuiet)
      ).run()
      return .done
    })

  static let sourceOperands = [
    ("CONFIG", "A YAML file (`dpo-prep config init` prints one); `-` is standard input."),
    (
      "[key=value...]",
      "Settings that win over the file; values are YAML, list elements go by number, as in "
        + "calibration.characteristics.0.alpha=0.8."
    ),
  ]

  /// Tells the configuration file from the settings behind it.
  static func source(
    _ operands: [String], of command: String
  ) throws(UsageError) -> ConfigurationSource {
    guard let path = operands.first else {
      throw UsageError(
        .missingOperand, "\"\(command)\" needs a CONFIG",
        hint: "`dpo-prep config init > prep.yaml` makes one")
    }
    if path.isOverride {
      throw UsageError(
        .missingOperand, "\"\(command)\" needs a CONFIG before \"\(path)\"",
        hint: "write dpo-prep \(command) CONFIG \(path)")
    }
    // JSON is YAML, so this may be a configuration.
    guard !DataFileName.looksLikeData(path) || path.hasSuffix(".json") else {
      throw UsageError(
        .unexpectedOperand, "expected a configuration, found the data \"\(path)\"",
        hint: command.readsInputs
          ? "write dpo-prep \(command) \(path) -o DIR"
          : "name the data in a CONFIG, under `input.paths`")
    }
    for operand in operands.dropFirst() where !operand.contains("=") {
      throw UsageError(
        .unexpectedOperand, "expected key=value after \"\(path)\", found \"\(operand)\"",
        hint: command.readsInputs
          ? "to read files of data without a configuration, write dpo-prep \(command) INPUT... -o DIR"
          : "\"\(command)\" takes one configuration and settings such as calibration.frac=0.5")
    }
    return ConfigurationSource(path: path, overrides: Array(operands.dropFirst()))
  }

  /// Tells a configuration file, files of data and settings from each other.
  ///
  /// A configuration is `-` or ends in `.yaml` or `.yml`, and comes first.
  static func source(
    withInputs operands: [String], of command: String
  ) throws(UsageError) -> ConfigurationSource {
    var files = operands.filter { !$0.isAssignment }
    var source = ConfigurationSource(overrides: operands.filter(\.isAssignment))
    if let first = files.first, first == "-" || first.hasSuffix(".yaml") || first.hasSuffix(".yml")
    {
      source.path = files.removeFirst()
    } else if files.isEmpty {
      throw UsageError(
        .missingOperand, "\"\(command)\" needs a CONFIG or an INPUT",
        hint: "name files, globs, folders or archives: dpo-prep \(command) INPUT... -o DIR")
    }
    if !files.isEmpty { source.set("input.paths", to: .list(files.map(JSONValue.string))) }
    return source
  }

  private static func mapField(
    _ text: String, in fields: inout Configuration.Fields
  ) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw UsageError(
        .invalidValue, "expected NAME=PATH for \"--field\", found \"\(text)\"",
        hint: "write for example --field reward=scores.helpful")
    }
    let name = String(parts[0])
    guard let field = Setting.fieldPaths.first(where: { $0.name == name }) else {
      throw .invalidChoice(name, for: "--field", among: Setting.fieldPaths.map(\.name))
    }
    guard
      parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty })
    else {
      throw UsageError(
        .invalidValue, "expected a dotted path for \"--field\", found \"\(parts[1])\"",
        hint: "name the fields from the outside in, as in scores.helpful")
    }
    field.map(to: String(parts[1]), in: &fields)
  }
}

extension String {
  /// Whether a command of this name does without a configuration.
  fileprivate var readsInputs: Bool { self == "run" || self == "sweep" }

  /// Whether this is a setting rather than the name of a file.
  fileprivate var isOverride: Bool {
    guard let end = firstIndex(of: "=") else { return false }
    let key = String(self[..<end])
    return Setting.named(key) != nil || Setting.isSection(key)
  }

  /// Whether this is meant as `key=value`; paths such as `date=2026-01-01/part-0.parquet` are not.
  fileprivate var isAssignment: Bool {
    guard let end = firstIndex(of: "=") else { return false }
    let key = self[..<end]
    return isOverride || key.contains(".") && !key.contains("/") || !contains("/")
  }
}
