internal import Calibrate
internal import Clean
package import Emit
internal import Ingest
internal import JSON
internal import PairBuilder
package import Records
package import Rows
package import Scan
package import Settings
package import Work

/// The first pass as a configuration wants it.
package struct ScanStage {
  package let configuration: Configuration
  package let printer: any DiagnosticSink
  package let progress: any ProgressSink
  /// How much of the input's text may be kept for the second pass.
  package var resident = ResidentInput.Limit.none

  /// What of a row the output cannot carry; nil where nothing is written.
  package var obstacle: RowReader.Obstacle?
  /// Labelled pairs whose answers are looked for.
  package var labels: [LabelledPair] = []
  package var advice = Advice.settings

  package init(
    _ configuration: Configuration, printer: any DiagnosticSink, progress: any ProgressSink
  ) {
    self.configuration = configuration
    self.printer = printer
    self.progress = progress
  }

  /// What happens to malformed rows while the pass runs.
  package struct Observer: InputScan.Observer {
    let printer: any DiagnosticSink
    /// Where they are kept: one for each dataset.
    package var rejects: [RejectsFile]
    let advice: Advice
    private(set) var shownRejects = 0

    package init(
      printer: any DiagnosticSink, rejects: [RejectsFile] = [], advice: Advice = .settings
    ) {
      self.advice = advice
      self.printer = printer
      self.rejects = rejects
    }

    /// More than these would bury what comes after.
    private static let shownAtMost = 5

    package mutating func didReject(_ row: RejectedRow) throws {
      shownRejects += 1
      if shownRejects <= Self.shownAtMost {
        printer.report(
          Diagnostic(
            .warning, row.message, at: row.location,
            hint: advice == .settings ? "the row is left out (input.on_error: skip)" : row.hint,
            code: row.code.name))
      } else if shownRejects == Self.shownAtMost + 1 {
        printer.report(
          Diagnostic(
            .note, "further malformed rows are counted, not shown", code: "more_malformed_rows"))
      }
      for index in rejects.indices { try rejects[index].append(row) }
    }

    package func didMeetEmpty(_ diagnostic: Diagnostic) {
      printer.report(
        Diagnostic(
          .warning, diagnostic.message, at: diagnostic.location, hint: diagnostic.hint,
          code: diagnostic.code))
    }

    package func checkpoint() throws { try Interruption.checkpoint() }
  }

  /// Reads everything once.
  package func run(_ input: PreparedInput, observer: inout Observer) throws -> InputScan.Result {
    let benchmarks = try benchmarks
    progress.begin("reading", total: input.byteCount)
    defer { progress.end() }
    return completed(
      try scan(
        try measure(input.schemas, benchmarks), input.framing, ExcludedPrompts(configuration),
        benchmarks
      ).run(input.files, observer: &observer) { [progress] in progress.update($0) })
  }

  /// Reads an input that is a single file, and writes its columns.
  func measure(
    _ input: PreparedInput, observer: inout Observer, to output: (RawSpan) throws -> Void
  ) throws -> MeasuredFacts {
    let benchmarks = try benchmarks
    progress.begin("reading", total: input.byteCount)
    defer { progress.end() }
    return try scan(try measure(input.schemas, benchmarks), input.framing).measure(
      input.files[0], observer: &observer, progress: { [progress] in progress.update($0) },
      to: output)
  }

  /// Puts the columns of all inputs together, as if they had been read at once.
  func run(_ inputs: [MeasuredInput], observer: inout Observer) throws -> InputScan.Result {
    let benchmarks = try benchmarks
    progress.begin("reading columns", total: 0)
    defer { progress.end() }
    return completed(
      try scan(
        withoutFiles(RowSchemas([])), FramingOptions(), ExcludedPrompts(configuration), benchmarks
      ).run(inputs, observer: &observer))
  }

  /// The benchmarks that prompts are held against; nil without any.
  private var benchmarks: Benchmarks? {
    get throws {
      guard !configuration.filters.contaminated.against.isEmpty else { return nil }
      progress.begin("reading benchmarks", total: 0)
      defer { progress.end() }
      return try Benchmarks(configuration)
    }
  }

  private func scan(
    _ measure: MeasureOptions, _ framing: FramingOptions, _ excluded: ExcludedPrompts? = nil,
    _ benchmarks: Benchmarks? = nil
  ) -> InputScan {
    var scan = InputScan(
      measure: measure,
      errorPolicy: configuration.input.onError == .fail
        ? .fail : .skip(limit: configuration.input.maxErrors),
      dropsDuplicates: configuration.filters.dedup,
      idConflicts: configuration.input.idConflicts, framing: framing,
      threads: configuration.threadCount, resident: resident)
    scan.limit = configuration.input.limit.map {
      PromptLimit(count: $0, seed: configuration.input.limitSeed)
    }
    scan.excluded = excluded
    scan.nearDuplicates = configuration.nearDuplicateRule
    scan.benchmarks = benchmarks
    scan.labels = labels
    return scan
  }

  /// Tells of members of archives that were left alone.
  private func completed(_ scan: InputScan.Result) -> InputScan.Result {
    for input in scan.inputs where input.skippedMemberCount > 0 {
      let names = input.skippedMembers.joined(separator: ", ")
      printer.report(
        Diagnostic(
          .note,
          Quantity.count(
            input.skippedMemberCount, "member of the archive is not a data file",
            plural: "members of the archive are not data files") + ": \(names)",
          at: SourceLocation(file: input.name),
          hint: "members are read whose names end in .jsonl, .json, .ndjson, .csv or .tsv",
          code: "skipped_members"))
    }
    return scan
  }

  private func measure(
    _ schemas: RowSchemas, _ benchmarks: Benchmarks?
  ) throws -> MeasureOptions {
    var options = withoutFiles(schemas)
    options.promptFilters.benchmarks = benchmarks?.index
    options.tokenizer = try configuration.tokenizerInUse.map { try TokenizerSource($0).tokenizer }
    return options
  }

  /// What is measured of rows but for what files say, as there may be no rows to read.
  private func withoutFiles(_ schemas: RowSchemas) -> MeasureOptions {
    var options = MeasureOptions(
      schemas: schemas, minChars: configuration.filters.minChars,
      maxChars: configuration.filters.maxChars)
    options.maxTokens = configuration.filters.maxTokens
    options.maxPairTokens = configuration.filters.maxPairTokens
    options.thinking = configuration.input.thinking ?? .include
    options.promptFilters = configuration.promptFilters
    if !configuration.filters.refusals.isEmpty {
      options.refusals = PhraseList(configuration.filters.refusals)
    }
    options.draw = draw
    options.obstacle = obstacle
    options.advice = advice
    // Without a dataset no field passes through.
    if schemas.distinct.first?.passThrough.isEmpty == false {
      options.sourceField = configuration.output.sourceField
    }
    if !configuration.output.keepsModels, !configuration.pairs.usesModels {
      options.modelLimit = ModelColumn.countLimit
    }
    return options
  }

  /// Draws for a prompt what the configuration needs, and nothing where it needs nothing.
  private var draw: (@Sendable ([UInt8], [UInt8]) -> PromptDraws)? {
    let split = configuration.split
    let isRandom = configuration.pairs.strategy == .maxRandom
    guard split.test > 0 || isRandom else { return nil }
    let splitDraw = PromptDraw(salt: split.salt)
    let randomDraw = PromptDraw(salt: String(configuration.pairs.seed))
    return { id, splitKey in
      PromptDraws(
        isTest: split.test > 0 && splitDraw.fraction(forPromptID: splitKey) < split.test,
        random: isRandom ? randomDraw.number(forPromptID: id) : 0)
    }
  }
}

extension Configuration {
  /// How many threads work.
  package var threadCount: Int { run.threads ?? Processors.count }
}

extension [Profile] {
  /// Finds what of a row the first of the profiles that cannot carry it has no place for.
  ///
  /// - Parameter unwritten: what stands beside conversations and goes nowhere.
  func obstacle(besides unwritten: Set<String>) -> RowReader.Obstacle {
    { row in
      let answers = row.answers.compactMap(\.self)
      let context = row.context.filter {
        !unwritten.contains(String(decoding: $0.name, as: UTF8.self))
      }
      for profile in self {
        guard let key = profile.obstacle(row.messages, context, answers) else { continue }
        let others = Profile.allCases.filter {
          $0.obstacle(row.messages, context, answers) == nil
        }
        let names = others.map(\.rawValue).joined(separator: ", ")
        return ReadingFault(
          .notCarried, in: nil, "the profile \(profile.rawValue) cannot carry \"\(key)\"",
          hint: others.isEmpty
            ? "no profile can; leave the row out with input.on_error: skip"
            : "output.profiles: [\(others[0].rawValue)] can (so can: \(names)), or leave such rows "
              + "out with input.on_error: skip")
      }
      return nil
    }
  }
}
