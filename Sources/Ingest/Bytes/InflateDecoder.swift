internal import Bytes
internal import CISAL

/// Deflate (RFC 1951), bare as in zip or wrapped as gzip (RFC 1952), through ISA-L.
///
/// Each gzip member's CRC-32 and length are checked, and its header by ``GzipHeaderReader``. Bare
/// deflate has neither; zip brings its own.
struct InflateDecoder: ~Copyable, StreamDecoder {
  enum Wrapping {
    case gzip, none
  }

  /// The most bytes that one symbol of deflate repeats (RFC 1951, section 3.2.5).
  private static let longestCopy = 258

  private let wrapping: Wrapping
  // 87 KB, so it stays where it is.
  private let state: UnsafeMutablePointer<inflate_state>
  // ISA-L forgets a gzip header's flags when a read ends inside it, and then takes the name for
  // compressed data.
  private var header: GzipHeaderReader
  private var isInHeader = false

  init(_ wrapping: Wrapping) {
    self.wrapping = wrapping
    state = .allocate(capacity: 1)
    isal_inflate_init(state)
    state.pointee.crc_flag = UInt32(wrapping == .gzip ? ISAL_GZIP_NO_HDR_VER : ISAL_DEFLATE)
    header = GzipHeaderReader()
  }

  deinit { state.deallocate() }

  var paddingUnit: Int? { wrapping == .gzip ? 1 : nil }

  func beginsFrame(_ prefix: Span<UInt8>, index: Int) -> Bool {
    switch wrapping {
    case .gzip: prefix.holds(Magic.gzip)
    case .none: index == 0
    }
  }

  mutating func startFrame() {
    isal_inflate_reset(state)
    header.start()
    isInHeader = wrapping == .gzip
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    guard isInHeader else { return inflate(input, into: output) }
    let step = header.read(input.bytes)
    guard case .frameEnded = step.state else { return step }
    isInHeader = false
    return DecodingStep(consumed: step.consumed, produced: 0, state: .inFrame)
  }

  private func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    let source = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    let target = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.next_in = source
    state.pointee.avail_in = UInt32(clamping: input.count)
    state.pointee.next_out = target
    state.pointee.avail_out = UInt32(clamping: output.count)
    let status = isal_inflate(state)
    // After an error the numbers of bytes left are off; the addresses are right.
    var consumed = distance(from: source, to: state.pointee.next_in)
    var produced = distance(from: target, to: state.pointee.next_out)
    var result = Self.outcome(status)
    switch status {
    case ISAL_DECOMP_OK where state.pointee.block_state == ISAL_BLOCK_FINISH:
      result = .frameEnded
      // Bytes that were taken in advance lie behind the end. Behind gzip's there are none, since
      // the trailer is at least as long.
      let excess = Int(state.pointee.read_in_length / 8)
      if excess > consumed { result = .failed("it goes on behind its end") }
      consumed = max(0, consumed - excess)
    case ISAL_INVALID_SYMBOL, ISAL_INVALID_LOOKBACK:
      // The copy that failed may have been counted, though nothing was written.
      produced = max(0, produced - Self.longestCopy)
    default: break
    }
    return DecodingStep(consumed: consumed, produced: produced, state: result)
  }

  private func distance(
    from start: UnsafeMutablePointer<UInt8>?, to end: UnsafeMutablePointer<UInt8>?
  ) -> Int {
    guard let start, let end else { return 0 }
    return end - start
  }

  private static func outcome(_ status: Int32) -> DecodingStep.State {
    switch status {
    case ISAL_DECOMP_OK: .inFrame
    case ISAL_INVALID_BLOCK: .failed("invalid block")
    case ISAL_INVALID_SYMBOL: .failed("invalid symbol")
    case ISAL_INVALID_LOOKBACK: .failed("invalid distance too far back")
    case ISAL_INCORRECT_CHECKSUM: .failed("incorrect checksum or length")
    default: .failed("ISA-L error \(status)")
    }
  }
}
