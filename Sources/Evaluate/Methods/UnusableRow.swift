internal import JSON

/// A row that an evaluation can do nothing with.
struct UnusableRow: Error {
  /// What it lacks: `no "output"`, `text_chosen is a list`.
  let reason: String

  init(reason: String) { self.reason = reason }

  /// - Parameter faults: For each field that is needed what is wrong with it; nil for nothing.
  init(_ faults: [String?]) {
    reason = faults.compactMap(\.self).joined(separator: ", ")
  }
}

extension ScoreRow {
  /// What a field is that is not what it should be.
  func fault(_ key: String) -> String {
    switch self[key] {
    case nil, .null?: "no \"\(key)\""
    case .bool?: "\(key) is true or false"
    case .number(let number)? where !number.isFinite: "\(key) is not a finite number"
    case .number?, .integer?, .largeInteger?: "\(key) is a number"
    case .string?: "\(key) is a text"
    case .list(let elements)?: "\(key) is a list" + (elements.isEmpty ? " of nothing" : "")
    case .object?: "\(key) is an object"
    }
  }
}
