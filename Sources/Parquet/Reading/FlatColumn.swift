/// The values of a column in a row group, one for each row: numbers, or places of texts.
package struct FlatColumn: Sendable {
  /// How many rows there are.
  package private(set) var count = 0
  /// The bits of numbers and truths, 0 for null; empty where the values are texts.
  package private(set) var numbers: [UInt64] = []
  /// What the texts are in, among other bytes.
  package private(set) var bytes: [UInt8] = []
  /// Where each text is, empty for null; texts that are numbered in the file share a place.
  package private(set) var places: [Range<Int>] = []
  /// The definition level of each row; empty where no row is null.
  private var definitions: [UInt8] = []
  private let leaf: ReadLeaf
  /// Where the texts of the dictionary begin, once they are among the bytes.
  private var dictionaryStart: Int?

  init(_ leaf: ReadLeaf) { self.leaf = leaf }

  /// Whether a row has no value.
  package func isNull(_ row: Int) -> Bool {
    !definitions.isEmpty && definitions[row] < leaf.definition
  }

  /// Whether some row has no value.
  package var hasNulls: Bool { !definitions.isEmpty }

  /// Whether the same rows have no value as in another column.
  package func hasNulls(like other: FlatColumn) -> Bool { definitions == other.definitions }

  /// A copy of a text; nil for null.
  package func text(_ row: Int) -> [UInt8]? {
    isNull(row) ? nil : Array(bytes[places[row]])
  }

  /// What a row takes in memory, at most.
  static let cost = MemoryLayout<Range<Int>>.stride + 1

  /// Appends the values of a page.
  ///
  /// - Parameter memory: is asked for what the bytes of texts take; rows are paid for.
  mutating func append(
    _ page: PageReader.Page, _ dictionary: DecodedValues?, memory: PageMemory
  ) throws(ParquetError) {
    try appendLevels(of: page)
    if leaf.type.isBytes {
      try appendTexts(of: page, dictionary, memory)
    } else {
      try appendNumbers(of: page, dictionary)
    }
    count += page.valueCount
  }

  private mutating func appendLevels(of page: PageReader.Page) throws(ParquetError) {
    let isWhole = page.presentCount == page.valueCount
    guard !isWhole || hasNulls else { return }
    definitions.append(contentsOf: repeatElement(leaf.definition, count: count - definitions.count))
    guard !isWhole, var levels = page.definitions else {
      definitions.append(contentsOf: repeatElement(leaf.definition, count: page.valueCount))
      return
    }
    try levels.next(page.valueCount, to: &definitions)
    guard definitions[count...].allSatisfy({ $0 <= leaf.definition }) else {
      throw .damaged("a page has deeper levels than its column")
    }
  }

  private mutating func appendNumbers(
    of page: PageReader.Page, _ dictionary: DecodedValues?
  ) throws(ParquetError) {
    var values = page.values.numbers
    if let dictionary, let indices = try Self.indices(of: page, below: dictionary.numbers.count) {
      values = indices.map { dictionary.numbers[Int($0)] }
    }
    guard values.count == page.presentCount else { throw Self.tooFew }
    guard page.presentCount < page.valueCount else {
      if numbers.isEmpty { numbers = values } else { numbers += values }
      return
    }
    var next = 0
    for row in count..<(count + page.valueCount) {
      if isNull(row) {
        numbers.append(0)
      } else {
        numbers.append(values[next])
        next += 1
      }
    }
  }

  private mutating func appendTexts(
    of page: PageReader.Page, _ dictionary: DecodedValues?, _ memory: PageMemory
  ) throws(ParquetError) {
    var values = page.values
    var start = bytes.count
    let indices = try Self.indices(of: page, below: dictionary?.starts.count ?? 0)
    if let dictionary, indices != nil {
      values = dictionary
      if let dictionaryStart { start = dictionaryStart } else { dictionaryStart = start }
    }
    if start == bytes.count {
      try memory.take(values.bytes.count)
      if start == 0 { bytes = values.bytes } else { bytes += values.bytes }
    }
    guard indices?.count ?? values.starts.count == page.presentCount else { throw Self.tooFew }
    var next = 0
    for row in count..<(count + page.valueCount) {
      if isNull(row) {
        places.append(0..<0)
      } else {
        let value = indices.map { Int($0[next]) } ?? next
        let first = start + Int(values.starts[value])
        places.append(first..<(first + Int(values.lengths[value])))
        next += 1
      }
    }
  }

  /// The numbers of a page's values in the dictionary; nil where it has the values themselves.
  private static func indices(
    of page: PageReader.Page, below size: Int
  ) throws(ParquetError) -> [UInt32]? {
    guard var reader = page.indices else { return nil }
    var indices: [UInt32] = []
    indices.reserveCapacity(page.presentCount)
    try reader.next(page.presentCount, to: &indices)
    guard indices.allSatisfy({ Int($0) < size }) else {
      throw .damaged("a page refers behind the end of its dictionary")
    }
    return indices
  }

  private static var tooFew: ParquetError {
    .damaged("a page holds fewer values than it says")
  }
}
