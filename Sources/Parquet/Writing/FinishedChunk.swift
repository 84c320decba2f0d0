/// A column's pages of one row group, ready to be written, and their index.
struct FinishedChunk {
  var leaf: SchemaNode.Leaf
  var codec: PageCompression
  var dictionary: WrittenPage?
  var pages: [WrittenPage]
  var encodings: [Int32]
  var valueCount: Int
  var statistics: Statistics

  /// All pages in the order of the file.
  var all: [WrittenPage] { (dictionary.map { [$0] } ?? []) + pages }

  /// The metadata of the chunk at a place in the file.
  func metadata(at start: Int64) -> ColumnChunk {
    ColumnChunk(
      type: leaf.type.physical ?? .byteArray, encodings: encodings, path: leaf.path,
      codec: codec.rawValue, valueCount: Int64(valueCount),
      byteCount: all.reduce(0) { $0 + Int64($1.plainByteCount) },
      compressedByteCount: all.reduce(0) { $0 + Int64($1.byteCount) },
      firstDataPage: start + Int64(dictionary?.byteCount ?? 0),
      dictionaryPage: dictionary == nil ? nil : start, statistics: statistics)
  }

  /// Where each page is and its first row: the format's `OffsetIndex`.
  func offsetIndex(at start: Int64) -> [UInt8] {
    var place = start + Int64(dictionary?.byteCount ?? 0)
    var row: Int64 = 0
    var locations: [(place: Int64, byteCount: Int, row: Int64)] = []
    for page in pages {
      locations.append((place: place, byteCount: page.byteCount, row: row))
      place += Int64(page.byteCount)
      row += Int64(page.rowCount)
    }
    return ThriftWriter.bytes { thrift in
      thrift.field(1, list: locations) { location, thrift in
        thrift.field(1, location.place)
        thrift.field(2, Int32(location.byteCount))
        thrift.field(3, location.row)
      }
    }
  }

  /// The bounds of each page: the format's `ColumnIndex`; nil where a page has none.
  var columnIndex: [UInt8]? {
    guard pages.allSatisfy({ $0.isNull || $0.statistics.minimum != nil }) else { return nil }
    let unordered: Int32 = 0
    return ThriftWriter.bytes { thrift in
      thrift.field(1, list: pages.map(\.isNull))
      thrift.field(2, list: pages.map { $0.statistics.minimum ?? [] })
      thrift.field(3, list: pages.map { $0.statistics.maximum ?? [] })
      thrift.field(4, unordered)
      thrift.field(5, list: pages.map(\.statistics.nullCount))
    }
  }
}
