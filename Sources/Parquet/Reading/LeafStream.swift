internal import Bytes
internal import JSON

/// The entries of one column in one row group, those of some rows at a time.
final class LeafStream {
  private let leaf: ReadLeaf
  private let pages: PageReader
  /// What is left of the page.
  private var repetitions: HybridReader<UInt8>?
  private var definitions: HybridReader<UInt8>?
  private var indices: HybridReader<UInt32>?
  private var left = 0
  /// The values of the page, or those of the dictionary that it refers to, and how many of the
  /// page's have been taken.
  private var values = DecodedValues()
  private var isNumbered = false
  private var holdsDictionary = false
  private var taken = 0
  /// The place of the values' bytes among the pages of the batch that it was noted in.
  private var noted: (batch: Int, page: UInt32)?
  /// The levels of some entries, and how many of these have been taken.
  private var block: (repetitions: [UInt8], definitions: [UInt8]) = ([], [])
  private var blockCount = 0
  private var place = 0

  /// So many entries are decoded at a time.
  private static let blockLimit = 4096
  /// A longer text is left to who reads row by row.
  private static let textLimit = 1 << 20

  init(_ leaf: ReadLeaf, _ pages: PageReader) {
    self.leaf = leaf
    self.pages = pages
  }

  /// Adds the entries of the next rows.
  ///
  /// - Parameters:
  ///   - batch: The batch's number, and the pages that it has so far.
  /// - Throws: an error where the column has fewer rows.
  func append(
    rows count: Int, to entries: inout LeafEntries, batch: Int, _ batchPages: inout [[UInt8]]
  ) throws(ParquetError) {
    var rows = 0
    while true {
      if place == blockCount {
        guard try beginBlock() else { break }
      }
      let start = place
      if leaf.repetition == 0 {
        guard rows < count else { return }
        place = min(blockCount, place + count - rows)
        rows += place - start
      } else {
        while place < blockCount {
          if block.repetitions[place] == 0 {
            guard rows < count else { break }
            rows += 1
            try entries.beginRow(behind: place - start)
          } else if rows == 0 {
            throw .damaged("the column has fewer rows than the file")
          }
          place += 1
        }
      }
      try take(start..<place, to: &entries, batch: batch, &batchPages)
      if place < blockCount { break }
    }
    guard rows == count else { throw .damaged("the column has fewer rows than the file") }
    if leaf.repetition > 0 { try entries.beginRow() }
  }

  /// Throws an error where there are more entries.
  func checkEnd() throws(ParquetError) {
    let isAtEnd = if place < blockCount { false } else { try !beginBlock() }
    guard isAtEnd else { throw .damaged("the column has more rows than the file") }
  }

  // MARK: Pages

  /// Decodes the levels of the next entries; false at the end.
  private func beginBlock() throws(ParquetError) -> Bool {
    if left == 0 {
      guard let page = try pages.next() else { return false }
      try begin(page)
    }
    place = 0
    blockCount = min(left, Self.blockLimit)
    left -= blockCount
    try repetitions.nextLevels(blockCount, upTo: leaf.repetition, to: &block.repetitions)
    try definitions.nextLevels(blockCount, upTo: leaf.definition, to: &block.definitions)
    return true
  }

  private func begin(_ page: PageReader.Page) throws(ParquetError) {
    (repetitions, definitions, indices) = (page.repetitions, page.definitions, page.indices)
    left = page.valueCount
    taken = 0
    isNumbered = page.indices != nil
    if !isNumbered {
      values = page.values
      holdsDictionary = false
    } else if let dictionary = pages.dictionary, !holdsDictionary {
      values = dictionary
      holdsDictionary = true
    } else {
      return
    }
    noted = nil
    try checkTexts()
  }

  /// Refuses texts that are no text, or too long a one.
  private func checkTexts() throws(ParquetError) {
    guard leaf.isText else { return }
    let values = values
    let bytes = values.bytes.span
    for index in values.starts.indices {
      let (start, count) = (Int(values.starts[index]), Int(values.lengths[index]))
      guard count <= Self.textLimit else { throw ParquetError(.tooLarge, "a text is long") }
      // The kernel reads on behind the text.
      let padded = start + count + JSONScanner.paddingCount
      let isWellFormed: Bool
      if padded <= bytes.count {
        isWellFormed = PaddedBytes.with(bytes.extracting(start..<padded)) {
          UTF8Validator.firstFault(in: $0, from: 0, to: count) == nil
        }
      } else {
        isWellFormed = Self.isWellFormed(bytes.extracting(start..<(start + count)))
      }
      guard isWellFormed else { throw .damaged("a text is not UTF-8") }
    }
  }

  private static func isWellFormed(_ text: Span<UInt8>) -> Bool {
    do {
      _ = try UTF8Span(validating: text)
      return true
    } catch {
      return false
    }
  }

  // MARK: Values

  private func take(
    _ range: Range<Int>, to entries: inout LeafEntries, batch: Int, _ batchPages: inout [[UInt8]]
  ) throws(ParquetError) {
    let levels = block.definitions.isEmpty ? [] : block.definitions[range]
    let present =
      levels.isEmpty ? range.count : levels.count { $0 == leaf.definition }
    let start = entries.count
    try entries.append(levels, count: range.count)
    guard leaf.isRead else { return }
    if leaf.type.isBytes, noted?.batch != batch {
      noted = (batch, UInt32(batchPages.count))
      batchPages.append(values.bytes)
    }
    let page = noted?.page ?? 0
    let size = values.count(of: leaf.type)
    guard isNumbered else {
      let first = taken
      guard present <= size - first else {
        throw .damaged("a page holds fewer values than it says")
      }
      try entries.fill(from: start, values, page: page) { first + $0 }
      taken += present
      return
    }
    var numbers: [UInt32] = []
    numbers.reserveCapacity(present)
    try indices?.next(present, to: &numbers)
    guard numbers.allSatisfy({ Int($0) < size }) else {
      throw .damaged("a page refers behind the end of its dictionary")
    }
    try entries.fill(from: start, values, page: page) { Int(numbers[$0]) }
  }
}
