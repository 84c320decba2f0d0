internal import Calibrate
internal import Columns
package import JSON
package import Job
package import Records
package import Rows
package import Scan
internal import Terminal
internal import Text

/// What `inspect` found.
package struct InspectResult {
  /// What rows are like, in words, and the layout's name.
  package let layout: String
  package let format: InputFormat
  package let inputs: [InputReport]
  package let ledger: Ledger
  package let survey: FieldSurvey
  package let lengths: [Double]
  package let rewards: [Double]
  package let bias: BiasDiagnostics
  /// Of the prompts with two candidates or more, those whose best reward stands twice.
  let tiedTops: Int
  let comparablePrompts: Int
  /// Prompts whose usable candidates are too few for a pair, by what left them with these.
  let shortages: [Shortage: Int]
  /// Prompts that give no pair, whatever their candidates.
  let droppedPrompts: [PromptDrop: Int]
  /// The first row as it is understood; nil where it cannot be read.
  package let example: Example?

  /// A row as it is understood.
  package struct Example {
    var place: SourceLocation
    var turns: [(role: String, text: [UInt8])]
    var context: [String]
    var answers: [(text: [UInt8]?, reward: Double)]
  }

  /// The quantiles that are shown.
  static let fractions = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

  package init(
    input: PreparedInput, scan: InputScan.Result, survey: FieldSurvey, threads: Int
  ) {
    let (table, column) = (scan.table, scan.table.primary)
    let population = PopulationLevels(
      Sample(levels: column.levels, codes: column.codes, values: table.rewards))
    layout = input.account.layout
    format = input.schemas.distinct[0].format
    inputs = scan.inputs
    ledger = table.ledger
    self.survey = survey
    lengths = Self.fractions.map { population.quantile($0) }
    rewards = Self.fractions.map { fraction in
      OrderStatistics.quantile(
        fraction, population: table.ledger.candidatesKept, count: table.candidateCount
      ) { table.rewards[$0] }
    }
    bias = BiasDiagnostics(
      scan, values: OrderedColumn(table.rewards, in: scan.groups), threads: threads)
    var (tied, comparable) = (0, 0)
    var shortages: [Shortage: Int] = [:]
    var dropped: [PromptDrop: Int] = [:]
    for prompt in 0..<table.promptCount {
      if let reason = table.drop(ofPrompt: prompt) {
        dropped[reason, default: 0] += 1
        continue
      }
      var (best, count, usable) = (-Double.infinity, 0, 0)
      for candidate in scan.groups[prompt] {
        let reward = table.rewards[Int(candidate)]
        guard !reward.isNaN else { continue }
        usable += 1
        if reward > best {
          (best, count) = (reward, 1)
        } else if reward == best {
          count += 1
        }
      }
      if usable < 2 {
        let candidates = scan.groups[prompt]
        let shortage = Shortage(
          dropped: candidates.lazy.compactMap { CandidateDrop(ofReward: table.rewards[Int($0)]) },
          of: candidates.count, needed: 2)
        shortages[shortage, default: 0] += 1
      } else {
        comparable += 1
        if count > 1 { tied += 1 }
      }
    }
    (tiedTops, comparablePrompts, self.shortages) = (tied, comparable, shortages)
    droppedPrompts = dropped
    example = Self.example(survey, input.schemas.distinct[0])
  }

  private static func example(_ survey: FieldSurvey, _ schema: RowSchema) -> Example? {
    guard let first = survey.first, let row = RowReader.understood(first.row, schema) else {
      return nil
    }
    return Example(
      place: first.location,
      turns: row.conversation.messages.map { message in
        (message.role.rawValue, message.isPlain ? message.text : message.value.compact)
      },
      context: row.conversation.context.map { String(decoding: $0.name, as: UTF8.self) },
      answers: zip(row.conversation.answers, row.rewards).map { ($0?.text, $1) })
  }
}

extension InspectResult {
  /// The result for people.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String {
    let introduction = [
      layout, "The layout is \"\(format.rawValue)\" (`inspect --formats` lists all).",
    ]
    var sections = [
      introduction.flatMap { $0.wrapped(width: width ?? .max) }.joined(separator: "\n")
    ]
    var files = TextTable([.name, .figure])
    for input in inputs {
      files.add(input.name, Quantity.bytes(input.byteCount), Quantity.count(input.rows, "row"))
    }
    sections += [fields, counts].map { $0.text(width: width) }
    sections.insert(files.text(width: width), at: 1)
    if !rewards.allSatisfy(\.isNaN) {
      sections += [quantiles, correlations].map { $0.text(width: width) }
    }
    if let example { sections.append(text(of: example, width: width)) }
    return sections.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
  }

  private var fields: TextTable {
    var table = TextTable([.name, .label, .figure, .prose], hasHeader: true, keeping: 2)
    table.add("field", "type", "of \(Quantity.count(survey.rows, "row"))", "example")
    for field in survey.fields {
      table.add(
        field.path, field.type.description,
        Quantity.percent(Double(field.present) / Double(max(1, survey.rows))),
        field.example ?? "")
    }
    return table
  }

  private var lonelyPrompts: Int { shortages.values.reduce(0, +) }

  private var counts: TextTable {
    var table = TextTable([.label, .figure])
    table.add("prompts", Quantity.count(ledger.promptsRead))
    for reason in PromptDrop.allCases {
      if let count = droppedPrompts[reason] {
        table.add("  would be dropped: \(reason.rawValue)", Quantity.count(count))
      }
    }
    if lonelyPrompts > 0 {
      table.add(
        "  would be dropped: \(PromptDrop.tooFewCandidates.rawValue)",
        Quantity.count(lonelyPrompts))
      table.add(shortages)
    }
    table.add("candidates", Quantity.count(ledger.candidatesRead))
    for reason in CandidateDrop.allCases {
      if let count = ledger.candidatesDropped[reason] {
        table.add("  unusable: \(reason.rawValue)", Quantity.count(count))
      }
    }
    if ledger.rowsRejected > 0 {
      table.add("malformed rows", Quantity.count(ledger.rowsRejected))
    }
    table.add(
      "best rewards that are tied",
      "\(Quantity.count(tiedTops)) of \(Quantity.count(comparablePrompts))")
    return table
  }

  /// A number; one that is very large with its exponent.
  private static func text(_ number: Double, places: Int) -> String {
    abs(number) < 1e9
      ? Quantity.decimal(number, places: places) : Quantity.significant(number, digits: 4)
  }

  /// Numbers in a row, of which large ones have as many digits as tell them apart.
  private static func texts(_ numbers: [Double], places: Int) -> [String] {
    guard numbers.contains(where: { abs($0) >= 1e9 }) else {
      return numbers.map { text($0, places: places) }
    }
    let different = Set(numbers).count
    for digits in 4..<17 {
      let texts = numbers.map { Quantity.significant($0, digits: digits) }
      if Set(texts).count >= different { return texts }
    }
    return numbers.map { Quantity.significant($0, digits: 17) }
  }

  private var quantiles: TextTable {
    var table = TextTable([.label, .figure], hasHeader: true)
    table.add("quantile", "min", "5 %", "25 %", "50 %", "75 %", "95 %", "max")
    table.add([Quantity.count(ledger.candidatesKept, "usable candidate")])
    func add(_ name: String, _ values: [Double], places: Int) {
      let cells = Self.texts(values, places: places)
      table.add(name, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6])
    }
    add("  chars", lengths, places: 0)
    add("  reward", rewards, places: 3)
    return table
  }

  private var correlations: TextTable {
    var table = TextTable([.label, .figure], hasHeader: true)
    table.add("Spearman of reward and chars", "", "n")
    table.add(
      "  pooled", Quantity.signed(bias.pooled, places: 3),
      Quantity.count(ledger.candidatesKept, "candidate"))
    table.add(
      "  within prompt", Quantity.signed(bias.withinPrompt, places: 3),
      Quantity.count(bias.prompts, "prompt"))
    return table
  }

  /// The least cells of a line that quotes a text, where the terminal has them.
  private static let quoteWidth = 80

  private func text(of example: Example, width: Int?) -> String {
    let width = width ?? Self.quoteWidth
    func line(_ label: String, _ text: [UInt8]?) -> String {
      let start = "  \(label.shown): "
      let limit = max(1, width - start.cellWidth)
      let whole = text.map {
        String(decoding: $0.prefix(4 * (limit + 1)), as: UTF8.self)
          .replacing("\n", with: "\\n").filter { !$0.isNewline && $0 != "\t" }.shown
      }
      let shown = whole ?? "null"
      return start
        + (shown.cellWidth > limit ? shown.prefix(cells: limit - 1) + "…" : shown) + "\n"
    }
    var text = "\(example.place.description.cut(toCells: max(1, width - 17))) is understood as\n"
    for turn in example.turns { text += line(turn.role, turn.text) }
    if !example.context.isEmpty {
      text += "with \(example.context.joined(separator: ", "))".wrapped(width: width - 2)
        .map { "  \($0)\n" }.joined()
    }
    for (number, answer) in example.answers.enumerated() {
      text += line(
        "answer \(number + 1), reward \(Self.text(answer.reward, places: 3))", answer.text)
    }
    return text
  }

  /// The result for programs.
  package var document: JSONValue {
    func quantiles(_ values: [Double]) -> JSONValue {
      .object(
        zip(Self.fractions, values).map { .init(name: String($0), value: JSONValue($1)) })
    }
    return [
      "layout": .string(layout),
      "format": .string(format.rawValue),
      "inputs": .list(
        inputs.map {
          [
            "path": .string($0.name), "bytes": .integer($0.byteCount), "rows": .integer($0.rows),
          ]
        }),
      "fields": .list(
        survey.fields.map { field in
          [
            "path": .string(field.path), "type": .string(field.type.description),
            "present": .number(Double(field.present) / Double(max(1, survey.rows))),
            "example": field.example.map { .string($0) } ?? .null,
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
      "prompts_to_drop": .object(
        PromptDrop.allCases.compactMap { reason in
          let count =
            reason == .tooFewCandidates ? lonelyPrompts : droppedPrompts[reason, default: 0]
          return count == 0 ? nil : .init(name: reason.rawValue, value: .integer(count))
        }),
      "too_few_candidates_by": JSONValue(shortages),
      "tied_best_rewards": .integer(tiedTops),
      "rows": .integer(ledger.rowsRead),
      "malformed_rows": .integer(ledger.rowsRejected),
      "chars_quantiles": quantiles(lengths),
      "reward_quantiles": quantiles(rewards),
      "spearman_pooled": JSONValue(bias.pooled),
      "spearman_within_prompt": JSONValue(bias.withinPrompt),
    ]
  }
}
