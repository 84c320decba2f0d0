/// The column of a leaf: values and levels of the page being filled, and the pages of the row group.
final class LeafColumn {
  private let leaf: SchemaNode.Leaf
  private let options: ParquetWriterOptions
  private let press: PagePress

  // The page being filled.
  private var repetitions: [UInt8] = []
  private var definitions: [UInt8] = []
  /// As in a PLAIN page, but booleans take a byte each.
  private var values: [UInt8] = []
  /// The numbers of texts in the dictionary.
  private var numbers: [UInt32] = []
  private var nullCount = 0
  private var rowCount = 0
  private var bounds = Bounds.none

  // The row group.
  private var dictionary: TextDictionary?
  private var dictionarySlot: PagePress.Slot?
  private var slots: [PagePress.Slot] = []
  private var chunkBounds = Bounds.none
  private var chunkNullCount = 0
  private var chunkValueCount = 0
  private var encodings: Set<PageEncoding> = []
  /// Bytes of the row group's ended pages, before compression.
  private var endedByteCount = 0

  init(_ leaf: SchemaNode.Leaf, options: ParquetWriterOptions, press: PagePress) {
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

  // MARK: Values

  /// Appends what is no value: a null, or what stands for an empty list.
  func appendNull(repetition: UInt8, definition: UInt8) {
    append(repetition: repetition, definition: definition)
    nullCount += 1
  }

  func append(_ text: Span<UInt8>, repetition: UInt8) {
    append(repetition: repetition, definition: leaf.definition)
    if let number = dictionary?.number(of: text) {
      numbers.append(UInt32(number))
    } else {
      PlainEncoder.append(text, to: &values)
    }
    bounds.include(text)
  }

  func append(_ value: Bool, repetition: UInt8) {
    append(repetition: repetition, definition: leaf.definition)
    values.append(value ? 1 : 0)
    bounds.include(value ? 1 : 0 as Int64)
  }

  func append(_ value: Int64, repetition: UInt8) {
    append(repetition: repetition, definition: leaf.definition)
    if leaf.type == .int32 {
      PlainEncoder.append(Int32(value), to: &values)
    } else {
      PlainEncoder.append(value, to: &values)
    }
    bounds.include(value)
  }

  func append(_ value: Double, repetition: UInt8) {
    append(repetition: repetition, definition: leaf.definition)
    if leaf.type == .float {
      PlainEncoder.append(Float(value).bitPattern, to: &values)
    } else {
      PlainEncoder.append(value.bitPattern, to: &values)
    }
    bounds.include(value)
  }

  /// Appends the levels of an entry.
  ///
  /// Pages end between rows.
  private func append(repetition: UInt8, definition: UInt8) {
    if repetition == 0 {
      if let dictionary, dictionary.bytes.count > options.dictionaryByteCount {
        endDictionary(dictionary)
      } else if pageByteCount >= options.pageByteCount {
        endPage()
      }
      rowCount += 1
    }
    if leaf.repetition > 0 { repetitions.append(repetition) }
    definitions.append(definition)
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
    slots.append(
      press.press(
        DataPage(
          type: leaf.type.physical ?? .byteArray, encoding: encoding, levels: levels,
          values: PageValues(values), valueCount: definitions.count, nullCount: nullCount,
          rowCount: rowCount, bounds: bounds)))
    endedByteCount += levels.count + values.count
    chunkBounds.include(bounds)
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
    nullCount = 0
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
    let chunk = FinishedChunk(
      leaf: leaf, codec: options.codec, dictionary: dictionarySlot?.page,
      pages: slots.compactMap(\.page),
      encodings: encodings.map(\.rawValue).sorted(), valueCount: chunkValueCount,
      statistics: chunkBounds.statistics(
        leaf.type.physical ?? .byteArray, nullCount: chunkNullCount))
    dictionarySlot = nil
    slots = []
    chunkBounds = .none
    chunkNullCount = 0
    chunkValueCount = 0
    encodings = []
    endedByteCount = 0
    beginDictionary()
    return chunk
  }
}
