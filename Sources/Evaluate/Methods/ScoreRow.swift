internal import Ingest

/// A row of a file of scores, or one of an object of columns.
struct ScoreRow {
  private let members: [String: JSONTree]
  /// The row's place in lists; nil where the object is a row itself.
  private let index: Int?
  /// The file's place among the files that were read.
  let file: Int

  /// The value of a field; a value that is no list stands for every row of an object of columns.
  subscript(key: String) -> JSONTree? {
    guard let value = members[key] else { return nil }
    guard let index, let elements = value.elements else { return value }
    return index < elements.count ? elements[index] : nil
  }

  /// A text or a whole number as text.
  func text(_ key: String) -> String? {
    switch self[key] {
    case .string(let bytes): String(decoding: bytes, as: UTF8.self)
    case .integer(let number) where abs(number) < 0x1p53: "\(Int(number))"
    default: nil
    }
  }

  /// A finite number, or the only element of a list; NaN without one.
  func number(_ key: String) -> Double {
    let value = self[key]
    let number = value?.number ?? value?.elements.flatMap { $0.count == 1 ? $0[0].number : nil }
    return number.flatMap { $0.isFinite ? $0 : nil } ?? .nan
  }

  /// The rows of a tree: itself, or an object's columns row by row.
  ///
  /// - Parameter columns: Fields that are lists only where an object holds columns.
  static func rows(of tree: JSONTree, file: Int, columns: [String]) -> [ScoreRow] {
    guard case .object(let members) = tree else { return [] }
    let byName = Dictionary(
      members.map { (String(decoding: $0.key, as: UTF8.self), $0.value) },
      uniquingKeysWith: { _, last in last })
    let counts = columns.compactMap { byName[$0]?.elements?.count }
    guard let count = counts.max() else {
      return [ScoreRow(members: byName, index: nil, file: file)]
    }
    return (0..<count).map { ScoreRow(members: byName, index: $0, file: file) }
  }
}

/// The rows of files of scores: objects of columns, JSON Lines, JSON arrays and Parquet.
struct ScoreRows {
  private let files: [InputFile]
  private let threads: Int

  /// Files are read whole where they are one object, so rows may be as large.
  private static let longestRow = 1 << 30

  init(_ files: [InputFile], threads: Int) {
    self.files = files
    self.threads = threads
  }

  /// Reads every row.
  ///
  /// - Parameters:
  ///   - columns: Fields that are lists only where an object holds columns.
  ///   - summarize: Makes something small of a row, on any thread; nil where it is of no use.
  ///   - consume: Takes what was made in the order of the input, on the caller's thread.
  /// - Returns: The rows that were of no use.
  @discardableResult
  func forEach<Summary: Sendable>(
    columns: [String] = ["id", "subset"], checkpoint: () throws -> Void,
    summarize: @escaping @Sendable (ScoreRow) -> Summary?, consume: (Summary) throws -> Void
  ) throws -> Int {
    var useless = 0
    try TreePass(
      framing: FramingOptions(maximumRowByteCount: Self.longestRow), threads: threads
    ).run(
      files,
      summarize: { batch in
        batch.rows.flatMap { row -> [Summary?] in
          guard let tree = row.tree else { return [nil] }
          return ScoreRow.rows(of: tree, file: batch.file, columns: columns).map(summarize)
        }
      },
      consume: { summaries in
        try checkpoint()
        for summary in summaries {
          if let summary { try consume(summary) } else { useless += 1 }
        }
      })
    return useless
  }
}
