/// Memory that is written again and again for one text after the other.
///
/// An array would be cleared before each text, or written byte by byte: kernels in C write here, to
/// room that is reserved for the most they can come to. Its address is handed on to nothing else.
package struct ScratchText: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  package private(set) var count = 0

  package init(capacity: Int = 1 << 16) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { base.deallocate() }

  /// Gives access to what has been written.
  package borrowing func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: base, count: count).span)
  }

  /// Forgets what has been written, from `count` on.
  package mutating func truncate(to count: Int) { self.count = min(count, self.count) }

  /// Appends bytes.
  package mutating func append(_ bytes: Span<UInt8>) {
    reserve(bytes.count)
    bytes.withUnsafeBufferPointer { bytes in
      if let source = bytes.baseAddress { (base + count).update(from: source, count: bytes.count) }
    }
    count += bytes.count
  }

  /// Appends what `write` puts at the end, which is as many bytes as it returns.
  package mutating func append<Result>(
    atMost room: Int, _ write: (UnsafeMutablePointer<UInt8>) -> (byteCount: Int, result: Result)
  ) -> Result {
    reserve(room)
    let (byteCount, result) = write(base + count)
    precondition(byteCount <= room)
    count += byteCount
    return result
  }

  /// Writes a number, eight bytes, over what has been written at `offset`.
  package mutating func store(_ number: UInt64, at offset: Int) {
    precondition(offset >= 0 && offset + MemoryLayout<UInt64>.size <= count)
    UnsafeMutableRawPointer(base).storeBytes(of: number, toByteOffset: offset, as: UInt64.self)
  }

  private mutating func reserve(_ additional: Int) {
    guard count + additional > capacity else { return }
    let grown = max(capacity * 2, count + additional)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
    memory.update(from: base, count: count)
    base.deallocate()
    base = memory
    capacity = grown
  }
}
