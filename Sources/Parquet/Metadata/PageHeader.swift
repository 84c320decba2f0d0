/// What stands before a page.
struct PageHeader: Equatable {
  /// What follows; an index page, and what a later version of the format may have, is passed over.
  enum Content: Equatable {
    case data(Data)
    case dataV2(DataV2)
    case dictionary(valueCount: Int32, encoding: Int32)
    case other
  }

  /// A page whose levels are compressed with its values.
  struct Data: Equatable {
    /// Values with nulls and what stands for empty lists.
    var valueCount: Int32
    var encoding: Int32
    var definitionEncoding: Int32 = PageEncoding.rle.rawValue
    var repetitionEncoding: Int32 = PageEncoding.rle.rawValue
    /// Written, never read.
    var statistics: Statistics?
  }

  /// A page whose levels stand before its values, not compressed.
  struct DataV2: Equatable {
    var valueCount: Int32
    var nullCount: Int32
    var rowCount: Int32
    var encoding: Int32
    var definitionByteCount: Int32
    var repetitionByteCount: Int32
    var isCompressed: Bool
  }

  var content: Content
  /// Without the header.
  var byteCount: Int32
  var compressedByteCount: Int32
  /// CRC-32 of the page as it is stored; nil where there is none.
  var checksum: UInt32?
}

extension PageHeader {
  init(_ thrift: ThriftStructure) throws(ParquetError) {
    let kind = try ThriftStructure.required(thrift.int32(1), "a page's type")
    byteCount = try ThriftStructure.required(thrift.int32(2), "a page's size")
    compressedByteCount = try ThriftStructure.required(thrift.int32(3), "a page's compressed size")
    guard byteCount >= 0, compressedByteCount >= 0 else { throw .damaged("a page has no size") }
    checksum = try thrift.int32(4).map { UInt32(bitPattern: $0) }
    content =
      switch PageKind(rawValue: kind) {
      case .data: .data(try Self.data(thrift.structure(5)))
      case .dataV2: .dataV2(try Self.dataV2(thrift.structure(8)))
      case .dictionary: try Self.dictionary(thrift.structure(7))
      case .index, nil: .other
      }
  }

  private static func data(_ thrift: ThriftStructure?) throws(ParquetError) -> Data {
    let thrift = try ThriftStructure.required(thrift, "a data page's header")
    return Data(
      valueCount: try count(thrift.int32(1)),
      encoding: try ThriftStructure.required(thrift.int32(2), "a page's encoding"),
      definitionEncoding: try ThriftStructure.required(thrift.int32(3), "a page's encoding"),
      repetitionEncoding: try ThriftStructure.required(thrift.int32(4), "a page's encoding"))
  }

  private static func dataV2(_ thrift: ThriftStructure?) throws(ParquetError) -> DataV2 {
    let thrift = try ThriftStructure.required(thrift, "a data page's header")
    return DataV2(
      valueCount: try count(thrift.int32(1)), nullCount: try count(thrift.int32(2)),
      rowCount: try count(thrift.int32(3)),
      encoding: try ThriftStructure.required(thrift.int32(4), "a page's encoding"),
      definitionByteCount: try count(thrift.int32(5)),
      repetitionByteCount: try count(thrift.int32(6)),
      isCompressed: try thrift.bool(7) ?? true)
  }

  private static func dictionary(_ thrift: ThriftStructure?) throws(ParquetError) -> Content {
    let thrift = try ThriftStructure.required(thrift, "a dictionary page's header")
    return .dictionary(
      valueCount: try count(thrift.int32(1)),
      encoding: try ThriftStructure.required(thrift.int32(2), "a page's encoding"))
  }

  private static func count(_ value: Int32?) throws(ParquetError) -> Int32 {
    let value = try ThriftStructure.required(value, "a page's count")
    guard value >= 0 else { throw .damaged("a page counts \(value)") }
    return value
  }

  /// The header's bytes.
  var bytes: [UInt8] {
    ThriftWriter.bytes { thrift in
      let kind: PageKind =
        switch content {
        case .data: .data
        case .dataV2: .dataV2
        case .dictionary: .dictionary
        case .other: .index
        }
      thrift.field(1, kind.rawValue)
      thrift.field(2, byteCount)
      thrift.field(3, compressedByteCount)
      if let checksum { thrift.field(4, Int32(bitPattern: checksum)) }
      switch content {
      case .data(let data):
        thrift.field(
          5,
          structure: { thrift in
            thrift.field(1, data.valueCount)
            thrift.field(2, data.encoding)
            thrift.field(3, data.definitionEncoding)
            thrift.field(4, data.repetitionEncoding)
            if let statistics = data.statistics { thrift.field(5, structure: statistics.write) }
          })
      case .dictionary(let valueCount, let encoding):
        thrift.field(
          7,
          structure: { thrift in
            thrift.field(1, valueCount)
            thrift.field(2, encoding)
          })
      case .dataV2, .other:
        preconditionFailure("such pages are not written")
      }
    }
  }
}
