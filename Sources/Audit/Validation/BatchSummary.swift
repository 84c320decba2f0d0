internal import Hashing
internal import Ingest
internal import JSON
internal import Parquet
internal import Records
internal import Rows

/// What the rows of one chunk tell.
struct BatchSummary: Sendable {
  let file: Int
  let rowCount: Int
  private(set) var faults: [(fault: RowChecker.Fault, rows: FoundRows)] = []
  /// What the loader would see of the rows.
  let blocks: [LoaderBlock]
  /// A fingerprint of each row's prompt.
  private(set) var prompts: [(prompt: UInt64, place: Finding.Place)] = []

  /// - Parameter reader: Reads the pairs of rows; nil where they hold none.
  init(_ batch: TreePass.Batch, file name: String, profile: Profile, reader: PairRowReader?) {
    file = batch.file
    rowCount = batch.rows.count
    blocks = LoaderBlock.blocks(of: batch, file: name)
    for row in batch.rows {
      let place = Finding.Place(file: name, line: row.line)
      if let tree = row.tree, case .object = tree {
        add(tree, at: place, profile, reader)
      } else {
        add(.init(code: .malformedRow), at: place)
      }
    }
  }

  /// Looks at rows in columns.
  init(
    _ batch: ColumnBatch, ofFile file: Int, _ name: String, profile: Profile,
    reader: PairRowReader, columns: ValidatedColumns
  ) throws {
    self.file = file
    rowCount = batch.rowCount
    blocks = [
      LoaderBlock(
        file: file, rowCount: rowCount, columns: columns.survey.uses(in: batch, file: name))
    ]
    var memory: [UInt8] = []
    for number in 0..<batch.rowCount {
      let row = RowView(batch, columns.pairs, row: number)
      let place = Finding.Place(file: name, line: row.line)
      if let checker = columns.checker, let pair = try row.exchange(),
        try checker.isFaultless(row, pair)
      {
        let prompt = pair.withPrompt(in: batch, using: &memory) { Fingerprint.of($0.bytes) }
        prompts.append((prompt, place))
      } else {
        add(try row.value(), at: place, profile, reader)
      }
    }
  }

  /// Looks at a row that is an object.
  private mutating func add(
    _ row: JSONValue, at place: Finding.Place, _ profile: Profile, _ reader: PairRowReader?
  ) {
    let pair = Result { () throws(ReadingFault) in try reader?.read(row) }
    for fault in RowChecker(profile: profile).faults(in: row, pair) { add(fault, at: place) }
    if let prompt = Self.prompt(of: row, try? pair.get(), profile) {
      prompts.append((Fingerprint.of(prompt.span.bytes), place))
    }
  }

  /// The prompt of a row as bytes; nil where there is none that can be read.
  private static func prompt(
    of row: JSONValue, _ pair: PairRow??, _ profile: Profile
  ) -> [UInt8]? {
    if let pair = pair ?? nil { return pair.conversation.promptText }
    guard profile == .kto, let prompt = row["prompt"] else { return nil }
    if let text = prompt.text { return text }
    let messages = try? MessageReader(field: "prompt").messages(prompt)
    return messages.map { Array($0.map(\.text).joined(separator: [0x0A, 0x0A])) }
  }

  private mutating func add(_ fault: RowChecker.Fault, at place: Finding.Place) {
    let index = faults.firstIndex { $0.fault == fault } ?? faults.endIndex
    if index == faults.endIndex { faults.append((fault, FoundRows())) }
    faults[index].rows.add(place)
  }
}
