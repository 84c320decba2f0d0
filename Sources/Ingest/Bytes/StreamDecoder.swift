/// A compressed format, decoded piece by piece from memory to memory.
///
/// The formats are alike: a file is one or more frames (gzip calls them members, xz and bzip2
/// streams), each with its own header, end and, mostly, checksum. ``DecodingSource`` does what they
/// share: frames in a row, padding, truncation, errors.
protocol StreamDecoder: ~Copyable {
  /// Zero bytes may stand between and after frames if their number is a multiple of this.
  var paddingUnit: Int? { get }

  /// Whether bytes are the beginning of a frame.
  ///
  /// - Parameters:
  ///   - prefix: The next bytes, eight or more unless the end is nearer.
  ///   - index: How many frames came before.
  func beginsFrame(_ prefix: Span<UInt8>, index: Int) -> Bool

  /// Forgets the last frame and expects a new one.
  mutating func startFrame()

  /// Decodes as much as `input` and `output` allow.
  ///
  /// Libraries in C want addresses, and keep within the sizes beside them.
  ///
  /// - Parameters:
  ///   - input: Compressed bytes; none only at the end of the data.
  ///   - output: Where the text goes; never empty.
  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep

  /// Decodes to memory that does not change while `owner` lives.
  ///
  /// - Parameter output: Where the text goes; ``leastRoom`` or more.
  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    of owner: AnyObject
  ) -> DecodingStep

  /// The largest piece that is written to such memory at once.
  var leastRoom: Int { get }
}

extension StreamDecoder where Self: ~Copyable {
  mutating func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    of owner: AnyObject
  ) -> DecodingStep {
    decode(input, into: output)
  }

  var leastRoom: Int { 1 }

  /// Decodes as much as `input` and the room allow, and appends the text.
  ///
  /// - Parameter owner: Whose memory the room is, if it stays as it is while the owner lives.
  mutating func decode(
    _ input: Span<UInt8>, into room: inout OutputSpan<UInt8>, of owner: AnyObject? = nil
  ) -> DecodingStep {
    input.withUnsafeBytes { input in
      room.withUnsafeMutableBufferPointer { output, count in
        let rest = UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: output[count...]))
        let step =
          if let owner {
            decode(input, into: rest, of: owner)
          } else {
            decode(input, into: rest)
          }
        count += step.produced
        return step
      }
    }
  }
}

/// What one call of a decoder did.
struct DecodingStep {
  enum State {
    /// More input or more room is needed.
    case inFrame
    /// A frame is whole and its checksums are right.
    case frameEnded
    /// The data is damaged, in the library's words.
    case failed(String)
    /// The data asks for more memory than it is given.
    case windowTooLarge
  }

  var consumed: Int
  var produced: Int
  var state: State
}
