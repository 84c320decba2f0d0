internal import JSON

/// Goes through the entries of one column.
final class LeafCursor {
  let leaf: ReadLeaf
  private let pages: PageReader
  private var page: PageReader.Page?
  /// What is left of the page's levels and numbers.
  private var rest:
    (
      repetitions: HybridReader<UInt8>?, definitions: HybridReader<UInt8>?,
      indices: HybridReader<UInt32>?
    )
  /// How many entries of the page are left, those decoded included.
  private var entriesLeft = 0
  /// The levels of some entries, and the place of the present one among them.
  private var repetitions: [UInt8] = []
  private var definitions: [UInt8] = []
  private var entry = 0
  private var entryCount = 0
  /// How many values of the page lie before the present one, and which numbers they have in the
  /// dictionary from `firstIndex` on.
  private var value = 0
  private var indices: [UInt32] = []
  private var firstIndex = 0

  /// So many entries are decoded at a time.
  private static let blockCount = 4096

  init(_ leaf: ReadLeaf, _ pages: PageReader) throws(ParquetError) {
    self.leaf = leaf
    self.pages = pages
    try beginPage()
  }

  private func beginPage() throws(ParquetError) {
    page = nil
    page = try pages.next()
    rest = (page?.repetitions, page?.definitions, page?.indices)
    entriesLeft = page?.valueCount ?? 0
    value = 0
    firstIndex = 0
    indices.removeAll(keepingCapacity: true)
    try beginBlock()
  }

  /// Decodes the levels of the next entries of the page.
  private func beginBlock() throws(ParquetError) {
    entry = 0
    entryCount = min(entriesLeft, Self.blockCount)
    try rest.repetitions.nextLevels(entryCount, upTo: leaf.repetition, to: &repetitions)
    try rest.definitions.nextLevels(entryCount, upTo: leaf.definition, to: &definitions)
  }

  /// The levels of the entry; nil at the end of the row group.
  var levels: (repetition: UInt8, definition: UInt8)? {
    guard entriesLeft > 0 else { return nil }
    return (
      repetitions.isEmpty ? 0 : repetitions[entry],
      definitions.isEmpty ? leaf.definition : definitions[entry]
    )
  }

  /// Passes to the next entry.
  func advance() throws(ParquetError) {
    guard entriesLeft > 0 else { throw .damaged("the columns are of different lengths") }
    if definitions.isEmpty || definitions[entry] == leaf.definition { value += 1 }
    entry += 1
    entriesLeft -= 1
    if entriesLeft == 0 { return try beginPage() }
    if entry == entryCount { try beginBlock() }
  }

  /// Writes the entry's value, which is there, as JSON.
  ///
  /// - Parameter room: Of a longer text only the beginning is written, somewhat more than that.
  func write(to output: inout JSONText, room: Int) throws(ParquetError) {
    guard let page else { return }
    guard page.indices != nil, let dictionary = pages.dictionary else {
      return try write(page.values, value, room, to: &output)
    }
    if value - firstIndex >= indices.count { try decodeIndices(below: dictionary) }
    try write(dictionary, Int(indices[value - firstIndex]), room, to: &output)
  }

  /// Decodes the next numbers of values in the dictionary, up to the present one at least.
  private func decodeIndices(below dictionary: DecodedValues) throws(ParquetError) {
    let size = dictionary.count(of: leaf.type)
    repeat {
      firstIndex += indices.count
      indices.removeAll(keepingCapacity: true)
      let count = min((page?.presentCount ?? 0) - firstIndex, Self.blockCount)
      try rest.indices?.next(count, to: &indices)
      guard indices.allSatisfy({ Int($0) < size }) else {
        throw .damaged("a page refers behind the end of its dictionary")
      }
    } while value - firstIndex >= indices.count && !indices.isEmpty
    guard value - firstIndex < indices.count else {
      throw .damaged("a page's levels or indices are damaged")
    }
  }

  private func write(
    _ values: DecodedValues, _ place: Int, _ room: Int, to output: inout JSONText
  ) throws(ParquetError) {
    if leaf.type.isBytes {
      try values.withBytes(place) { (bytes) throws(ParquetError) in
        try leaf.write(bytes: bytes, room: room, to: &output)
      }
    } else {
      leaf.write(number: values.numbers[place], to: &output)
    }
  }
}
