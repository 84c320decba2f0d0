internal import Hashing
internal import Ingest
internal import JSON
internal import Records
internal import Rows

/// What the rows of one chunk tell.
struct BatchSummary: Sendable {
  let file: Int
  let rowCount: Int
  private(set) var faults: [(fault: RowChecker.Fault, rows: Tally)] = []
  /// What the loader would see of the rows.
  let blocks: [LoaderBlock]
  /// A fingerprint of each row's prompt.
  private(set) var prompts: [(prompt: UInt64, place: Finding.Place)] = []

  /// - Parameter reader: Reads the pairs of rows; nil where they hold none.
  init(_ batch: TreePass.Batch, file name: String, profile: Profile, reader: PairRowReader?) {
    file = batch.file
    rowCount = batch.rows.count
    blocks = LoaderBlock.blocks(of: batch, file: name)
    let checker = RowChecker(profile: profile)
    for row in batch.rows {
      let place = Finding.Place(file: name, line: row.line)
      guard let tree = row.tree, case .object = tree else {
        add(.init(code: .malformedRow), at: place)
        continue
      }
      let pair = Result { () throws(ReadingFault) in try reader?.read(tree) }
      for fault in checker.faults(in: tree, pair) { add(fault, at: place) }
      if let prompt = Self.prompt(of: tree, try? pair.get(), profile) {
        prompts.append((Fingerprint.of(prompt.span.bytes), place))
      }
    }
    // Sets have no order of their own, and what is printed must not change from run to run.
    faults.sort {
      ($0.fault.code.rawValue, $0.fault.subject ?? "")
        < ($1.fault.code.rawValue, $1.fault.subject ?? "")
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
    if index == faults.endIndex { faults.append((fault, Tally())) }
    faults[index].rows.add(place)
  }
}
