/// A page as it goes into the file, and what the page index says of it.
struct WrittenPage: Sendable {
  var header: [UInt8]
  /// The compressed content.
  var content: [UInt8]
  /// The sizes of both, before compression and after.
  var plainByteCount: Int
  var byteCount: Int { header.count + content.count }
  var rowCount = 0
  var statistics = Statistics()
  var bounds = ValueRange.none
  /// Whether all its values are null.
  var isNull = false

  /// Compresses a page that consists of two parts.
  init(
    _ kind: PageHeader.Content, _ first: [UInt8], _ second: [UInt8], by compressor: PageCompressor
  ) {
    let byteCount = first.count + second.count
    content = compressor.compress(first, second)
    header =
      PageHeader(
        content: kind, byteCount: Int32(byteCount), compressedByteCount: Int32(content.count),
        checksum: PageChecksum.of(content)
      ).bytes
    plainByteCount = header.count + byteCount
  }
}

/// Encoded values on their way to a page, whose memory is used again.
///
/// `@unchecked Sendable`: it is handed on to the thread that writes the page.
final class PageValues: @unchecked Sendable {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Gives up the memory, empty.
  func takeMemory() -> [UInt8] {
    var memory: [UInt8] = []
    swap(&memory, &bytes)
    memory.removeAll(keepingCapacity: true)
    return memory
  }
}

/// What becomes a page.
protocol PageContent {
  /// What takes most of the memory.
  var values: PageValues { get }

  func written(by compressor: PageCompressor) -> WrittenPage
}

/// Values of a column with their levels, encoded.
struct DataPage: PageContent, Sendable {
  var type: PhysicalType
  var encoding: PageEncoding
  var levels: [UInt8]
  var values: PageValues
  var valueCount: Int
  var nullCount: Int
  var rowCount: Int
  /// Nil where they are those of the values.
  var bounds: ValueRange?

  func written(by compressor: PageCompressor) -> WrittenPage {
    let bytes = values.bytes
    let bounds = bounds ?? ValueRange(of: bytes.span, type)
    let statistics = bounds.statistics(type, nullCount: nullCount)
    var page = WrittenPage(
      .data(
        PageHeader.Data(
          valueCount: Int32(valueCount), encoding: encoding.rawValue, statistics: statistics)),
      levels, bytes, by: compressor)
    page.rowCount = rowCount
    page.statistics = statistics
    page.bounds = bounds
    page.isNull = nullCount == valueCount
    return page
  }
}

/// The different values of a column.
struct DictionaryPage: PageContent, Sendable {
  var values: PageValues
  var count: Int

  func written(by compressor: PageCompressor) -> WrittenPage {
    WrittenPage(
      .dictionary(valueCount: Int32(count), encoding: PageEncoding.plain.rawValue), [],
      values.bytes, by: compressor)
  }
}
