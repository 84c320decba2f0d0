internal import JSON

/// Rows of a file that follow one another and hold values of the same types.
struct TypeRun: Sendable {
  var type: JSONType
  var count: Int
  var first: Finding.Place
  /// Where the first row begins in its chunk, in bytes.
  var offset: Int
}

extension [TypeRun] {
  /// Adds the next row.
  mutating func add(_ row: JSONValue, at place: Finding.Place, offset: Int) {
    let type = JSONType(row)
    if last?.type == type {
      self[count - 1].count += 1
    } else {
      append(TypeRun(type: type, count: 1, first: place, offset: offset))
    }
  }
}
