internal import CZlib

/// Deflate (RFC 1951), bare as in zip or wrapped as gzip (RFC 1952), through zlib.
///
/// zlib checks each gzip member's CRC-32 and length. Bare deflate has neither; zip brings its own.
struct InflateDecoder: ~Copyable, StreamDecoder {
  enum Wrapping {
    case gzip, none
  }

  private let wrapping: Wrapping
  // zlib keeps the address of this struct, so it may not move.
  private let stream: UnsafeMutablePointer<z_stream>

  init(_ wrapping: Wrapping) {
    self.wrapping = wrapping
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let windowBits: Int32 = wrapping == .gzip ? 15 + 16 : -15
    let status = inflateInit2_(
      stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start: out of memory or another version")
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  var paddingUnit: Int? { wrapping == .gzip ? 1 : nil }

  func beginsFrame(_ prefix: UnsafeRawBufferPointer, index: Int) -> Bool {
    switch wrapping {
    case .gzip: prefix.starts(with: Magic.gzip)
    case .none: index == 0
    }
  }

  mutating func startFrame() { inflateReset(stream) }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    let room = UInt32(clamping: output.count)
    let supply = UInt32(clamping: input.count)
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = supply
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = room
    let status = inflate(stream, Z_NO_FLUSH)
    let state: DecodingStep.State =
      switch status {
      case Z_STREAM_END: .frameEnded
      case Z_OK, Z_BUF_ERROR: .inFrame
      default: .failed(stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)")
      }
    return DecodingStep(
      consumed: Int(supply - stream.pointee.avail_in),
      produced: Int(room - stream.pointee.avail_out), state: state)
  }
}

/// CRC-32 as zip and gzip use it.
enum CRC32 {
  /// The checksum of what `checksum` covers followed by `bytes`; start with 0.
  static func extended(_ checksum: UInt32, by bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: crc32_z(
        UInt(checksum), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}
