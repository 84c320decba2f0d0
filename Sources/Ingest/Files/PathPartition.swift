internal import JSON

/// What the names of folders say of every row of a file: `source=web/date=2026-01-01`, as Hive,
/// Spark and pyarrow write a table in parts.
struct PathPartition: Equatable, Sendable {
  /// A column; its value is nil where the folder says that the rows have none.
  struct Column: Equatable, Sendable {
    var name: String
    var value: String?
  }

  private(set) var columns: [Column] = []

  /// How writers name the folder of rows without a value.
  private static let null = "__HIVE_DEFAULT_PARTITION__"

  /// Reads the folders of a path, behind the first so many of its parts; of a name that is there
  /// twice the first counts.
  init(_ path: String, behind partCount: Int = 0) {
    for part in path.utf8.split(separator: UInt8(ascii: "/")).dropFirst(partCount).dropLast() {
      guard let mark = part.firstIndex(of: UInt8(ascii: "=")), mark > part.startIndex else {
        continue
      }
      let name = Self.unescaped(part[..<mark])
      guard !columns.contains(where: { $0.name == name }) else { continue }
      let value = Self.unescaped(part[part.index(after: mark)...])
      columns.append(Column(name: name, value: value == Self.null ? nil : value))
    }
  }

  /// The text that `%20` and the like stand in, or the text as it is where that gives no UTF-8.
  private static func unescaped(_ text: Substring.UTF8View) -> String {
    let plain = String(Substring(text))
    guard text.contains(UInt8(ascii: "%")) else { return plain }
    let bytes = Array(text)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let high = Character(UnicodeScalar(bytes[place + 1])).hexDigitValue,
        let low = Character(UnicodeScalar(bytes[place + 2])).hexDigitValue
      {
        result.append(UInt8(high << 4 | low))
        place += 3
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(validating: result, as: UTF8.self) ?? plain
  }

  // MARK: As JSON

  /// The names of columns that are whole numbers wherever files have them, which is the one type
  /// besides text that pyarrow, DuckDB and Spark all find in names.
  ///
  /// Numbers with zeros in front or a plus stay texts, as for DuckDB: nothing of a name is lost.
  static func wholeNumbers(of partitions: [PathPartition]) -> Set<String> {
    var numbers: Set<String> = []
    var others: Set<String> = []
    for column in partitions.flatMap(\.columns) {
      guard let value = column.value else { continue }
      if let number = Int(value), String(number) == value {
        numbers.insert(column.name)
      } else {
        others.insert(column.name)
      }
    }
    return numbers.subtracting(others)
  }

  /// The columns as an object; nil where there are none.
  ///
  /// - Parameter numbers: The columns whose values are whole numbers.
  func json(wholeNumbers numbers: Set<String>) -> [UInt8]? {
    guard !columns.isEmpty else { return nil }
    var text = JSONText()
    for (place, column) in columns.enumerated() {
      text.append(place == 0 ? "{" : ", ")
      text.append(string: column.name)
      text.append(": ")
      switch column.value {
      case nil: text.append("null")
      case let value? where numbers.contains(column.name): text.append(json: value)
      case let value?: text.append(string: value)
      }
    }
    text.append("}")
    return text.bytes
  }
}
