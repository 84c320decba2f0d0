internal import Calibrate
internal import Columns
internal import Emit
internal import Ingest
internal import JSON
internal import Records
internal import Rows
internal import Scan
internal import Settings

/// `inspect`: what is in these files, without a configuration.
struct InspectCommand {
  let options: InspectOptions
  let printer: StderrPrinter

  /// What was found.
  struct Findings {
    var layout: RowSchema.Layout
    var inputs: [InputReport]
    var ledger: Ledger
    var lengths: [Double]
    var rewards: [Double]
    var bias: BiasDiagnostics
  }

  /// The quantiles that are shown.
  private static let fractions = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

  func run() throws {
    let findings = try look()
    if options.printsJSON {
      try StandardStream.output.write(document(findings).text)
    } else {
      try StandardStream.output.write(text(findings))
    }
  }

  private func look() throws -> Findings {
    var configuration = Configuration()
    configuration.input.paths = options.paths
    configuration.input.format = options.format
    configuration.input.fields = options.fields
    // Whoever looks wants to see what is there, malformed rows included.
    configuration.input.onError = .skip
    configuration.input.maxErrors = .max
    let input = try PreparedInput(
      configuration.input, characteristics: [.chars], streamFolder: PreparedInput.temporaryFolder)
    var observer = ScanStage.Observer(printer: printer, rejects: nil)
    let progress = ProgressMeter(isEnabled: options.showsProgress && !options.isQuiet)
    let scan = try ScanStage(
      configuration: configuration, printer: printer, progress: progress
    ).run(input, observer: &observer)
    let (table, column) = (scan.table, scan.table.lengths[0])
    let population = PopulationLevels(
      levels: column.levels, codes: column.codes, values: table.rewards)
    return Findings(
      layout: input.schema.layout, inputs: scan.inputs, ledger: table.ledger,
      lengths: Self.fractions.map { population.quantile($0) },
      rewards: Self.fractions.map { fraction in
        OrderStatistics.quantile(
          fraction, population: table.ledger.candidatesKept, count: table.candidateCount
        ) { table.rewards[$0] }
      },
      bias: BiasDiagnostics(scan, values: table.rewards, threads: configuration.threadCount))
  }

  private func text(_ found: Findings) -> String {
    let ledger = found.ledger
    var counts = TextTable()
    for input in found.inputs {
      counts.add(input.name, Quantity.bytes(input.byteCount), "\(Quantity.count(input.rows)) rows")
    }
    var kept = TextTable()
    kept.add("prompts", Quantity.count(ledger.promptsRead))
    kept.add("candidates", Quantity.count(ledger.candidatesRead))
    if ledger.rowsRejected > 0 { kept.add("malformed rows", Quantity.count(ledger.rowsRejected)) }
    for reason in CandidateDrop.allCases {
      if let count = ledger.candidatesDropped[reason] {
        kept.add("  unusable: \(reason.rawValue)", Quantity.count(count))
      }
    }
    var quantiles = TextTable()
    quantiles.add("quantile", "min", "5 %", "25 %", "50 %", "75 %", "95 %", "max")
    func add(_ name: String, _ values: [Double], places: Int) {
      let cells = values.map { Quantity.decimal($0, places: places) }
      quantiles.add(name, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6])
    }
    add("chars", found.lengths, places: 0)
    add("reward", found.rewards, places: 3)
    return """
      \(found.layout)

      \(counts.text())
      \(kept.text())
      \(quantiles.text())
        Spearman of reward and chars: \(Quantity.signed(found.bias.pooled, places: 3)) pooled, \
      \(Quantity.signed(found.bias.withinPrompt, places: 3)) within prompt \
      (\(Quantity.count(found.bias.prompts)) prompts)

      """
  }

  private func document(_ found: Findings) -> JSONValue {
    func quantiles(_ values: [Double]) -> JSONValue {
      .object(
        zip(Self.fractions, values).map { .init(name: String($0), value: .number($1)) })
    }
    let ledger = found.ledger
    return [
      "layout": .string(found.layout.description),
      "inputs": .list(
        found.inputs.map {
          [
            "path": .string($0.name), "bytes": .integer($0.byteCount), "rows": .integer($0.rows),
          ]
        }),
      "prompts": .integer(ledger.promptsRead),
      "candidates": .integer(ledger.candidatesRead),
      "usable_candidates": .integer(ledger.candidatesKept),
      "dropped": .object(
        CandidateDrop.allCases.compactMap { reason in
          ledger.candidatesDropped[reason].map {
            .init(name: reason.rawValue, value: .integer($0))
          }
        }),
      "rows": .integer(ledger.rowsRead),
      "malformed_rows": .integer(ledger.rowsRejected),
      "chars_quantiles": quantiles(found.lengths),
      "reward_quantiles": quantiles(found.rewards),
      "spearman_pooled": JSONValue(found.bias.pooled),
      "spearman_within_prompt": JSONValue(found.bias.withinPrompt),
    ]
  }
}
