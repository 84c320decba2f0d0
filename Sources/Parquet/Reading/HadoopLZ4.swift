internal import Bytes
internal import CLZ4

/// LZ4 as it stands in pages: a bare block, or blocks with lengths before them as Hadoop writes it.
enum HadoopLZ4 {
  /// Decompresses a page of the codec LZ4, whose framing was never specified.
  ///
  /// Java writes Hadoop's framing, older C++ wrote bare blocks under the same number; readers try
  /// one after the other, so this does too.
  ///
  /// - Returns: Whether it is one of them and fills the room that there is.
  static func decompress(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) -> Bool {
    if frames(input, into: &output), output.isFull { return true }
    output.removeAll()
    return block(input, into: &output)
  }

  /// Decompresses one block without a frame, as the codec LZ4_RAW has it.
  ///
  /// - Returns: Whether it fills the room that there is.
  static func block(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) -> Bool {
    append(input, atMost: output.freeCapacity, to: &output) != nil && output.isFull
  }

  /// Appends what a block holds, and says how many bytes it is; nil for what is no block.
  private static func append(
    _ input: Span<UInt8>, atMost room: Int, to output: inout OutputSpan<UInt8>
  ) -> Int? {
    precondition(room <= output.freeCapacity)
    guard let size = Int32(exactly: input.count), let room = Int32(exactly: room) else {
      return nil
    }
    // liblz4 wants addresses, and keeps within the sizes beside them.
    return input.withUnsafeBytes { input in
      output.withUnsafeMutableBufferPointer { output, count in
        let written = LZ4_decompress_safe(
          input.baseAddress?.assumingMemoryBound(to: CChar.self),
          UnsafeMutableRawBufferPointer(output).baseAddress.map {
            ($0 + count).assumingMemoryBound(to: CChar.self)
          }, size, room)
        guard written >= 0 else { return nil }
        count += Int(written)
        return Int(written)
      }
    }
  }

  /// A frame is its decompressed length and then blocks, each with its compressed length; lengths
  /// are of four bytes, the highest first.
  private static func frames(_ input: Span<UInt8>, into output: inout OutputSpan<UInt8>) -> Bool {
    var position = 0
    func length() -> Int? {
      guard input.count - position >= 4 else { return nil }
      defer { position += 4 }
      return Int(input.bigEndian(UInt32.self, at: position))
    }
    while position < input.count {
      guard let plain = length(), plain <= output.freeCapacity else { return false }
      var left = plain
      repeat {
        guard let stored = length(), stored <= input.count - position else { return false }
        let block = input.extracting(position..<(position + stored))
        let count = append(block, atMost: left, to: &output)
        // An empty frame may hold anything.
        guard count ?? 0 > 0 || plain == 0 else { return false }
        position += stored
        left -= count ?? 0
      } while left > 0
    }
    return true
  }
}
