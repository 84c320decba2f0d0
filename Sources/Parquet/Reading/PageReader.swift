internal import Bytes

/// The pages of one column in one row group, one after the other.
final class PageReader {
  /// A page of values with its levels; levels are empty where there is only one.
  struct Page {
    var valueCount: Int
    var repetitions: [UInt8]
    var definitions: [UInt8]
    /// The values, or their numbers in the dictionary.
    var values: DecodedValues
    var indices: [UInt32]?
  }

  private let input: any ParquetInput
  private let leaf: ReadLeaf
  private let decoder: ValueDecoder
  private let decompressor: PageDecompressor
  private var position: Int
  private let end: Int
  private var left: Int64
  private(set) var dictionary: DecodedValues?

  private var stored: [UInt8] = []
  private var plain: [UInt8] = []

  /// Pages larger than this are not believed.
  private static let pageLimit = 256 << 20
  /// Headers hold bounds, which may be long texts.
  private static let headerLimit = 16 << 20

  init(
    _ chunk: ColumnChunk, of leaf: ReadLeaf, in input: any ParquetInput
  ) throws(ParquetError) {
    self.input = input
    self.leaf = leaf
    guard chunk.type == leaf.type else { throw .damaged("two types are told of one column") }
    decoder = ValueDecoder(leaf: leaf)
    decompressor = try PageDecompressor(codec: chunk.codec)
    guard chunk.start <= Int64(input.byteCount),
      chunk.compressedByteCount <= Int64(input.byteCount) - chunk.start
    else { throw .damaged("the column goes on behind the end of the file") }
    position = Int(chunk.start)
    end = position + Int(chunk.compressedByteCount)
    left = chunk.valueCount
  }

  /// The next page with values; nil when the column has no more.
  func next() throws(ParquetError) -> Page? {
    while left > 0 {
      let header = try readHeader()
      try readBody(header)
      switch header.content {
      case .other: continue
      case .dictionary(let count, let encoding):
        guard dictionary == nil else { throw .damaged("there are two dictionaries") }
        guard
          encoding == PageEncoding.plain.rawValue
            || encoding == PageEncoding.plainDictionary.rawValue
        else { throw .unsupported("a dictionary in \(PageEncoding.name(encoding))") }
        let bytes = try decompressed(0, Int(header.byteCount))
        dictionary = try decoder.values(
          bytes.span, count: Int(count), encoding: PageEncoding.plain.rawValue)
      case .data(let data):
        let bytes = try decompressed(0, Int(header.byteCount))
        let page = try self.page(data, bytes.span)
        left -= Int64(page.valueCount)
        if page.valueCount > 0 { return page }
      case .dataV2(let data):
        let page = try self.page(data, header)
        left -= Int64(page.valueCount)
        if page.valueCount > 0 { return page }
      }
    }
    guard left == 0 else { throw .damaged("the pages hold more values than the column") }
    return nil
  }

  // MARK: Bytes

  private func readHeader() throws(ParquetError) -> PageHeader {
    var size = 1 << 12
    while true {
      let wanted = min(size, end - position)
      guard wanted > 0 else { throw .damaged("the column ends before its last value") }
      try input.read(position..<(position + wanted), into: &stored)
      var reader = ThriftReader(stored[...])
      do throws(ParquetError) {
        let header = try PageHeader(try reader.structure())
        position += reader.position
        return header
      } catch {
        // It may only have been cut off.
        guard wanted == size, size < Self.headerLimit else { throw error }
        size *= 16
      }
    }
  }

  private func readBody(_ header: PageHeader) throws(ParquetError) {
    let count = Int(header.compressedByteCount)
    guard count <= end - position else { throw .damaged("a page goes on behind its column") }
    guard count <= Self.pageLimit, header.byteCount <= Self.pageLimit else {
      throw ParquetError(.tooLarge, "a page takes more than 256 MiB")
    }
    try input.read(position..<(position + count), into: &stored)
    position += count
    guard let checksum = header.checksum else { return }
    guard PageChecksum.of(stored) == checksum else {
      throw .damaged("a page does not have its checksum")
    }
  }

  /// What is stored from `start` on, decompressed to so many bytes.
  private func decompressed(_ start: Int, _ byteCount: Int) throws(ParquetError) -> [UInt8] {
    let stored = stored
    plain.removeAll(keepingCapacity: true)
    try plain.append(addingCapacity: byteCount) { (room) throws(ParquetError) in
      try decompressor.decompress(stored.span.extracting(start..<stored.count), into: &room)
    }
    return plain
  }

  // MARK: Pages

  private func page(
    _ data: PageHeader.Data, _ bytes: Span<UInt8>
  ) throws(ParquetError) -> Page {
    let count = Int(data.valueCount)
    guard count <= left else { throw .damaged("the pages hold more values than the column") }
    var position = 0
    func levels(_ largest: UInt8, _ encoding: Int32) throws(ParquetError) -> [UInt8] {
      guard largest > 0 else { return [] }
      guard encoding == PageEncoding.rle.rawValue else {
        throw .unsupported("levels in \(PageEncoding.name(encoding))")
      }
      guard bytes.count - position >= 4 else { throw .damaged("a page lacks its levels") }
      let size = Int(bytes.littleEndian(UInt32.self, at: position))
      position += 4
      guard size <= bytes.count - position else { throw .damaged("a page lacks its levels") }
      defer { position += size }
      return try Self.levels(bytes.extracting(position..<(position + size)), count, largest)
    }
    let repetitions = try levels(leaf.repetition, data.repetitionEncoding)
    let definitions = try levels(leaf.definition, data.definitionEncoding)
    return try page(
      count, repetitions, definitions, bytes.extracting(position..<bytes.count), data.encoding)
  }

  private func page(
    _ data: PageHeader.DataV2, _ header: PageHeader
  ) throws(ParquetError) -> Page {
    let count = Int(data.valueCount)
    guard count <= left else { throw .damaged("the pages hold more values than the column") }
    let (repetition, definition) = (Int(data.repetitionByteCount), Int(data.definitionByteCount))
    let (bytes, plain) = (stored, Int(header.byteCount))
    let start = repetition + definition
    guard start <= bytes.count, start <= plain else { throw .damaged("a page lacks its levels") }
    func levels(_ range: Range<Int>, _ largest: UInt8) throws(ParquetError) -> [UInt8] {
      guard largest > 0 else { return [] }
      return try Self.levels(bytes.span.extracting(range), count, largest)
    }
    let repetitions = try levels(0..<repetition, leaf.repetition)
    let definitions = try levels(repetition..<start, leaf.definition)
    if data.isCompressed, plain > start {
      let values = try decompressed(start, plain - start)
      return try page(count, repetitions, definitions, values.span, data.encoding)
    }
    guard data.isCompressed || bytes.count == plain else { throw .damaged("a page has two sizes") }
    return try page(
      count, repetitions, definitions, bytes.span.extracting(start..<bytes.count), data.encoding)
  }

  private func page(
    _ count: Int, _ repetitions: [UInt8], _ definitions: [UInt8],
    _ bytes: Span<UInt8>, _ encoding: Int32
  ) throws(ParquetError) -> Page {
    let present =
      leaf.definition == 0 ? count : definitions.reduce(0) { $0 + ($1 == leaf.definition ? 1 : 0) }
    var page = Page(
      valueCount: count, repetitions: repetitions, definitions: definitions,
      values: DecodedValues(), indices: nil)
    guard
      encoding == PageEncoding.rleDictionary.rawValue
        || encoding == PageEncoding.plainDictionary.rawValue
    else {
      page.values = try decoder.values(bytes, count: present, encoding: encoding)
      return page
    }
    guard present > 0 else {
      page.indices = []
      return page
    }
    guard let dictionary else { throw .damaged("a page refers to a dictionary that is not there") }
    guard !bytes.isEmpty, bytes[0] <= 32 else { throw .damaged("a page has no indices") }
    let indices = try HybridDecoder.values(
      bytes.extracting(1..<bytes.count), count: present, bitWidth: Int(bytes[0]), as: UInt32.self
    ).values
    let size = dictionary.count(of: leaf.type)
    guard indices.allSatisfy({ Int($0) < size }) else {
      throw .damaged("a page refers behind the end of its dictionary")
    }
    page.indices = indices
    return page
  }

  private static func levels(
    _ bytes: Span<UInt8>, _ count: Int, _ largest: UInt8
  ) throws(ParquetError) -> [UInt8] {
    let levels = try HybridDecoder.values(
      bytes, count: count, bitWidth: LevelEncoder.bitWidth(of: Int(largest)), as: UInt8.self
    ).values
    guard levels.allSatisfy({ $0 <= largest }) else {
      throw .damaged("a page has levels that its column has not")
    }
    return levels
  }
}
