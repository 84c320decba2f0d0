internal import Bytes
internal import CZstd

/// Zstandard (RFC 8878) through libzstd, block by block.
///
/// A block refers back to the text before it, up to the frame's window. Where that text is written to
/// memory that stays, blocks go there directly and refer to it; otherwise they go to a ring that
/// this keeps and are copied from there, as libzstd's own streams do.
///
/// Content checksums are checked where frames carry them; the `zstd` program writes them, many
/// libraries do not. Skippable frames are passed.
struct ZstdDecoder: ~Copyable, StreamDecoder {
  private enum Phase {
    case header
    case skipping(Int)
    case blocks
  }

  private let context: OpaquePointer
  private let maximumWindow: Int
  private var phase = Phase.header
  private var history = ZstdHistory()
  /// The part of a piece of the frame that has come so far, where it did not come at once.
  private let piece = UnsafeMutableRawBufferPointer.allocate(
    byteCount: ZstdHistory.largestBlock, alignment: 1)
  private var pieceCount = 0
  /// How much of the frame's header is needed to know how long it is.
  private var headerCount = 1
  /// What was written to the ring and not handed out yet.
  private var waiting = UnsafeRawBufferPointer(start: nil, count: 0)

  /// - Parameters:
  ///   - window: How much of the text a frame may refer back to, in bytes.
  ///   - verifiesChecksums: False where the bytes are known to be those of a file that was verified.
  init(window: Int = DecodingWindow.usual, verifiesChecksums: Bool = true) {
    guard let context = ZSTD_createDCtx() else { preconditionFailure("out of memory") }
    self.context = context
    maximumWindow = 1 << Int(DecodingWindow.logarithm(of: window))
    zstd_verify_checksums(context, verifiesChecksums ? 1 : 0)
  }

  deinit {
    ZSTD_freeDCtx(context)
    piece.deallocate()
  }

  var paddingUnit: Int? { nil }
  var leastRoom: Int { ZstdHistory.largestBlock }

  func beginsFrame(_ prefix: Span<UInt8>, index: Int) -> Bool {
    prefix.holds(Magic.zstd) || Magic.beginsSkippableFrame(prefix)
  }

  mutating func startFrame() {
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    ZSTD_decompressBegin(context)
    phase = .header
    pieceCount = 0
    headerCount = 1
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    decode(input, into: output, owner: nil)
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    of owner: AnyObject
  ) -> DecodingStep {
    decode(input, into: output, owner: owner)
  }

  private mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    owner: AnyObject?
  ) -> DecodingStep {
    var step = DecodingStep(consumed: 0, produced: 0, state: .inFrame)
    while true {
      handOut(to: output, &step)
      // A piece that is begun only where it can go on leaves no text waiting for nothing.
      if step.produced == output.count { return step }
      switch phase {
      case .header:
        guard collectHeader(input, &step) else { return step }
      case .skipping(let count):
        let skipped = min(count, input.count - step.consumed)
        step.consumed += skipped
        phase = .skipping(count - skipped)
        if skipped == count { step.state = .frameEnded }
        return step
      case .blocks:
        let count = ZSTD_nextSrcSizeToDecompress(context)
        guard count > 0 else {
          step.state = .frameEnded
          return step
        }
        let kind = ZSTD_nextInputType(context)
        let isBlock = kind == ZSTDnit_block || kind == ZSTDnit_lastBlock
        let room = UnsafeMutableRawBufferPointer(rebasing: output[step.produced...])
        if isBlock, owner != nil, room.count < leastRoom { return step }
        guard let source = collect(count, of: input, &step) else { return step }
        guard isBlock else {
          guard proceed(nil, 0, source, &step) != nil else { return step }
          continue
        }
        let target = history.target(room, of: owner, context)
        guard let written = proceed(target.baseAddress, target.count, source, &step) else {
          return step
        }
        history.note(written)
        if target.baseAddress == room.baseAddress {
          step.produced += written
        } else {
          waiting = UnsafeRawBufferPointer(rebasing: target[..<written])
        }
      }
    }
  }

  /// Copies what is waiting, as far as there is room.
  private mutating func handOut(
    to output: UnsafeMutableRawBufferPointer, _ step: inout DecodingStep
  ) {
    let count = min(waiting.count, output.count - step.produced)
    guard count > 0 else { return }
    output[step.produced...].copyBytes(from: waiting[..<count])
    step.produced += count
    waiting = UnsafeRawBufferPointer(rebasing: waiting[count...])
  }

  /// The next `count` bytes of the frame; nil where they have not all come.
  private mutating func collect(
    _ count: Int, of input: UnsafeRawBufferPointer, _ step: inout DecodingStep
  ) -> UnsafeRawBufferPointer? {
    let rest = input[step.consumed...]
    if pieceCount == 0, rest.count >= count {
      step.consumed += count
      return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    }
    let taken = rest.prefix(count - pieceCount)
    UnsafeMutableRawBufferPointer(rebasing: piece[pieceCount...]).copyBytes(from: taken)
    step.consumed += taken.count
    pieceCount += taken.count
    guard pieceCount == count else { return nil }
    pieceCount = 0
    return UnsafeRawBufferPointer(rebasing: piece[..<count])
  }

  /// Gives a piece of the frame to libzstd.
  ///
  /// - Returns: How many bytes of text that made; nil where it is damaged.
  private func proceed(
    _ target: UnsafeMutableRawPointer?, _ capacity: Int, _ source: UnsafeRawBufferPointer,
    _ step: inout DecodingStep
  ) -> Int? {
    let written = ZSTD_decompressContinue(
      context, target, capacity, source.baseAddress, source.count)
    guard ZSTD_isError(written) == 0 else {
      step.state = .failed(String(cString: ZSTD_getErrorName(written)))
      return nil
    }
    return written
  }

  /// Reads the frame's header.
  ///
  /// - Returns: Whether it has all come and can be decoded.
  private mutating func collectHeader(
    _ input: UnsafeRawBufferPointer, _ step: inout DecodingStep
  ) -> Bool {
    var header = ZSTD_frameHeader()
    while true {
      let taken = input[step.consumed...].prefix(headerCount - pieceCount)
      UnsafeMutableRawBufferPointer(rebasing: piece[pieceCount...]).copyBytes(from: taken)
      step.consumed += taken.count
      pieceCount += taken.count
      guard pieceCount == headerCount else { return false }
      let needed = ZSTD_getFrameHeader(&header, piece.baseAddress, pieceCount)
      guard ZSTD_isError(needed) == 0 else {
        step.state = .failed(String(cString: ZSTD_getErrorName(needed)))
        return false
      }
      if needed == 0 { break }
      headerCount = needed
    }
    if header.frameType == ZSTD_skippableFrame {
      phase = .skipping(Int(header.frameContentSize))
      return true
    }
    guard header.windowSize <= maximumWindow else {
      step.state = .windowTooLarge
      return false
    }
    var offset = 0
    while offset < headerCount {
      let count = ZSTD_nextSrcSizeToDecompress(context)
      let part = piece[offset..<min(offset + count, headerCount)]
      guard proceed(nil, 0, UnsafeRawBufferPointer(rebasing: part), &step) != nil else {
        return false
      }
      offset += count
    }
    pieceCount = 0
    history.start(window: Int(header.windowSize))
    phase = .blocks
    return true
  }
}
