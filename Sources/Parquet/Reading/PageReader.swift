internal import Bytes

/// The pages of one column in one row group, one after the other.
final class PageReader {
  /// A page of values with its levels; levels are empty where there is only one.
  struct Page {
    var valueCount: Int
    var repetitions: HybridReader<UInt8>?
    var definitions: HybridReader<UInt8>?
    /// How many of the values are there, and no nulls.
    var presentCount = 0
    /// The values, or their numbers in the dictionary.
    var values = DecodedValues()
    var indices: HybridReader<UInt32>?
  }

  private let input: any ParquetInput
  private let leaf: ReadLeaf
  private let decoder: ValueDecoder
  private let decompressor: PageDecompressor
  private var position: Int
  private let end: Int
  private var left: Int64
  private(set) var dictionary: DecodedValues?

  private let memory: PageMemory
  /// What the present page and the dictionary were given.
  private var taken = (page: 0, dictionary: 0)
  private var stored: [UInt8] = []

  /// Pages larger than this are not believed.
  private static let pageLimit = 256 << 20
  /// Headers hold bounds, which may be long texts.
  private static let headerLimit = 16 << 20

  init(
    _ chunk: ColumnChunk, of leaf: ReadLeaf, in input: any ParquetInput, memory: PageMemory
  ) throws(ParquetError) {
    self.input = input
    self.memory = memory
    self.leaf = leaf
    guard chunk.type == leaf.type else { throw .damaged("one column has two types") }
    decoder = ValueDecoder(leaf: leaf)
    decompressor = try PageDecompressor(codec: chunk.codec)
    guard chunk.start <= Int64(input.byteCount),
      chunk.compressedByteCount <= Int64(input.byteCount) - chunk.start
    else { throw .damaged("the column goes on behind the end of the file") }
    position = Int(chunk.start)
    end = position + Int(chunk.compressedByteCount)
    left = chunk.valueCount
  }

  deinit { memory.giveBack(taken.page + taken.dictionary) }

  /// Asks for memory for the present page.
  private func take(_ byteCount: Int) throws(ParquetError) {
    try memory.take(byteCount)
    taken.page += byteCount
  }

  /// The next page with values, in place of the one before; nil when the column has no more.
  func next() throws(ParquetError) -> Page? {
    while true {
      memory.giveBack(taken.page)
      taken.page = 0
      guard left > 0 else { break }
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
        try take(decoder.cost(of: Int(count)))
        dictionary = try decoder.values(
          bytes, from: 0, count: Int(count), encoding: PageEncoding.plain.rawValue)
        taken = (0, taken.page)
      case .data(let data):
        let bytes = try decompressed(0, Int(header.byteCount))
        let page = try self.page(data, bytes)
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
        let header = try PageHeader(try reader.structure(.pageHeader))
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
    try take(count)
    try input.read(position..<(position + count), into: &stored)
    position += count
    guard let checksum = header.checksum else { return }
    guard PageChecksum.of(stored) == checksum else {
      throw .damaged("a page does not have its checksum")
    }
  }

  /// What is stored from `start` on, decompressed to so many bytes.
  private func decompressed(_ start: Int, _ byteCount: Int) throws(ParquetError) -> [UInt8] {
    try take(byteCount)
    let stored = stored
    var plain: [UInt8] = []
    try plain.append(addingCapacity: byteCount) { (room) throws(ParquetError) in
      try decompressor.decompress(stored.span.extracting(start..<stored.count), into: &room)
    }
    return plain
  }

  // MARK: Pages

  private func page(
    _ data: PageHeader.Data, _ bytes: [UInt8]
  ) throws(ParquetError) -> Page {
    let count = Int(data.valueCount)
    guard count <= left else { throw .damaged("the pages hold more values than the column") }
    var page = Page(valueCount: count)
    var position = 0
    func levels(
      _ largest: UInt8, _ encoding: Int32
    ) throws(ParquetError) -> HybridReader<UInt8>? {
      guard largest > 0 else { return nil }
      guard encoding == PageEncoding.rle.rawValue else {
        throw .unsupported("levels in \(PageEncoding.name(encoding))")
      }
      guard bytes.count - position >= 4 else { throw .damaged("a page lacks its levels") }
      let size = Int(bytes.span.littleEndian(UInt32.self, at: position))
      position += 4
      guard size <= bytes.count - position else { throw .damaged("a page lacks its levels") }
      defer { position += size }
      return Self.levels(bytes, position..<(position + size), largest)
    }
    page.repetitions = try levels(leaf.repetition, data.repetitionEncoding)
    page.definitions = try levels(leaf.definition, data.definitionEncoding)
    try fill(&page, bytes, from: position, data.encoding)
    return page
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
    var page = Page(valueCount: count)
    page.repetitions = Self.levels(bytes, 0..<repetition, leaf.repetition)
    page.definitions = Self.levels(bytes, repetition..<start, leaf.definition)
    if data.isCompressed, plain > start {
      try fill(&page, try decompressed(start, plain - start), from: 0, data.encoding)
      return page
    }
    guard data.isCompressed || bytes.count == plain else { throw .damaged("a page has two sizes") }
    try fill(&page, bytes, from: start, data.encoding)
    return page
  }

  /// Takes the values of a page from its bytes, or the numbers of values in the dictionary.
  private func fill(
    _ page: inout Page, _ bytes: [UInt8], from start: Int, _ encoding: Int32
  ) throws(ParquetError) {
    page.presentCount =
      try page.definitions?.count(of: leaf.definition, among: page.valueCount) ?? page.valueCount
    guard
      encoding == PageEncoding.rleDictionary.rawValue
        || encoding == PageEncoding.plainDictionary.rawValue
    else {
      try take(decoder.cost(of: page.presentCount))
      page.values = try decoder.values(
        bytes, from: start, count: page.presentCount, encoding: encoding)
      return
    }
    guard page.presentCount == 0 || dictionary != nil else {
      throw .damaged("a page refers to a dictionary that is not there")
    }
    guard page.presentCount == 0 || start < bytes.count && bytes[start] <= 32 else {
      throw .damaged("a page has no indices")
    }
    page.indices = HybridReader(
      bytes, in: min(start + 1, bytes.count)..<bytes.count,
      bitWidth: page.presentCount == 0 ? 0 : Int(bytes[start]))
  }

  private static func levels(
    _ bytes: [UInt8], _ range: Range<Int>, _ largest: UInt8
  ) -> HybridReader<UInt8>? {
    guard largest > 0 else { return nil }
    return HybridReader(
      bytes, in: range, bitWidth: LevelEncoder.bitWidth(of: Int(largest)))
  }
}
