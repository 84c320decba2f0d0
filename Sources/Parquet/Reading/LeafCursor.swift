internal import JSON

/// Goes through the entries of one column.
final class LeafCursor {
  let leaf: ReadLeaf
  private let pages: PageReader
  private var page: PageReader.Page?
  /// The entry in the page, and how many values lie before it.
  private var entry = 0
  private var value = 0

  init(_ leaf: ReadLeaf, _ pages: PageReader) throws(ParquetError) {
    self.leaf = leaf
    self.pages = pages
    page = try pages.next()
  }

  /// The levels of the entry; nil at the end of the row group.
  var levels: (repetition: UInt8, definition: UInt8)? {
    guard let page else { return nil }
    return (
      page.repetitions.isEmpty ? 0 : page.repetitions[entry],
      page.definitions.isEmpty ? leaf.definition : page.definitions[entry]
    )
  }

  /// Passes to the next entry.
  func advance() throws(ParquetError) {
    guard let current = page else { throw .damaged("the columns are of different lengths") }
    if current.definitions.isEmpty || current.definitions[entry] == leaf.definition { value += 1 }
    entry += 1
    guard entry == current.valueCount else { return }
    page = nil
    page = try pages.next()
    entry = 0
    value = 0
  }

  /// Writes the entry's value, which is there, as JSON.
  func write(to output: inout JSONText) throws(ParquetError) {
    guard let page else { return }
    let place = page.indices.map { Int($0[value]) } ?? value
    if page.indices != nil, let dictionary = pages.dictionary {
      try write(dictionary, place, to: &output)
    } else {
      try write(page.values, place, to: &output)
    }
  }

  private func write(
    _ values: DecodedValues, _ place: Int, to output: inout JSONText
  ) throws(ParquetError) {
    if leaf.type.isBytes {
      try values.withBytes(place) { (bytes) throws(ParquetError) in
        try leaf.write(bytes: bytes, to: &output)
      }
    } else {
      leaf.write(number: values.numbers[place], to: &output)
    }
  }
}
