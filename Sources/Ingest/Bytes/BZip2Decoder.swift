internal import CBZip2

/// The bzip2 format through libbz2, which checks a CRC of each block and of each stream.
struct BZip2Decoder: ~Copyable, StreamDecoder {
  // libbz2 keeps the address of this struct, so it may not move.
  private let stream: UnsafeMutablePointer<bz_stream>

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: bz_stream())
  }

  deinit {
    BZ2_bzDecompressEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  var paddingUnit: Int? { nil }

  func beginsFrame(_ prefix: Span<UInt8>, index: Int) -> Bool {
    Magic.beginsBZip2(prefix)
  }

  mutating func startFrame() {
    BZ2_bzDecompressEnd(stream)
    stream.pointee = bz_stream()
    let status = BZ2_bzDecompressInit(stream, 0, 0)
    precondition(status == BZ_OK, "libbz2 cannot start: out of memory")
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    let supply = UInt32(clamping: input.count)
    let room = UInt32(clamping: output.count)
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: CChar.self))
    stream.pointee.avail_in = supply
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
    stream.pointee.avail_out = room
    let status = BZ2_bzDecompress(stream)
    let state: DecodingStep.State =
      switch status {
      case BZ_OK: .inFrame
      case BZ_STREAM_END: .frameEnded
      case BZ_DATA_ERROR: .failed("damaged data or wrong checksum")
      case BZ_DATA_ERROR_MAGIC: .failed("not a bzip2 header")
      default: .failed("libbz2 error \(status)")
      }
    return DecodingStep(
      consumed: Int(supply - stream.pointee.avail_in),
      produced: Int(room - stream.pointee.avail_out), state: state)
  }
}
