// The enumerations of the format (parquet.thrift), by their numbers.

/// How values are stored.
package enum PhysicalType: Int32, Sendable {
  case boolean = 0
  case int32 = 1
  case int64 = 2
  case int96 = 3
  case float = 4
  case double = 5
  case byteArray = 6
  case fixedLengthByteArray = 7

  /// Whether values are bytes that stand together, and no numbers.
  var isBytes: Bool {
    switch self {
    case .byteArray, .fixedLengthByteArray, .int96: true
    case .boolean, .int32, .int64, .float, .double: false
    }
  }
}

/// How often a field stands in its parent.
enum Repetition: Int32 {
  case required = 0
  case optional = 1
  case repeated = 2
}

/// How the values of a page are written.
enum PageEncoding: Int32 {
  case plain = 0
  case plainDictionary = 2
  case rle = 3
  case bitPacked = 4
  case deltaBinaryPacked = 5
  case deltaLengthByteArray = 6
  case deltaByteArray = 7
  case rleDictionary = 8
  case byteStreamSplit = 9

  /// The encoding's name in messages, also of one that is not known.
  static func name(_ number: Int32) -> String {
    switch PageEncoding(rawValue: number) {
    case .plain: "PLAIN"
    case .plainDictionary: "PLAIN_DICTIONARY"
    case .rle: "RLE"
    case .bitPacked: "BIT_PACKED"
    case .deltaBinaryPacked: "DELTA_BINARY_PACKED"
    case .deltaLengthByteArray: "DELTA_LENGTH_BYTE_ARRAY"
    case .deltaByteArray: "DELTA_BYTE_ARRAY"
    case .rleDictionary: "RLE_DICTIONARY"
    case .byteStreamSplit: "BYTE_STREAM_SPLIT"
    case nil: "encoding \(number)"
    }
  }
}

/// How pages are compressed.
package enum PageCompression: Int32, Sendable {
  case uncompressed = 0
  case snappy = 1
  case gzip = 2
  case lzo = 3
  case brotli = 4
  case lz4 = 5
  case zstd = 6
  case lz4Raw = 7

  /// The codec's name in messages, also of one that is not known.
  static func name(_ number: Int32) -> String {
    switch PageCompression(rawValue: number) {
    case .uncompressed: "UNCOMPRESSED"
    case .snappy: "SNAPPY"
    case .gzip: "GZIP"
    case .lzo: "LZO"
    case .brotli: "BROTLI"
    case .lz4: "LZ4"
    case .zstd: "ZSTD"
    case .lz4Raw: "LZ4_RAW"
    case nil: "codec \(number)"
    }
  }
}

/// What a page holds.
enum PageKind: Int32 {
  case data = 0
  case index = 1
  case dictionary = 2
  case dataV2 = 3
}
