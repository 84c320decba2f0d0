internal import CLZ4

/// LZ4 as it stands in pages: a bare block, or blocks with lengths before them as Hadoop writes it.
enum HadoopLZ4 {
  /// Decompresses a page of the codec LZ4, of which nobody wrote down what it is.
  ///
  /// Java writes Hadoop's framing, older C++ wrote bare blocks under the same number; readers try
  /// one after the other, so this does too.
  ///
  /// - Returns: How many bytes were written, which is all of `output`; negative if it is neither.
  static func decompress(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int {
    let framed = frames(input, into: output)
    return framed == output.count ? framed : block(input, into: output)
  }

  /// Decompresses one block without a frame, as the codec LZ4_RAW has it.
  static func block(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int {
    guard let size = Int32(exactly: input.count), let room = Int32(exactly: output.count) else {
      return -1
    }
    return Int(
      LZ4_decompress_safe(
        input.baseAddress?.assumingMemoryBound(to: CChar.self),
        output.baseAddress?.assumingMemoryBound(to: CChar.self), size, room))
  }

  /// A frame is its decompressed length and then blocks, each with its compressed length; lengths
  /// are of four bytes, the highest first.
  private static func frames(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var (position, written) = (0, 0)
    func length() -> Int? {
      guard input.count - position >= 4 else { return nil }
      defer { position += 4 }
      return Int(
        UInt32(bigEndian: input.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    }
    while position < input.count {
      guard let plain = length(), plain <= output.count - written else { return -1 }
      let end = written + plain
      repeat {
        guard let stored = length(), stored <= input.count - position else { return -1 }
        let count = block(
          UnsafeRawBufferPointer(rebasing: input[position..<(position + stored)]),
          into: UnsafeMutableRawBufferPointer(rebasing: output[written..<end]))
        guard count > 0 || plain == 0 else { return -1 }
        position += stored
        written += max(count, 0)
      } while written < end
    }
    return written
  }
}
