internal import Arguments
internal import Emit
internal import Ingest
internal import JSON
internal import Records
internal import Settings
internal import Terminal

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
      (
        "[INPUT...]",
        "With -o or --dry-run: files, globs, folders or archives to read, as in input.paths."
      ),
      sourceOperands[1],
    ],
    options: [
      .text(
        "output", short: "o", "DIR", \.output, "The dataset's folder, as output.dir says it."),
      .flag(
        "dry-run", \.isDryRun,
        "Read, fit and plan, print what would be written and dropped, and write nothing."),
      limit(\.source),
      .flag(
        "plot", \.plots,
        "Draw the bias curves, and how often longer answers are chosen, below the table."),
    ] + figures(\.figures) + [
      .flag("json", \.printsJSON, "Print the summary as one JSON object (default: a table).")
    ],
    example: "dpo-prep run samples/nested.jsonl.zst calibration.frac=0.5 -o out/frac-0.5",
    defaults: RunOptions(),
    scope: .all,
    takeOperands: { (operands, options) throws(UsageError) in
      guard let output = options.output else {
        options.source.add(
          options.isDryRun
            ? try source(reading: operands, of: "run") : try source(operands, of: "run"))
        return
      }
      options.source.add(try source(withInputs: operands, of: "run"))
      options.source.set("output.dir", to: .string(output), as: "-o")
    },
    perform: { options, reporting in
      try RunCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter(), isQuiet: reporting.isQuiet
      ).run()
      return .done
    })

  static let fit = CommandSpec<FitOptions>(
    name: "fit",
    abstract: "estimate the bias curve and save it",
    discussion: """
      Reads scored generations as `run` does and writes only the curve, as JSON. A later run uses \
      it with `calibration.curve=FILE`, on these generations or on others from the same reward \
      model; so does `score`.
      """,
    operands: readingOperands,
    options: [
      .text("config", "FILE", \.configuration, configurationHelp),
      limit(\.source),
      .text(
        "out", short: "o", "FILE", \.output, "Where the curve goes (default: standard output)."),
    ],
    example: "dpo-prep fit samples/nested.jsonl.zst -o curve.json calibration.frac=0.5",
    defaults: FitOptions(),
    scope: .all,
    takeOperands: { (operands, options) throws(UsageError) in
      options.source.add(
        try source(reading: operands, configuredBy: options.configuration, of: "fit"))
    },
    perform: { options, reporting in
      try FitCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter(), isQuiet: reporting.isQuiet
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
        "field", valueName: "NAME=PATH", words: Setting.fieldPaths.map { "\($0.name)=" },
        "Where rows keep a field, as input.fields.NAME does; may be repeated. Names: "
          + "\(Setting.fieldPaths.map(\.name).joined(separator: ", ")).",
        apply: { (text, options) throws(UsageError) in try mapField(text, in: &options.fields) }),
      .flag(
        "formats", \.listsFormats, "List the layouts that are known, as Markdown, instead."),
      OptionSpec(
        "plot",
        "Draw what `run` would do by default: the bias curve, and how often longer answers are "
          + "chosen (default: on a terminal)."
      ) { (_, options) in options.plots = true },
      OptionSpec("no-plot", "Draw nothing.") { (_, options) in options.plots = false },
      .flag("json", \.printsJSON, "Print one JSON object (default: a table)."),
    ],
    example: "dpo-prep inspect samples/flat/*.jsonl.gz --field model=model",
    defaults: InspectOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      guard !operands.isEmpty || options.listsFormats else {
        throw UsageError(
          .missingOperand, "\"inspect\" needs an INPUT",
          hint: "name files, globs, folders or archives, or - for standard input")
      }
      if let setting = operands.first(where: {
        $0.contains("=") && Setting.isKey(String($0.prefix { $0 != "=" }))
      }) {
        let field = setting.split(separator: "=").first.map { $0.split(separator: ".").last ?? $0 }
        throw UsageError(
          .unknownOption, "\"inspect\" takes files and options, not settings: \"\(setting)\"",
          hint: setting.hasPrefix("input.fields.")
            ? "name the field with --field \(field ?? "response")=PATH"
            : "`dpo-prep config check` looks at the input of a configuration")
      }
      options.paths = operands
    },
    perform: { options, reporting in
      try InspectCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter()
      ).run()
      return .done
    })

  static let score = CommandSpec<ScoreOptions>(
    name: "score",
    abstract: "write the calibrated score of every candidate",
    discussion: """
      Reads scored generations as `run` does and writes a table with a row for every candidate, \
      in the order of the input: where it stands, its raw reward, the bias, the calibrated score, \
      its rank among the answers to its prompt, or why it is not used. The curve is fitted, or \
      that of `calibration.curve=FILE`. The file appears only when all is done.
      """,
    operands: [
      ("[CONFIG]", "A YAML file, whose name ends in .yaml or .yml."),
      (
        "[INPUT...]",
        "Files, globs, folders or archives to read, as in input.paths; `-` is standard input."
      ),
      sourceOperands[1],
    ],
    options: [
      .text(
        "out", short: "o", "FILE", \.output,
        "Where the table goes: .parquet, .jsonl, .jsonl.zst or .jsonl.gz; - is JSON Lines on "
          + "standard output (default: -)."),
      .text("config", "FILE", \.configuration, configurationHelp),
      limit(\.source),
      .flag("json", \.printsJSON, "Print what was done as one JSON object (default: a table)."),
    ],
    example: "dpo-prep score samples/nested.jsonl.zst -o scores.parquet calibration.frac=0.5",
    defaults: ScoreOptions(),
    scope: .all,
    takeOperands: { (operands, options) throws(UsageError) in
      options.source.add(
        try source(
          withInputs: operands, configuredBy: options.configuration, pipesInput: true,
          of: "score"))
    },
    perform: { options, reporting in
      try ScoreCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter(), isQuiet: reporting.isQuiet
      ).run()
      return .done
    })

  /// Figures as files of their own.
  static func figures<Options>(
    _ path: any WritableKeyPath<Options, FigureOptions> & Sendable
  ) -> [OptionSpec<Options>] {
    let words = ["svg"] + SVGConverter.Format.allCases.map(\.rawValue)
    return [
      OptionSpec(
        "figures", valueName: "DIR",
        "Write every figure of the report into this folder, each as a file that needs nothing else.",
        apply: { $1[keyPath: path].folder = $0 }),
      OptionSpec(
        "figure-format", valueName: "FORMAT", words: words,
        "What these files are: svg, pdf or png (default: svg; the others take librsvg's rsvg-convert).",
        apply: { (text, options) throws(UsageError) in
          guard words.contains(text) else {
            throw UsageError(
              .invalidValue, "\"--figure-format\" needs svg, pdf or png, found \"\(text)\"")
          }
          options[keyPath: path].format = SVGConverter.Format(rawValue: text)
        }),
    ]
  }

  /// A sample instead of everything, as a setting says it.
  static func limit<Options>(
    _ source: any WritableKeyPath<Options, ConfigurationSource> & Sendable
  ) -> OptionSpec<Options> {
    OptionSpec(
      "limit", valueName: "N",
      "Use N prompts alone, a sample that no order decides; as input.limit=N."
    ) { (text, options) throws(UsageError) in
      guard let count = Int(text), count > 0 else {
        throw UsageError(
          .invalidValue, "expected a number of prompts for \"--limit\", found \"\(text)\"",
          hint: "write for example --limit 1000")
      }
      options[keyPath: source].set("input.limit", to: .integer(count), as: "--limit")
    }
  }

  private static let configurationHelp =
    "A YAML file of settings; what is typed beside it is then INPUT or key=value."

  private static let readingOperands = [
    ("[CONFIG]", sourceOperands[0].1),
    ("[INPUT...]", "Files, globs, folders or archives to read, as in input.paths."),
    sourceOperands[1],
  ]

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
    if path.isDataFile {
      throw UsageError(
        .unexpectedOperand,
        "expected a configuration, found the data \"\(path)\"",
        hint: command.readsInputs
          ? "write dpo-prep \(command) \(path) -o \(command.makesFile ? "FILE" : "DIR")"
          : "name the data in a CONFIG, under `input.paths`")
    }
    for operand in operands.dropFirst() where !operand.contains("=") {
      throw UsageError(
        .unexpectedOperand, "expected key=value after \"\(path)\", found \"\(operand)\"",
        hint: command.readsInputs
          ? "to read files of data without a configuration, write dpo-prep \(command) INPUT... -o "
            + (command.makesFile ? "FILE" : "DIR")
          : "\"\(command)\" takes one configuration and settings such as calibration.frac=0.5")
    }
    return ConfigurationSource(path: path, overrides: Array(operands.dropFirst()))
  }

  /// Tells a configuration file, files of data and settings from each other, where a file that stands
  /// alone and does not look like data is a configuration.
  private static func source(
    reading operands: [String], configuredBy configuration: String? = nil, of command: String
  ) throws(UsageError) -> ConfigurationSource {
    let files = operands.filter { !$0.isAssignment }
    if configuration == nil, files.count == 1, let file = files.first, file == operands.first,
      !file.isInput
    {
      return try source(operands, of: command)
    }
    return try source(withInputs: operands, configuredBy: configuration, of: command)
  }

  /// Tells a configuration file, files of data and settings from each other.
  ///
  /// A configuration is `-` or ends in `.yaml` or `.yml`, and comes first.
  ///
  /// - Parameters:
  ///   - configuration: the configuration where an option names it.
  ///   - pipesInput: whether `-` is input rather than a configuration.
  static func source(
    withInputs operands: [String], configuredBy configuration: String? = nil,
    pipesInput: Bool = false, of command: String
  ) throws(UsageError) -> ConfigurationSource {
    var files = operands.filter { !$0.isAssignment }
    if let key = files.first(where: { Setting.named($0) != nil }) {
      throw UsageError(
        .missingValue, "\"\(key)\" is a setting, and has no value", hint: "write \(key)=VALUE")
    }
    var source = ConfigurationSource(
      path: configuration, overrides: operands.filter(\.isAssignment))
    if configuration != nil {
      // It may name the input, too.
    } else if let first = files.first,
      first == "-" && !pipesInput || first.hasSuffix(".yaml") || first.hasSuffix(".yml")
    {
      source.path = files.removeFirst()
    } else if files.isEmpty, !operands.contains(where: { $0.hasPrefix("input.paths=") }) {
      let output = command.makesFile ? "-o FILE" : "-o DIR"
      throw UsageError(
        .missingOperand, "\"\(command)\" needs a CONFIG or an INPUT",
        hint: "name files, globs, folders or archives: dpo-prep \(command) INPUT... \(output)")
    }
    if !files.isEmpty {
      source.set("input.paths", to: .list(files.map(JSONValue.string)), as: "INPUT")
    }
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
  fileprivate var readsInputs: Bool { self == "run" || self == "sweep" || makesFile }

  /// Whether a command of this name makes a file and no folder.
  fileprivate var makesFile: Bool { self == "fit" || self == "score" }

  /// Whether this is a setting rather than the name of a file.
  fileprivate var isOverride: Bool {
    guard let end = firstIndex(of: "=") else { return false }
    let key = String(self[..<end])
    return Setting.named(key) != nil || Setting.isSection(key)
  }

  /// Whether this can only be data to read: as a file of data, a folder or a pattern.
  var isInput: Bool {
    guard !isAssignment else { return false }
    return isDataFile || hasSuffix("/") || contains("*") || FileDigest.isFolder(self)
  }

  /// Whether this is a file of data, by its name or else by its content.
  ///
  /// JSON is YAML, so the name of a `.json` says nothing.
  fileprivate var isDataFile: Bool {
    if DataFileName.looksLikeData(self), !hasSuffix(".json") { return true }
    guard !hasSuffix(".yaml"), !hasSuffix(".yml") else { return false }
    // Opening a FIFO would wait for its writer.
    return FileDigest.exists(self) && Configuration.isData(fileAt: self)
  }

  /// Whether this is meant as `key=value`; paths such as `date=2026-01-01/part-0.parquet` are not.
  fileprivate var isAssignment: Bool {
    guard let end = firstIndex(of: "=") else { return false }
    let key = self[..<end]
    return isOverride || key.contains(".") && !key.contains("/") || !contains("/")
  }
}
