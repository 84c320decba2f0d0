/// The values of one column in one row group.
struct ColumnChunk: Equatable {
  var type: PhysicalType
  var encodings: [Int32]
  /// The names from below the root to the leaf.
  var path: [String]
  var codec: Int32
  /// Values with nulls and what stands for empty lists.
  var valueCount: Int64
  /// Sizes in bytes with page headers.
  var byteCount: Int64
  var compressedByteCount: Int64
  /// Where pages begin in the file.
  var firstDataPage: Int64
  var dictionaryPage: Int64?
  /// How many values are null, of nested columns also what stands for empty lists; nil where the file
  /// does not say it.
  var nullCount: Int64?
  /// Written, never read.
  var statistics: Statistics?
  /// Where the page index of this chunk is: written, never read.
  var offsetIndex: Range<Int64>?
  var columnIndex: Range<Int64>?

  /// Where the first page begins, the dictionary's if there is one.
  var start: Int64 {
    guard let dictionaryPage, dictionaryPage > 0 else { return firstDataPage }
    return min(dictionaryPage, firstDataPage)
  }
}

extension ColumnChunk {
  init(_ thrift: ThriftStructure) throws(ParquetError) {
    guard try thrift.text(1) == nil else {
      throw .unsupported("the columns are in other files")
    }
    if try thrift.structure(8) != nil { throw .unsupported("the columns are encrypted") }
    let metadata = try ThriftStructure.required(thrift.structure(3), "a column's metadata")
    path = []
    for value in try ThriftStructure.required(metadata.list(3), "a column's path") {
      guard case .binary(let name) = value else { throw .damaged("a column's path is not text") }
      path.append(String(decoding: name, as: UTF8.self))
    }
    let number = try ThriftStructure.required(metadata.int32(1), "a column's type")
    guard let type = PhysicalType(rawValue: number) else {
      throw .unsupported("unknown type \(number)", column: path.joined(separator: "."))
    }
    self.type = type
    encodings = []
    codec = try ThriftStructure.required(metadata.int32(4), "a column's codec")
    valueCount = try ThriftStructure.required(metadata.integer(5), "a column's count")
    byteCount = try ThriftStructure.required(metadata.integer(6), "a column's size")
    compressedByteCount = try ThriftStructure.required(
      metadata.integer(7), "a column's compressed size")
    firstDataPage = try ThriftStructure.required(metadata.integer(9), "a column's first page")
    dictionaryPage = try metadata.integer(11)
    // Only a hint, which may be as it likes.
    nullCount = try? metadata.structure(12)?.integer(3)
    guard valueCount >= 0, byteCount >= 0, compressedByteCount >= 0, start >= 0 else {
      throw .damaged("a size or place is negative", column: path.joined(separator: "."))
    }
  }

  func write(to thrift: inout ThriftWriter) {
    thrift.field(2, Int64(0))
    thrift.field(3, structure: writeMetadata)
    if let offsetIndex {
      thrift.field(4, offsetIndex.lowerBound)
      thrift.field(5, Int32(offsetIndex.count))
    }
    if let columnIndex {
      thrift.field(6, columnIndex.lowerBound)
      thrift.field(7, Int32(columnIndex.count))
    }
  }

  private func writeMetadata(to thrift: inout ThriftWriter) {
    thrift.field(1, type.rawValue)
    thrift.field(2, list: encodings)
    thrift.field(3, list: path.map { Array($0.utf8) })
    thrift.field(4, codec)
    thrift.field(5, valueCount)
    thrift.field(6, byteCount)
    thrift.field(7, compressedByteCount)
    thrift.field(9, firstDataPage)
    if let dictionaryPage { thrift.field(11, dictionaryPage) }
    if let statistics { thrift.field(12, structure: statistics.write) }
  }
}
