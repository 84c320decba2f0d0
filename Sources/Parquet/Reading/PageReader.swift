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
        try decompressAll(header)
        dictionary = try withPlain(Int(header.byteCount)) { (bytes) throws(ParquetError) in
          try decoder.values(bytes, count: Int(count), encoding: PageEncoding.plain.rawValue)
        }
      case .data(let data):
        try decompressAll(header)
        let page = try withPlain(Int(header.byteCount)) { (bytes) throws(ParquetError) in
          try self.page(data, bytes)
        }
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
      let read = stored.withUnsafeBytes { bytes -> Result<(PageHeader, Int), ParquetError> in
        var reader = ThriftReader(UnsafeRawBufferPointer(rebasing: bytes[..<wanted]))
        do throws(ParquetError) {
          return .success((try PageHeader(try reader.structure()), reader.position))
        } catch {
          return .failure(error)
        }
      }
      switch read {
      case .success(let (header, byteCount)):
        position += byteCount
        return header
      case .failure(let error):
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
    let found = stored.withUnsafeBytes {
      PageChecksum.of(UnsafeRawBufferPointer(rebasing: $0[..<count]))
    }
    guard found == checksum else { throw .damaged("a page does not have its checksum") }
  }

  private func decompressAll(_ header: PageHeader) throws(ParquetError) {
    try decompress(
      stored: 0..<Int(header.compressedByteCount), plain: 0..<Int(header.byteCount))
  }

  private func decompress(
    stored source: Range<Int>, plain target: Range<Int>
  ) throws(ParquetError) {
    if plain.count < target.upperBound {
      plain = [UInt8](repeating: 0, count: target.upperBound)
    }
    try stored.withUnsafeBufferPointer { (input) throws(ParquetError) in
      try plain.withUnsafeMutableBufferPointer { (output) throws(ParquetError) in
        try decompressor.decompress(
          UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: input[source])),
          into: UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: output[target])))
      }
    }
  }

  private func withPlain<Result>(
    _ count: Int, _ body: (UnsafeRawBufferPointer) throws(ParquetError) -> Result
  ) throws(ParquetError) -> Result {
    try plain.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
      try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<count])))
    }
  }

  // MARK: Pages

  private func page(
    _ data: PageHeader.Data, _ bytes: UnsafeRawBufferPointer
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
      let size = Int(
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
      position += 4
      guard size <= bytes.count - position else { throw .damaged("a page lacks its levels") }
      defer { position += size }
      return try Self.levels(
        UnsafeRawBufferPointer(rebasing: bytes[position..<(position + size)]), count, largest)
    }
    let repetitions = try levels(leaf.repetition, data.repetitionEncoding)
    let definitions = try levels(leaf.definition, data.definitionEncoding)
    return try page(
      count, repetitions, definitions, UnsafeRawBufferPointer(rebasing: bytes[position...]),
      data.encoding)
  }

  private func page(
    _ data: PageHeader.DataV2, _ header: PageHeader
  ) throws(ParquetError) -> Page {
    let count = Int(data.valueCount)
    guard count <= left else { throw .damaged("the pages hold more values than the column") }
    let (repetition, definition) = (Int(data.repetitionByteCount), Int(data.definitionByteCount))
    let (stored, plain) = (Int(header.compressedByteCount), Int(header.byteCount))
    let start = repetition + definition
    guard start <= stored, start <= plain else { throw .damaged("a page lacks its levels") }
    func levels(_ range: Range<Int>, _ largest: UInt8) throws(ParquetError) -> [UInt8] {
      guard largest > 0 else { return [] }
      return try self.stored.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
        try Self.levels(
          UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range])), count, largest)
      }
    }
    let repetitions = try levels(0..<repetition, leaf.repetition)
    let definitions = try levels(repetition..<start, leaf.definition)
    if data.isCompressed, plain > start {
      try decompress(stored: start..<stored, plain: 0..<(plain - start))
      return try withPlain(plain - start) { (bytes) throws(ParquetError) in
        try page(count, repetitions, definitions, bytes, data.encoding)
      }
    }
    guard data.isCompressed || stored == plain else { throw .damaged("a page has two sizes") }
    return try self.stored.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
      try page(
        count, repetitions, definitions,
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<stored])),
        data.encoding)
    }
  }

  private func page(
    _ count: Int, _ repetitions: [UInt8], _ definitions: [UInt8],
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int32
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
    guard let width = bytes.first, width <= 32 else { throw .damaged("a page has no indices") }
    let indices = try HybridDecoder.values(
      UnsafeRawBufferPointer(rebasing: bytes[1...]), count: present, bitWidth: Int(width),
      as: UInt32.self
    ).values
    let size = dictionary.count(of: leaf.type)
    guard indices.allSatisfy({ Int($0) < size }) else {
      throw .damaged("a page refers behind the end of its dictionary")
    }
    page.indices = indices
    return page
  }

  private static func levels(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ largest: UInt8
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
