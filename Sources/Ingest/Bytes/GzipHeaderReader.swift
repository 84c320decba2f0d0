internal import CZlib

/// Reads the header of a gzip member (RFC 1952), however it is cut, through zlib.
///
/// The method, the flags and, if there is one, the header's checksum are checked. Times, names and
/// comments are passed over.
struct GzipHeaderReader: ~Copyable {
  // zlib keeps the address of this struct, so it may not move.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start: out of memory or another version")
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Forgets the last header and expects a new one.
  mutating func start() { inflateReset(stream) }

  /// Reads on, at most to the end of the header; what lies behind it is not consumed.
  ///
  /// - Returns: A step whose frame is the header.
  mutating func read(_ input: RawSpan) -> DecodingStep {
    input.withUnsafeBytes { read($0) }
  }

  private mutating func read(_ input: UnsafeRawBufferPointer) -> DecodingStep {
    let supply = UInt32(clamping: input.count)
    var nothing: UInt8 = 0
    let status = withUnsafeMutablePointer(to: &nothing) { output in
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = supply
      // zlib wants an address, but there is no room, and a header needs none.
      stream.pointee.next_out = output
      stream.pointee.avail_out = 0
      // Stops before the first block.
      return inflate(stream, Z_BLOCK)
    }
    let isBeforeBlock = stream.pointee.data_type & 128 != 0
    let state: DecodingStep.State =
      switch status {
      case Z_OK, Z_BUF_ERROR: isBeforeBlock ? .frameEnded : .inFrame
      default: .failed(stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)")
      }
    return DecodingStep(
      consumed: Int(supply - stream.pointee.avail_in), produced: 0, state: state)
  }
}

/// CRC-32 as zip and gzip use it.
enum CRC32 {
  /// The checksum of what `checksum` covers followed by `bytes`; start with 0.
  static func extended(_ checksum: UInt32, by bytes: Span<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(UInt(checksum), $0.baseAddress, $0.count))
    }
  }
}
