internal import CKernels
internal import Glibc

// A span knows its end, so C is handed an address and no more bytes than there are; what it finds
// comes back as an index, which the span checks where it is used.
extension Span<UInt8> {
  /// The first place of `byte` at or behind `start`.
  package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    return extracting(start..<count).withUnsafeBytes { rest in
      guard let base = rest.baseAddress, let found = memchr(base, Int32(byte), rest.count) else {
        return nil
      }
      return start + base.distance(to: found)
    }
  }

  /// The first place of one of two bytes at or behind `start`.
  package func firstIndex(of one: UInt8, or other: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    let found = extracting(start..<count).withUnsafeBufferPointer {
      first_of_two_bytes($0.baseAddress, $0.count, one, other)
    }
    return start + found < count ? start + found : nil
  }

  /// The first place at or behind `start` of a byte that is at least `least`.
  package func firstIndex(ofAtLeast least: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    let found = extracting(start..<count).withUnsafeBufferPointer {
      first_byte_from($0.baseAddress, $0.count, least)
    }
    return start + found < count ? start + found : nil
  }

  /// How many runs of bytes above `greatest` there are.
  package func countOfRuns(above greatest: UInt8) -> Int {
    withUnsafeBufferPointer { count_runs_above($0.baseAddress, $0.count, greatest) }
  }

  /// The last place of `byte` at or behind `start`.
  package func lastIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    var place = count - 1
    while place >= start {
      if self[place] == byte { return place }
      place -= 1
    }
    return nil
  }

  /// Whether `bytes` stand at `place`.
  package func holds(_ bytes: [UInt8], at place: Int = 0) -> Bool {
    guard bytes.count <= count - place else { return false }
    for offset in bytes.indices where self[place + offset] != bytes[offset] { return false }
    return true
  }

  /// How many bytes are `byte`.
  package func count(of byte: UInt8) -> Int {
    typealias Block = SIMD32<UInt8>
    let width = MemoryLayout<Block>.size
    let wanted = Block(repeating: byte)
    let bytes = self.bytes
    var total = 0
    var place = 0
    while place + width <= count {
      // A lane counts to 255 before it must be emptied.
      let end = Swift.min(place + 255 * width, count / width * width)
      var lanes = Block.zero
      while place < end {
        // Any bytes make a block, and its place is checked.
        let block = bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Block.self)
        // A true lane of the mask has all bits set, which is -1.
        lanes &-= unsafeBitCast(block .== wanted, to: Block.self)
        place += width
      }
      for lane in lanes.indices { total += Int(lanes[lane]) }
    }
    for place in place..<count where self[place] == byte { total += 1 }
    return total
  }
}
