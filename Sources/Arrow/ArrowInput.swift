package import Parquet

/// The bytes of an Arrow file, to be read in any order, and what compressed parts of it hold.
package protocol ArrowInput: ParquetInput {
  /// What a compressed part of the file holds, from its beginning.
  func contents(of range: Range<Int>, compression: ArrowCompression) -> any ArrowContents
}

/// Bytes that come one after the other.
package protocol ArrowContents: AnyObject {
  /// Appends the next bytes to what there is room for.
  ///
  /// - Returns: How many bytes; 0 only at the end, which has then been verified.
  func read(into room: inout OutputSpan<UInt8>) throws(ParquetError) -> Int
}

/// How the buffers of a batch can be compressed.
package enum ArrowCompression: Int8, Sendable {
  case lz4 = 0
  case zstd = 1
}
