internal import Bytes

/// The column of a leaf: values and levels of the page being filled, and the pages of the row group.
final class LeafColumn {
  private let leaf: SchemaNode.Leaf
  private let options: ParquetWriterOptions
  private let press: PageCompressionPool

  // The page being filled.
  private var repetitions: [UInt8] = []
  private var definitions: [UInt8] = []
  /// As in a PLAIN page, but booleans take a byte each.
  private var values: [UInt8] = []
  /// The numbers of texts in the dictionary.
  private var numbers: [UInt32] = []
  private var rowCount = 0
  /// Of the texts in the dictionary; those of other values are found when the page is written.
  private var bounds = ValueRange.none

  // The row group.
  private var dictionary: TextDictionary?
  private var dictionarySlot: PageCompressionPool.Slot?
  private var slots: [PageCompressionPool.Slot] = []
  private var chunkNullCount = 0
  private var chunkValueCount = 0
  private var encodings: Set<PageEncoding> = []
  /// Bytes of the row group's ended pages, before compression.
  private var endedByteCount = 0

  init(_ leaf: SchemaNode.Leaf, options: ParquetWriterOptions, press: PageCompressionPool) {
    self.leaf = leaf
    self.options = options
    self.press = press
    beginDictionary()
  }

  /// The bytes of the row group so far, before compression.
  var byteCount: Int { endedByteCount + pageByteCount }

  /// Whether texts are written by number.
  ///
  /// Where there is none, there is no dictionary to refer to.
  private var isNumbered: Bool { dictionary.map { $0.count > 0 } ?? false }

  private var pageByteCount: Int {
    values.count + 4 * numbers.count + definitions.count / 4 + repetitions.count / 4
  }

  // MARK: Rows

  /// Appends rows.
  ///
  /// Pages end between rows.
  func append(_ rows: Range<Int>, of encoded: EncodedLeaf) {
    var rest = rows
    while let row = rest.first {
      if let dictionary, dictionary.bytes.count > options.dictionaryByteCount {
        endDictionary(dictionary)
      } else if pageByteCount >= options.pageByteCount {
        endPage()
      }
      // Whether the dictionary is full yet is to be asked before every row.
      let count = dictionary == nil ? countThatFits(rest, of: encoded) : 1
      append(levels: encoded.entries(row..<row + count), of: encoded)
      let bytes = encoded.bytes(row..<row + count)
      if dictionary == nil {
        values.append(copying: encoded.values.span.extracting(bytes))
      } else {
        number(bytes, of: encoded)
      }
      rowCount += count
      rest = row + count..<rest.upperBound
    }
  }

  /// How many of some rows go into the page until it is full, at least one.
  private func countThatFits(_ rows: Range<Int>, of encoded: EncodedLeaf) -> Int {
    let levelCount = definitions.count
    let listCount = leaf.repetition > 0 ? 1 : 0
    for row in rows {
      let until = rows.lowerBound..<row + 1
      let entries = encoded.entries(until).count + levelCount
      let byteCount =
        values.count + encoded.bytes(until).count + entries / 4 + listCount * (entries / 4)
      if byteCount >= options.pageByteCount { return until.count }
    }
    return rows.count
  }

  private func append(levels entries: Range<Int>, of encoded: EncodedLeaf) {
    definitions.append(copying: encoded.definitions.span.extracting(entries))
    if leaf.repetition > 0 {
      repetitions.append(copying: encoded.repetitions.span.extracting(entries))
    }
  }

  /// Appends the numbers of texts.
  private func number(_ bytes: Range<Int>, of encoded: EncodedLeaf) {
    var place = bytes.lowerBound
    while place < bytes.upperBound {
      let range = PlainEncoder.text(at: place, in: encoded.values.span)
      let text = encoded.values.span.extracting(range)
      if let number = dictionary?.number(of: text) { numbers.append(UInt32(number)) }
      bounds.include(text)
      place = range.upperBound
    }
  }

  // MARK: Pages

  private func beginDictionary() {
    let isWanted = leaf.type == .text && options.dictionaryByteCount > 0
    dictionary = isWanted ? TextDictionary() : nil
  }

  /// Writes the texts so far by number and those that come as they are.
  private func endDictionary(_ dictionary: TextDictionary) {
    endPage()
    if isNumbered {
      dictionarySlot = press.press(
        DictionaryPage(values: PageValues(dictionary.bytes), count: dictionary.count))
      endedByteCount += dictionary.bytes.count
      encodings.insert(.plain)
    }
    self.dictionary = nil
  }

  private func endPage() {
    guard rowCount > 0 else { return }
    var levels: [UInt8] = []
    if leaf.repetition > 0 { Self.append(levels: repetitions, leaf.repetition, to: &levels) }
    Self.append(levels: definitions, leaf.definition, to: &levels)
    endValues()
    let encoding = isNumbered ? PageEncoding.rleDictionary : .plain
    encodings.formUnion([encoding, .rle])
    let nullCount = definitions.count { $0 != leaf.definition }
    slots.append(
      press.press(
        DataPage(
          type: leaf.type.physical ?? .byteArray, encoding: encoding, levels: levels,
          values: PageValues(values), valueCount: definitions.count, nullCount: nullCount,
          rowCount: rowCount, bounds: isNumbered || leaf.type == .boolean ? bounds : nil)))
    endedByteCount += levels.count + values.count
    chunkNullCount += nullCount
    chunkValueCount += definitions.count
    clearPage()
  }

  /// Encodes what `values` does not hold as it is written.
  private func endValues() {
    if isNumbered, let dictionary {
      let width = LevelEncoder.bitWidth(of: max(dictionary.count - 1, 0))
      values.append(UInt8(width))
      LevelEncoder.append(numbers, bitWidth: width, to: &values)
    } else if leaf.type == .boolean {
      for value in values { bounds.include(Int64(value)) }
      values = stride(from: 0, to: values.count, by: 8).map { start in
        let bits = values[start..<min(start + 8, values.count)]
        return bits.enumerated().reduce(0) { $0 | $1.element << UInt8($1.offset) }
      }
    }
  }

  private static func append(levels: [UInt8], _ largest: UInt8, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes += [0, 0, 0, 0]
    LevelEncoder.append(levels, bitWidth: LevelEncoder.bitWidth(of: Int(largest)), to: &bytes)
    let count = UInt32(bytes.count - start - 4)
    for byte in 0..<4 {
      bytes[start + byte] = UInt8(truncatingIfNeeded: count >> UInt32(8 * byte))
    }
  }

  private func clearPage() {
    repetitions.removeAll(keepingCapacity: true)
    definitions.removeAll(keepingCapacity: true)
    values = press.takeMemory()
    numbers.removeAll(keepingCapacity: true)
    rowCount = 0
    bounds = .none
  }

  // MARK: Row groups

  /// Ends the last page of a row group.
  func endRowGroup() {
    if let dictionary { endDictionary(dictionary) } else { endPage() }
  }

  /// Takes the pages of the ended row group, all of which have been compressed.
  func takeChunk() -> FinishedChunk {
    let pages = slots.compactMap(\.page)
    var bounds = ValueRange.none
    for page in pages { bounds.include(page.bounds) }
    let chunk = FinishedChunk(
      leaf: leaf, codec: options.codec, dictionary: dictionarySlot?.page,
      pages: pages,
      encodings: encodings.map(\.rawValue).sorted(), valueCount: chunkValueCount,
      statistics: bounds.statistics(
        leaf.type.physical ?? .byteArray, nullCount: chunkNullCount))
    dictionarySlot = nil
    slots = []
    chunkNullCount = 0
    chunkValueCount = 0
    encodings = []
    endedByteCount = 0
    beginDictionary()
    return chunk
  }
}
