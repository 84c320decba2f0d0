internal import Bytes
internal import CLZ4

/// The LZ4 frame format through liblz4.
///
/// The checksums of header, blocks and content are checked where they are; the `lz4` program writes
/// that of the content.
struct LZ4Decoder: ~Copyable, StreamDecoder {
  private let context: OpaquePointer

  init() {
    var context: OpaquePointer?
    LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
    guard let context else { preconditionFailure("liblz4 cannot start: out of memory") }
    self.context = context
  }

  deinit { LZ4F_freeDecompressionContext(context) }

  var paddingUnit: Int? { nil }

  func beginsFrame(_ prefix: Span<UInt8>, index: Int) -> Bool {
    prefix.holds(Magic.lz4) || Magic.beginsSkippableFrame(prefix)
  }

  mutating func startFrame() { LZ4F_resetDecompressionContext(context) }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    var consumed = input.count
    var produced = output.count
    let status = LZ4F_decompress(
      context, output.baseAddress, &produced, input.baseAddress, &consumed, nil)
    guard LZ4F_isError(status) == 0 else {
      let reason = String(cString: LZ4F_getErrorName(status))
      // The counts mean nothing after an error.
      return DecodingStep(consumed: 0, produced: 0, state: .failed(reason))
    }
    return DecodingStep(
      consumed: consumed, produced: produced, state: status == 0 ? .frameEnded : .inFrame)
  }
}
