internal import Ingest
internal import JSON
internal import Records
internal import Rows

/// A row of a file of scores, or one of an object of columns.
struct ScoreRow {
  private let members: [String: JSONValue]
  /// The row's place in lists; nil where the object is a row itself.
  private let index: Int?
  /// The file's place among the files that were read.
  let file: Int
  /// Where the row is; only the file where rows are parts of one document.
  let location: SourceLocation

  /// The value of a field; a value that is not a list stands for every row of an object of columns.
  subscript(key: String) -> JSONValue? {
    guard let value = members[key] else { return nil }
    guard let index, let elements = value.elements else { return value }
    return index < elements.count ? elements[index] : nil
  }

  /// A text or a whole number as text.
  func text(_ key: String) -> String? {
    switch self[key] {
    case .string(let bytes): String(decoding: bytes, as: UTF8.self)
    case .integer(let number): "\(number)"
    case .largeInteger(let digits): String(decoding: digits, as: UTF8.self)
    // Tables with a gap in the column make 3.0 of 3.
    case .number(let number): Int(exactly: number).map { "\($0)" } ?? "\(number)"
    default: nil
    }
  }

  /// A finite number, or the only element of a list; NaN without one.
  func number(_ key: String) -> Double {
    Self.number(self[key])
  }

  /// The elements of a list; nil where the field is none.
  func elements(_ key: String) -> [JSONValue]? { self[key]?.elements }

  /// The numbers of a list; nil where the field is none.
  func numbers(_ key: String) -> [Double]? { self[key]?.elements.map { $0.map(Self.number) } }

  private static func number(_ value: JSONValue?) -> Double {
    value?.score.flatMap { $0.isFinite ? $0 : nil } ?? .nan
  }

  /// The rows of a tree: itself, or an object's columns row by row, as many as the longest has.
  ///
  /// - Parameter columns: Fields that are lists only where an object holds columns.
  static func rows(
    of tree: JSONValue, file: Int, at location: SourceLocation, columns: [String]
  ) -> [ScoreRow] {
    let byName = Dictionary(
      (tree.members ?? []).map { (String(decoding: $0.name, as: UTF8.self), $0.value) },
      uniquingKeysWith: { _, last in last })
    // Columns of one's own data have neither of them, but results.
    let hasResults = !columns.isEmpty && byName["results"]?.elements.map { $0.count > 1 } == true
    guard hasResults || columns.contains(where: { byName[$0]?.elements != nil }) else {
      return [ScoreRow(members: byName, index: nil, file: file, location: location)]
    }
    let count = byName.values.compactMap(\.elements?.count).max() ?? 0
    return (0..<count).map {
      ScoreRow(members: byName, index: $0, file: file, location: location)
    }
  }
}
