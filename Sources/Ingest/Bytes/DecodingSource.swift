internal import Records

/// The decompressed bytes of a compressed source, with every frame verified.
final class DecodingSource<Decoder: StreamDecoder & ~Copyable>: ByteSource {
  private let upstream: BufferedSource
  private var decoder: Decoder
  private let formatName: String
  private let checkCommand: String
  private let location: SourceLocation
  private var frameCount = 0
  private var isInFrame = false
  /// A failure that came along with text: the text is handed out first.
  private var failure: IngestError?

  /// Decodes a source.
  ///
  /// - Parameters:
  ///   - upstream: The compressed bytes.
  ///   - formatName: The format in messages.
  ///   - checkCommand: The command that checks such a file.
  ///   - name: The file or member, for errors.
  init(
    _ upstream: BufferedSource, decoder: consuming Decoder, formatName: String,
    checkCommand: String, name: String
  ) {
    self.upstream = upstream
    self.decoder = decoder
    self.formatName = formatName
    self.checkCommand = checkCommand
    location = SourceLocation(file: name)
  }

  func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
    try decode(into: &room, of: nil)
  }

  func read(
    into room: inout OutputSpan<UInt8>, of owner: AnyObject
  ) throws(IngestError) -> Int {
    try decode(into: &room, of: owner)
  }

  var leastRoom: Int { decoder.leastRoom }

  private func decode(
    into room: inout OutputSpan<UInt8>, of owner: AnyObject?
  ) throws(IngestError) -> Int {
    if let failure { throw failure }
    while true {
      if !isInFrame {
        guard try beginNextFrame() else { return 0 }
      }
      let isAtEnd = try upstream.peek() == 0
      let step = upstream.withBytes { decoder.decode($0, into: &room, of: owner) }
      upstream.consume(step.consumed)
      switch step.state {
      case .frameEnded: isInFrame = false
      case .failed(let reason): failure = corrupt(reason)
      case .windowTooLarge:
        failure = IngestError(
          .unsupported, "\(formatName) data refers back further than it is given memory for",
          at: location,
          hint: "if the file can be trusted, decompress it first", limit: "input.max_window")
      case .inFrame where step.consumed == 0 && step.produced == 0:
        failure = isAtEnd ? truncated() : corrupt("the decoder makes no progress")
      case .inFrame: break
      }
      if step.produced > 0 { return step.produced }
      if let failure { throw failure }
    }
  }

  /// Passes padding and finds out whether another frame follows.
  private func beginNextFrame() throws(IngestError) -> Bool {
    try skipPadding()
    let prefixCount = try upstream.peek(16)
    if prefixCount == 0, frameCount > 0 { return false }
    guard upstream.withBytes({ decoder.beginsFrame($0, index: frameCount) }) else {
      throw prefixCount < 8
        ? truncated()
        : corrupt("what follows the last complete part is not \(formatName) data")
    }
    decoder.startFrame()
    frameCount += 1
    isInFrame = true
    return true
  }

  private func skipPadding() throws(IngestError) {
    guard frameCount > 0, let unit = decoder.paddingUnit else { return }
    var count = 0
    while true {
      _ = try upstream.peek()
      let zeros = upstream.withBytes { bytes in
        bytes.indices.first { bytes[$0] != 0 } ?? bytes.count
      }
      guard zeros > 0 else { break }
      upstream.consume(zeros)
      count += zeros
    }
    guard count.isMultiple(of: unit) else {
      throw corrupt("the padding is \(count) bytes long, no multiple of \(unit)")
    }
  }

  private func corrupt(_ reason: String) -> IngestError {
    IngestError(
      .corrupt, "\(formatName) data is corrupt near compressed byte \(upstream.offset): \(reason)",
      at: location, hint: hint)
  }

  private func truncated() -> IngestError {
    IngestError(
      .truncated,
      "\(formatName) data ends too early, at compressed byte \(upstream.offset)", at: location,
      hint: hint)
  }

  private var hint: String {
    "copy or download the file again; `\(checkCommand) FILE` checks it"
  }
}
