internal import Records
internal import Settings

extension Command {
  static let run = CommandSpec<RunOptions>(
    name: "run",
    abstract: "make a dataset of calibrated preference pairs",
    discussion: """
      Reads scored generations, estimates how the reward depends on length, removes that, pairs \
      the candidates of each prompt, and writes a dataset that DPO trainers load. The folder \
      appears only when all is done; a summary goes to standard output.
      """,
    operands: sourceOperands,
    options: [
      .flag("json", \.printsJSON, "Print the summary as one JSON object (default: a table)."),
      .flag("quiet", short: "q", \.isQuiet, "No progress and no notes, only warnings and errors."),
      .flag(
        "no-progress", \.showsProgress, to: false,
        "No progress (default: a bar on a terminal, else a line every 30 s)."),
    ],
    example: "dpo-prep run prep.yaml calibration.frac=0.5 output.dir=out-0.5",
    defaults: RunOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      options.source = try source(operands, of: "run")
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
    })

  private static let sourceOperands = [
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
    for operand in operands.dropFirst() where !operand.contains("=") {
      throw UsageError(
        .unexpectedOperand, "expected key=value after \"\(path)\", found \"\(operand)\"",
        hint: "\"\(command)\" takes one configuration and settings such as calibration.frac=0.5")
    }
    return ConfigurationSource(path: path, overrides: Array(operands.dropFirst()))
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
  /// Whether this is a setting rather than the name of a file.
  fileprivate var isOverride: Bool {
    guard let end = firstIndex(of: "=") else { return false }
    let key = String(self[..<end])
    return Setting.named(key) != nil || Setting.isSection(key)
  }
}
