internal import CZlib

/// The CRC-32 of pages, the one of gzip.
enum PageChecksum {
  static func of(_ bytes: [UInt8]) -> UInt32 {
    of(bytes.span)
  }

  static func of(_ bytes: Span<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
    }
  }
}
