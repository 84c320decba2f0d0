internal import Bytes
internal import CLZMA

/// The xz format through liblzma.
///
/// Every check that liblzma knows is verified (CRC-32, CRC-64, SHA-256); a stream with another kind
/// of check is refused, one written with `--check=none` is believed.
struct XZDecoder: ~Copyable, StreamDecoder {
  /// What liblzma needs beside the dictionary, at most.
  private static let overhead = 1 << 20
  /// LZMA_TELL_UNSUPPORTED_CHECK, a macro Swift cannot see.
  private static let tellUnsupportedCheck: UInt32 = 2

  private let stream: UnsafeMutablePointer<lzma_stream>
  private let memoryLimit: UInt64

  /// - Parameter window: The largest dictionary, in bytes.
  init(window: Int = DecodingWindow.usual) {
    memoryLimit = UInt64(clamping: min(window, 1 << 40) + Self.overhead)
    stream = .allocate(capacity: 1)
    stream.initialize(to: lzma_stream())
  }

  deinit {
    lzma_end(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  // Section 2.2 of the format: stream padding comes in fours.
  var paddingUnit: Int? { 4 }

  func beginsFrame(_ prefix: Span<UInt8>, index: Int) -> Bool {
    prefix.holds(Magic.xz)
  }

  mutating func startFrame() {
    let status = lzma_stream_decoder(stream, memoryLimit, Self.tellUnsupportedCheck)
    precondition(status == LZMA_OK, "liblzma cannot start: out of memory or another version")
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = input.count
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = output.count
    let status = lzma_code(stream, LZMA_RUN)
    let state: DecodingStep.State =
      switch status {
      case LZMA_OK, LZMA_BUF_ERROR: .inFrame
      case LZMA_STREAM_END: .frameEnded
      case LZMA_DATA_ERROR: .failed("damaged data or wrong checksum")
      case LZMA_FORMAT_ERROR: .failed("not an xz header")
      case LZMA_OPTIONS_ERROR: .failed("options that liblzma does not know")
      case LZMA_UNSUPPORTED_CHECK: .failed("a checksum that liblzma does not know")
      case LZMA_MEMLIMIT_ERROR: .windowTooLarge
      default: .failed("liblzma error \(status.rawValue)")
      }
    return DecodingStep(
      consumed: input.count - stream.pointee.avail_in,
      produced: output.count - stream.pointee.avail_out, state: state)
  }
}
