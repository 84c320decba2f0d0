internal import Hashing
internal import Ingest
internal import Records
internal import Rows

/// What the rows of one chunk tell.
struct BatchSummary: Sendable {
  let file: Int
  let rowCount: Int
  private(set) var faults: [(fault: RowChecker.Fault, rows: Tally)] = []
  private(set) var columns = ColumnUses()
  /// The sets of columns that rows have, in the order in which they came.
  private(set) var columnSets: [(names: [String], rows: Tally)] = []
  /// A fingerprint of each row's prompt.
  private(set) var prompts: [(prompt: UInt64, place: Finding.Place)] = []

  init(_ batch: TreePass.Batch, file name: String, profile: Profile) {
    file = batch.file
    rowCount = batch.rows.count
    let checker = RowChecker(profile: profile)
    for row in batch.rows {
      let place = Finding.Place(file: name, line: row.line)
      guard let tree = row.tree, case .object(let members) = tree else {
        add(.init(code: .malformedRow), at: place)
        continue
      }
      let preference = Preference(tree, as: profile)
      for fault in checker.faults(in: tree, preference) { add(fault, at: place) }
      columns.add(members, at: place)
      addColumnSet(members.map { String(decoding: $0.key, as: UTF8.self) }.sorted(), at: place)
      let turns = preference.turnsBefore
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
    let index = faults.firstIndex { $0.fault == fault } ?? faults.endIndex
    if index == faults.endIndex { faults.append((fault, Tally())) }
    faults[index].rows.add(place)
  }

  private mutating func addColumnSet(_ names: [String], at place: Finding.Place) {
    let index = columnSets.firstIndex { $0.names == names } ?? columnSets.endIndex
    if index == columnSets.endIndex { columnSets.append((names, Tally())) }
    columnSets[index].rows.add(place)
  }
}
