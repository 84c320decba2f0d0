internal import Bytes
internal import CZstd

/// Zstandard (RFC 8878) through libzstd.
///
/// Content checksums are checked where frames carry them; the `zstd` program writes them, many
/// libraries do not. Skippable frames are passed.
struct ZstdDecoder: ~Copyable, StreamDecoder {
  private let context: OpaquePointer

  /// - Parameter window: How much of the text a frame may refer back to, in bytes.
  init(window: Int = DecodingWindow.usual) {
    guard let context = ZSTD_createDCtx() else { preconditionFailure("out of memory") }
    self.context = context
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, DecodingWindow.logarithm(of: window))
  }

  deinit { ZSTD_freeDCtx(context) }

  var paddingUnit: Int? { nil }

  func beginsFrame(_ prefix: Span<UInt8>, index: Int) -> Bool {
    prefix.holds(Magic.zstd) || Magic.beginsSkippableFrame(prefix)
  }

  mutating func startFrame() { ZSTD_DCtx_reset(context, ZSTD_reset_session_only) }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let status = ZSTD_decompressStream(context, &target, &source)
    let state: DecodingStep.State =
      ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge
      ? .windowTooLarge
      : ZSTD_isError(status) != 0
        ? .failed(String(cString: ZSTD_getErrorName(status)))
        : status == 0 ? .frameEnded : .inFrame
    return DecodingStep(consumed: source.pos, produced: target.pos, state: state)
  }
}
