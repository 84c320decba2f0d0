/// A page as it goes into the file, and what the page index says of it.
struct WrittenPage: Sendable {
  /// The header and the compressed content.
  var bytes: [UInt8]
  /// The same before compression.
  var plainByteCount: Int
  var rowCount = 0
  var statistics = Statistics()
  /// Whether all its values are null.
  var isNull = false

  init(_ content: PageHeader.Content, _ bytes: [UInt8], by compressor: PageCompressor) {
    let compressed = compressor.compress(bytes)
    let header = PageHeader(
      content: content, byteCount: Int32(bytes.count), compressedByteCount: Int32(compressed.count),
      checksum: PageChecksum.of(compressed)
    ).bytes
    self.bytes = header + compressed
    plainByteCount = header.count + bytes.count
  }
}

/// What becomes a page.
protocol PageContent {
  func written(by compressor: PageCompressor) -> WrittenPage
}

/// Values of a column with their levels, encoded.
struct DataPage: PageContent, Sendable {
  var type: PhysicalType
  var encoding: PageEncoding
  var bytes: [UInt8]
  var valueCount: Int
  var nullCount: Int
  var rowCount: Int
  var bounds: Bounds

  func written(by compressor: PageCompressor) -> WrittenPage {
    let statistics = bounds.statistics(type, nullCount: nullCount)
    var page = WrittenPage(
      .data(
        PageHeader.Data(
          valueCount: Int32(valueCount), encoding: encoding.rawValue, statistics: statistics)),
      bytes, by: compressor)
    page.rowCount = rowCount
    page.statistics = statistics
    page.isNull = nullCount == valueCount
    return page
  }
}

/// The different values of a column.
struct DictionaryPage: PageContent, Sendable {
  var bytes: [UInt8]
  var count: Int

  func written(by compressor: PageCompressor) -> WrittenPage {
    WrittenPage(
      .dictionary(valueCount: Int32(count), encoding: PageEncoding.plain.rawValue), bytes,
      by: compressor)
  }
}
