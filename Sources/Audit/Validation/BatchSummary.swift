internal import Hashing
internal import Ingest

/// What the rows of one chunk tell.
struct BatchSummary: Sendable {
  let file: Int
  let rowCount: Int
  private(set) var faults: [(fault: RowChecker.Fault, places: [Finding.Place])] = []
  private(set) var columns: [(name: String, use: ColumnUse)] = []
  /// The sets of columns that rows have, in the order in which they came.
  private(set) var columnSets: [(names: [String], places: [Finding.Place])] = []
  /// A fingerprint of each row's prompt.
  private(set) var prompts: [(prompt: UInt64, place: Finding.Place)] = []

  init(_ batch: TreePass.Batch, file name: String, format: TrainerFormat) {
    file = batch.file
    rowCount = batch.rows.count
    let checker = RowChecker(format: format)
    for row in batch.rows {
      let place = Finding.Place(file: name, line: row.line)
      guard let tree = row.tree, case .object(let members) = tree else {
        add(.init(code: .malformedRow), at: place)
        continue
      }
      for fault in checker.faults(in: tree) { add(fault, at: place) }
      add(members.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }, at: place)
      let turns = Preference(tree, as: format).turnsBefore
      if !turns.isEmpty {
        let text = Array(turns.joined(separator: [0]))
        prompts.append((text.withUnsafeBytes { Fingerprint.of($0) }, place))
      }
    }
    // Sets have no order of their own, and what is printed must not change from run to run.
    faults.sort {
      ($0.fault.code.rawValue, $0.fault.subject ?? "")
        < ($1.fault.code.rawValue, $1.fault.subject ?? "")
    }
  }

  private mutating func add(_ fault: RowChecker.Fault, at place: Finding.Place) {
    if let index = faults.firstIndex(where: { $0.fault == fault }) {
      faults[index].places.append(place)
    } else {
      faults.append((fault, [place]))
    }
  }

  private mutating func add(_ members: [(name: String, value: JSONTree)], at place: Finding.Place) {
    for (name, value) in members {
      let index =
        columns.firstIndex { $0.name == name }
        ?? {
          columns.append((name, ColumnUse()))
          return columns.count - 1
        }()
      columns[index].use.add(ColumnUse.Kind(value), at: place)
    }
    let names = members.map(\.name).sorted()
    if let index = columnSets.firstIndex(where: { $0.names == names }) {
      columnSets[index].places.append(place)
    } else {
      columnSets.append((names, [place]))
    }
  }
}
